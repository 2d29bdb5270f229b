//! From an `http::Response` to an action's answer or an error.
//!
//! The body is read once: the visitor notes `RetCode` and `Message` as they pass by. Only where that
//! fails is it read again, by [`lenient`], which leaves out what cannot be read.

use std::{borrow::Cow, fmt, marker::PhantomData};

use bytes::Bytes;
use http::{HeaderMap, header};
use serde::{
    Deserialize, Deserializer,
    de::{
        self, DeserializeOwned, DeserializeSeed, IgnoredAny, IntoDeserializer, MapAccess, Visitor,
        value::{BorrowedStrDeserializer, MapAccessDeserializer},
    },
};
use serde_json::Value;

use crate::{
    Action, ActionInfo, CsvFile, RetCode,
    asked::Scope,
    error::{ApiError, DecodeError, Error, IncompleteError, Problem},
    file::{Head, content_encoding},
    response::{RequestId, Response, Warning, Warnings},
    tolerant::{Field, Key},
};

mod budget;
mod key;
mod lenient;
mod tokens;

use budget::{limit, may_exceed};
use lenient::{Fault, Lenient};
use tokens::utf8;

/// Most bytes of a body that an error keeps.
const KEPT: usize = 64 << 10;

/// Decodes the answer to an action.
///
/// This is the receiving half for those who bring their own HTTP stack; [`encode`](crate::encode) is
/// the other.
///
/// ```
/// use compshare_proto::{RetCode, actions::UpdateCompShareImage, decode};
///
/// let action = UpdateCompShareImage::new("compshareImage-xxxx");
/// let answer = http::Response::new(
///     br#"{"RetCode":171,"Action":"UpdateCompShareImageResponse","Message":"Signature VerifyAC Error"}"#
///         .as_slice()
///         .into(),
/// );
/// let error = decode(&action, &answer).unwrap_err();
/// assert_eq!(error.ret_code(), Some(RetCode::new(171)));
/// ```
///
/// What cannot be read of a response is left out of it, and text that is not Unicode is repaired;
/// [`Response::warnings`] says what became of which value.
///
/// # Errors
///
/// [`Error::Api`] if the server refused or an HTTP status is no success, [`Error::Incomplete`] if part
/// of the call failed, [`Error::Decode`] if the response cannot be read: it is no JSON or has no
/// `RetCode`; its values would take too much memory
/// ([`Config::max_response`](crate::Config::max_response)); or what cannot be read is the id of what was
/// created, an item that failed in part, or the list of rows as a whole.
pub fn decode<A: Action + ?Sized>(
    action: &A,
    response: &http::Response<Bytes>,
) -> Result<Response<A::Response>, Error> {
    let answer = Answer {
        action: action.name(),
        scope: Scope::of(action),
        request_id: RequestId::of(response.headers()),
        response,
    };
    if !response.status().is_success() {
        return Err(answer.refused_by_status());
    }
    if let Some(file) = answer.file(action.info()).and_then(|file| action.file(file)) {
        return Ok(Response::new(file, answer.request_id));
    }
    let body = response.body();
    let read = if may_exceed(body) { None } else { read::<A::Response>(body).ok() };
    let (value, warnings) = match read {
        Some((Envelope { ret_code: Some(0), .. }, value)) => (value, Warnings::default()),
        Some((Envelope { ret_code: Some(code), message }, _)) => {
            return Err(answer.refused(Some(RetCode::new(code)), message.0));
        }
        Some((Envelope { ret_code: None, .. }, _)) | None => {
            match answer.read_leniently::<A::Response>(action.info()) {
                Ok(read) => read,
                Err(refusal) => return Err(answer.failed(refusal)),
            }
        }
    };
    let failures = action.failures(&value);
    if !failures.is_empty() {
        let (name, raw) = (action.name(), body.clone());
        let error = IncompleteError::new(name, failures, answer.request_id, raw);
        return Err(Error::Incomplete(error));
    }
    Ok(Response::new(value, answer.request_id).warned(warnings))
}

/// What every answer has.
#[derive(Default)]
struct Envelope {
    ret_code: Option<i64>,
    message: Message,
}

/// The server's message, if it is text.
#[derive(Default)]
struct Message(String);

impl Message {
    /// As much of a text as an error keeps.
    fn of(text: &str) -> Self {
        let end = (0..=KEPT.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
        Self(end.and_then(|end| text.get(..end)).unwrap_or_default().to_owned())
    }
}

impl Field for Message {
    fn fill<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        if let Value::String(text) = map.next_value()? {
            *self = Self::of(&text);
        }
        Ok(())
    }
}

/// The code of an answer, if it has one.
pub(crate) fn ret_code(body: &[u8]) -> Option<RetCode> {
    let (envelope, end) = envelope(body);
    end.ok().and(envelope.ret_code).map(RetCode::new)
}

/// The code that a body states, be it one that cannot be read to its end.
pub(crate) fn stated_code(body: &[u8]) -> Option<i64> {
    envelope(body).0.ret_code
}

