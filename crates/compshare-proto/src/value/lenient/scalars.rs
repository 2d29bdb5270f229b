//! Scalars: text, numbers, booleans and times, each also in the other forms that responses have.

use std::fmt;

use serde::{
    Deserialize as _, Deserializer,
    de::{self, Visitor},
};
use serde_json::Value;

use super::{
    Item, TEXT,
    number::{self, Number, number},
};
use crate::value::timestamp::Timestamp;

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<Self::Value, E> {
        Ok((!v.is_empty()).then(|| v.to_owned()))
    }

    fn visit_string<E: de::Error>(self, v: String) -> Result<Self::Value, E> {
        Ok((!v.is_empty()).then_some(v))
    }

    fn visit_i64<E: de::Error>(self, v: i64) -> Result<Self::Value, E> {
        Ok(Some(v.to_string()))
    }

    fn visit_u64<E: de::Error>(self, v: u64) -> Result<Self::Value, E> {
        Ok(Some(v.to_string()))
    }

    /// One so large that digits may have been lost is not read as text.
    fn visit_f64<E: de::Error>(self, v: f64) -> Result<Self::Value, E> {
        if keeps_digits(v) {
            return Ok(Some(v.to_string()));
        }
        Err(E::invalid_value(de::Unexpected::Float(v), &self))
    }

    fn visit_bool<E: de::Error>(self, v: bool) -> Result<Self::Value, E> {
        Ok(Some(v.to_string()))
    }

    /// A number, where serde_json keeps all of its digits.
    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Some(digits) = number::digits(&mut map)? else {
            return Err(de::Error::invalid_type(de::Unexpected::Map, &self));
        };
        match number::parse(&digits)? {
            Number::Unsigned(number) => self.visit_u64(number),
            Number::Signed(number) => self.visit_i64(number),
            Number::Float(number) if keeps_digits(number) => self.visit_f64(number),
            Number::Float(_) => Ok(Some(digits)),
        }
    }

    /// What a reader that knows nothing of [`TEXT`] does.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        value.deserialize_any(self)
    }

    absent!(Self::Value);
}

impl Item for String {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_newtype_struct(TEXT, TextVisitor)
    }

    fn of_name(name: &str) -> Option<Self> {
        Some(name.to_owned())
    }
}

struct IntVisitor;

impl<'de> Visitor<'de> for IntVisitor {
    type Value = Option<i64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, or one as text")
    }

    fn visit_i64<E: de::Error>(self, v: i64) -> Result<Self::Value, E> {
        Ok(Some(v))
    }

    fn visit_u64<E: de::Error>(self, v: u64) -> Result<Self::Value, E> {
        i64::try_from(v).map(Some).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(v), &self))
    }

    fn visit_f64<E: de::Error>(self, v: f64) -> Result<Self::Value, E> {
        whole(v).map(Some).ok_or_else(|| E::invalid_value(de::Unexpected::Float(v), &self))
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<Self::Value, E> {
        let text = v.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if let Ok(number) = text.parse() {
            return Ok(Some(number));
        }
        text.parse()
            .ok()
            .and_then(whole)
            .map(Some)
            .ok_or_else(|| E::invalid_value(de::Unexpected::Str(v), &self))
    }

    number!();
    absent!(Self::Value);
}

/// The number up to which an `f64` holds every whole number.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether all digits of a whole number are in `v`, or it may have had others.
pub(crate) fn keeps_digits(v: f64) -> bool {
    v.abs() < EXACT
}

/// The whole number that `v` is, where an `i64` holds it exactly.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
fn whole(v: f64) -> Option<i64> {
    (v.fract() == 0.0 && v.abs() <= EXACT).then_some(v as i64)
}

impl Item for i64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(IntVisitor)
    }
}

impl Item for Timestamp {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        // Zero is how the API writes that there is no such moment.
        let seconds = i64::read(deserializer)?.filter(|&seconds| seconds != 0);
        Ok(seconds.map(Self::from_unix_seconds))
    }
}

struct FloatVisitor {
    /// Whether a text may end in a percent sign, as a rate's may and an amount's may not.
    percent: bool,
}

