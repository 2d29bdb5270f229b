//! `compshare actions`: lists the actions by name, or as JSON with all metadata.

use compshare_blocking::{
    actions::ACTIONS,
    metadata::{
        ActionInfo, Availability, BodyKind, Encoding, FieldInfo, Kind, PageInfo, ParameterInfo,
        Takes,
    },
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

fn action(info: &ActionInfo) -> Value {
    let (availability, instead) = match info.availability {
        Availability::Documented => ("documented", None),
        Availability::CliOnly => ("cli_only", None),
        Availability::Unavailable { instead } => {
            ("unavailable", Some(instead).filter(|instead| !instead.is_empty()))
        }
        _ => ("unknown", None),
    };
    json!({
        "name": info.name,
        "family": info.family,
        "summary": info.summary,
        "notes": info.notes,
        "effect": info.effect.to_string(),
        "availability": availability,
        "instead": instead,
        "encoding": match info.encoding {
            Encoding::Json => "json",
            _ => "form",
        },
        "body": match info.body {
            BodyKind::Csv => "csv",
            _ => "json",
        },
        "region": takes(info.region),
        "zone": takes(info.zone),
        "project_id": takes(info.project_id),
        "parameters": info.parameters.iter().map(parameter).collect::<Value>(),
        "response": info.response.iter().map(field).collect::<Value>(),
        "partial": Some(info.partial).filter(|field| !field.is_empty()),
        "page": info.page.as_ref().map(page),
        "doc_page": info.doc_page,
    })
}

fn page(info: &PageInfo) -> Value {
    json!({
        "offset": info.offset,
        "limit": info.limit,
        "size": info.size,
        "total": info.total,
        "items": info.items,
        "each": Some(info.each).filter(|each| !each.is_empty()),
        "values": info.values,
    })
}

fn takes(takes: Takes) -> &'static str {
    match takes {
        Takes::Required => "required",
        Takes::Never => "never",
        _ => "optional",
    }
}

fn parameter(info: &ParameterInfo) -> Value {
    json!({
        "name": info.name,
        "type": kind(info.kind),
        "required": info.required,
        "default": info.default,
        "example": info.example,
        "unit": info.unit,
        "min": info.min,
        "max": info.max,
        "multiple_of": info.multiple_of,
        "max_length": info.max_length,
        "max_items": info.max_items,
        "base64": info.base64,
        "bills": info.bills,
        "doc": info.doc,
    })
}

fn field(info: &FieldInfo) -> Value {
    json!({
        "name": info.name,
        "aliases": info.aliases,
        "type": kind(info.kind),
        "unit": info.unit,
        "base64": info.base64,
        "doc": info.doc,
    })
}

/// A type: its name, or an object with the name as its one key.
fn kind(of: Kind) -> Value {
    match of {
        Kind::String => json!("string"),
        Kind::Int => json!("int"),
        Kind::Float => json!("float"),
        Kind::Bool => json!("bool"),
        Kind::Timestamp => json!("timestamp"),
        Kind::Cny => json!("cny"),
        Kind::Fen => json!("fen"),
        Kind::Mb => json!("mb"),
        Kind::Gb => json!("gb"),
        Kind::Seconds => json!("seconds"),
        Kind::Hours => json!("hours"),
        Kind::Secret => json!("secret"),
        Kind::Any => json!("any"),
        Kind::Enum(info) => {
            let value = |(value, doc): &(&str, &str)| json!({ "value": value, "doc": doc });
            let values: Value = info.values.iter().map(value).collect();
            json!({ "enum": { "name": info.name, "numeric": info.numeric, "values": values } })
        }
        Kind::Object(info) => {
            let parameters: Value = info.parameters.iter().map(parameter).collect();
            json!({ "object": { "name": info.name, "parameters": parameters } })
        }
        Kind::Struct(info) => {
            let fields: Value = info.fields.iter().map(field).collect();
            json!({ "struct": { "name": info.name, "fields": fields } })
        }
        Kind::List(item) => json!({ "list": kind(*item) }),
        Kind::Map(value) => json!({ "map": kind(*value) }),
        _ => json!("unknown"),
    }
}
