//! `params`: what is encoded reads back the same through an independent parser, and is signed right.

use bytes::Bytes;
use compshare_proto::{
    Action, Config, Credentials, Effect, encode,
    metadata::{ActionInfo, Encoding, Facts},
};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use std::time::SystemTime;

use super::{
    input::Input,
    reference::{
        callers, drop_nulls, flatten, is_empty, parse_form, parse_json, sign_form, sign_json, value,
    },
};

/// An action of any name and parameters.
struct Own {
    name: String,
    parameters: Map<String, Value>,
}

impl Serialize for Own {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parameters.serialize(serializer)
    }
}

impl Action for Own {
    const INFO: &'static ActionInfo = &ActionInfo::new("", Effect::Once);
    type Response = Value;

    fn facts(&self) -> Facts<'_> {
        let mut facts = Facts::of(Self::INFO);
        facts.name = &self.name;
        facts
    }
}

/// Names that the client sets by itself, and refuses where a request has them.
const RESERVED: [&str; 4] = ["Action", "PublicKey", "SecurityToken", "Signature"];

fn is_own(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// Encodes an action of any parameters in both encodings.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let (key, public, name) = (input.text(), input.text(), input.text());
    let token = input.flag().then(|| input.text());
    let parameters = input.map(4);
    let is_reserved = parameters.keys().any(|name| is_own(name));
    let own = Own { name, parameters };
    let mut credentials = Credentials::new(public.as_str(), key.as_str());
    if let Some(token) = &token {
        credentials = credentials.security_token(token.as_str());
    }
    let config = Config::new(credentials);
    let body = |encoding| {
        let config = config.clone().encoding(encoding);
        encode(&config, &own, SystemTime::UNIX_EPOCH).map(http::Request::into_body)
    };
    // Neither has anything of a null; what is empty is refused in both. A form has flattened names.
    let is_empty = own.parameters.values().any(is_empty);
    match body(Encoding::Form) {
        Ok(_) if is_empty => panic!("what is empty was left out: {:?}", own.parameters),
        Ok(form) => form_reads_back(&form, &own, &public, &key, token.as_ref()),
        Err(error) => {
            let mut pairs = flatten(&own.parameters).into_iter();
            let is_own = is_empty || pairs.any(|(name, _)| is_own(&name));
            assert!(is_own, "refused for no reason: {error}");
        }
    }
    match body(Encoding::Json) {
        Ok(_) if is_empty => panic!("what is empty was left out: {:?}", own.parameters),
        Ok(json) => json_reads_back(&json, &own, &key),
        Err(error) => assert!(is_empty || is_reserved, "refused for no reason: {error}"),
    }
}

fn form_reads_back(body: &Bytes, own: &Own, public: &str, key: &str, token: Option<&String>) {
    let sent = parse_form(body);
    assert_eq!(value(&sent, "Action"), own.name);
    assert_eq!(value(&sent, "PublicKey"), public);
    let sent_token = sent.iter().find(|(name, _)| name == "SecurityToken");
    assert_eq!(sent_token.map(|(_, value)| value), token);
    assert_eq!(value(&sent, "Signature"), sign_form(&sent, key));
    assert_eq!(callers(sent), flatten(&own.parameters));
}

fn json_reads_back(body: &Bytes, own: &Own, key: &str) {
    let mut sent = parse_json(body);
    let signature = sign_json(&sent, key);
    assert_eq!(sent.remove("Signature"), Some(json!(signature)));
    assert_eq!(sent.remove("Action"), Some(json!(own.name)));
    assert!(sent.remove("PublicKey").is_some());
    sent.remove("SecurityToken");
    let mut parameters = own.parameters.clone();
    drop_nulls(&mut parameters);
    assert_eq!(flatten(&sent), flatten(&parameters));
}
