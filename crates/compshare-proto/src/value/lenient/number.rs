//! Numbers as serde_json hands them over where any crate turns on `arbitrary_precision`: a map with the
//! digits as text under a name of its own.

use serde::de::{self, MapAccess, Unexpected, Visitor};

use super::Key;

/// The name.
const DIGITS: &str = "$serde_json::private::Number";

/// Whether it is the name that the digits of a number are under.
pub(super) fn is_digits(key: &str) -> bool {
    key == DIGITS
}

/// The digits in the map that a number is; `None` if it is any other.
pub(super) fn digits<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<String>, A::Error> {
    match map.next_key()? {
        Some(Key(key)) if is_digits(&key) => map.next_value().map(Some),
        _ => Ok(None),
    }
}

/// Has `visitor` visit the number that a map is.
pub(super) fn visit_map<'de, V: Visitor<'de>, A: MapAccess<'de>>(
    visitor: V,
    mut map: A,
) -> Result<V::Value, A::Error> {
    match digits(&mut map)? {
        Some(digits) => visit(visitor, &digits),
        None => Err(de::Error::invalid_type(Unexpected::Map, &visitor)),
    }
}

/// Has `visitor` visit the number that serde_json makes of the digits without `arbitrary_precision`.
pub(super) fn visit<'de, V: Visitor<'de>, E: de::Error>(
    visitor: V,
    digits: &str,
) -> Result<V::Value, E> {
    if let Ok(number) = digits.parse() {
        return visitor.visit_u64(number);
    }
    if let Ok(number) = digits.parse() {
        return visitor.visit_i64(number);
    }
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() => visitor.visit_f64(number),
        _ => Err(E::custom("number out of range")),
    }
}
