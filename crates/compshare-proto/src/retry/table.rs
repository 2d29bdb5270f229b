//! The retry table: what an attempt can end in, how that shows, and which actions are then sent again.

use crate::{
    api::{effect::Effect, ret_code::RetryScope},
    retry::Delivery,
};

/// What an attempt can end in, other than success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
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
pub enum Symptom {
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
    /// A RetCode that [`RetCodeInfo::repeat`](crate::ret_code::RetCodeInfo::repeat) says this of.
    Code(RetryScope),
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
    /// What cause.
    pub cause: Cause,
    /// The same for people.
    pub name: &'static str,
    /// How it shows; where several rows fit, the first one counts.
    pub symptom: Symptom,
    /// Which actions are sent again after it.
    pub repeat: RetryScope,
    /// Why nothing was done; empty where the action may have been carried out. Where a RetCode came,
    /// [`RetCode::not_done`](crate::RetCode::not_done) says it instead.
    pub not_done: &'static str,
}

const fn row(cause: Cause, name: &'static str, symptom: Symptom, repeat: RetryScope) -> Row {
    Row { cause, name, symptom, repeat, not_done: "" }
}

/// A row of an attempt after which nothing was done.
const fn not_done(
    cause: Cause,
    name: &'static str,
    symptom: Symptom,
    repeat: RetryScope,
    not_done: &'static str,
) -> Row {
    Row { cause, name, symptom, repeat, not_done }
}

const UNREACHED: &str = "the request did not reach the server";
const NOT_SENT: Symptom = Symptom::Failed(Delivery::NotSent);
const MAYBE_SENT: Symptom = Symptom::Failed(Delivery::MaybeSent);
const ANSWERED: Symptom = Symptom::Failed(Delivery::Answered);

/// The whole table, from which every retry is decided.
#[rustfmt::skip] // one row, one line
pub const TABLE: &[Row] = &[
    not_done(Cause::NameNotFound, "the host's name is not found", NOT_SENT, RetryScope::Always, UNREACHED),
    not_done(Cause::Refused, "connection refused", NOT_SENT, RetryScope::Always, UNREACHED),
    not_done(Cause::TlsFailed, "TLS not agreed, or the certificate not trusted", NOT_SENT, RetryScope::Always, UNREACHED),
    not_done(Cause::ConnectTimeout, "no connection in time", Symptom::TimedOut(Delivery::NotSent), RetryScope::Always, UNREACHED),
    not_done(Cause::Unusable, "the proxy asks for a password (HTTP 407) or cannot be used, or there are no root certificates", Symptom::Permanent, RetryScope::Never, UNREACHED),
    not_done(Cause::StaleConnection, "a kept connection closed or reset before the request set out", NOT_SENT, RetryScope::Always, UNREACHED),
    row(Cause::ResetBefore, "connection reset before the request was read", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::ResetDuring, "connection reset while the request was written", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::ResetAfter, "connection reset after the request was written", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::ClosedUnanswered, "connection closed without an answer", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::NotHttp, "an answer that is no HTTP", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::AnswerCut, "the answer's head or body cut", MAYBE_SENT, RetryScope::Idempotent),
    row(Cause::AttemptTimeout, "no answer in the attempt's time", Symptom::TimedOut(Delivery::MaybeSent), RetryScope::Idempotent),
    row(Cause::CallDeadline, "the call's time is up", Symptom::NoTimeLeft, RetryScope::Never),
    row(Cause::HeadTooLarge, "the answer's head beyond the limit", ANSWERED, RetryScope::Never),
    row(Cause::BodyTooLarge, "the answer's body beyond the limit", ANSWERED, RetryScope::Never),
    row(Cause::RequestTimeout, "HTTP 408", Symptom::Status(408, 408), RetryScope::Idempotent),
    not_done(Cause::TooEarly, "HTTP 425", Symptom::Status(425, 425), RetryScope::Always, "the server did not process the request"),
    not_done(Cause::TooManyRequests, "HTTP 429", Symptom::Status(429, 429), RetryScope::Always, "the request was turned away before it was processed"),
    row(Cause::InternalError, "HTTP 500", Symptom::Status(500, 500), RetryScope::Idempotent),
    row(Cause::BadGateway, "HTTP 502", Symptom::Status(502, 502), RetryScope::Idempotent),
    row(Cause::Unavailable, "HTTP 503", Symptom::Status(503, 503), RetryScope::Idempotent),
    row(Cause::GatewayTimeout, "HTTP 504", Symptom::Status(504, 504), RetryScope::Idempotent),
    row(Cause::Redirect, "HTTP 3xx", Symptom::Status(300, 399), RetryScope::Never),
    row(Cause::OtherClientError, "any other HTTP 4xx", Symptom::Status(400, 499), RetryScope::Never),
    row(Cause::OtherStatus, "any other HTTP status", Symptom::Status(100, 999), RetryScope::Never),
    row(Cause::CodeNotActed, "too many calls, by RetCode", Symptom::Code(RetryScope::Always), RetryScope::Always),
    row(Cause::CodeFailed, "a service failed, by RetCode", Symptom::Code(RetryScope::Idempotent), RetryScope::Idempotent),
    row(Cause::CodeTimedOut, "the gateway gave up waiting, by RetCode", Symptom::Code(RetryScope::Reads), RetryScope::Reads),
    row(Cause::CodeRefused, "any other RetCode", Symptom::Code(RetryScope::Never), RetryScope::Never),
    row(Cause::EmptyBody, "an empty body", Symptom::Cut, RetryScope::Idempotent),
    row(Cause::JsonCut, "JSON that ends early", Symptom::Cut, RetryScope::Idempotent),
    row(Cause::NotJson, "HTML or anything else instead of JSON", Symptom::Unreadable, RetryScope::Never),
    row(Cause::NoRetCode, "JSON without a RetCode", Symptom::Unreadable, RetryScope::Never),
    row(Cause::Misfit, "JSON that does not fit the action", Symptom::Unreadable, RetryScope::Never),
    row(Cause::InPart, "success in part", Symptom::Incomplete, RetryScope::Never),
];

impl Row {
    /// Whether an action of that effect is sent again after it, attempts and time permitting.
    pub const fn again(&self, effect: Effect) -> bool {
        self.repeat.allows(effect)
    }
}

impl RetryScope {
    /// Whether an action of that effect may be sent again by itself.
    pub const fn allows(self, effect: Effect) -> bool {
        match (self, effect) {
            (Self::Always, _)
            | (Self::Reads | Self::Idempotent, Effect::Read)
            | (Self::Idempotent, Effect::Idempotent) => true,
            (Self::Never, _)
            | (Self::Reads, Effect::Idempotent)
            | (Self::Reads | Self::Idempotent, Effect::Once) => false,
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
                assert!(!alike || row.repeat == other.repeat, "{row:?} {other:?}");
            }
        }
    }

    #[test]
    fn once_is_sent_again_only_where_nothing_was_done() {
        for row in TABLE.iter().filter(|row| row.again(Effect::Once)) {
            match row.symptom {
                Symptom::Code(repeat) => {
                    let mut codes = RetCode::known().filter(|info| info.repeat == repeat);
                    assert!(codes.all(|info| info.not_done == NotDone::Proven), "{row:?}");
                }
                _ => assert!(!row.not_done.is_empty(), "{row:?}"),
            }
        }
    }
}
