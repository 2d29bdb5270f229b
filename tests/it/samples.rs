//! Requests and responses made from the metadata: one value for each kind, the same in every run.

use compshare_proto::{
    Raw,
    metadata::{ActionInfo, EnumInfo, FieldInfo, Kind, ParameterInfo, Takes},
};
use serde_json::{Map, Value, json};

/// Nesting at which a type must be one that holds itself.
const DEEPEST: usize = 8;

/// The password of every request and response, and its Base64.
pub(crate) const PASSWORD: &str = "Password1";
pub(crate) const PASSWORD_IN_BASE64: &str = "UGFzc3dvcmQx";

/// Every secret of a quirky response.
pub(crate) const PLAIN_SECRET: &str = "as it is!";

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
    // Whatever order a map of serde_json has.
    all.sort_keys();
    all.values_mut().for_each(Value::sort_all_objects);
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
        Kind::Secret if parameter.base64 => json!(PASSWORD_IN_BASE64),
        Kind::String => match (parameter.example, index) {
            ("", _) => json!(format!("{} {index}: 文字 & a=b+c~d*e%20\n", parameter.name)),
            (example, 0) => json!(example),
            (example, _) => json!(format!("{example}-{index}")),
        },
        Kind::Int | Kind::Fen | Kind::Mb | Kind::Gb | Kind::Seconds | Kind::Hours => {
            let example = parameter.example.parse().ok().or(parameter.min).unwrap_or(7);
            json!(example + index as i64)
        }
        Kind::Float | Kind::Cny => json!(0.5 + index as f64),
        Kind::Bool => json!(index == 0),
        Kind::Timestamp => json!(1_700_000_000 + index),
        Kind::Enum(info) => enum_value(info, index),
        Kind::Object(info) => info
            .parameters
            .iter()
            .map(|inner| (inner.name.to_owned(), parameter_value(inner, inner.kind, index)))
            .collect(),
        Kind::List(item) => (0..2).map(|index| parameter_value(parameter, *item, index)).collect(),
        other => panic!("{} is of a kind that no request has: {other:?}", parameter.name),
    }
}

fn enum_value(info: &EnumInfo, index: usize) -> Value {
    let (value, _) = info.values[index.min(info.values.len() - 1)];
    if info.numeric { json!(value.parse::<i64>().unwrap()) } else { json!(value) }
}

/// A response with every field, as documented.
pub(crate) fn full_response(info: &ActionInfo) -> Value {
    let mut body = full_object(info.response, 0);
    body.insert("RetCode".to_owned(), json!(0));
    body.insert("Action".to_owned(), json!(format!("{}Response", info.name)));
    Value::Object(body)
}

fn full_object(fields: &[FieldInfo], depth: usize) -> Map<String, Value> {
    assert!(depth < DEEPEST, "a type that holds itself");
    let all = fields.iter().enumerate();
    all.map(|(place, field)| {
        (field.name.to_owned(), full(field, field.kind, Place { place, index: 0, depth }))
    })
    .collect()
}

/// Where a value stands: no two numbers of one object are the same.
#[derive(Clone, Copy)]
struct Place {
    place: usize,
    index: usize,
    depth: usize,
}

impl Place {
    fn at(self, index: usize) -> Self {
        Self { index, ..self }
    }

    fn number(self) -> usize {
        10 * (self.place + 1) + self.index
    }
}

