//! `sim_request`: the gateway answers any request, and what it answers the client's decoder can read.
//!
//! One input is several requests to one gateway, while its clock goes on. Half of them are made of the
//! metadata and signed, so that they reach what is behind the checks.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use compshare_proto::{
    Config, Credentials, Error, Raw,
    actions::ACTIONS,
    encode,
    metadata::{Encoding, Kind, ParameterInfo},
};
use compshare_sim::{Gateway, PRIVATE_KEY, PUBLIC_KEY};
use http::{Method, Request, Response};
use serde_json::Value;

use super::input::Input;

/// Requests of one input at most.
const MOST: usize = 12;
/// Ids that are kept at most.
const MOST_IDS: usize = 200;

/// Has a gateway response requests.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let mut gateway = Gateway::new().quirks(input.flag());
    let mut now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let mut ids: Vec<String> = IDS.map(str::to_owned).to_vec();
    for _ in 0..MOST {
        if input.is_empty() {
            return;
        }
        now += Duration::from_secs(u64::from(input.byte()) << (input.byte() % 16));
        let request = if input.flag() { signed(&mut input, &ids) } else { arbitrary(&mut input) };
        let Some(request) = request else { continue };
        let (response, seen) = gateway.exchange(now, &request);
        assert_eq!(seen.executed, seen.ret_code == Some(0), "{seen:?}");
        check(&seen.action, seen.ret_code, &response);
        note_ids(&serde_json::from_slice(response.body()).unwrap_or_default(), &mut ids);
    }
}

/// What is answered is what the gateway says it answered, to the client's decoder.
fn check(action: &str, ret_code: Option<i64>, response: &Response<Bytes>) {
    let decoded = compshare_proto::decode(&Raw::new(action), response);
    match (ret_code, &decoded) {
        (Some(0), Ok(_)) => {}
        (Some(code), Err(error)) if code != 0 => {
            assert_eq!(error.ret_code().map(|code| code.number()), Some(code), "{error:?}");
        }
        (None, Err(Error::Api(error))) => assert!(!error.status().is_success(), "{error:?}"),
        _ => panic!("{action}: {ret_code:?} and yet {decoded:?}: {:?}", response.body()),
    }
}

/// Notes what was made or listed, so that later requests can be about it.
fn note_ids(response: &Value, ids: &mut Vec<String>) {
    match response {
        Value::String(text) if text.contains('-') && ids.len() < MOST_IDS => ids.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| note_ids(item, ids)),
        Value::Object(map) => map.values().for_each(|item| note_ids(item, ids)),
        _ => {}
    }
}

/// A request of any method, URL, headers and body.
fn arbitrary(input: &mut Input<'_>) -> Option<Request<Bytes>> {
    let method = input.pick(&[Method::POST, Method::GET, Method::PUT]).clone();
    let types = ["application/x-www-form-urlencoded", "application/json", "text/plain", ""];
    let content_type = *input.pick(&types);
    let uri = format!("/?{}", input.text());
    let length = usize::from(input.byte()) | usize::from(input.byte()) << 8;
    let body = Bytes::copy_from_slice(input.bytes(length));
    Request::builder().method(method).uri(uri).header("Content-Type", content_type).body(body).ok()
}

/// A signed request for an action, with some of its parameters and perhaps others.
fn signed(input: &mut Input<'_>, ids: &[String]) -> Option<Request<Bytes>> {
    let info = *input.pick(ACTIONS);
    let mut action = Raw::new(info.name);
    for parameter in info.parameters {
        // What must be there is left out now and then, what may be is there half of the time.
        let choice = input.byte() % 16;
        if (parameter.required && choice != 0) || choice > 8 {
            action = action.param(parameter.name, value(parameter, input, ids));
        }
    }
    for (name, value) in input.map(2).into_iter().take(2) {
        action = action.param(name, value);
    }
    let encoding = if input.flag() { Encoding::Json } else { Encoding::Form };
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY))
        .region(*input.pick(&["cn-wlcb", "cn-sh2", "nowhere"]))
        .zone(*input.pick(&["cn-wlcb-01", "cn-sh2-02", "nowhere"]))
        .encoding(encoding);
    encode(&config, &action, SystemTime::UNIX_EPOCH).ok()
}

/// A value that the parameter takes, near it, or any.
fn value(parameter: &ParameterInfo, input: &mut Input<'_>, ids: &[String]) -> Value {
    match input.byte() % 8 {
        0 => input.value(2),
        1 => Value::from(input.magnitude()),
        2 => Value::from(input.text()),
        3 => Value::from(input.pick(ids).as_str()),
        _ => fitting(parameter, parameter.kind, input, ids, 3),
    }
}

/// Things that the simulator has from the start.
const IDS: [&str; 8] = [
    "compshareImage-xxxx",
    "compshareImage-vm",
    "compshareImage-training",
    "compshareImage-published",
    "group-xxxx",
    "Password-1",
    "org-xxxx",
    "12345",
];

fn fitting(
    parameter: &ParameterInfo,
    kind: Kind,
    input: &mut Input<'_>,
    ids: &[String],
    depth: usize,
) -> Value {
    match kind {
        Kind::Int | Kind::Fen | Kind::Mb | Kind::Gb | Kind::Seconds | Kind::Hours => {
            let least = parameter.min.unwrap_or_default();
            Value::from(least.saturating_add(i64::from(input.byte())))
        }
        Kind::Float | Kind::Cny => Value::from(f64::from(input.byte()) / 4.0),
        Kind::Bool => Value::from(input.flag()),
        Kind::Timestamp => Value::from(1_700_000_000 + (input.magnitude() >> 20)),
        Kind::Enum(info) => Value::from(input.pick(info.values).0),
        Kind::Object(info) if depth > 0 => {
            let inner = info.parameters.iter();
            let taken =
                inner.map(|p| (p.name.to_owned(), fitting(p, p.kind, input, ids, depth - 1)));
            Value::Object(taken.collect())
        }
        Kind::List(item) if depth > 0 => (0..input.byte() % 4)
            .map(|_| fitting(parameter, *item, input, ids, depth - 1))
            .collect(),
        _ if parameter.example.is_empty() || input.flag() => Value::from(input.pick(ids).as_str()),
        _ => Value::from(parameter.example),
    }
}
