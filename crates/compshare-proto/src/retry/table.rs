//! The retry table: how an attempt can end, how that is recognized, and which actions are then retried.

use crate::{
    api::{effect::Effect, ret_code::RetryScope},
    retry::Delivery,
};

/// How an attempt can end, other than in success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
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
    ResponseCut,
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
pub enum Symptom {
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
    /// A RetCode with this [`RetCodeInfo::retry`](crate::ret_code::RetCodeInfo::retry).
    Code(RetryScope),
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
    pub cause: Cause,
    /// What happened, in words.
    pub name: &'static str,
    /// How it is recognized; if several rows match, the first one applies.
    pub symptom: Symptom,
    /// Which actions are retried after it.
    pub retry: RetryScope,
    /// Why nothing was done; empty if the action may have been carried out. For a RetCode,
    /// see [`RetCode::not_done`](crate::RetCode::not_done) instead.
    pub not_done: &'static str,
}

const fn row(cause: Cause, name: &'static str, symptom: Symptom, retry: RetryScope) -> Row {
    Row { cause, name, symptom, retry, not_done: "" }
}

const UNREACHED: &str = "the request did not reach the server";
const NOT_SENT: Symptom = Symptom::Failed(Delivery::NotSent);
const MAYBE_SENT: Symptom = Symptom::Failed(Delivery::MaybeSent);
const ANSWERED: Symptom = Symptom::Failed(Delivery::Answered);

/// Every way an attempt can end, and which actions may be retried after it.
///
/// The first row whose symptom matches counts. [`RetryPolicy`](crate::RetryPolicy) has the last word: an action
/// whose effect is [`Effect::Once`] is retried only if the server cannot have acted.
#[rustfmt::skip] // one row, one line
pub const TABLE: &[Row] = &[
    row(Cause::NameNotFound, "the host name does not resolve", NOT_SENT, RetryScope::Always).because(UNREACHED),
    row(Cause::Refused, "connection refused", NOT_SENT, RetryScope::Always).because(UNREACHED),
    row(Cause::TlsFailed, "TLS handshake failed, or the certificate is not trusted", NOT_SENT, RetryScope::Always).because(UNREACHED),
    row(Cause::ConnectTimeout, "connecting timed out", Symptom::TimedOut(Delivery::NotSent), RetryScope::Always).because(UNREACHED),
    row(Cause::Unusable, "the proxy requires a password (HTTP 407) or is unusable, or there are no root certificates", Symptom::Permanent, RetryScope::Never).because(UNREACHED),
    row(Cause::StaleConnection, "a kept-alive connection closed or reset before the request was sent", NOT_SENT, RetryScope::Always).because(UNREACHED),
    row(Cause::ResetBefore, "connection reset before the request was read", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::ResetDuring, "connection reset while the request was written", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::ResetAfter, "connection reset after the request was written", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::ClosedUnanswered, "connection closed without a response", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::NotHttp, "a response that is not HTTP", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::ResponseCut, "a truncated response", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::AttemptTimeout, "no response within the attempt timeout", Symptom::TimedOut(Delivery::MaybeSent), RetryScope::Idempotent),
    row(Cause::CallDeadline, "the call timed out", Symptom::NoTimeLeft, RetryScope::Never),
    row(Cause::HeadTooLarge, "a response head over the limit", ANSWERED, RetryScope::Never),
    row(Cause::BodyTooLarge, "a response body over the limit", ANSWERED, RetryScope::Never),
    row(Cause::RequestTimeout, "HTTP 408", Symptom::Status(408, 408), RetryScope::Idempotent),
    row(Cause::TooEarly, "HTTP 425", Symptom::Status(425, 425), RetryScope::Always).because("the server did not process the request"),
    row(Cause::TooManyRequests, "HTTP 429", Symptom::Status(429, 429), RetryScope::Always).because("the request was rejected before it was processed"),
    row(Cause::InternalError, "HTTP 500", Symptom::Status(500, 500), RetryScope::Idempotent),
    row(Cause::BadGateway, "HTTP 502", Symptom::Status(502, 502), RetryScope::Idempotent),
    row(Cause::Unavailable, "HTTP 503", Symptom::Status(503, 503), RetryScope::Idempotent),
    row(Cause::GatewayTimeout, "HTTP 504", Symptom::Status(504, 504), RetryScope::Idempotent),
    row(Cause::Redirect, "HTTP 3xx", Symptom::Status(300, 399), RetryScope::Never),
    row(Cause::OtherClientError, "any other HTTP 4xx", Symptom::Status(400, 499), RetryScope::Never),
    row(Cause::OtherStatus, "any other HTTP status", Symptom::Status(100, 999), RetryScope::Never),
    row(Cause::CodeNotActed, "too many calls, by RetCode", Symptom::Code(RetryScope::Always), RetryScope::Always),
    row(Cause::CodeFailed, "a service failed, by RetCode", Symptom::Code(RetryScope::Idempotent), RetryScope::Idempotent),
    row(Cause::CodeTimedOut, "the gateway timed out waiting for the service, by RetCode", Symptom::Code(RetryScope::Reads), RetryScope::Reads),
    row(Cause::CodeRefused, "any other RetCode", Symptom::Code(RetryScope::Never), RetryScope::Never),
    row(Cause::EmptyBody, "an empty body", Symptom::Cut, RetryScope::Idempotent),
    row(Cause::JsonCut, "truncated JSON", Symptom::Cut, RetryScope::Idempotent),
    row(Cause::NotJson, "HTML or anything else instead of JSON", Symptom::Unreadable, RetryScope::Never),
    row(Cause::NoRetCode, "JSON without a RetCode", Symptom::Unreadable, RetryScope::Never),
    row(Cause::Misfit, "JSON that does not match the action", Symptom::Unreadable, RetryScope::Never),
    row(Cause::InPart, "partial success", Symptom::Incomplete, RetryScope::Never),
];

