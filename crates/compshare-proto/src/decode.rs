//! From an `http::Response` to an action's answer or an error.
//!
//! The body is read once: the visitor notes `RetCode` and `Message` as they pass by. Only where that
//! fails is it read again, to say why.

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
    asked::asked,
    error::{ApiError, DecodeError, Error, IncompleteError, Problem},
    file::{Head, content_encoding},
    response::{RequestId, Response},
    tolerant::{Field, Key},
};

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
/// # Errors
///
/// [`Error::Api`] if the server refused or an HTTP status is no success, [`Error::Incomplete`] if part
/// of the call failed, [`Error::Decode`] if the answer cannot be read.
pub fn decode<A: Action + ?Sized>(
    action: &A,
    response: &http::Response<Bytes>,
) -> Result<Response<A::Response>, Error> {
    let answer = Answer {
        action: action.name(),
        several: asked(action) > 1,
        request_id: RequestId::of(response.headers()),
        response,
    };
    if !response.status().is_success() {
        return Err(answer.refused_by_status());
    }
    if let Some(file) = answer.file(action.info()).and_then(|file| action.file(file)) {
        return Ok(Response::new(file, answer.request_id));
    }
    match read::<A::Response>(response.body()) {
        Ok((Envelope { ret_code: Some(0), .. }, body)) => {
            let failures = action.failures(&body);
            if failures.is_empty() {
                return Ok(Response::new(body, answer.request_id));
            }
            let raw = response.body().clone();
            let name = action.name();
            Err(Error::Incomplete(IncompleteError::new(name, failures, answer.request_id, raw)))
        }
        Ok((Envelope { ret_code: Some(code), message }, _)) => {
            Err(answer.refused(Some(RetCode::new(code)), message.0))
        }
        Ok((Envelope { ret_code: None, .. }, _)) => {
            Err(answer.unreadable(String::new(), Problem::NoRetCode))
        }
        Err(_) => Err(answer.explain::<A::Response>()),
    }
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

impl Field for Message {
    fn fill<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        if let Value::String(text) = map.next_value()? {
            self.0 = text;
        }
        Ok(())
    }
}

/// The code of an answer, if it has one.
pub(crate) fn ret_code(body: &[u8]) -> Option<RetCode> {
    serde_json::from_slice::<Envelope>(body).ok()?.ret_code.map(RetCode::new)
}

decode_struct!(Envelope { ret_code: "RetCode", message: "Message" });

/// An answer on its way to becoming an error.
struct Answer<'a> {
    action: &'a str,
    /// Whether the call acts on more than one thing.
    several: bool,
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
        let Answer { action, several, request_id, response } = self;
        let status = response.status();
        Error::Api(ApiError::new(action, status, code, message, request_id, raw, several))
    }

    /// The error of an HTTP status that is no success, with the `RetCode` if the body has one.
    fn refused_by_status(self) -> Error {
        match serde_json::from_slice(self.response.body()) {
            Ok(Envelope { ret_code: Some(code), message }) if code != 0 => {
                self.refused(Some(RetCode::new(code)), message.0)
            }
            _ => self.refused(None, String::new()),
        }
    }

    fn unreadable(self, path: String, problem: Problem) -> Error {
        let raw = self.kept();
        Error::Decode(DecodeError::new(self.action, path, problem, self.request_id, raw))
    }

    /// Reads the body again to say why it could not be read.
    fn explain<T: DeserializeOwned>(self) -> Error {
        let body = self.response.body();
        if let Some(encoding) = content_encoding(self.response.headers()) {
            let encoding = short(encoding).unwrap_or("of some kind").to_owned();
            return self.unreadable(String::new(), Problem::Compressed { encoding });
        }
        match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
            None => return self.unreadable(String::new(), Problem::Empty),
            Some(b'{') => {}
            Some(_) if serde_json::from_slice::<IgnoredAny>(body).is_ok() => {
                return self.unreadable(String::new(), Problem::NoRetCode);
            }
            Some(_) => {
                let content_type = content_type(self.response.headers());
                return self.unreadable(String::new(), Problem::NotJson { content_type });
            }
        }
        match serde_json::from_slice::<Envelope>(body) {
            Ok(Envelope { ret_code: Some(0), .. }) => {}
            Ok(Envelope { ret_code: Some(code), message }) => {
                return self.refused(Some(RetCode::new(code)), message.0);
            }
            Err(error) if !error.is_data() => {
                let cut = error.is_eof() || is_at_end(&error, body);
                let problem = Problem::Broken { line: error.line(), column: error.column(), cut };
                return self.unreadable(String::new(), problem);
            }
            Ok(_) | Err(_) => return self.unreadable(String::new(), Problem::NoRetCode),
        }
        let mut json = serde_json::Deserializer::from_slice(body);
        match serde_path_to_error::deserialize::<_, T>(&mut json) {
            Err(error) => {
                let path = error.path().to_string();
                let expected = expected(&error.into_inner().to_string());
                self.unreadable(path, Problem::Type { expected })
            }
            // Only what follows the object can be wrong now.
            Ok(_) => {
                let problem = Problem::Broken { line: 1, column: body.len(), cut: false };
                self.unreadable(String::new(), problem)
            }
        }
    }
}

/// The code that a body states, be it one that cannot be read to its end.
pub(crate) fn stated_code(body: &[u8]) -> Option<i64> {
    let mut envelope = Envelope::default();
    let mut json = serde_json::Deserializer::from_slice(body);
    let top = Top::<IgnoredAny> { envelope: &mut envelope, body: PhantomData };
    // What goes wrong after the code does not matter.
    let _ = json.deserialize_map(top);
    envelope.ret_code
}

/// Whether JSON went wrong at its very end, within a number.
fn is_at_end(error: &serde_json::Error, body: &[u8]) -> bool {
    let last = body.split(|&byte| byte == b'\n').enumerate().last();
    last.is_some_and(|(line, text)| error.line() == line + 1 && error.column() >= text.len())
        && body.last().is_some_and(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte))
}

/// What serde says was expected, without the value that it found.
fn expected(message: &str) -> String {
    let place = message.rfind(" at line ").unwrap_or(message.len());
    let message = message.get(..place).unwrap_or(message);
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => "the value does not fit the type".to_owned(),
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
                self.envelope.message.0 = message.as_str().unwrap_or_default().to_owned();
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
