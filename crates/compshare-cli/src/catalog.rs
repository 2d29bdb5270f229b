//! `compshare actions`: lists the actions by name, or as JSON with all metadata.

use std::fmt::Debug;

use compshare_blocking::{
    actions::{ACTIONS, FAMILIES},
    metadata::{ActionInfo, Availability, FieldInfo, Kind, PageInfo, ParameterInfo},
};
use serde_json::{Value, json};

use crate::error::CliError;

/// The list, one action a line, or one JSON document; of one family if one is named.
///
/// # Errors
///
/// An unknown family.
pub(crate) fn show(family: Option<&str>, as_json: bool) -> Result<String, CliError> {
    let families: Vec<&str> = FAMILIES.iter().map(|family| family.name).collect();
    if let Some(family) = family.filter(|family| !families.contains(family)) {
        return Err(CliError::usage(format!(
            "--family: unknown family {family:?}; use one of {}",
            families.join(", ")
        )));
    }
    let actions = ACTIONS.iter().filter(|info| family.is_none_or(|family| info.family == family));
    if as_json {
        let actions: Value = actions.map(|info| action(info)).collect();
        return Ok(format!("{actions:#}\n"));
    }
    Ok(actions.map(|info| format!("{}\n", info.name)).collect())
}

/// An object with the named fields of `$info`, and further members.
macro_rules! object {
    ($info:ident { $($field:ident),+ } $(, $name:literal: $value:expr)* $(,)?) => {
        json!({ $(stringify!($field): $info.$field,)+ $($name: $value,)* })
    };
}

fn action(info: &ActionInfo) -> Value {
    let (availability, instead) = match info.availability {
        Availability::Documented => ("documented", None),
        Availability::CliOnly => ("cli_only", None),
        Availability::Unavailable { instead } => ("unavailable", non_empty(instead)),
        _ => ("unknown", None),
    };
    object!(
        info { name, family, summary, notes, doc_page },
        "effect": info.effect.to_string(),
        "availability": availability,
        "instead": instead,
        "encoding": variant(info.encoding),
        "body": variant(info.body),
        "region": variant(info.region),
        "zone": variant(info.zone),
        "project_id": variant(info.project_id),
        "parameters": list(info.parameters, parameter),
        "response": list(info.response, field),
        "partial": non_empty(info.partial),
        "page": info.page.as_ref().map(page),
    )
}

fn page(info: &PageInfo) -> Value {
    object!(
        info { offset, limit, size, total, items, values },
        "each": non_empty(info.each),
    )
}

fn parameter(info: &ParameterInfo) -> Value {
    object!(
        info {
            name, required, default, example, unit, min, max, multiple_of, max_length, max_items,
            base64, bills, doc
        },
        "type": kind(info.kind),
    )
}

fn field(info: &FieldInfo) -> Value {
    object!(info { name, aliases, unit, base64, doc }, "type": kind(info.kind))
}

/// A type: its name, or an object with the name as its one key.
fn kind(of: Kind) -> Value {
    match of {
        Kind::Enum(info) => {
            let value = |(value, doc): &(&str, &str)| json!({ "value": value, "doc": doc });
            let values = list(info.values, value);
            json!({ "enum": object!(info { name, numeric }, "values": values) })
        }
        Kind::Object(info) => {
            let parameters = list(info.parameters, parameter);
            json!({ "object": object!(info { name }, "parameters": parameters) })
        }
        Kind::Struct(info) => {
            json!({ "struct": object!(info { name }, "fields": list(info.fields, field)) })
        }
        Kind::List(item) => json!({ "list": kind(*item) }),
        Kind::Map(value) => json!({ "map": kind(*value) }),
        plain => json!(variant(plain)),
    }
}

fn list<T>(items: &[T], one: impl Fn(&T) -> Value) -> Value {
    items.iter().map(one).collect()
}

fn non_empty(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Name of a variant without fields, in lower case.
fn variant(of: impl Debug) -> String {
    format!("{of:?}").to_ascii_lowercase()
}
