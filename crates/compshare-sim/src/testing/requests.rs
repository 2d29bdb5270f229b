//! Requests that succeed with the fixtures, for tests: one for every action.

use std::collections::BTreeMap;

use compshare_proto::{
    Config, Credentials, Raw, encode,
    metadata::{ActionInfo, Encoding, Kind, ParameterInfo, Takes},
};
use serde_json::Value;

use super::at;
use crate::{
    gateway::Gateway,
    model::{PRIVATE_KEY, PUBLIC_KEY},
};

/// Parameters, by action, where the examples of the metadata do not do.
const SPECIAL: &str = include_str!("requests.json");

/// The parameters that an action needs, from its metadata.
pub(crate) fn required(info: &ActionInfo) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, takes, value) in
        [("Region", info.region, "cn-wlcb"), ("Zone", info.zone, "cn-wlcb-01")]
    {
        if takes != Takes::Never {
            pairs.push((name.to_owned(), value.to_owned()));
        }
    }
    add(info.parameters, "", &mut pairs);
    let mut special: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(SPECIAL).expect("parameters by action");
    for (name, value) in special.remove(info.name).unwrap_or_default() {
        pairs.retain(|(old, _)| *old != name);
        pairs.push((name, value));
    }
    pairs
}

fn add(infos: &[ParameterInfo], prefix: &str, pairs: &mut Vec<(String, String)>) {
    let is_id = |name: &str| name == "TeamId" || name == "VirtualCompanyId";
    for info in infos.iter().filter(|info| info.required || is_id(info.name)) {
        let mut name = format!("{prefix}{}", info.name);
        let mut kind = info.kind;
        if let Kind::List(item) = kind {
            kind = *item;
            name += ".0";
        }
        match kind {
            Kind::Object(object) => add(object.parameters, &format!("{name}."), pairs),
            Kind::Enum(values) if info.example.is_empty() => {
                pairs.push((name, values.values[0].0.to_owned()));
            }
            _ => pairs.push((name, value(info))),
        }
    }
}

fn value(info: &ParameterInfo) -> String {
    if info.base64 {
        return "UGFzc3dvcmQx".to_owned();
    }
    match (info.name, info.kind) {
        ("ImageId", _) => "uimage-ubuntu2204".to_owned(),
        _ if !info.example.is_empty() => info.example.to_owned(),
        (_, Kind::Int | Kind::Fen | Kind::Mb | Kind::Gb) => "100".to_owned(),
        (_, Kind::Bool) => "true".to_owned(),
        _ => "text".to_owned(),
    }
}

/// Sends a request as its action wants it.
pub(crate) fn send(gateway: &mut Gateway, info: &ActionInfo, pairs: &[(String, String)]) -> Value {
    let mut action = Raw::new(info.name);
    for (name, value) in pairs {
        action = match name.split_once('.') {
            Some((list, _)) if info.encoding == Encoding::Json => action.param(list, [value]),
            _ => action.param(name, value),
        };
    }
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY));
    let request = encode(&config, &action, at(0)).expect("it can be sent");
    serde_json::from_slice(gateway.handle(at(0), &request).body()).expect("a JSON response")
}
