//! Decodes an `http::Response` into an action's response or an error.
//!
//! The body is read once: the visitor notes `RetCode` and `Message` as they pass by. Only where that
//! fails is it read again, by [`lenient`], which leaves out what cannot be read.

use bytes::Bytes;
use http::{HeaderMap, header};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::{
    api::{
        action::Action, acts_on::ActsOn, csv_file::CsvFile, metadata::ActionInfo, ret_code::RetCode,
    },
    codec::{
        file::{Head, content_encoding},
        response::{Response, Warning, Warnings},
    },
    error::{ApiError, DecodeError, Error, IncompleteError, Problem},
    value::request_id::RequestId,
};

mod budget;
mod envelope;
mod fault;
mod key;
mod lenient;
mod needed;
mod tokens;

use budget::{limit, may_exceed};
pub(crate) use envelope::ret_code;
use envelope::{Envelope, envelope, read, states_success};
use fault::Fault;
use lenient::Lenient;
use needed::is_needed;
use tokens::utf8;

/// Most bytes of a body that an error keeps.
const KEPT: usize = 64 << 10;

/// Decodes the response to an action.
///
/// This is the receiving half for your own HTTP stack; [`encode`](crate::encode) is the other.
///
/// ```
/// use compshare_proto::{RetCode, actions::UpdateCompShareImage, decode};
///
/// let action = UpdateCompShareImage::new("compshareImage-xxxx");
/// let response = http::Response::new(
///     br#"{"RetCode":171,"Action":"UpdateCompShareImageResponse","Message":"Signature VerifyAC Error"}"#
///         .as_slice()
///         .into(),
/// );
/// let error = decode(&action, &response).unwrap_err();
/// assert_eq!(error.ret_code(), Some(RetCode::new(171)));
/// ```
///
/// Values that cannot be read are left out, and text that is not Unicode is repaired;
/// [`Response::warnings`] lists both.
///
/// # Errors
///
/// Fails with [`Error::Api`] if the server refused the call or the HTTP status is not a success, and with
/// [`Error::Incomplete`] if part of the call failed.
///
/// Fails with [`Error::Decode`] if the response is not JSON or has no `RetCode`; if its values would take too
/// much memory ([`Config::max_response`](crate::Config::max_response)); or if a required part cannot be read: the
/// id of what was created, the list of failed items, or the list of rows as a whole.
pub fn decode<A: Action + ?Sized>(
    action: &A,
    response: &http::Response<Bytes>,
) -> Result<Response<A::Response>, Error> {
    let received = Received {
        action: action.facts().name,
        acts_on: &|| ActsOn::of(action),
        request_id: RequestId::of(response.headers()),
        response,
    };
    if !response.status().is_success() {
        return Err(received.refused_by_status());
    }
    if let Some(file) = received.file(action.facts().info).and_then(|file| action.file(file)) {
        return Ok(Response::new(file, received.request_id));
    }
    let body = response.body();
    let read = if may_exceed(body) { None } else { read::<A::Response>(body).ok() };
    let (value, warnings) = match read {
        Some((Envelope { ret_code: Some(0), .. }, value)) => (value, Warnings::default()),
        Some((Envelope { ret_code: Some(code), message }, _)) => {
            return Err(received.refused(Some(RetCode::new(code)), message));
        }
        Some((Envelope { ret_code: None, .. }, _)) | None => {
            match received.read_leniently::<A::Response>(action.facts().info) {
                Ok(read) => read,
                Err(refusal) => return Err(received.failed(refusal)),
            }
        }
    };
    let failures = action.failures(&value);
    if !failures.is_empty() {
        let (name, raw) = (action.facts().name, body.clone());
        let error = IncompleteError::new(name, failures, received.request_id, raw);
        return Err(Error::Incomplete(error));
    }
    Ok(Response::new(value, received.request_id).warned(warnings))
}

/// A response on its way to becoming an error.
struct Received<'a> {
    action: &'a str,
    /// What the call acts on; to find it may serialize the action.
    acts_on: &'a dyn Fn() -> ActsOn,
    request_id: RequestId,
    response: &'a http::Response<Bytes>,
}