impl Row {
    /// The row for an attempt that did nothing, because of that.
    const fn because(self, not_done: &'static str) -> Self {
        Self { not_done, ..self }
    }

    /// Whether an action of that effect is retried after it, if attempts and time are left.
    pub const fn retries(&self, effect: Effect) -> bool {
        self.retry.allows(effect)
    }
}

impl RetryScope {
    /// Whether an action of that effect may be retried automatically.
    pub const fn allows(self, effect: Effect) -> bool {
        match self {
            Self::Always => true,
            Self::Idempotent => !matches!(effect, Effect::Once),
            Self::Reads => matches!(effect, Effect::Read),
            Self::Never => false,
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
            assert!(rest.iter().all(|other| other.cause != row.cause), "{row:?}");
            assert!(rest.iter().all(|other| other.name != row.name), "{row:?}");
        }
    }

    #[test]
    fn what_shows_alike_is_treated_alike() {
        let delivery = |symptom| match symptom {
            Symptom::Failed(delivery) | Symptom::TimedOut(delivery) => Some(delivery),
            _ => None,
        };
        for row in TABLE {
            for other in TABLE {
                let alike = row.symptom == other.symptom
                    || (delivery(row.symptom).is_some()
                        && delivery(row.symptom) == delivery(other.symptom));
                assert!(!alike || row.retry == other.retry, "{row:?} {other:?}");
            }
        }
    }

    #[test]
    fn once_is_sent_again_only_where_nothing_was_done() {
        for row in TABLE.iter().filter(|row| row.retries(Effect::Once)) {
            match row.symptom {
                Symptom::Code(retry) => {
                    let mut codes = RetCode::known().filter(|info| info.retry == retry);
                    assert!(codes.all(|info| info.not_done == NotDone::Proven), "{row:?}");
                }
                _ => assert!(!row.not_done.is_empty(), "{row:?}"),
            }
        }
    }
}
