//! Numbers as serde_json hands them over where any crate turns on `arbitrary_precision`: a map with the
//! digits as text under a name of its own.

use serde::de::{self, MapAccess};

use super::Key;

/// The name.
const DIGITS: &str = "$serde_json::private::Number";

/// A number of a response.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

/// Whether it is the name that the digits of a number are under.
pub(super) fn is_digits(key: &str) -> bool {
    key == DIGITS
}

/// Reads the map that a number is; `None` if it is any other.
pub(super) fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Number>, A::Error> {
    digits(map)?.map(|digits| parse(&digits)).transpose()
}

/// The digits in the map that a number is; `None` if it is any other.
pub(super) fn digits<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<String>, A::Error> {
    match map.next_key()? {
        Some(Key(key)) if is_digits(&key) => map.next_value().map(Some),
        _ => Ok(None),
    }
}

/// The number that serde_json makes of the digits without `arbitrary_precision`.
pub(super) fn parse<E: de::Error>(digits: &str) -> Result<Number, E> {
    if let Ok(number) = digits.parse() {
        return Ok(Number::Unsigned(number));
    }
    if let Ok(number) = digits.parse() {
        return Ok(Number::Signed(number));
    }
    let float = digits.parse().ok().filter(|float: &f64| float.is_finite());
    float.map(Number::Float).ok_or_else(|| E::custom("number out of range"))
}

/// Implements the visitor method for such a map by those for numbers.
macro_rules! number {
    () => {
        fn visit_map<A: ::serde::de::MapAccess<'de>>(
            self,
            mut map: A,
        ) -> Result<Self::Value, A::Error> {
            use $crate::value::lenient::number::Number;

            match $crate::value::lenient::number::read(&mut map)? {
                Some(Number::Unsigned(number)) => self.visit_u64(number),
                Some(Number::Signed(number)) => self.visit_i64(number),
                Some(Number::Float(number)) => self.visit_f64(number),
                None => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
            }
        }
    };
}

pub(super) use number;
