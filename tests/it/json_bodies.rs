//! Actions that travel as JSON: native arrays, and how those are signed.

use std::{collections::BTreeSet, time::SystemTime};

use compshare_proto::{
    Action as _, Config, Credentials, Raw,
    actions::{ACTIONS, DescribeCompShareInstance, GetCompShareInstanceMonitor},
    encode,
    metadata::Encoding,
};
use serde_json::{Value, json};

use crate::reference::{parse_form, parse_json, sign_json, value};

fn config() -> Config {
    Config::new(Credentials::new("public", "private")).region("cn-wlcb").zone("cn-wlcb-01")
}

/// The vector that the official CLI's test asserts the rule of.
const SIGNATURE: &str = "1e322167510a9daa2bf6c057a6a100a0138376c2";

#[test]
fn monitoring_is_json_and_signed_by_the_rule_of_the_official_cli() {
    let typed = GetCompShareInstanceMonitor::new(["uhost-2", "uhost-1"]);
    let raw = Raw::new("GetCompShareInstanceMonitor").param("UHostIds", ["uhost-2", "uhost-1"]);
    let requests = [
        encode(&config(), &typed, SystemTime::UNIX_EPOCH).unwrap(),
        encode(&config(), &raw, SystemTime::UNIX_EPOCH).unwrap(),
    ];
    for request in requests {
        assert_eq!(request.headers()["content-type"], "application/json");
        let expected = json!({
            "Action": "GetCompShareInstanceMonitor",
            "PublicKey": "public",
            "Region": "cn-wlcb",
            "Signature": SIGNATURE,
            "UHostIds": ["uhost-2", "uhost-1"],
            "Zone": "cn-wlcb-01",
        });
        assert_eq!(Value::Object(parse_json(request.body())), expected);
    }
}

/// The order is the caller's, and the signature's.
#[test]
fn items_are_not_sorted() {
    let other = GetCompShareInstanceMonitor::new(["uhost-1", "uhost-2"]);
    let request = encode(&config(), &other, SystemTime::UNIX_EPOCH).unwrap();
    let sent = parse_json(request.body());
    assert_eq!(sent["UHostIds"], json!(["uhost-1", "uhost-2"]));
    assert_ne!(sent["Signature"], SIGNATURE);
}

#[test]
fn times_are_numbers() {
    let times = [1_712_563_200, 1_712_566_800].map(compshare_proto::Timestamp::from_unix_seconds);
    let action = GetCompShareInstanceMonitor::new(["a"]).start_time(times[0]).end_time(times[1]);
    let request = encode(&config(), &action, SystemTime::UNIX_EPOCH).unwrap();
    let sent = parse_json(request.body());
    assert_eq!(
        (&sent["StartTime"], &sent["EndTime"]),
        (&json!(1_712_563_200), &json!(1_712_566_800))
    );
}

/// As `None` is not, and as a form has none.
#[test]
fn nulls_are_neither_sent_nor_signed() {
    let nulls = json!({ "A": null, "B": { "C": null, "D": [1, null, { "E": null, "F": "g" }] } });
    let mut raw = Raw::new("New").param("Null", Value::Null).param("Deep", nulls);
    raw = raw.param("None", None::<&str>);
    let config = config().encoding(Encoding::Json);
    let request = encode(&config, &raw.with("More", Value::Null), SystemTime::UNIX_EPOCH).unwrap();
    let sent = parse_json(request.body());
    assert_eq!(sent["Deep"], json!({ "B": { "D": [1, { "F": "g" }] } }));
    let names = ["Action", "Deep", "PublicKey", "Region", "Signature", "Zone"];
    assert_eq!(sent.keys().map(String::as_str).collect::<BTreeSet<_>>(), names.into());
    assert_eq!(sent["Signature"], sign_json(&sent, "private"));
    assert!(!std::str::from_utf8(request.body()).unwrap().contains("null"));
}

#[test]
fn it_is_the_only_one_and_any_other_is_on_request() {
    let json = ACTIONS.iter().filter(|info| info.encoding == Encoding::Json);
    assert_eq!(json.map(|info| info.name).collect::<Vec<_>>(), ["GetCompShareInstanceMonitor"]);
    let action = DescribeCompShareInstance::new().uhost_ids(["uhost-2", "uhost-1"]);
    assert_eq!(action.facts().info.encoding, Encoding::Form);
    let request = encode(&config(), &action, SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(value(&parse_form(request.body()), "UHostIds.1"), "uhost-1");
    let config = config().encoding(Encoding::Json);
    let request = encode(&config, &action, SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(parse_json(request.body())["UHostIds"], json!(["uhost-2", "uhost-1"]));
}