/// What a body has of an envelope, and where it is broken.
fn envelope(body: &[u8]) -> (Envelope, Result<(), Fault>) {
    if let Ok((envelope, _)) = read::<IgnoredAny>(body) {
        return (envelope, Ok(()));
    }
    let text = utf8(body);
    let mut envelope = Envelope::default();
    let mut lenient = Lenient::new(&text, None);
    let top = Top::<IgnoredAny> { envelope: &mut envelope, body: PhantomData };
    let end = lenient.top().deserialize_map(top);
    let end = end.and_then(|_| lenient.end().map(drop).map_err(Fault::from));
    (envelope, end)
}

decode_struct!(Envelope { ret_code: "RetCode", message: "Message" });

/// An answer on its way to becoming an error.
struct Answer<'a> {
    action: &'a str,
    /// What the call acts on.
    scope: Scope,
    request_id: RequestId,
    response: &'a http::Response<Bytes>,
}

impl Answer<'_> {
    /// The file that came, for an action that is answered with one.
    fn file(&self, info: &ActionInfo) -> Option<CsvFile> {
        if info.answer != crate::Answer::Csv {
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
        let Answer { action, scope, request_id, response } = self;
        let status = response.status();
        Error::Api(ApiError::new(action, status, code, message, request_id, raw, scope))
    }

    /// The error of an HTTP status that is no success, with the `RetCode` if the body has one.
    fn refused_by_status(self) -> Error {
        match envelope(self.response.body()) {
            (Envelope { ret_code: Some(code), message }, Ok(())) if code != 0 => {
                self.refused(Some(RetCode::new(code)), message.0)
            }
            _ => self.refused(None, String::new()),
        }
    }

    fn failed(self, failed: Failed) -> Error {
        match failed {
            Failed::Refused(code, message) => self.refused(Some(RetCode::new(code)), message),
            Failed::Unreadable(path, problem) => {
                let raw = self.kept();
                Error::Decode(DecodeError::new(self.action, path, problem, self.request_id, raw))
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
        let (Envelope { ret_code, message }, end) = envelope(&text);
        match (ret_code, end) {
            (Some(0), Ok(())) => {}
            (Some(code), Ok(())) => return Err(Failed::Refused(code, message.0)),
            // A quote within the message, say: what came before it is clear.
            (Some(code), Err(Fault::Broken(broken))) if code != 0 && broken.is_inside => {
                return Err(Failed::Refused(code, message.0));
            }
            (_, Err(fault)) => return Err(Failed::of(fault, &text)),
            (None, Ok(())) => return unreadable(Problem::NoRetCode),
        }
        let mut lenient = Lenient::new(&text, ret_code);
        let value = T::deserialize(lenient.top()).map_err(|fault| Failed::of(fault, &text))?;
        let warnings = lenient.end().map_err(|broken| Failed::of(broken.into(), &text))?;
        match warnings.kept().iter().find(|warning| is_needed(warning.path(), info)) {
            None if warnings.more() == 0 || info.partial.is_empty() => Ok((value, warnings)),
            warning => {
                let path = warning.map_or(info.partial, Warning::path).to_owned();
                let expected = warning.map_or("it cannot be read", Warning::reason).to_owned();
                Err(Failed::Unreadable(path, Problem::Type { expected }))
            }
        }
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

/// Whether a response is of no use without what is at that path: the ids of what was created, who
/// failed in a call that succeeded in part, or all rows of a list.
fn is_needed(path: &str, info: &ActionInfo) -> bool {
    let field = path.split(['.', '[']).next().unwrap_or_default();
    field.ends_with("Id")
        || field.ends_with("Ids")
        || (field == info.partial && !field.is_empty())
        || info.page.is_some_and(|page| page.items == path)
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

/// Reads a body whole.
fn read<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<(Envelope, T)> {
    let mut envelope = Envelope::default();
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = json.deserialize_map(Top { envelope: &mut envelope, body: PhantomData })?;
    json.end()?;
    Ok((envelope, value))
}

/// Reads an object as `T`, and notes what the envelope wants in passing.
struct Top<'a, T> {
    envelope: &'a mut Envelope,
    body: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Top<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let tee = Tee { map, envelope: self.envelope, next: Next::Body };
        T::deserialize(MapAccessDeserializer::new(tee))
    }
}

/// Passes a map on, and notes what the envelope wants.
struct Tee<'a, A> {
    map: A,
    envelope: &'a mut Envelope,
    next: Next,
}

/// Where the next value goes.
enum Next {
    Body,
    RetCode,
    Message,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Tee<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let Some(Key(key)) = self.map.next_key()? else { return Ok(None) };
        self.next = match &*key {
            "RetCode" => Next::RetCode,
            "Message" => Next::Message,
            _ => Next::Body,
        };
        match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => seed.deserialize(key.into_deserializer()),
        }
        .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.next {
            Next::Body => self.map.next_value_seed(seed),
            Next::RetCode => {
                self.envelope.ret_code.fill(&mut self.map)?;
                match self.envelope.ret_code {
                    Some(code) => seed.deserialize(code.into_deserializer()),
                    None => seed.deserialize(().into_deserializer()),
                }
            }
            Next::Message => {
                let message: Value = self.map.next_value()?;
                self.envelope.message = Message::of(message.as_str().unwrap_or_default());
                seed.deserialize(message).map_err(de::Error::custom)
            }
        }
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint()
    }
}

#[cfg(test)]
mod tests;
