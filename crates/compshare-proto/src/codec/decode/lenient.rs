//! `Lenient`: reads a response that plain decoding fails on, and leaves out what cannot be read.
//!
//! It reads once, from front to back. A value that does not fit ends in an error whose source is
//! [`LeftOut`](crate::lenient::LeftOut); by that time the value has been passed over, so whoever reads it may go on without it.

use std::{borrow::Cow, fmt, mem};

use serde::{
    Deserializer,
    de::{
        self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
        value::MapAccessDeserializer,
    },
    forward_to_deserialize_any,
};

use super::{
    budget::Budget,
    fault::Fault,
    key::KeyOf,
    tokens::{Broken, Tokens},
};
use crate::{
    codec::response::{Warning, Warnings},
    value::lenient::{TABLE, TEXT, keeps_digits},
};

/// Nesting beyond which a value is left out, as in serde_json.
const DEEPEST: usize = 128;

/// Characters of a key that a path holds.
const LONGEST_KEY: usize = 64;

/// A text that is read from front to back.
pub(super) struct Lenient<'t> {
    tokens: Tokens<'t>,
    budget: Budget,
    depth: usize,
    warnings: Warnings,
    /// What a `RetCode` at the top reads as, whatever is there.
    code: Option<i64>,
}

impl<'t> Lenient<'t> {
    pub(super) fn new(text: &'t [u8], code: Option<i64>) -> Self {
        let (tokens, budget) = (Tokens::new(text), Budget::of(text.len()));
        Self { tokens, budget, depth: 0, warnings: Warnings::default(), code }
    }

    /// The value at the top.
    pub(super) fn top(&mut self) -> Place<'_, 't> {
        Place { lenient: self, path: Path::Top }
    }

    /// What was left out or repaired, if nothing but white space follows.
    pub(super) fn end(mut self) -> Result<Warnings, Broken> {
        self.tokens.end()?;
        Ok(self.warnings)
    }

    /// Reads the next value with nothing but its place known.
    fn read<'de, V: Visitor<'de>>(
        &mut self,
        path: &Path<'_>,
        wanted: Wanted,
        visitor: V,
    ) -> Result<V::Value, Fault> {
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
                    self.warnings.push(|| Warning::repaired(path.to_string(), reason));
                }
                if wanted == Wanted::Table && text.text.trim_ascii_start().starts_with('{') {
                    return self.read_within(&text.text, path, visitor);
                }
                match text.text {
                    Cow::Borrowed(text) => visitor.visit_str(text),
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
                        (.., Some(number)) if keeps_digits(number) => visitor.visit_f64(number),
                        (.., Some(number)) if number.is_finite() && wanted == Wanted::Text => {
                            self.budget.text(word.len())?;
                            visitor.visit_str(word)
                        }
                        (.., Some(number)) if number.is_finite() => visitor.visit_f64(number),
                        _ => self.nothing(path, "it is beyond every number", visitor),
                    },
                    Err(_) => self.nothing(path, "it is not a JSON value", visitor),
                },
            },
        }
    }

    /// Reads the JSON that a text holds.
    fn read_within<'de, V: Visitor<'de>>(
        &mut self,
        text: &str,
        path: &Path<'_>,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let unfit = de::Error::invalid_type(Unexpected::Other("text"), &visitor);
        let mut within = Lenient {
            tokens: Tokens::new(text.as_bytes()),
            budget: mem::take(&mut self.budget),
            depth: self.depth,
            warnings: mem::take(&mut self.warnings),
            code: None,
        };
        let value = within.read(path, Wanted::Any, visitor);
        let value =
            value.and_then(|value| within.tokens.end().map(|()| value).map_err(Fault::from));
        (self.budget, self.warnings) = (within.budget, within.warnings);
        value.map_err(|fault| if let Fault::Broken(_) = fault { unfit } else { fault })
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
    fn nothing<'de, V: Visitor<'de>>(
        &mut self,
        path: &Path<'_>,
        reason: &str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.warnings.push(|| Warning::left_out(path.to_string(), reason.to_owned()));
        visitor.visit_unit()
    }
}

/// What is to be made of a value.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Any,
    Text,
    Table,
}

/// Where a value stands.
#[derive(Clone, Copy)]
enum Path<'a> {
    Top,
    Key(&'a Self, &'a str),
    Index(&'a Self, usize),
}

impl Path<'_> {
    /// The key at the top.
    fn start(&self) -> String {
        match self {
            Self::Top => String::new(),
            Self::Key(Path::Top, key) => format!("{key:.LONGEST_KEY$}"),
            Self::Key(parent, _) | Self::Index(parent, _) => parent.start(),
        }
    }
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
pub(super) struct Place<'a, 't> {
    lenient: &'a mut Lenient<'t>,
    path: Path<'a>,
}

impl Place<'_, '_> {
    fn read<'de, V: Visitor<'de>>(self, wanted: Wanted, visitor: V) -> Result<V::Value, Fault> {
        let Self { lenient, path } = self;
        lenient.tokens.peek()?;
        let (start, before) = (lenient.tokens, lenient.warnings.count());
        lenient.read(&path, wanted, visitor).or_else(|fault| {
            let Fault::Unfit { path: inner, reason } = fault else { return Err(fault) };
            lenient.tokens = start;
            lenient.tokens.skip()?;
            // All of it is left out, so what became of its parts does not matter.
            lenient.warnings.truncate(before);
            // Where there are so many, most are of values that are done without.
            let is_full = lenient.warnings.is_full();
            let place = || if is_full { path.start() } else { path.to_string() };
            lenient.warnings.push(|| Warning::left_out(place(), reason.clone()));
            Err(Fault::Unfit { path: Some(inner.unwrap_or_else(place)), reason })
        })
    }
}

impl<'de> Deserializer<'de> for Place<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.read(Wanted::Any, visitor)
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
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match name {
            TEXT => self.read(Wanted::Text, visitor),
            TABLE => self.read(Wanted::Table, visitor),
            _ => visitor.visit_newtype_struct(self),
        }
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
struct Entries<'a, 't> {
    lenient: &'a mut Lenient<'t>,
    path: &'a Path<'a>,
    key: Cow<'t, str>,
    count: usize,
    /// Whether the keys are those of a struct, which has room for its fields.
    named: bool,
}

impl<'de> MapAccess<'de> for Entries<'_, '_> {
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
            let path = Path::Key(self.path, &key.text);
            self.lenient.warnings.push(|| Warning::repaired(path.to_string(), reason));
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
struct Elements<'a, 't> {
    lenient: &'a mut Lenient<'t>,
    path: &'a Path<'a>,
    count: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_, '_> {
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
