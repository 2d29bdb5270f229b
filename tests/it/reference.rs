//! The protocol told a second time, with nothing of compshare-proto's: what its output is checked with.

use bytes::Bytes;
use serde_json::{Map, Value};
use sha1::{Digest as _, Sha1};

pub(crate) type Pairs = Vec<(String, String)>;

/// The parameters of a form body, in the order that they came.
pub(crate) fn parse_form(body: &Bytes) -> Pairs {
    form_urlencoded::parse(body).into_owned().collect()
}

/// The parameters of a JSON body.
pub(crate) fn parse_json(body: &Bytes) -> Map<String, Value> {
    serde_json::from_slice(body).unwrap()
}

/// The signature of a form: names and values in the order of the names, then the private key.
pub(crate) fn sign_form(parameters: &Pairs, private_key: &str) -> String {
    let mut sorted: Vec<_> = parameters.iter().filter(|(name, _)| name != "Signature").collect();
    sorted.sort();
    let mut text: String = sorted.iter().map(|(name, value)| format!("{name}{value}")).collect();
    text.push_str(private_key);
    hex(&text)
}

/// The signature of a JSON body: as of a form, with lists and objects written out where they stand.
pub(crate) fn sign_json(parameters: &Map<String, Value>, private_key: &str) -> String {
    let mut parameters = parameters.clone();
    parameters.remove("Signature");
    hex(&(flat_text(&Value::Object(parameters)) + private_key))
}

fn flat_text(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(flat_text).collect(),
        Value::Object(map) => {
            let mut names: Vec<_> = map.keys().collect();
            names.sort();
            names.iter().map(|name| format!("{name}{}", flat_text(&map[*name]))).collect()
        }
        scalar => scalar_text(scalar).unwrap_or_default(),
    }
}

/// Text of a value that is neither list nor object; `None` for null.
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_f64() => {
            Some(number.as_f64().filter(|&float| float != 0.0).unwrap_or_default().to_string())
        }
        other => Some(other.to_string()),
    }
}

fn hex(text: &str) -> String {
    Sha1::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The pairs that parameters flatten to, sorted: `Tags.0`, `SortCondition.Field`; null is left out.
pub(crate) fn flatten(parameters: &Map<String, Value>) -> Pairs {
    let mut pairs = Pairs::new();
    for (name, value) in parameters {
        flatten_into(name, value, &mut pairs);
    }
    pairs.sort();
    pairs
}

fn flatten_into(path: &str, value: &Value, pairs: &mut Pairs) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten_into(&format!("{path}.{index}"), item, pairs);
            }
        }
        Value::Object(map) => {
            for (name, item) in map {
                flatten_into(&format!("{path}.{name}"), item, pairs);
            }
        }
        scalar => pairs.extend(scalar_text(scalar).map(|text| (path.to_owned(), text))),
    }
}

/// Leaves out what is null, wherever it is.
pub(crate) fn drop_nulls(parameters: &mut Map<String, Value>) {
    parameters.retain(|_, value| !value.is_null());
    parameters.values_mut().for_each(drop_inner_nulls);
}

fn drop_inner_nulls(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.retain(|item| !item.is_null());
            items.iter_mut().for_each(drop_inner_nulls);
        }
        Value::Object(map) => drop_nulls(map),
        _ => {}
    }
}

/// Whether a list has nothing in it but null and empty texts, or an object nothing but null.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => {
            items.iter().all(|item| item.is_null() || item == "") || items.iter().any(is_empty)
        }
        Value::Object(map) => map.values().all(Value::is_null) || map.values().any(is_empty),
        _ => false,
    }
}

/// The pairs that a caller set, sorted: without the names that the client adds by itself.
pub(crate) fn callers(pairs: Pairs) -> Pairs {
    let own = ["Action", "PublicKey", "SecurityToken", "Signature"];
    let mut pairs: Pairs =
        pairs.into_iter().filter(|(name, _)| !own.contains(&name.as_str())).collect();
    pairs.sort();
    pairs
}

/// The value of one name, which must come once.
pub(crate) fn value<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    let mut found = pairs.iter().filter(|(other, _)| other == name);
    let value = found.next().unwrap_or_else(|| panic!("{name} is not there: {pairs:?}"));
    assert!(found.next().is_none(), "{name} comes twice: {pairs:?}");
    &value.1
}