impl<'de> Visitor<'de> for FloatVisitor {
    type Value = Option<f64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or one as text")
    }

    fn visit_f64<E: de::Error>(self, v: f64) -> Result<Self::Value, E> {
        Ok(Some(v))
    }

    #[expect(clippy::cast_precision_loss, reason = "the API's amounts are far below 2^53")]
    fn visit_i64<E: de::Error>(self, v: i64) -> Result<Self::Value, E> {
        Ok(Some(v as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "the API's amounts are far below 2^53")]
    fn visit_u64<E: de::Error>(self, v: u64) -> Result<Self::Value, E> {
        Ok(Some(v as f64))
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<Self::Value, E> {
        let text = v.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let number = if self.percent { text.strip_suffix('%').unwrap_or(text) } else { text };
        match number.trim_end().parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(E::invalid_value(de::Unexpected::Str(v), &self)),
        }
    }

    number!();
    absent!(Self::Value);
}

impl Item for f64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(FloatVisitor { percent: true })
    }
}

/// A number that is an amount of something: what a unit's type holds.
pub(crate) trait Amount: Sized {
    /// Reads the number; `None` where it is null or empty.
    fn read_amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error>;
}

impl Amount for i64 {
    fn read_amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::read(deserializer)
    }
}

impl Amount for f64 {
    fn read_amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(FloatVisitor { percent: false })
    }
}

/// Reads an amount and makes something of it; an amount of which nothing can be made is not what was
/// expected.
pub(crate) fn read_as<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    expected: &str,
    make: impl FnOnce(f64) -> Option<T>,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(MadeOf { expected, make })
}

struct MadeOf<'a, F> {
    expected: &'a str,
    make: F,
}

impl<T, F: FnOnce(f64) -> Option<T>> MadeOf<'_, F> {
    /// What is made of what the visitor of amounts reads.
    fn made<E: de::Error>(
        self,
        read: impl FnOnce(FloatVisitor) -> Result<Option<f64>, E>,
    ) -> Result<Option<T>, E> {
        let Some(number) = read(FloatVisitor { percent: false })? else { return Ok(None) };
        match (self.make)(number) {
            Some(made) => Ok(Some(made)),
            None => Err(E::invalid_value(de::Unexpected::Float(number), &self.expected)),
        }
    }
}

impl<'de, T, F: FnOnce(f64) -> Option<T>> Visitor<'de> for MadeOf<'_, F> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        FloatVisitor { percent: false }.expecting(f)
    }

    fn visit_f64<E: de::Error>(self, v: f64) -> Result<Self::Value, E> {
        self.made(|amount| amount.visit_f64(v))
    }

    fn visit_i64<E: de::Error>(self, v: i64) -> Result<Self::Value, E> {
        self.made(|amount| amount.visit_i64(v))
    }

    fn visit_u64<E: de::Error>(self, v: u64) -> Result<Self::Value, E> {
        self.made(|amount| amount.visit_u64(v))
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<Self::Value, E> {
        self.made(|amount| amount.visit_str(v))
    }

    /// A number, where serde_json keeps all of its digits.
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        self.made(|amount| amount.visit_map(map))
    }

    absent!(Self::Value);
}

/// Any JSON, of which only null is absent.
impl Item for Value {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(Some(Self::deserialize(deserializer)?).filter(|value| !value.is_null()))
    }
}

struct BoolVisitor;

impl<'de> Visitor<'de> for BoolVisitor {
    type Value = Option<bool>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false, or one of them as text")
    }

    fn visit_bool<E: de::Error>(self, v: bool) -> Result<Self::Value, E> {
        Ok(Some(v))
    }

    fn visit_i64<E: de::Error>(self, v: i64) -> Result<Self::Value, E> {
        match v {
            0 => Ok(Some(false)),
            1 => Ok(Some(true)),
            _ => Err(E::invalid_value(de::Unexpected::Signed(v), &self)),
        }
    }

    fn visit_u64<E: de::Error>(self, v: u64) -> Result<Self::Value, E> {
        match v {
            0 => Ok(Some(false)),
            1 => Ok(Some(true)),
            _ => Err(E::invalid_value(de::Unexpected::Unsigned(v), &self)),
        }
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<Self::Value, E> {
        let text = v.trim();
        if text.is_empty() {
            Ok(None)
        } else if ["true", "yes", "1"].iter().any(|yes| text.eq_ignore_ascii_case(yes)) {
            Ok(Some(true))
        } else if ["false", "no", "0"].iter().any(|no| text.eq_ignore_ascii_case(no)) {
            Ok(Some(false))
        } else {
            Err(E::invalid_value(de::Unexpected::Str(v), &self))
        }
    }

    number!();
    absent!(Self::Value);
}

impl Item for bool {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(BoolVisitor)
    }
}
