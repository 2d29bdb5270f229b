//! `Envelope`: the `RetCode` and `Message` of a response, noted while its body is read.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{
        self, DeserializeOwned, DeserializeSeed, IgnoredAny, IntoDeserializer, MapAccess, Visitor,
        value::{BorrowedStrDeserializer, MapAccessDeserializer},
    },
};
use serde_json::Value;

use super::{KEPT, fault::Fault, lenient::Lenient, tokens::utf8};
use crate::{
    api::ret_code::RetCode,
    value::lenient::{Field, Key},
};

/// What every response has.
#[derive(Default)]
pub(super) struct Envelope {
    pub(super) ret_code: Option<i64>,
    /// The server's message, if it is text.
    pub(super) message: String,
}

impl Envelope {
    /// The code, unless what is broken in the body casts doubt on it.
    pub(super) fn code(&self, end: &Result<(), Fault>) -> Option<i64> {
        match end {
            Ok(()) => self.ret_code,
            // A quote within the message, say: what came before it is clear.
            Err(Fault::Broken(broken)) if broken.is_inside => {
                self.ret_code.filter(|&code| code != 0)
            }
            Err(_) => None,
        }
    }
}

/// As much of a message as an error keeps.
fn kept(message: &str) -> &str {
    let end = (0..=KEPT.min(message.len())).rev().find(|&end| message.is_char_boundary(end));
    end.and_then(|end| message.get(..end)).unwrap_or_default()
}

/// The code of a response, if it has one.
pub(crate) fn ret_code(body: &[u8]) -> Option<RetCode> {
    let (envelope, end) = envelope(body);
    envelope.code(&end).map(RetCode::new)
}

/// Whether the code of a body is 0, be it one that cannot be read to its end.
pub(super) fn states_success(body: &[u8]) -> bool {
    envelope(body).0.ret_code == Some(0)
}

/// What a body has of an envelope, and where it is broken.
pub(super) fn envelope(body: &[u8]) -> (Envelope, Result<(), Fault>) {
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

/// Reads a body whole.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<(Envelope, T)> {
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
        let tee = Tee { map, envelope: self.envelope, key: Cow::Borrowed("") };
        T::deserialize(MapAccessDeserializer::new(tee))
    }
}

/// Passes a map on, and notes what the envelope wants.
struct Tee<'a, 'de, A> {
    map: A,
    envelope: &'a mut Envelope,
    /// The key of the next value.
    key: Cow<'de, str>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Tee<'_, 'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let Some(Key(key)) = self.map.next_key()? else { return Ok(None) };
        self.key = key;
        match &self.key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => seed.deserialize(key.as_str().into_deserializer()),
        }
        .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match &*self.key {
            "RetCode" => {
                self.envelope.ret_code.fill(&mut self.map)?;
                match self.envelope.ret_code {
                    Some(code) => seed.deserialize(code.into_deserializer()),
                    None => seed.deserialize(().into_deserializer()),
                }
            }
            "Message" => {
                let message: Value = self.map.next_value()?;
                self.envelope.message = kept(message.as_str().unwrap_or_default()).to_owned();
                seed.deserialize(message).map_err(de::Error::custom)
            }
            _ => self.map.next_value_seed(seed),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint()
    }
}
