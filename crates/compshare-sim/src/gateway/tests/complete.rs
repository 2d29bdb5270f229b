//! Responses against the metadata: every documented field is there, and no other.

use std::collections::BTreeSet;

use compshare_proto::{
    actions::ACTIONS,
    metadata::{BodyKind, FieldInfo, Kind},
};
use serde_json::{Map, Value};

use crate::gateway::Gateway;
use crate::testing::requests::{required, send};

/// Fields of the metadata that no object has, and fields of objects that the metadata does not have.
fn odd(place: &str, fields: &[FieldInfo], objects: &[&Map<String, Value>], odd: &mut Vec<String>) {
    for field in fields {
        let values: Vec<&Value> =
            objects.iter().filter_map(|object| object.get(field.name)).collect();
        let place = format!("{place}.{}", field.name);
        if values.is_empty() {
            odd.push(place);
            continue;
        }
        let (kind, values) = match field.kind {
            Kind::List(item) => (*item, values.into_iter().flat_map(items).collect()),
            Kind::Map(item) => (*item, values.into_iter().flat_map(entries).collect()),
            kind => (kind, values),
        };
        if let Kind::Struct(info) = kind {
            let rows: Vec<&Map<String, Value>> =
                values.into_iter().filter_map(Value::as_object).collect();
            if !rows.is_empty() {
                self::odd(&place, info.fields, &rows, odd);
            }
        }
    }
    let names: BTreeSet<&String> = objects.iter().flat_map(|object| object.keys()).collect();
    let has = |name: &str| fields.iter().any(|field| field.name == name);
    odd.extend(names.into_iter().filter(|name| !has(name)).map(|name| format!("{place}: {name}")));
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn entries(map: &Value) -> impl Iterator<Item = &Value> {
    map.as_object().into_iter().flat_map(|map| map.values())
}

#[test]
fn responses_have_every_documented_field() {
    let mut found = Vec::new();
    // Tests of their own compare these with the samples of the product pages.
    let elsewhere = ["disk", "image", "instance"];
    for info in ACTIONS.iter().filter(|info| !elsewhere.contains(&info.family)) {
        if info.body != BodyKind::Json {
            continue;
        }
        let response = send(&mut Gateway::new(), info, &required(info));
        if response["RetCode"] == 0 {
            let mut response = response.as_object().expect("an object").clone();
            response.retain(|name, _| name != "RetCode" && name != "Action");
            odd(info.name, info.response, &[&response], &mut found);
        }
    }
    // Comes on request, which this action has no parameter for.
    assert_eq!(found, ["DescribeULHostInstance.ULHostInstanceSets.IPSet.ShareBandwidth"]);
}
