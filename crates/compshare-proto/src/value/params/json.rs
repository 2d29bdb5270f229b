//! Parameters as a JSON object.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Result, digits,
    list::{CHANGES, List, Wants},
};
use crate::value::invalid::InvalidRequest;

/// What a request may have that is sent as JSON.
pub(crate) const SENDABLE: Wants = Wants { f32: false, ..Wants::SENDABLE };

/// The parameters of a request as a JSON object; null is what is not sent.
pub(crate) fn to_json<T: Serialize + ?Sized>(parameters: &T) -> Result<Map<String, Value>> {
    object(parameters, SENDABLE)
}

/// Any parameters as a JSON object.
///
/// serde_json makes NaN null and keeps the last of two equal names without a word, so the parameters
/// are walked as well, before and after: they must be the same each time.
pub(crate) fn object<T: Serialize + ?Sized>(
    parameters: &T,
    wants: Wants,
) -> Result<Map<String, Value>> {
    let list = List::of(parameters, wants)?;
    let map = match serde_json::to_value(parameters) {
        Ok(Value::Object(map)) => map,
        Ok(_) => return Err(InvalidRequest::new("", "a request must be a struct or a map")),
        Err(error) => return Err(InvalidRequest::new("", error.to_string())),
    };
    if List::of(&map, wants)?.parameters().eq(list.parameters()) {
        Ok(map)
    } else {
        Err(InvalidRequest::new("", CHANGES))
    }
}

/// Leaves out what is null, wherever it is.
pub(crate) fn drop_nulls(map: &mut Map<String, Value>) {
    map.retain(|_, value| keep(value));
}

/// Whether the value is more than null, once it holds no null.
fn keep(value: &mut Value) -> bool {
    match value {
        Value::Array(items) => items.retain_mut(keep),
        Value::Object(map) => drop_nulls(map),
        _ => {}
    }
    !value.is_null()
}

/// The members by name; a map has them so by itself unless some crate turns on `preserve_order`.
pub(crate) fn sorted(map: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = map.iter().collect();
    members.sort_unstable_by_key(|(name, _)| *name);
    members
}

/// The number as it is signed and sent.
pub(crate) fn number_text(number: &serde_json::Number) -> String {
    let text = number.to_string();
    match digits(&text) {
        Some(digits) => digits.into_owned(),
        None => text,
    }
}
