//! What holds for any input: what is encoded reads back the same, and no response makes decoding panic.

use std::{collections::BTreeSet, time::SystemTime};

use bytes::Bytes;
use compshare_proto::{
    Config, Credentials, Error, Raw, actions::DescribeCommunityImages, decode, encode,
    metadata::Encoding,
};
use proptest::{collection, num::f64 as floats, prelude::*};
use serde_json::{Map, Value, json};

use crate::{
    reference::{
        callers, drop_nulls, flatten, is_empty, parse_form, parse_json, sign_form, sign_json, value,
    },
    samples,
    support::{As, Own, body},
};

/// A name without dots, which would let two parameters flatten to one name.
fn name() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_~*&=+% 文é-]{1,12}".prop_filter("the client sets it", |name| {
        !["Action", "PublicKey", "Signature", "SecurityToken"].contains(&name.as_str())
    })
}

fn parameter() -> impl Strategy<Value = Value> {
    let float =
        floats::POSITIVE | floats::NEGATIVE | floats::NORMAL | floats::SUBNORMAL | floats::ZERO;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        float.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[ -~]{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            collection::btree_map(name(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn any_parameters() -> impl Strategy<Value = Map<String, Value>> {
    collection::btree_map(name(), parameter(), 0..10).prop_map(|map| map.into_iter().collect())
}

/// Those that can be sent.
fn parameters() -> impl Strategy<Value = Map<String, Value>> {
    any_parameters().prop_map(|mut parameters| {
        parameters.retain(|_, value| !is_empty(value));
        parameters
    })
}

/// The text of a response that has everything, with a few bytes changed, added or taken away.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let info = compshare_proto::metadata::ActionInfo::find("DescribeCommunityImages").unwrap();
    let whole = samples::full_response(info).to_string().into_bytes();
    let edit = (any::<prop::sample::Index>(), 0..4_u8, any::<u8>());
    let cut = any::<prop::sample::Index>();
    let syntax = prop::sample::select(b"{}[]\",:0-.eEn\\ \x00\xff".to_vec());
    (collection::vec((edit, syntax), 0..8), proptest::option::of(cut)).prop_map(
        move |(edits, cut)| {
            let mut text = whole.clone();
            for ((at, kind, byte), syntax) in edits {
                let at = at.index(text.len());
                match kind {
                    0 => text[at] = byte,
                    1 => text[at] = syntax,
                    2 => text.insert(at, syntax),
                    _ => drop(text.remove(at)),
                }
            }
            if let Some(cut) = cut {
                text.truncate(cut.index(text.len()));
            }
            text
        },
    )
}

fn assert_decodes_to_something(status: u16, body: Vec<u8>) {
    let response = http::Response::builder().status(status).body(Bytes::from(body)).unwrap();
    let typed = decode(&As::<DescribeCommunityImages>::new(), &response).map(drop);
    let raw = decode(&Raw::new("DescribeCommunityImages"), &response).map(drop);
    for outcome in [typed, raw] {
        let Err(error) = outcome else { continue };
        assert!(matches!(error, Error::Api(_) | Error::Decode(_)), "{error:?}");
        assert!(response.body().starts_with(error.raw()), "{error:?}");
        let text = error.to_string();
        assert!(text.starts_with("DescribeCommunityImages"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_encoded_as_a_form_reads_back(
        parameters in parameters(),
        key in any::<String>(),
        public in any::<String>(),
        token in proptest::option::of(any::<String>()),
        action in any::<String>(),
    ) {
        let mut credentials = Credentials::new(public.as_str(), key.as_str());
        if let Some(token) = &token {
            credentials = credentials.security_token(token.as_str());
        }
        let own = Own { name: &action, parameters: &parameters };
        let sent = parse_form(&body(&Config::new(credentials), &own, Encoding::Form));
        prop_assert_eq!(value(&sent, "Action"), &action);
        prop_assert_eq!(value(&sent, "PublicKey"), &public);
        let sent_token = sent.iter().find(|(name, _)| name == "SecurityToken");
        prop_assert_eq!(sent_token.map(|(_, value)| value), token.as_ref());
        prop_assert_eq!(value(&sent, "Signature"), sign_form(&sent, &key));
        prop_assert_eq!(callers(sent), flatten(&parameters));
    }

    #[test]
    fn what_is_encoded_as_json_reads_back(parameters in parameters(), key in any::<String>()) {
        let config = Config::new(Credentials::new("public", key.as_str()));
        let own = Own { name: "New", parameters: &parameters };
        let mut sent = parse_json(&body(&config, &own, Encoding::Json));
        let signature = sign_json(&sent, &key);
        prop_assert_eq!(sent.remove("Signature"), Some(json!(signature)));
        prop_assert_eq!(sent.remove("Action"), Some(json!("New")));
        prop_assert_eq!(sent.remove("PublicKey"), Some(json!("public")));
        let mut sendable = parameters;
        drop_nulls(&mut sendable);
        prop_assert_eq!(flatten(&sent), flatten(&sendable));
        let names = |map: &Map<String, Value>| BTreeSet::from_iter(map.keys().cloned());
        prop_assert_eq!(names(&sent), names(&sendable));
    }

    #[test]
    fn what_is_empty_is_refused_by_its_name_and_nothing_else_is(parameters in any_parameters()) {
        let config = Config::new(Credentials::new("public", "private"));
        let own = Own { name: "New", parameters: &parameters };
        for encoding in [Encoding::Form, Encoding::Json] {
            let encoded = encode(&config.clone().encoding(encoding), &own, SystemTime::UNIX_EPOCH);
            match encoded {
                Ok(_) => prop_assert!(!parameters.values().any(is_empty)),
                Err(Error::Invalid(error)) => {
                    let first = error.parameter().split('.').next().unwrap_or_default();
                    prop_assert!(is_empty(&parameters[first]), "{}", error);
                }
                Err(error) => prop_assert!(false, "{}", error),
            }
        }
    }

    #[test]
    fn raw_sends_what_a_map_of_the_same_parameters_does(parameters in parameters()) {
        let config = Config::new(Credentials::new("public", "private"));
        let own = Own { name: "New", parameters: &parameters };
        let raw = parameters
            .iter()
            .fold(Raw::new("New"), |raw, (name, value)| raw.param(name.as_str(), value));
        for encoding in [Encoding::Form, Encoding::Json] {
            prop_assert_eq!(body(&config, &raw, encoding), body(&config, &own, encoding));
        }
    }

    #[test]
    fn any_bytes_decode_to_something(status in 100..600_u16, bytes in any::<Vec<u8>>()) {
        assert_decodes_to_something(status, bytes.clone());
        assert_decodes_to_something(200, bytes);
    }

    #[test]
    fn any_text_behind_a_brace_decodes_to_something(text in "[{}\\[\\]\",:0-9eE.nultrfas\\\\ ]{0,60}") {
        assert_decodes_to_something(200, format!("{{{text}").into_bytes());
        assert_decodes_to_something(200, format!("{{\"RetCode\":0,{text}").into_bytes());
    }

    #[test]
    fn a_mutated_response_decodes_to_something(bytes in mutated(), status in 200..520_u16) {
        assert_decodes_to_something(status, bytes.clone());
        assert_decodes_to_something(200, bytes);
    }
}