impl Received<'_> {
    /// The file that came, for an action that is answered with one.
    fn file(&self, info: &ActionInfo) -> Option<CsvFile> {
        if info.body != crate::api::metadata::BodyKind::Csv {
            return None;
        }
        let head = Head::of(self.response.headers())?;
        Some(CsvFile::new(head.name, self.response.body().clone()))
    }

    fn kept(&self) -> Bytes {
        let body = self.response.body();
        match body.get(..KEPT) {
            Some(start) => Bytes::copy_from_slice(start),
            None => body.clone(),
        }
    }

    fn refused(self, code: Option<RetCode>, message: String) -> Error {
        let raw = self.kept();
        let Received { action, acts_on, request_id, response } = self;
        let status = response.status();
        let error = ApiError::new(action, status, code, message, request_id, raw, acts_on());
        Error::Api(if states_success(response.body()) { error.stating_success() } else { error })
    }

    /// The error of an HTTP status that is no success, with the `RetCode` if the body has one.
    fn refused_by_status(self) -> Error {
        let (envelope, end) = envelope(self.response.body());
        match envelope.code(&end).filter(|&code| code != 0) {
            Some(code) => self.refused(Some(RetCode::new(code)), envelope.message),
            None => self.refused(None, String::new()),
        }
    }

    fn failed(self, failed: Failed) -> Error {
        match failed {
            Failed::Refused(code, message) => self.refused(Some(RetCode::new(code)), message),
            Failed::Unreadable(path, problem) => {
                let raw = self.kept();
                let error = DecodeError::new(self.action, path, problem, self.request_id, raw);
                let states_success = states_success(self.response.body());
                Error::Decode(if states_success { error.stating_success() } else { error })
            }
        }
    }

    /// Reads the body again, and leaves out what cannot be read.
    fn read_leniently<T: DeserializeOwned>(
        &self,
        info: &ActionInfo,
    ) -> Result<(T, Warnings), Failed> {
        let text = utf8(self.response.body());
        let unreadable = |problem| Err(Failed::Unreadable(String::new(), problem));
        if let Some(encoding) = content_encoding(self.response.headers()) {
            let encoding = short(encoding).unwrap_or("of some kind").to_owned();
            return unreadable(Problem::Compressed { encoding });
        }
        match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
            None => return unreadable(Problem::Empty),
            Some(b'{') => {}
            Some(_) if serde_json::from_slice::<IgnoredAny>(&text).is_ok() => {
                return unreadable(Problem::NoRetCode);
            }
            Some(_) => {
                let content_type = content_type(self.response.headers());
                return unreadable(Problem::NotJson { content_type });
            }
        }
        let (envelope, end) = envelope(&text);
        match (envelope.code(&end), end) {
            (Some(0), _) => {}
            (Some(code), _) => return Err(Failed::Refused(code, envelope.message)),
            (None, Err(fault)) => return Err(Failed::of(fault, &text)),
            (None, Ok(())) => return unreadable(Problem::NoRetCode),
        }
        let (value, warnings) = success(&text).map_err(|fault| Failed::of(fault, &text))?;
        match warnings.kept.iter().find(|warning| is_needed(warning, info)) {
            None if warnings.more == 0 || info.partial.is_empty() => Ok((value, warnings)),
            warning => {
                let path = warning.map_or(info.partial, Warning::path).to_owned();
                let expected = warning.map_or("it cannot be read", Warning::reason).to_owned();
                Err(Failed::Unreadable(path, Problem::Type { expected }))
            }
        }
    }
}

/// Reads a text whose code is 0, and leaves out what cannot be read.
fn success<T: DeserializeOwned>(text: &[u8]) -> Result<(T, Warnings), Fault> {
    let mut lenient = Lenient::new(text, Some(0));
    let value = T::deserialize(lenient.top())?;
    Ok((value, lenient.end()?))
}

impl IncompleteError {
    /// The response, read as the action's response type, in which what cannot be read is left out or
    /// repaired; `None` if it is not of that type.
    pub fn response<T: DeserializeOwned>(&self) -> Option<T> {
        let body = self.raw();
        let read = if may_exceed(body) { None } else { read(body).ok() };
        read.map(|(_, value)| value).or_else(|| success(&utf8(body)).ok().map(|(value, _)| value))
    }
}

/// Why a response is an error.
enum Failed {
    Refused(i64, String),
    /// Where in the JSON, and what is wrong there.
    Unreadable(String, Problem),
}

impl Failed {
    fn of(fault: Fault, text: &[u8]) -> Self {
        let problem = match fault {
            Fault::Unfit { path, reason } => {
                let problem = Problem::Type { expected: reason };
                return Self::Unreadable(path.unwrap_or_default(), problem);
            }
            Fault::TooLarge => Problem::TooLarge { length: text.len(), limit: limit(text.len()) },
            Fault::Broken(broken) => {
                let before = text.get(..broken.at).unwrap_or(text);
                let line = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
                Problem::Broken {
                    line: before.iter().filter(|&&byte| byte == b'\n').count() + 1,
                    column: before.len() - line + usize::from(!broken.cut),
                    cut: broken.cut,
                }
            }
        };
        Self::Unreadable(String::new(), problem)
    }
}

/// The kind of a body in the server's words, if they are short and plain.
fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = value.and_then(|value| value.split(';').next()).map(str::trim);
    kind.and_then(short).unwrap_or("of no stated type").to_owned()
}

/// A server's word, if it is short enough to show.
fn short(word: &str) -> Option<&str> {
    Some(word).filter(|word| !word.is_empty() && word.len() <= 64)
}

#[cfg(test)]
mod tests;
