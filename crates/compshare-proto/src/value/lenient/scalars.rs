//! Scalars: text, numbers, booleans and times, each also in the other forms that responses have.

use std::fmt;

use serde::{
    Deserialize as _, Deserializer,
    de::{self, Unexpected, Visitor},
};
use serde_json::Value;

use super::{Item, TEXT, number};

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
        Err(E::invalid_value(Unexpected::Float(v), &self))
    }

    fn visit_bool<E: de::Error>(self, v: bool) -> Result<Self::Value, E> {
        Ok(Some(v.to_string()))
    }

    /// A number, where serde_json keeps all of its digits.
    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Some(digits) = number::digits(&mut map)? else {
            return Err(de::Error::invalid_type(Unexpected::Map, &self));
        };
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() && !keeps_digits(number) => Ok(Some(digits)),
            _ => number::visit(self, &digits),
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

/// How a number or a boolean is read from what is found in its place.
trait Scalar {
    type Value;
    const EXPECTED: &'static str;

    fn read<E: de::Error>(self, found: Unexpected<'_>) -> Result<Option<Self::Value>, E>;
}

struct ScalarVisitor<S>(S);

impl<'de, S: Scalar> Visitor<'de> for ScalarVisitor<S> {
    type Value = Option<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(S::EXPECTED)
    }

    fn visit_bool<E: de::Error>(self, v: bool) -> Result<Self::Value, E> {
        self.0.read(Unexpected::Bool(v))
    }

    fn visit_i64<E: de::Error>(self, v: i64) -> Result<Self::Value, E> {
        self.0.read(Unexpected::Signed(v))
    }

    fn visit_u64<E: de::Error>(self, v: u64) -> Result<Self::Value, E> {
        self.0.read(Unexpected::Unsigned(v))
    }

    fn visit_f64<E: de::Error>(self, v: f64) -> Result<Self::Value, E> {
        self.0.read(Unexpected::Float(v))
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<Self::Value, E> {
        if v.trim().is_empty() { Ok(None) } else { self.0.read(Unexpected::Str(v)) }
    }

    /// A number, where serde_json keeps all of its digits.
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        number::visit_map(self, map)
    }

    absent!(Self::Value);
}

struct Int;

impl Scalar for Int {
    type Value = i64;
    const EXPECTED: &'static str = "a whole number, or one as text";

    fn read<E: de::Error>(self, found: Unexpected<'_>) -> Result<Option<i64>, E> {
        let number = match found {
            Unexpected::Signed(v) => Some(v),
            Unexpected::Unsigned(v) => i64::try_from(v).ok(),
            Unexpected::Float(v) => whole(v),
            Unexpected::Str(v) => {
                let text = v.trim();
                text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
            }
            _ => return Err(E::invalid_type(found, &Self::EXPECTED)),
        };
        number.map(Some).ok_or_else(|| E::invalid_value(found, &Self::EXPECTED))
    }
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
        deserializer.deserialize_any(ScalarVisitor(Int))
    }
}

struct Float {
    /// Whether a text may end in a percent sign, as a rate's may and an amount's may not.
    percent: bool,
}

impl Scalar for Float {
    type Value = f64;
    const EXPECTED: &'static str = "a number, or one as text";

    #[expect(clippy::cast_precision_loss, reason = "the API's amounts are far below 2^53")]
    fn read<E: de::Error>(self, found: Unexpected<'_>) -> Result<Option<f64>, E> {
        match found {
            Unexpected::Float(v) => Ok(Some(v)),
            Unexpected::Signed(v) => Ok(Some(v as f64)),
            Unexpected::Unsigned(v) => Ok(Some(v as f64)),
            Unexpected::Str(v) => {
                let text = v.trim();
                let rate = text.strip_suffix('%').filter(|_| self.percent);
                match rate.unwrap_or(text).trim_end().parse::<f64>() {
                    Ok(number) if number.is_finite() => Ok(Some(number)),
                    _ => Err(E::invalid_value(found, &Self::EXPECTED)),
                }
            }
            _ => Err(E::invalid_type(found, &Self::EXPECTED)),
        }
    }
}

impl Item for f64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(ScalarVisitor(Float { percent: true }))
    }
}

/// Reads a number that is an amount of something; `None` where it is null or empty.
pub(crate) fn read_amount<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<f64>, D::Error> {
    deserializer.deserialize_any(ScalarVisitor(Float { percent: false }))
}

/// Reads an amount and makes something of it; an amount of which nothing can be made is not what was
/// expected.
pub(crate) fn read_as<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    expected: &str,
    make: impl FnOnce(f64) -> Option<T>,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(ScalarVisitor(MadeOf { expected, make }))
}

struct MadeOf<'a, F> {
    expected: &'a str,
    make: F,
}

impl<T, F: FnOnce(f64) -> Option<T>> Scalar for MadeOf<'_, F> {
    type Value = T;
    const EXPECTED: &'static str = Float::EXPECTED;

    fn read<E: de::Error>(self, found: Unexpected<'_>) -> Result<Option<T>, E> {
        let Some(number) = Float { percent: false }.read(found)? else { return Ok(None) };
        let made = (self.make)(number).map(Some);
        made.ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self.expected))
    }
}

/// Any JSON, of which only null is absent.
impl Item for Value {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(Some(Self::deserialize(deserializer)?).filter(|value| !value.is_null()))
    }
}

struct Bool;

impl Scalar for Bool {
    type Value = bool;
    const EXPECTED: &'static str = "true or false, or one of them as text";

    fn read<E: de::Error>(self, found: Unexpected<'_>) -> Result<Option<bool>, E> {
        let is_one_of = |text: &str, words: [&str; 3]| {
            words.iter().any(|word| text.trim().eq_ignore_ascii_case(word))
        };
        match found {
            Unexpected::Bool(v) => Ok(Some(v)),
            Unexpected::Signed(0) | Unexpected::Unsigned(0) => Ok(Some(false)),
            Unexpected::Signed(1) | Unexpected::Unsigned(1) => Ok(Some(true)),
            Unexpected::Str(v) if is_one_of(v, ["true", "yes", "1"]) => Ok(Some(true)),
            Unexpected::Str(v) if is_one_of(v, ["false", "no", "0"]) => Ok(Some(false)),
            Unexpected::Float(_) => Err(E::invalid_type(found, &Self::EXPECTED)),
            _ => Err(E::invalid_value(found, &Self::EXPECTED)),
        }
    }
}

impl Item for bool {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(ScalarVisitor(Bool))
    }
}