fn full(field: &FieldInfo, kind: Kind, place: Place) -> Value {
    match kind {
        Kind::Secret if field.base64 => json!(PASSWORD_IN_BASE64),
        Kind::String | Kind::Secret => json!(format!("{}-{}", field.name, place.index)),
        Kind::Int | Kind::Fen | Kind::Mb | Kind::Gb | Kind::Seconds | Kind::Hours => {
            json!(place.number())
        }
        Kind::Float | Kind::Cny => json!(0.25 + place.number() as f64),
        Kind::Bool => json!(place.index == 0),
        Kind::Timestamp => json!(1_700_000_000 + place.number()),
        Kind::Any => json!({ "Anything": [place.number()] }),
        // The first value may be `NONE`.
        Kind::Enum(info) => enum_value(info, place.index + 1),
        Kind::Struct(info) => Value::Object(full_object(info.fields, place.depth + 1)),
        Kind::List(item @ Kind::Struct(_)) => json!([full(field, *item, place)]),
        Kind::List(item) => (0..2).map(|index| full(field, *item, place.at(index))).collect(),
        Kind::Map(item) => {
            json!({ "a": full(field, *item, place), "50001": full(field, *item, place.at(1)) })
        }
        other => panic!("{} is of a kind that no response has: {other:?}", field.name),
    }
}

/// A response with everything that servers were seen to do: numbers and booleans as text, null for
/// lists and objects, one text for a list, maps keyed by numbers, passwords as they are, empty states,
/// other names, unknown fields and values, no ids.
pub(crate) fn quirky_response(info: &ActionInfo) -> Value {
    let mut body = quirky_object(info.response, 0);
    body.insert("RetCode".to_owned(), json!("0"));
    body.insert("Action".to_owned(), json!("SomethingElse"));
    body.insert("Message".to_owned(), Value::Null);
    Value::Object(body)
}

fn quirky_object(fields: &[FieldInfo], depth: usize) -> Map<String, Value> {
    assert!(depth < DEEPEST, "a type that holds itself");
    let kept = fields.iter().enumerate().filter(|(_, field)| !field.name.ends_with("Id"));
    let mut object: Map<String, Value> = kept
        .map(|(place, field)| {
            let name = field.aliases.first().unwrap_or(&field.name);
            ((*name).to_owned(), quirky(field, field.kind, Place { place, index: 0, depth }))
        })
        .collect();
    object.insert("NewField".to_owned(), json!({ "Deep": [1, null, "x"] }));
    object
}

/// The same object with nothing in it; further in, its fields are missing.
fn empty_object(fields: &[FieldInfo], depth: usize) -> Value {
    let nulls = fields.iter().filter(|_| depth == 0);
    nulls.map(|field| (field.name.to_owned(), Value::Null)).collect()
}

fn quirky(field: &FieldInfo, kind: Kind, place: Place) -> Value {
    match kind {
        Kind::String => json!(7),
        Kind::Secret => json!(PLAIN_SECRET),
        Kind::Int | Kind::Fen | Kind::Mb | Kind::Gb | Kind::Seconds | Kind::Hours => {
            json!(place.number().to_string())
        }
        Kind::Float => json!("0.25"),
        Kind::Cny => json!("10.00"),
        Kind::Bool => match field.name {
            "AutoRenew" | "IsExpire" | "InRecycle" => json!("No"),
            "Encrypted" | "Default" => json!("false"),
            _ => json!("True"),
        },
        Kind::Timestamp if field.name == "SchedulerStopTime" => json!(""),
        Kind::Timestamp => json!("1700000000"),
        Kind::Any => Value::Null,
        Kind::Enum(info) if info.numeric => json!("99"),
        Kind::Enum(info) if info.name == "InstanceState" => json!(""),
        Kind::Enum(_) => json!("NewValue"),
        Kind::Struct(info) => Value::Object(quirky_object(info.fields, place.depth + 1)),
        Kind::List(Kind::String) => json!(format!("only {}", field.name)),
        Kind::List(Kind::Int) => json!("41"),
        Kind::List(item @ Kind::Struct(info)) => {
            json!([quirky(field, *item, place), empty_object(info.fields, place.depth), null])
        }
        Kind::List(item) => json!([quirky(field, *item, place), null]),
        // That one failed must not get lost, so what a null means there is not for a file to say.
        Kind::Map(item @ Kind::Struct(_)) => json!({ "50001": quirky(field, *item, place) }),
        Kind::Map(item) => json!({ "50001": quirky(field, *item, place), "50002": null }),
        other => panic!("{} is of a kind that no response has: {other:?}", field.name),
    }
}
