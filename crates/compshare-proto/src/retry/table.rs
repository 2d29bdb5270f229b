//! The retry table: how an attempt can end, how that is recognized, and which actions are then retried.

use crate::{Delivery, Effect, Repeat};

/// How an attempt can end, other than in success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Happened {
    /// The host name does not resolve.
    NameNotFound,
    /// The host refused the connection.
    Refused,
    /// The TLS handshake failed, or the certificate is not trusted.
    TlsFailed,
    /// Connecting timed out.
    ConnectTimeout,
    /// The proxy requires a password or is unusable, or there are no root certificates.
    Unusable,
    /// A kept-alive connection was closed or reset before the request was sent.
    StaleConnection,
    /// The connection was reset before the server read any of the request.
    ResetBefore,
    /// The connection was reset while the request was being written.
    ResetDuring,
    /// The connection was reset after the request was written.
    ResetAfter,
    /// The connection was closed without a response.
    ClosedUnanswered,
    /// The response is not HTTP.
    NotHttp,
    /// The response ended within its head or body.
    AnswerCut,
    /// The attempt timed out before the response was complete.
    AttemptTimeout,
    /// The call timed out.
    CallDeadline,
    /// The head of the response exceeds the limit.
    HeadTooLarge,
    /// The body of the response exceeds the limit.
    BodyTooLarge,
    /// HTTP 408.
    RequestTimeout,
    /// HTTP 425.
    TooEarly,
    /// HTTP 429.
    TooManyRequests,
    /// HTTP 500.
    InternalError,
    /// HTTP 502.
    BadGateway,
    /// HTTP 503.
    Unavailable,
    /// HTTP 504.
    GatewayTimeout,
    /// HTTP 3xx.
    Redirect,
    /// Any other HTTP 4xx.
    OtherClientError,
    /// Any other HTTP status that is not a success.
    OtherStatus,
    /// A RetCode that says that the call was not carried out.
    CodeNotActed,
    /// A RetCode of a service that failed.
    CodeFailed,
    /// A RetCode of the gateway for a service that timed out.
    CodeTimedOut,
    /// Any other RetCode.
    CodeRefused,
    /// A response without a body.
    EmptyBody,
    /// Truncated JSON in a complete body.
    JsonCut,
    /// A body that is not JSON, such as a proxy's error page.
    NotJson,
    /// JSON without a RetCode.
    NoRetCode,
    /// A value that does not fit its type.
    Misfit,
    /// The call succeeded partially.
    InPart,
}

/// How the end of an attempt is recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sign {
    /// The transport got no response; it reports how far the request got.
    Failed(Delivery),
    /// Like [`Failed`](Self::Failed), after a timeout.
    TimedOut(Delivery),
    /// The transport cannot get a response; nothing was sent.
    Permanent,
    /// No time is left for another attempt.
    NoTimeLeft,
    /// An HTTP status between these two, inclusive.
    Status(u16, u16),
    /// A RetCode with this [`RetCodeInfo::repeat`](crate::RetCodeInfo::repeat).
    Code(Repeat),
    /// A body that is empty or ends early.
    Cut,
    /// A complete body that cannot be decoded.
    Unreadable,
    /// A success that reports partial failures.
    Incomplete,
}

/// A row of the retry table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Row {
    /// What happened.
    pub happened: Happened,
    /// What happened, in words.
    pub name: &'static str,
    /// How it is recognized; if several rows match, the first one applies.
    pub sign: Sign,
    /// Which actions are retried after it.
    pub repeat: Repeat,
    /// Why nothing was done; empty if the action may have been carried out. For a RetCode,
    /// see [`RetCode::not_done`](crate::RetCode::not_done) instead.
    pub not_done: &'static str,
}

const fn row(happened: Happened, name: &'static str, sign: Sign, repeat: Repeat) -> Row {
    Row { happened, name, sign, repeat, not_done: "" }
}

/// A row for an attempt that did nothing.
const fn not_done(
    happened: Happened,
    name: &'static str,
    sign: Sign,
    repeat: Repeat,
    not_done: &'static str,
) -> Row {
    Row { happened, name, sign, repeat, not_done }
}

const UNREACHED: &str = "the request did not reach the server";
const NOT_SENT: Sign = Sign::Failed(Delivery::NotSent);
const MAYBE_SENT: Sign = Sign::Failed(Delivery::MaybeSent);
const ANSWERED: Sign = Sign::Failed(Delivery::Answered);

