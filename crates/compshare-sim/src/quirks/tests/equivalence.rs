//! Reading quirky responses, for tests: whether one says what a plain one says.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use compshare_proto::metadata::{FieldInfo, Kind};
use serde_json::{Map, Value};

use crate::call::is_integer;

use crate::quirks::special::{self, SPELLINGS, UNKNOWN, UNKNOWN_NUMBER};

/// Says where two responses differ.
pub(super) fn differ(
    action: &str,
    fields: &[FieldInfo],
    plain: &Map<String, Value>,
    quirky: &Map<String, Value>,
) -> Option<String> {
    fields.iter().find_map(|field| {
        let plain = find(field, plain);
        let quirky = find(field, quirky);
        let (plain, quirky) = (plain.unwrap_or(&Value::Null), quirky.unwrap_or(&Value::Null));
        if special::other_type(action, field.name, plain).is_some_and(|other| other == *quirky) {
            return None;
        }
        if special::is_planned_stop(field) && number(plain).unwrap_or(0.0) == 0.0 {
            return (number(quirky).unwrap_or(0.0) != 0.0).then(|| field.name.to_owned());
        }
        let same =
            if field.base64 { secret(plain, quirky) } else { same(&field.kind, plain, quirky) };
        (!same).then(|| {
            let text = format!("{}: {quirky} is not {plain}", field.name);
            text.chars().take(400).collect()
        })
    })
}

fn find<'a>(field: &FieldInfo, object: &'a Map<String, Value>) -> Option<&'a Value> {
    std::iter::once(&field.name).chain(field.aliases).find_map(|name| object.get(*name))
}

fn secret(plain: &Value, quirky: &Value) -> bool {
    let text = plain.as_str().unwrap_or_default();
    let bytes = STANDARD.decode(text).unwrap_or_default();
    is_empty(plain) && is_empty(quirky)
        || plain == quirky
        || quirky.as_str().map(str::as_bytes) == Some(&bytes)
}

fn same(kind: &Kind, plain: &Value, quirky: &Value) -> bool {
    if let Kind::Struct(info) = kind {
        let none = Map::new();
        let plain = if is_empty(plain) { Some(&none) } else { plain.as_object() };
        let quirky = if is_empty(quirky) { Some(&none) } else { quirky.as_object() };
        return match (plain, quirky) {
            (Some(plain), Some(quirky)) => differ("", info.fields, plain, quirky).is_none(),
            _ => false,
        };
    }
    if is_empty(plain) || is_empty(quirky) {
        let is_open = matches!(kind, Kind::Enum(info) if info.name == "InstanceState");
        return is_empty(plain) && is_empty(quirky) || is_open;
    }
    match kind {
        Kind::Float | Kind::Cny => number(plain) == number(quirky),
        kind if is_integer(kind) => number(plain) == number(quirky),
        Kind::Bool => switch(plain).is_some() && switch(plain) == switch(quirky),
        Kind::Enum(_) => {
            let is_unknown = quirky == UNKNOWN || *quirky == UNKNOWN_NUMBER;
            let is_spelling = |(name, other): &(&str, &str)| plain == name && quirky == other;
            is_unknown || text(plain) == text(quirky) || SPELLINGS.iter().any(is_spelling)
        }
        Kind::List(item) => match (plain, quirky) {
            (Value::Array(plain), Value::Array(quirky)) => {
                plain.len() == quirky.len()
                    && plain.iter().zip(quirky).all(|(plain, quirky)| same(item, plain, quirky))
            }
            (Value::Array(plain), only) => plain.len() == 1 && same(item, &plain[0], only),
            _ => false,
        },
        Kind::Map(item) => match (plain, quirky) {
            (Value::Object(plain), Value::Object(quirky)) => {
                plain.len() == quirky.len()
                    && plain.iter().all(|(key, value)| {
                        quirky.get(key).is_some_and(|quirky| same(item, value, quirky))
                    })
            }
            _ => false,
        },
        Kind::Any => plain == quirky,
        _ => text(plain) == text(quirky),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_f64(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn switch(value: &Value) -> Option<bool> {
    match text(value).to_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}
