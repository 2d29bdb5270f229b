//! The retry table: what an attempt can end in, how that shows, and which actions are then sent again.

use crate::{
    api::{effect::Effect, ret_code::Repeat},
    retry::Delivery,
};

/// What an attempt can end in, other than success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Happened {
    /// The name of the host has no address.
    NameNotFound,
    /// The host refused the connection.
    Refused,
    /// TLS was not agreed, or the certificate is not trusted.
    TlsFailed,
    /// The connection did not stand in time.
    ConnectTimeout,
    /// A proxy asks for a password or cannot be used, or no certificate is trusted.
    Unusable,
    /// The server had closed or reset a kept connection before the request set out.
    StaleConnection,
    /// The connection was reset before the server read any of the request.
    ResetBefore,
    /// The connection was reset while the request was being written.
    ResetDuring,
    /// The connection was reset after the request was written.
    ResetAfter,
    /// The connection was closed without an answer.
    ClosedUnanswered,
    /// What came was no HTTP.
    NotHttp,
    /// The answer broke off within its head or its body.
    AnswerCut,
    /// No whole answer came in the time of an attempt.
    AttemptTimeout,
    /// The time of the call was up.
    CallDeadline,
    /// The head of the answer is beyond the limit.
    HeadTooLarge,
    /// The body of the answer is beyond the limit.
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
    /// Any other HTTP status that is no success.
    OtherStatus,
    /// A RetCode that says that the call was not carried out.
    CodeNotActed,
    /// A RetCode of a service that failed.
    CodeFailed,
    /// A RetCode of the gateway that gave up waiting.
    CodeTimedOut,
    /// Any other RetCode.
    CodeRefused,
    /// An answer without a body.
    EmptyBody,
    /// JSON that ends early, in a body that came whole.
    JsonCut,
    /// A body that is no JSON, such as a proxy's page.
    NotJson,
    /// JSON without a RetCode.
    NoRetCode,
    /// A value that does not fit its type.
    Misfit,
    /// The call succeeded in part.
    InPart,
}

/// How an attempt's end shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sign {
    /// The transport has no answer, and says how far the request got.
    Failed(Delivery),
    /// Like [`Failed`](Self::Failed), for the time was up.
    TimedOut(Delivery),
    /// The transport has no answer, and will not have one: nothing was sent.
    Permanent,
    /// No time is left for another attempt.
    NoTimeLeft,
    /// An HTTP status between these two, both included.
    Status(u16, u16),
    /// A RetCode that [`RetCodeInfo::repeat`](crate::RetCodeInfo::repeat) says this of.
    Code(Repeat),
    /// A body that is empty or ends early.
    Cut,
    /// A body that came whole and cannot be read.
    Unreadable,
    /// A success that says what failed.
    Incomplete,
}

/// A row of the retry table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Row {
    /// What happened.
    pub happened: Happened,
    /// The same for people.
    pub name: &'static str,
    /// How it shows; where several rows fit, the first one counts.
    pub sign: Sign,
    /// Which actions are sent again after it.
    pub repeat: Repeat,
    /// Why nothing was done; empty where the action may have been carried out. Where a RetCode came,
    /// [`RetCode::not_done`](crate::RetCode::not_done) says it instead.
    pub not_done: &'static str,
}

const fn row(happened: Happened, name: &'static str, sign: Sign, repeat: Repeat) -> Row {
    Row { happened, name, sign, repeat, not_done: "" }
}

/// A row of an attempt after which nothing was done.
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

