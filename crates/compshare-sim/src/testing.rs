//! What tests share: signed requests, and responses as JSON.

pub(crate) mod client;
mod machines;
pub(crate) mod requests;

pub(crate) use machines::{disk, instance, state};

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use compshare_proto::{Secret, metadata::Encoding, sign::sign};
use http::Request;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::{
    gateway::Gateway,
    model::{PRIVATE_KEY, PUBLIC_KEY},
};

/// The moment at which tests begin.
pub(crate) const START: u64 = 1_800_000_000;

/// A time after the begin of the test.
pub(crate) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(START + seconds)
}

/// A form body, signed with a key pair.
pub(crate) fn form(parameters: &[(&str, &str)], public_key: &str, private_key: &str) -> String {
    let mut map: BTreeMap<&str, &str> = parameters.iter().copied().collect();
    map.insert("PublicKey", public_key);
    let signature =
        sign(&map, &Secret::new(private_key), Encoding::Form).expect("it can be signed");
    map.insert("Signature", signature.expose());
    let escape = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let pairs = map.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value)));
    pairs.collect::<Vec<_>>().join("&")
}

pub(crate) fn post(body: impl Into<Bytes>) -> Request<Bytes> {
    Request::post("/")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.into())
        .expect("a valid request")
}

/// A gateway with a time and a key pair to call it with.
pub(crate) struct Caller {
    pub(crate) gateway: Gateway,
    pub(crate) now: SystemTime,
    pub(crate) keys: (&'static str, &'static str),
}

impl Caller {
    pub(crate) fn new() -> Self {
        Self { gateway: Gateway::new(), now: at(0), keys: (PUBLIC_KEY, PRIVATE_KEY) }
    }

    /// Calls an action in cn-wlcb, cn-wlcb-01.
    pub(crate) fn call(&mut self, action: &str, parameters: &[(&str, &str)]) -> Value {
        let place = [("Region", "cn-wlcb"), ("Zone", "cn-wlcb-01")];
        self.send(&[&[("Action", action)], &place[..], parameters].concat())
    }

    fn send(&mut self, parameters: &[(&str, &str)]) -> Value {
        let body = form(parameters, self.keys.0, self.keys.1);
        let response = self.gateway.handle(self.now, &post(body));
        assert_eq!(response.status(), 200);
        serde_json::from_slice(response.body()).expect("a JSON response")
    }

    /// Like [`call`](Self::call), and insists on success.
    pub(crate) fn ok(&mut self, action: &str, parameters: &[(&str, &str)]) -> Value {
        let response = self.call(action, parameters);
        assert_eq!(response["RetCode"], 0, "{response}");
        response
    }

    /// Like [`call`](Self::call), and insists on a refusal; returns its code and message.
    pub(crate) fn refused(&mut self, action: &str, parameters: &[(&str, &str)]) -> (i64, String) {
        let response = self.call(action, parameters);
        let message = response["Message"].as_str().unwrap_or_default().to_owned();
        let code = response["RetCode"].as_i64().expect("a RetCode");
        assert_ne!(code, 0, "{response}");
        (code, message)
    }

    /// The only image in the response of a list that is asked for one id.
    pub(crate) fn show(&mut self, action: &str, id: &str) -> Value {
        let response = self.ok(action, &[("CompShareImageId", id)]);
        match response.get("CompshareImageGroup") {
            Some(groups) => groups[0]["Data"][0].clone(),
            None => response["ImageSet"][0].clone(),
        }
    }
}

/// One field of each element, as text.
pub(crate) fn column(list: &Value, field: &str) -> Vec<String> {
    list.as_array()
        .expect("a list")
        .iter()
        .map(|row| row[field].as_str().map_or_else(|| row[field].to_string(), str::to_owned))
        .collect()
}
