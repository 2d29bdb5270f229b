//! `compshare actions`: lists the actions by name, or as JSON with all metadata.

use std::fmt::Debug;

use compshare_blocking::{
    actions::ACTIONS,
    metadata::{ActionInfo, Availability, FieldInfo, Kind, ParameterInfo},
};
use serde_json::{Value, json};

use crate::{command_line::help, error::CliError};

/// The list, one action a line, or one JSON document; of one family if one is named.
///
/// # Errors
///
/// An unknown family.
pub(crate) fn show(family: Option<&str>, as_json: bool) -> Result<String, CliError> {
    let families = help::families();
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

/// An object that has fields of a struct under their own names, and others.
macro_rules! object {
    ($info:ident: $($field:ident)*; $($name:literal: $value:expr),*) => {
        json!({ $((stringify!($field)): $info.$field,)* $($name: $value),* })
    };
}

fn action(info: &ActionInfo) -> Value {
    let (availability, instead) = match info.availability {
        Availability::Documented => ("documented", ""),
        Availability::CliOnly => ("cli_only", ""),
        Availability::Unavailable { instead } => ("unavailable", instead),
        _ => ("unknown", ""),
    };
    object!(info: name family summary notes doc_page;
        "effect": info.effect.to_string(),
        "availability": availability,
        "instead": given(instead),
        "encoding": word(info.encoding),
        "body": word(info.body),
        "region": word(info.region),
        "zone": word(info.zone),
        "project_id": word(info.project_id),
        "parameters": info.parameters.iter().map(parameter).collect::<Value>(),
        "response": info.response.iter().map(field).collect::<Value>(),
        "partial": given(info.partial),
        "page": info.page.map(|page| {
            object!(page: offset limit size total items values; "each": given(page.each))
        })
    )
}

/// The text, or `None` if it is empty.
fn given(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// A variant without fields as one word in lower case.
fn word(variant: impl Debug) -> String {
    format!("{variant:?}").to_lowercase()
}

fn parameter(info: &ParameterInfo) -> Value {
    object!(info: name required default example unit min max multiple_of max_length max_items base64
        bills doc; "type": kind(info.kind))
}

fn field(info: &FieldInfo) -> Value {
    object!(info: name aliases unit base64 doc; "type": kind(info.kind))
}

fn kind(of: Kind) -> Value {
    match of {
        Kind::Enum(info) => {
            let value = |(value, doc): &(&str, &str)| json!({ "value": value, "doc": doc });
            let values: Value = info.values.iter().map(value).collect();
            json!({ "enum": object!(info: name numeric; "values": values) })
        }
        Kind::Object(info) => {
            let parameters: Value = info.parameters.iter().map(parameter).collect();
            json!({ "object": object!(info: name; "parameters": parameters) })
        }
        Kind::Struct(info) => {
            let fields: Value = info.fields.iter().map(field).collect();
            json!({ "struct": object!(info: name; "fields": fields) })
        }
        Kind::List(item) => json!({ "list": kind(*item) }),
        Kind::Map(value) => json!({ "map": kind(*value) }),
        scalar => word(scalar).into(),
    }
}