/// The whole table, from which every retry is decided.
#[rustfmt::skip] // one row, one line
pub const TABLE: &[Row] = &[
    not_done(Happened::NameNotFound, "the host's name is not found", NOT_SENT, Repeat::Always, UNREACHED),
    not_done(Happened::Refused, "connection refused", NOT_SENT, Repeat::Always, UNREACHED),
    not_done(Happened::TlsFailed, "TLS not agreed, or the certificate not trusted", NOT_SENT, Repeat::Always, UNREACHED),
    not_done(Happened::ConnectTimeout, "no connection in time", Sign::TimedOut(Delivery::NotSent), Repeat::Always, UNREACHED),
    not_done(Happened::Unusable, "the proxy asks for a password (HTTP 407) or cannot be used, or there are no root certificates", Sign::Permanent, Repeat::Never, UNREACHED),
    not_done(Happened::StaleConnection, "a kept connection closed or reset before the request set out", NOT_SENT, Repeat::Always, UNREACHED),
    row(Happened::ResetBefore, "connection reset before the request was read", MAYBE_SENT, Repeat::Allowed),
    row(Happened::ResetDuring, "connection reset while the request was written", MAYBE_SENT, Repeat::Allowed),
    row(Happened::ResetAfter, "connection reset after the request was written", MAYBE_SENT, Repeat::Allowed),
    row(Happened::ClosedUnanswered, "connection closed without an answer", MAYBE_SENT, Repeat::Allowed),
    row(Happened::NotHttp, "an answer that is no HTTP", MAYBE_SENT, Repeat::Allowed),
    row(Happened::AnswerCut, "the answer's head or body cut", MAYBE_SENT, Repeat::Allowed),
    row(Happened::AttemptTimeout, "no answer in the attempt's time", Sign::TimedOut(Delivery::MaybeSent), Repeat::Allowed),
    row(Happened::CallDeadline, "the call's time is up", Sign::NoTimeLeft, Repeat::Never),
    row(Happened::HeadTooLarge, "the answer's head beyond the limit", ANSWERED, Repeat::Never),
    row(Happened::BodyTooLarge, "the answer's body beyond the limit", ANSWERED, Repeat::Never),
    row(Happened::RequestTimeout, "HTTP 408", Sign::Status(408, 408), Repeat::Allowed),
    not_done(Happened::TooEarly, "HTTP 425", Sign::Status(425, 425), Repeat::Always, "the server did not process the request"),
    not_done(Happened::TooManyRequests, "HTTP 429", Sign::Status(429, 429), Repeat::Always, "the request was turned away before it was processed"),
    row(Happened::InternalError, "HTTP 500", Sign::Status(500, 500), Repeat::Allowed),
    row(Happened::BadGateway, "HTTP 502", Sign::Status(502, 502), Repeat::Allowed),
    row(Happened::Unavailable, "HTTP 503", Sign::Status(503, 503), Repeat::Allowed),
    row(Happened::GatewayTimeout, "HTTP 504", Sign::Status(504, 504), Repeat::Allowed),
    row(Happened::Redirect, "HTTP 3xx", Sign::Status(300, 399), Repeat::Never),
    row(Happened::OtherClientError, "any other HTTP 4xx", Sign::Status(400, 499), Repeat::Never),
    row(Happened::OtherStatus, "any other HTTP status", Sign::Status(100, 999), Repeat::Never),
    row(Happened::CodeNotActed, "too many calls, by RetCode", Sign::Code(Repeat::Always), Repeat::Always),
    row(Happened::CodeFailed, "a service failed, by RetCode", Sign::Code(Repeat::Allowed), Repeat::Allowed),
    row(Happened::CodeTimedOut, "the gateway gave up waiting, by RetCode", Sign::Code(Repeat::Reads), Repeat::Reads),
    row(Happened::CodeRefused, "any other RetCode", Sign::Code(Repeat::Never), Repeat::Never),
    row(Happened::EmptyBody, "an empty body", Sign::Cut, Repeat::Allowed),
    row(Happened::JsonCut, "JSON that ends early", Sign::Cut, Repeat::Allowed),
    row(Happened::NotJson, "HTML or anything else instead of JSON", Sign::Unreadable, Repeat::Never),
    row(Happened::NoRetCode, "JSON without a RetCode", Sign::Unreadable, Repeat::Never),
    row(Happened::Misfit, "JSON that does not fit the action", Sign::Unreadable, Repeat::Never),
    row(Happened::InPart, "success in part", Sign::Incomplete, Repeat::Never),
];

impl Row {
    /// Whether an action of that effect is sent again after it, attempts and time permitting.
    pub const fn again(&self, effect: Effect) -> bool {
        self.repeat.allows(effect)
    }
}

impl Repeat {
    /// Whether an action of that effect may be sent again by itself.
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
    use crate::api::ret_code::{NotDone, RetCode};

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
