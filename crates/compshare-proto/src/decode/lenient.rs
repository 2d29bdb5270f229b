//! `Lenient`: reads a response that plain decoding fails on, and leaves out what cannot be read.
//!
//! It reads once, from front to back. A value that does not fit ends in an error whose source is
//! [`LeftOut`]; by that time the value has been passed over, so whoever reads it may go on without it.

use std::{borrow::Cow, error::Error, fmt};

use serde::{
    Deserializer,
    de::{
        self, DeserializeSeed, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
        Visitor, value::MapAccessDeserializer,
    },
    forward_to_deserialize_any,
};

use super::{
    budget::{Budget, Exceeded},
    key::KeyOf,
    tokens::{Broken, Tokens},
};
use crate::{
    response::{Warning, Warnings},
    tolerant::LeftOut,
};

/// Nesting beyond which a value is left out, as in serde_json.
const DEEPEST: usize = 128;

/// Characters of a key that a path holds.
const LONGEST_KEY: usize = 64;

/// Why a value cannot be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// The text is no JSON from here on.
    Broken(Broken),
    /// The response would take too much memory.
    TooLarge,
    /// The value does not fit its type.
    Unfit { path: Option<String>, reason: String },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(_) => f.write_str("not in valid JSON"),
            Self::TooLarge => f.write_str("too large"),
            Self::Unfit { reason, .. } => f.write_str(reason),
        }
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        matches!(self, Self::Unfit { .. }).then_some(&LeftOut as _)
    }
}

/// Messages keep what was expected and never what was found.
impl de::Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Unfit { path: None, reason: "the value does not fit the type".to_owned() }
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Unfit { path: None, reason: format!("expected {expected}") }
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Unfit { path: None, reason: format!("expected a field {field}") }
    }
}

impl From<Broken> for Fault {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl From<Exceeded> for Fault {
    fn from(_: Exceeded) -> Self {
        Self::TooLarge
    }
}

/// A text that is read from front to back.
pub(super) struct Lenient<'de> {
    tokens: Tokens<'de>,
    budget: Budget,
    depth: usize,
    warnings: Warnings,
    /// What a `RetCode` at the top reads as, whatever is there.
    code: Option<i64>,
}

impl<'de> Lenient<'de> {
    pub(super) fn new(text: &'de [u8], code: Option<i64>) -> Self {
        let (tokens, budget) = (Tokens::new(text), Budget::of(text.len()));
        Self { tokens, budget, depth: 0, warnings: Warnings::default(), code }
    }

    /// The value at the top.
    pub(super) fn top(&mut self) -> Place<'_, 'de> {
        Place { lenient: self, path: Path::Top }
    }

    /// What was left out or repaired, if nothing but white space follows.
    pub(super) fn end(mut self) -> Result<Warnings, Broken> {
        self.tokens.end()?;
        Ok(self.warnings)
    }

    /// Reads the next value with nothing but its place known.
    fn read<V: Visitor<'de>>(&mut self, path: &Path<'_>, visitor: V) -> Result<V::Value, Fault> {
        match self.tokens.peek()? {
            b'{' | b'[' if self.depth >= DEEPEST => {
                self.tokens.skip()?;
                self.nothing(path, "it is nested too deeply", visitor)
            }
            b'{' => {
                self.tokens.pass();
                self.depth += 1;
                let map = Entries { lenient: self, path, key: "".into(), count: 0, named: false };
                let value = visitor.visit_map(map);
                self.depth -= 1;
                self.close(b'}', value)
            }
            b'[' => {
                self.tokens.pass();
                self.depth += 1;
                let value = visitor.visit_seq(Elements { lenient: self, path, count: 0 });
                self.depth -= 1;
                self.close(b']', value)
            }
            b'"' => {
                let text = self.tokens.text()?;
                self.budget.text(text.text.len())?;
                if let Some(reason) = text.repaired {
                    self.warnings.push(Warning::repaired(path.to_string(), reason));
                }
                match text.text {
                    Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                    Cow::Owned(text) => visitor.visit_string(text),
                }
            }
            _ => match self.tokens.word()? {
                "null" => visitor.visit_unit(),
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                word => match word.parse::<serde_json::Number>() {
                    Ok(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                        (_, Some(number), _) => visitor.visit_u64(number),
                        (Some(number), ..) => visitor.visit_i64(number),
                        (.., Some(number)) if number.is_finite() => visitor.visit_f64(number),
                        _ => self.nothing(path, "it is beyond every number", visitor),
                    },
                    Err(_) => self.nothing(path, "it is not a JSON value", visitor),
                },
            },
        }
    }

    /// Goes on behind a list or an object, unless there is more in it than was read.
    fn close<T>(&mut self, bracket: u8, value: Result<T, Fault>) -> Result<T, Fault> {
        let value = value?;
        if self.tokens.peek()? == b',' {
            return Err(de::Error::custom(""));
        }
        self.tokens.expect(bracket)?;
        Ok(value)
    }

    /// Reads a value that nothing can hold as if it were null.
    fn nothing<V: Visitor<'de>>(
        &mut self,
        path: &Path<'_>,
        reason: &str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.warnings.push(Warning::left_out(path.to_string(), reason.to_owned()));
        visitor.visit_unit()
    }
}