/// The whole table, which decides every retry.
#[rustfmt::skip] // one row, one line
pub const TABLE: &[Row] = &[
    not_done(Happened::NameNotFound, "the host name does not resolve", NOT_SENT, Repeat::Always, UNREACHED),
    not_done(Happened::Refused, "connection refused", NOT_SENT, Repeat::Always, UNREACHED),
    not_done(Happened::TlsFailed, "TLS handshake failed, or the certificate is not trusted", NOT_SENT, Repeat::Always, UNREACHED),
    not_done(Happened::ConnectTimeout, "connecting timed out", Sign::TimedOut(Delivery::NotSent), Repeat::Always, UNREACHED),
    not_done(Happened::Unusable, "the proxy requires a password (HTTP 407) or is unusable, or there are no root certificates", Sign::Permanent, Repeat::Never, UNREACHED),
    not_done(Happened::StaleConnection, "a kept-alive connection closed or reset before the request was sent", NOT_SENT, Repeat::Always, UNREACHED),
    row(Happened::ResetBefore, "connection reset before the request was read", MAYBE_SENT, Repeat::Allowed),
    row(Happened::ResetDuring, "connection reset while the request was written", MAYBE_SENT, Repeat::Allowed),
    row(Happened::ResetAfter, "connection reset after the request was written", MAYBE_SENT, Repeat::Allowed),
    row(Happened::ClosedUnanswered, "connection closed without a response", MAYBE_SENT, Repeat::Allowed),
    row(Happened::NotHttp, "a response that is not HTTP", MAYBE_SENT, Repeat::Allowed),
    row(Happened::AnswerCut, "a truncated response", MAYBE_SENT, Repeat::Allowed),
    row(Happened::AttemptTimeout, "no response within the attempt timeout", Sign::TimedOut(Delivery::MaybeSent), Repeat::Allowed),
    row(Happened::CallDeadline, "the call timed out", Sign::NoTimeLeft, Repeat::Never),
    row(Happened::HeadTooLarge, "a response head over the limit", ANSWERED, Repeat::Never),
    row(Happened::BodyTooLarge, "a response body over the limit", ANSWERED, Repeat::Never),
    row(Happened::RequestTimeout, "HTTP 408", Sign::Status(408, 408), Repeat::Allowed),
    not_done(Happened::TooEarly, "HTTP 425", Sign::Status(425, 425), Repeat::Always, "the server did not process the request"),
    not_done(Happened::TooManyRequests, "HTTP 429", Sign::Status(429, 429), Repeat::Always, "the request was rejected before it was processed"),
    row(Happened::InternalError, "HTTP 500", Sign::Status(500, 500), Repeat::Allowed),
    row(Happened::BadGateway, "HTTP 502", Sign::Status(502, 502), Repeat::Allowed),
    row(Happened::Unavailable, "HTTP 503", Sign::Status(503, 503), Repeat::Allowed),
    row(Happened::GatewayTimeout, "HTTP 504", Sign::Status(504, 504), Repeat::Allowed),
    row(Happened::Redirect, "HTTP 3xx", Sign::Status(300, 399), Repeat::Never),
    row(Happened::OtherClientError, "any other HTTP 4xx", Sign::Status(400, 499), Repeat::Never),
    row(Happened::OtherStatus, "any other HTTP status", Sign::Status(100, 999), Repeat::Never),
    row(Happened::CodeNotActed, "too many calls, by RetCode", Sign::Code(Repeat::Always), Repeat::Always),
    row(Happened::CodeFailed, "a service failed, by RetCode", Sign::Code(Repeat::Allowed), Repeat::Allowed),
    row(Happened::CodeTimedOut, "the gateway timed out waiting for the service, by RetCode", Sign::Code(Repeat::Reads), Repeat::Reads),
    row(Happened::CodeRefused, "any other RetCode", Sign::Code(Repeat::Never), Repeat::Never),
    row(Happened::EmptyBody, "an empty body", Sign::Cut, Repeat::Allowed),
    row(Happened::JsonCut, "truncated JSON", Sign::Cut, Repeat::Allowed),
    row(Happened::NotJson, "HTML or anything else instead of JSON", Sign::Unreadable, Repeat::Never),
    row(Happened::NoRetCode, "JSON without a RetCode", Sign::Unreadable, Repeat::Never),
    row(Happened::Misfit, "JSON that does not match the action", Sign::Unreadable, Repeat::Never),
    row(Happened::InPart, "partial success", Sign::Incomplete, Repeat::Never),
];

impl Row {
    /// Whether an action of that effect is retried after it, if attempts and time are left.
    pub const fn again(&self, effect: Effect) -> bool {
        self.repeat.allows(effect)
    }
}

impl Repeat {
    /// Whether an action of that effect may be retried automatically.
    pub const fn allows(self, effect: Effect) -> bool {
        match (self, effect) {
            (Self::Always, _)
            | (Self::Reads | Self::Allowed, Effect::Read)
            | (Self::Allowed, Effect::Idempotent) => true,
            (Self::Never, _)
            | (Self::Reads, Effect::Idempotent)
            | (Self::Reads | Self::Allowed, Effect::Once) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NotDone, RetCode};

    #[test]
    fn each_case_has_one_row() {
        for (index, row) in TABLE.iter().enumerate() {
            let rest = &TABLE[index + 1..];
            assert!(rest.iter().all(|other| other.happened != row.happened), "{row:?}");
            assert!(rest.iter().all(|other| other.name != row.name), "{row:?}");
        }
    }

    #[test]
    fn what_shows_alike_is_treated_alike() {
        let delivery = |sign| match sign {
            Sign::Failed(delivery) | Sign::TimedOut(delivery) => Some(delivery),
            _ => None,
        };
        for row in TABLE {
            for other in TABLE {
                let alike = row.sign == other.sign
                    || (delivery(row.sign).is_some() && delivery(row.sign) == delivery(other.sign));
                assert!(!alike || row.repeat == other.repeat, "{row:?} {other:?}");
            }
        }
    }

    #[test]
    fn once_is_sent_again_only_where_nothing_was_done() {
        for row in TABLE.iter().filter(|row| row.again(Effect::Once)) {
            match row.sign {
                Sign::Code(repeat) => {
                    let mut codes = RetCode::known().filter(|info| info.repeat == repeat);
                    assert!(codes.all(|info| info.not_done == NotDone::Proven), "{row:?}");
                }
                _ => assert!(!row.not_done.is_empty(), "{row:?}"),
            }
        }
    }
}
