//! A response that is serialized has the documented names and forms, and reads as the same response.

use compshare_proto::{
    actions::ACTIONS,
    metadata::{ActionInfo, BodyKind, FieldInfo, Kind},
};
use serde_json::{Map, Value, json};

use crate::{
    golden::{read, written},
    samples,
};

fn responses() -> impl Iterator<Item = &'static ActionInfo> {
    ACTIONS.iter().copied().filter(|info| info.body == BodyKind::Json)
}

/// The response without its secrets and without what any response has.
fn public(info: &ActionInfo, response: Value) -> Value {
    let Value::Object(mut fields) = response else { panic!("{response}") };
    for common in ["RetCode", "Action", "Message"] {
        fields.remove(common);
    }
    remove_secrets(info.response, &mut fields);
    Value::Object(fields)
}

fn remove_secrets(fields: &[FieldInfo], object: &mut Map<String, Value>) {
    for field in fields {
        for name in [field.name].iter().chain(field.aliases) {
            match (field.kind, object.get_mut(*name)) {
                (Kind::Secret, _) => drop(object.remove(*name)),
                (kind, Some(value)) => remove_secrets_of(kind, value),
                (_, None) => {}
            }
        }
    }
}

fn remove_secrets_of(kind: Kind, value: &mut Value) {
    match (kind, value) {
        (Kind::Struct(info), Value::Object(object)) => remove_secrets(info.fields, object),
        (Kind::List(item), Value::Array(values)) => {
            values.iter_mut().for_each(|value| remove_secrets_of(*item, value));
        }
        (Kind::Map(item), Value::Object(values)) => {
            values.values_mut().for_each(|value| remove_secrets_of(*item, value));
        }
        _ => {}
    }
}

fn succeeded(mut response: Value) -> Value {
    response["RetCode"] = json!(0);
    response
}

#[test]
fn a_full_response_is_written_as_documented() {
    for info in responses() {
        let full = samples::full_response(info);
        let again = written(info.name, &full);
        assert_eq!(again, public(info, full), "{}", info.name);
    }
}

#[test]
fn what_is_written_reads_as_the_same_response() {
    for info in responses() {
        for response in [samples::full_response(info), samples::quirky_response(info)] {
            let again = succeeded(written(info.name, &response));
            let expected = read(info.name, &succeeded(public(info, response))).unwrap();
            assert_eq!(read(info.name, &again).unwrap(), expected, "{}", info.name);
        }
    }
}

#[test]
fn secrets_are_in_no_written_response() {
    let mut with_secrets = 0;
    for info in responses() {
        for response in [samples::full_response(info), samples::quirky_response(info)] {
            let secrets = [samples::PASSWORD, samples::PASSWORD_IN_BASE64, samples::PLAIN_SECRET];
            let has_one = |text: &str| secrets.iter().any(|secret| text.contains(secret));
            with_secrets += usize::from(has_one(&response.to_string()));
            let again = written(info.name, &response).to_string();
            assert!(!has_one(&again), "{}: {again}", info.name);
        }
    }
    assert!(with_secrets >= 4, "{with_secrets}");
}

#[test]
fn whatever_can_be_read_can_be_written() {
    for (response, expected) in [
        (json!({ "UHostSet": [{ "CreateTime": 1_700_000_000_000_i64 }] }), None),
        (json!({ "UHostSet": [{}], "TotalCount": 1 }), None),
        (json!({ "TotalCount": "7", "UHostSet": null }), Some(json!({ "TotalCount": 7 }))),
    ] {
        let again = written("DescribeCompShareInstance", &succeeded(response.clone()));
        assert_eq!(again, expected.unwrap_or(response));
    }
    for (sent, expected) in [(json!("2"), json!(2)), (json!(0.5), json!(0.5))] {
        let images = json!({ "ImageSet": [{ "ImageUseTime": sent, "Price": "1.50" }] });
        let again = written("DescribeCompShareImages", &succeeded(images));
        let expected = json!([{ "ImageUseTime": expected, "Price": 1.5 }]);
        assert_eq!(again, json!({ "ImageSet": expected }));
    }
}
