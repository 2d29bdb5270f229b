//! Requests and answers made from the metadata: one value for each kind, the same in every run.

use compshare_proto::{ActionInfo, FieldInfo, Kind, ParameterInfo, Raw, Takes};
use serde_json::{Map, Value, json};

/// Nesting at which a type must be one that holds itself.
const DEEPEST: usize = 8;

/// Every parameter of an action, the three with client defaults included.
pub(crate) fn parameters(info: &ActionInfo) -> Map<String, Value> {
    let common = [
        ("Region", info.region, "cn-wlcb"),
        ("Zone", info.zone, "cn-wlcb-01"),
        ("ProjectId", info.project_id, "org-xxxx"),
    ];
    let taken = common.into_iter().filter(|(_, takes, _)| *takes != Takes::Never);
    let mut all: Map<String, Value> =
        taken.map(|(name, _, value)| (name.to_owned(), json!(value))).collect();
    all.extend(info.parameters.iter().map(|parameter| {
        (parameter.name.to_owned(), parameter_value(parameter, parameter.kind, 0))
    }));
    all
}

/// The action with all of these parameters.
pub(crate) fn raw(info: &ActionInfo) -> Raw {
    parameters(info)
        .into_iter()
        .fold(Raw::new(info.name), |raw, (name, value)| raw.param(name, value))
}

fn parameter_value(parameter: &ParameterInfo, kind: Kind, index: usize) -> Value {
    match kind {
        Kind::String if parameter.base64 => json!("AAEC/w=="),
        Kind::String => match (parameter.example, index) {
            ("", _) => json!(format!("{} {index}: 文字 & a=b+c~d*e%20\n", parameter.name)),
            (example, 0) => json!(example),
            (example, _) => json!(format!("{example}-{index}")),
        },
        Kind::Int => json!(parameter.min.unwrap_or(7) + index as i64),
        Kind::Float => json!(0.5 + index as f64),
        Kind::Bool => json!(index == 0),
        Kind::Timestamp => json!(1_700_000_000 + index),
        Kind::Enum(info) => {
            let (value, _) = info.values[index.min(info.values.len() - 1)];
            if info.numeric { json!(value.parse::<i64>().unwrap()) } else { json!(value) }
        }
        Kind::Object(info) => info
            .parameters
            .iter()
            .map(|inner| (inner.name.to_owned(), parameter_value(inner, inner.kind, index)))
            .collect(),
        Kind::List(item) => (0..2).map(|index| parameter_value(parameter, *item, index)).collect(),
        Kind::Map(item) => json!({ "k": parameter_value(parameter, *item, 0) }),
        other => panic!("{} is of a kind that no request has: {other:?}", parameter.name),
    }
}

/// An answer with every field, as documented.
pub(crate) fn full_answer(info: &ActionInfo) -> Value {
    let mut answer = full_object(info.response, 0, 0);
    answer.insert("RetCode".to_owned(), json!(0));
    answer.insert("Action".to_owned(), json!(format!("{}Response", info.name)));
    Value::Object(answer)
}

fn full_object(fields: &[FieldInfo], index: usize, depth: usize) -> Map<String, Value> {
    assert!(depth < DEEPEST, "a type that holds itself");
    fields
        .iter()
        .map(|field| (field.name.to_owned(), full(field, field.kind, index, depth)))
        .collect()
}

fn full(field: &FieldInfo, kind: Kind, index: usize, depth: usize) -> Value {
    match kind {
        Kind::String => json!(format!("{}-{index}", field.name)),
        Kind::Int => json!(40 + index),
        Kind::Float => json!(0.25 + index as f64),
        Kind::Bool => json!(index == 0),
        Kind::Timestamp => json!(1_700_000_000 + index),
        Kind::Enum(info) => {
            let (value, _) = info.values[index.min(info.values.len() - 1)];
            if info.numeric { json!(value.parse::<i64>().unwrap()) } else { json!(value) }
        }
        Kind::Struct(info) => Value::Object(full_object(info.fields, index, depth + 1)),
        Kind::List(item) => (0..2).map(|index| full(field, *item, index, depth)).collect(),
        Kind::Map(item) => {
            json!({ "a": full(field, *item, 0, depth), "b": full(field, *item, 1, depth) })
        }
        other => panic!("{} is of a kind that no answer has: {other:?}", field.name),
    }
}

/// An answer with everything that servers were seen to do: numbers and booleans as text, null for
/// lists and objects, one text for a list, other names, unknown fields and values, no ids.
pub(crate) fn quirky_answer(info: &ActionInfo) -> Value {
    let mut answer = quirky_object(info.response, 0);
    answer.insert("RetCode".to_owned(), json!("0"));
    answer.insert("Message".to_owned(), Value::Null);
    Value::Object(answer)
}

fn quirky_object(fields: &[FieldInfo], depth: usize) -> Map<String, Value> {
    let kept = fields.iter().filter(|field| !field.name.ends_with("Id"));
    let mut object: Map<String, Value> = kept
        .map(|field| {
            let name = field.aliases.first().unwrap_or(&field.name);
            ((*name).to_owned(), quirky(field, field.kind, depth))
        })
        .collect();
    object.insert("NewField".to_owned(), json!({ "Deep": [1, null, "x"] }));
    object
}

fn quirky(field: &FieldInfo, kind: Kind, depth: usize) -> Value {
    match kind {
        Kind::String => json!(7),
        Kind::Int => json!("40"),
        Kind::Float => json!("0.25"),
        Kind::Bool => json!("True"),
        Kind::Timestamp => json!("1700000000"),
        Kind::Enum(info) if info.numeric => json!("99"),
        Kind::Enum(_) => json!("NewValue"),
        Kind::Struct(info) if depth == 0 => Value::Object(quirky_object(info.fields, depth + 1)),
        Kind::List(Kind::String) => json!(format!("only {}", field.name)),
        Kind::List(Kind::Int) => json!("41"),
        Kind::List(item) if depth == 0 => json!([quirky(field, *item, depth), null]),
        Kind::Map(item) if depth == 0 => json!({ "a": quirky(field, *item, depth), "b": null }),
        Kind::Struct(_) | Kind::List(_) | Kind::Map(_) => Value::Null,
        other => panic!("{} is of a kind that no answer has: {other:?}", field.name),
    }
}
