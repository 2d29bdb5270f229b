//! `ApiError`: the server refused the call or failed.

use std::{error::Error, fmt};

use bytes::Bytes;
use http::StatusCode;

use super::{Stop, write_attempts};
use crate::{
    api::{
        acts_on::ActsOn,
        ret_code::{Class, RetCode, class_of},
    },
    retry::Outcome,
    value::{one_line::write_line, request_id::RequestId},
};

/// The response has a `RetCode` other than 0, or an HTTP status that is not a success.
#[derive(Debug)]
pub struct ApiError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    action: String,
    status: StatusCode,
    ret_code: Option<RetCode>,
    message: String,
    request_id: RequestId,
    raw: Raw,
    attempts: u32,
    stop: Stop,
    /// Whether the server may have acted on the last attempt, and on one before it.
    may_have_acted: bool,
    earlier: bool,
    /// Whether the body has a `RetCode` of 0, whatever the HTTP status beside it.
    states_success: bool,
}

/// A body that Debug prints the length of.
pub(super) struct Raw(pub(super) Bytes);

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl ApiError {
    pub(crate) fn new(
        action: &str,
        status: StatusCode,
        ret_code: Option<RetCode>,
        message: String,
        request_id: RequestId,
        raw: Bytes,
        acts_on: ActsOn,
    ) -> Self {
        let outcome = Outcome::Refused(status, ret_code);
        Self(Box::new(Inner {
            action: action.to_owned(),
            status,
            ret_code,
            message,
            request_id,
            raw: Raw(raw),
            attempts: 1,
            stop: Stop::Permanent,
            may_have_acted: outcome.may_have_acted(acts_on),
            states_success: false,
            earlier: false,
        }))
    }

    /// Says that the body has a `RetCode` of 0, which is a success whatever the HTTP status beside it.
    pub(crate) fn stating_success(mut self) -> Self {
        self.0.states_success = true;
        self.0.may_have_acted = true;
        self
    }

    pub(super) fn states_success(&self) -> bool {
        self.0.states_success
    }

    /// `earlier` says whether an attempt before the last may have been carried out.
    pub(crate) fn ended(mut self, attempts: u32, stop: Stop, earlier: bool) -> Self {
        self.0.attempts = attempts;
        self.0.stop = stop;
        self.0.earlier = earlier;
        self
    }

    /// Whether the server may have acted on this attempt or an earlier one.
    pub(crate) fn may_have_acted(&self) -> bool {
        self.0.earlier || self.0.may_have_acted
    }

    /// HTTP status. The API refuses with 200; gateways and proxies use others.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The server's code; `None` if the response is from a proxy or gateway.
    pub fn ret_code(&self) -> Option<RetCode> {
        self.0.ret_code
    }

    /// The kind of refusal, by its code or message; `None` if neither is known.
    pub fn class(&self) -> Option<Class> {
        self.ret_code().and_then(|code| class_of(code, self.message()))
    }

    /// The server's message; may be empty.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

call_error!(ApiError: action, request_id, raw, attempts, stop);

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            action, status, ret_code, message, request_id, attempts, stop, earlier, ..
        } = &*self.0;
        let Some(code) = ret_code else {
            write!(
                f,
                "{action} failed: the response is HTTP {} without a RetCode",
                status.as_u16()
            )?;
            request_id.write_suffix(f, " (", ")")?;
            write_attempts(f, *attempts, *stop)?;
            if status.is_redirection() {
                f.write_str(": redirects are never followed; check the endpoint")?;
            }
            return Ok(());
        };
        write!(f, "{action} refused: ")?;
        match (message.is_empty(), code.meaning()) {
            (false, _) => write_line(f, message.trim())?,
            (true, Some(meaning)) => write_clause(f, meaning)?,
            (true, None) => f.write_str("no message")?,
        }
        write!(f, " (RetCode {code}")?;
        request_id.write_suffix(f, ", ", "")?;
        f.write_str(")")?;
        write_attempts(f, *attempts, *stop)?;
        if *earlier && *stop != Stop::NotIdempotent {
            f.write_str("; an earlier attempt may have been carried out")?;
        }
        // To follow it could repeat what was done.
        let is_safe = !*earlier && *stop != Stop::NotIdempotent;
        let Some(advice) = code.advice().filter(|_| is_safe) else { return Ok(()) };
        f.write_str(": ")?;
        write_clause(f, advice)
    }
}

/// Writes a sentence as a part of another.
fn write_clause(f: &mut fmt::Formatter<'_>, sentence: &str) -> fmt::Result {
    let mut rest = sentence.trim_end_matches('.').chars();
    if let Some(first) = rest.next() {
        write!(f, "{}", first.to_lowercase())?;
    }
    f.write_str(rest.as_str())
}

impl Error for ApiError {}
