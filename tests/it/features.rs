//! Features of serde_json that any crate of a program may turn on, for all others too: nothing that is
//! sent or read may depend on them.
//!
//! Without them these tests hold anyway. `cargo test -p compshare-tests --test it --features
//! serde-json-features` turns on `arbitrary_precision` and `preserve_order`.

use compshare_proto::{
    Action, Raw,
    actions::{
        DescribeCompShareImageTags, DescribeCompShareInstance, GetCompShareInstancePrice,
        GetCompShareTeamInfo, UpdateCompShareImage,
    },
    metadata::Encoding,
};
use serde_json::{Value, json};

use crate::{
    reference::{callers, parse_form, parse_json, sign_form, sign_json, value},
    support::{As, PRIVATE_KEY, body, config, decoded, refusal, response},
};

/// Numbers of serde_json: as read, as made, and in lists and objects.
fn numbers() -> Raw {
    let read: Value = serde_json::from_str(
        r#"{"Exact": 0.1, "Zero": -0.0, "Whole": 42.0, "Tiny": 1e-7, "Huge": 1.7e22, "Least": -9223372036854775808}"#,
    )
    .unwrap();
    Raw::new("New")
        .param("K", json!(1))
        .param("Price", json!(0.5))
        .param("List", json!([1, 2.5, "3"]))
        .param("Most", u64::MAX)
        .param("Read", read)
}

#[test]
fn a_number_is_sent_as_its_digits() {
    let expected = [
        ("K", "1"),
        ("List.0", "1"),
        ("List.1", "2.5"),
        ("List.2", "3"),
        ("Most", "18446744073709551615"),
        ("Price", "0.5"),
        ("Read.Exact", "0.1"),
        ("Read.Huge", "17000000000000000000000"),
        ("Read.Least", "-9223372036854775808"),
        ("Read.Tiny", "0.0000001"),
        ("Read.Whole", "42"),
        ("Read.Zero", "0"),
        ("Region", "cn-wlcb"),
    ];
    let sent = parse_form(&body(&config(), &numbers(), Encoding::Form));
    assert_eq!(value(&sent, "Signature"), sign_form(&sent, PRIVATE_KEY));
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(callers(sent), expected);

    let sent = body(&config(), &numbers(), Encoding::Json);
    let text = std::str::from_utf8(&sent).unwrap();
    for digits in [
        r#""K":1,"#,
        r#""List":[1,2.5,"3"]"#,
        r#""Exact":0.1"#,
        r#""Whole":42"#,
        r#""Tiny":0.0000001"#,
        r#""Zero":0"#,
        r#""Huge":17000000000000000000000"#,
        r#""Most":18446744073709551615"#,
    ] {
        assert!(text.contains(digits), "{digits} is not in {text}");
    }
    assert!(!text.contains("private"), "{text}");
    let parsed = parse_json(&sent);
    assert_eq!(parsed["Signature"], sign_json(&parsed, PRIVATE_KEY));
}

#[test]
fn a_number_in_a_typed_action_is_one_too() {
    let action =
        UpdateCompShareImage::new("i").price(compshare_proto::Cny(0.5)).with("K", json!(1));
    let sent = parse_form(&body(&config(), &action, Encoding::Form));
    assert_eq!((value(&sent, "Price"), value(&sent, "K")), ("0.5", "1"));
}

/// Only `arbitrary_precision` has such numbers.
#[test]
fn what_is_no_finite_number_is_refused() {
    let Ok(huge) = serde_json::from_str::<Value>("1e400") else { return };
    for encoding in [Encoding::Form, Encoding::Json] {
        let error = refusal(&config(), &Raw::new("New").param("K", &huge), encoding).to_string();
        assert_eq!(error, "New was not sent: K is NaN or infinite: give a finite number");
    }
}

#[test]
fn prices_counts_and_flags_are_read() {
    let prices = decoded::<GetCompShareInstancePrice>(&json!({
        "RetCode": 0, "PriceDetails": [{ "ChargeType": "Postpay", "Instance": 1.98, "Total": 2 }],
    }))
    .unwrap();
    assert_eq!(prices.price_details[0].instance, Some(compshare_proto::Cny(1.98)));
    let list = decoded::<DescribeCompShareInstance>(&json!({
        "RetCode": 0, "TotalCount": 1,
        "UHostSet": [{
            "UHostId": "uhost-1", "CPU": 16, "Memory": 65536.0, "CreateTime": 1_700_000_000,
            "Name": 7, "InstancePrice": -0.5,
        }],
    }))
    .unwrap();
    assert_eq!(list.total_count, Some(1));
    let row = &list.uhost_set[0];
    assert_eq!((row.cpu, row.memory), (Some(16), Some(compshare_proto::Mb(65_536))));
    assert_eq!((&*row.name, row.instance_price), ("7", Some(compshare_proto::Cny(-0.5))));
}

#[test]
fn the_code_of_a_refusal_is_read() {
    let error = decoded::<UpdateCompShareImage>(&json!({ "RetCode": 171, "Message": "no" }));
    assert_eq!(error.unwrap_err().ret_code().map(|code| code.number()), Some(171));
    let raw = compshare_proto::decode(
        &Raw::new("New"),
        &response(r#"{"RetCode":0,"A":1,"B":[1.5],"C":{"D":2}}"#),
    );
    let raw = raw.unwrap().into_body();
    assert_eq!(raw, json!({ "RetCode": 0, "A": 1, "B": [1.5], "C": { "D": 2 } }));
}

/// A number is not an object, nor a map with a key of serde_json's own.
#[test]
fn a_number_where_an_object_belongs_is_left_out_or_refused() {
    let list = json!({ "RetCode": 0, "UHostSet": 1.5 });
    let error = decoded::<DescribeCompShareInstance>(&list).unwrap_err();
    assert!(error.to_string().contains("UHostSet"), "{error}");
    assert_eq!(left_out::<DescribeCompShareInstance>(&json!({ "UHostSet": [1] })), ["UHostSet[0]"]);
    assert_eq!(left_out::<GetCompShareTeamInfo>(&json!({ "Team": 1 })), ["Team"]);
    assert_eq!(left_out::<DescribeCompShareImageTags>(&json!({ "TagsMap": 1 })), ["TagsMap"]);
}

/// The paths of what is left out of a response with those fields.
fn left_out<A: Action>(fields: &Value) -> Vec<String> {
    let mut body = fields.clone();
    body["RetCode"] = 0.into();
    let response = compshare_proto::decode(&As::<A>::new(), &response(body.to_string())).unwrap();
    response.warnings().iter().map(|warning| warning.path().to_owned()).collect()
}
