//! `List`: parameters sorted by name, and as a JSON object.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Result, Sink, Wants, digits, flatten};
use crate::value::invalid::InvalidRequest;

/// Why a request cannot be sent that is not the same when it is serialized again.
pub(crate) const CHANGES: &str = "the request serializes to something else each time";

/// What a request may have that is sent as JSON.
pub(crate) const SENDABLE: Wants = Wants { f32: false, empty: false };

/// Parameters sorted by name.
#[derive(PartialEq)]
pub(crate) struct List {
    parameters: Vec<(String, String)>,
    wants: Wants,
}

impl List {
    /// Walks over the parameters; no name may come twice.
    pub(crate) fn of<T: Serialize + ?Sized>(parameters: &T, wants: Wants) -> Result<Self> {
        let mut list = Self { parameters: Vec::new(), wants };
        flatten(parameters, &mut String::new(), &mut list)?;
        list.parameters.sort_unstable();
        let mut pairs = list.parameters.iter().zip(list.parameters.iter().skip(1));
        match pairs.find(|((name, _), (next, _))| name == next) {
            Some(((name, _), _)) => Err(given_twice(name)),
            None => Ok(list),
        }
    }

    /// Names and values, sorted by name.
    pub(crate) fn parameters(&self) -> &[(String, String)] {
        &self.parameters
    }
}

impl Sink for List {
    fn put(&mut self, name: &str, value: &str) -> Result<()> {
        self.parameters.push((name.to_owned(), value.to_owned()));
        Ok(())
    }

    fn wants(&self) -> Wants {
        self.wants
    }
}

/// The error for two parameters of one name.
pub(crate) fn given_twice(name: &str) -> InvalidRequest {
    InvalidRequest::new(name, "is given twice: leave one out")
}

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
    if List::of(&map, wants)? == list { Ok(map) } else { Err(InvalidRequest::new("", CHANGES)) }
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