/// Where a value stands.
#[derive(Clone, Copy)]
enum Path<'a> {
    Top,
    Key(&'a Self, &'a str),
    Index(&'a Self, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Key(Path::Top, key) => write!(f, "{key:.LONGEST_KEY$}"),
            Self::Key(parent, key) => write!(f, "{parent}.{key:.LONGEST_KEY$}"),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// A value that is about to be read.
pub(super) struct Place<'a, 'de> {
    lenient: &'a mut Lenient<'de>,
    path: Path<'a>,
}

impl<'de> Deserializer<'de> for Place<'_, 'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Self { lenient, path } = self;
        lenient.tokens.peek()?;
        let (start, before) = (lenient.tokens, lenient.warnings.count());
        lenient.read(&path, visitor).or_else(|fault| {
            let Fault::Unfit { path: inner, reason } = fault else { return Err(fault) };
            lenient.tokens = start;
            lenient.tokens.skip()?;
            let place = path.to_string();
            // All of it is left out, so what became of its parts does not matter.
            lenient.warnings.truncate(before);
            lenient.warnings.push(Warning::left_out(place.clone(), reason.clone()));
            Err(Fault::Unfit { path: Some(inner.unwrap_or(place)), reason })
        })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let mut ahead = self.lenient.tokens;
        ahead.peek()?;
        if ahead.word().is_ok_and(|word| word == "null") {
            self.lenient.tokens = ahead;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_any(EnumVisitor(visitor))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.lenient.tokens.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// A text or an object as an enum's variant.
struct EnumVisitor<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for EnumVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<V::Value, E> {
        self.0.visit_enum(text.into_deserializer())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(MapAccessDeserializer::new(map))
    }
}

/// What is in an object.
struct Entries<'a, 'de> {
    lenient: &'a mut Lenient<'de>,
    path: &'a Path<'a>,
    key: Cow<'de, str>,
    count: usize,
    /// Whether the keys are those of a struct, which has room for its fields.
    named: bool,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let tokens = &mut self.lenient.tokens;
        let next = tokens.peek()?;
        if next == b'}' {
            return Ok(None);
        }
        if self.count > 0 {
            tokens.expect(b',')?;
            tokens.peek()?;
        }
        let key = tokens.text()?;
        tokens.expect(b':')?;
        if let Some(reason) = key.repaired {
            let path = Path::Key(self.path, &key.text).to_string();
            self.lenient.warnings.push(Warning::repaired(path, reason));
        }
        self.key = key.text;
        seed.deserialize(KeyOf { key: &self.key, named: &mut self.named }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Self { lenient, path, key, count, named } = self;
        if !*named {
            lenient.budget.text(key.len())?;
            lenient.budget.entry(*count, size_of::<V::Value>())?;
        }
        *count += 1;
        match lenient.code {
            Some(code) if key == "RetCode" && matches!(path, Path::Top) => {
                lenient.tokens.skip()?;
                seed.deserialize(code.into_deserializer())
            }
            _ => seed.deserialize(Place { lenient, path: Path::Key(path, key) }),
        }
    }
}

/// What is in a list.
struct Elements<'a, 'de> {
    lenient: &'a mut Lenient<'de>,
    path: &'a Path<'a>,
    count: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Self { lenient, path, count } = self;
        if lenient.tokens.peek()? == b']' {
            return Ok(None);
        }
        if *count > 0 {
            lenient.tokens.expect(b',')?;
        }
        lenient.budget.element(*count, size_of::<T::Value>())?;
        let index = *count;
        *count += 1;
        seed.deserialize(Place { lenient, path: Path::Index(path, index) }).map(Some)
    }
}
