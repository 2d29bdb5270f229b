//! A `Serialize` that says something else each time: what is signed is what is sent, or nothing is.

use std::{
    cell::Cell,
    sync::atomic::{AtomicU32, Ordering},
};

use bytes::Bytes;
use compshare_proto::{
    Action, Effect, Error, Secret, encode,
    metadata::{ActionInfo, Encoding},
    sign::sign,
};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::{
    reference::{parse_form, parse_json, sign_form, sign_json, value},
    support::{PRIVATE_KEY, config, now},
};

/// Says one after the other, and the last of them from then on.
struct Fickle {
    says: Vec<Value>,
    times: Cell<usize>,
}

impl Fickle {
    fn new(says: &[Value]) -> Self {
        Self { says: says.to_vec(), times: Cell::new(0) }
    }
}

impl Serialize for Fickle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let time = self.times.replace(self.times.get() + 1);
        self.says[time.min(self.says.len() - 1)].serialize(serializer)
    }
}

impl Action for Fickle {
    const INFO: &'static ActionInfo = &ActionInfo::new("New", Effect::Once);
    type Response = Value;
}

const CHANGES: &str = "New was not sent: the request serializes to something else each time";

/// Asserts that the signature is that of what is sent.
fn assert_signed(body: &Bytes, encoding: Encoding) {
    if encoding == Encoding::Json {
        let sent = parse_json(body);
        assert_eq!(sent["Signature"], sign_json(&sent, PRIVATE_KEY));
    } else {
        let sent = parse_form(body);
        assert_eq!(value(&sent, "Signature"), sign_form(&sent, PRIVATE_KEY));
        assert!(["r", "cn-wlcb"].contains(&value(&sent, "Region")));
        assert_eq!((value(&sent, "Action"), value(&sent, "ProjectId")), ("New", "p"));
    }
}

fn pairs() -> Vec<[Value; 2]> {
    let long = "%/".repeat(3000);
    let [taken, other] = ["%/", "é/"].map(|text| text.repeat(10_000));
    vec![
        [json!({ "A": "x" }), json!({ "A": "y" })],
        [json!({ "A": "short" }), json!({ "A": long })],
        [json!({ "A": long }), json!({ "A": "short" })],
        [json!({ "A": "aaaa" }), json!({ "A": "////" })],
        [json!({ "A": "////" }), json!({ "A": "aaaa" })],
        [json!({}), json!({ "A": 1, "B": [1, 2, 3], "C": { "D": "E" } })],
        [json!({ "A": 1, "B": [1, 2, 3], "C": { "D": "E" } }), json!({})],
        [json!({ "Region": "r" }), json!({ "A": 1 })],
        [json!({ "A": 1 }), json!({ "Region": "r" })],
        [json!({ "Region": "r" }), json!({ "Zone": "z" })],
        [json!({ "A": taken }), json!({ "A": other })],
        [json!({ "A": taken }), json!({ "A": "short" })],
        [json!({ "A": taken }), json!({ "B": other })],
        [json!({ "A": taken }), json!({})],
    ]
}

#[test]
fn what_is_signed_is_what_is_sent_or_nothing_is() {
    let config = config().project_id("p");
    let mut refused = 0;
    for says in pairs() {
        for encoding in [Encoding::Form, Encoding::Json] {
            let config = config.clone().encoding(encoding);
            match encode(&config, &Fickle::new(&says), now()) {
                Ok(request) => assert_signed(request.body(), encoding),
                Err(error) => {
                    assert_eq!(error.to_string(), CHANGES);
                    refused += 1;
                }
            }
        }
    }
    // Every JSON, and the forms whose long value is gone when it is taken.
    assert_eq!(refused, pairs().len() + 2);
}

#[test]
fn what_may_not_be_sent_is_not_sent_the_second_time_either() {
    let long = "%/".repeat(10_000);
    for name in ["Signature", "PublicKey", "Action"] {
        let action = Fickle::new(&[json!({ "A": long }), json!({ "A": long, name: "x" })]);
        let request = encode(&config().project_id("p"), &action, now()).unwrap();
        assert_signed(request.body(), Encoding::Form);
        assert_ne!(value(&parse_form(request.body()), name), "x");
    }
    for empty in [json!({ "A": [] }), json!({ "A": {} })] {
        for (encoding, first) in
            [(Encoding::Form, json!({ "A": long })), (Encoding::Json, json!({ "A": [1] }))]
        {
            let config = config().encoding(encoding);
            let action = Fickle::new(&[first, empty.clone()]);
            let error = encode(&config, &action, now()).unwrap_err();
            assert!(matches!(error, Error::Invalid(_)), "{error}");
        }
    }
}

/// As a counter or a clock in a request does.
#[test]
fn one_that_never_says_the_same_twice_is_no_panic() {
    struct Count(AtomicU32);

    impl Serialize for Count {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            let items: Vec<String> = (0..=count).map(|n| "%".repeat(n as usize + 1)).collect();
            serializer.collect_map([("Items", items)])
        }
    }

    impl Action for Count {
        const INFO: &'static ActionInfo = &ActionInfo::new("New", Effect::Once);
        type Response = Value;
    }

    let action = Count(AtomicU32::new(0));
    for _ in 0..50 {
        let request = encode(&config(), &action, now()).unwrap();
        let sent = parse_form(request.body());
        assert_eq!(value(&sent, "Signature"), sign_form(&sent, PRIVATE_KEY));
        let error = encode(&config().encoding(Encoding::Json), &action, now()).unwrap_err();
        assert_eq!(error.to_string(), CHANGES);
    }
    let error = sign(&action, &Secret::new("k"), Encoding::Json).unwrap_err();
    assert_eq!(error.to_string(), "the request serializes to something else each time");
}
