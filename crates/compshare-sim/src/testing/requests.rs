//! Requests that succeed with the fixtures, for tests: one for every action.

use compshare_proto::{
    Secret,
    metadata::{ActionInfo, Encoding, Kind, ParameterInfo, Takes},
    sign::sign,
};
use http::Request;
use serde_json::{Map, Value, json};

use super::{at, form, post};
use crate::{
    gateway::Gateway,
    model::{PRIVATE_KEY, PUBLIC_KEY},
};

const CFS: [(&str, &str); 2] = [("Region", "cn-bj2"), ("Zone", "cn-bj2-03")];
const PROJECT: (&str, &str) = ("ProjectId", "org-xxxx");
const STOPPED: (&str, &str) = ("UHostId", "uhost-stopped");
const HOST: (&str, &str) = ("ULHostId", "ulhost-stopped");

/// Parameters of actions that the examples of the metadata do not do for.
const SPECIAL: &[(&str, &[(&str, &str)])] = &[
    ("CreateCFS", &[("Region", "cn-sh2"), ("Zone", "cn-sh2-01")]),
    ("CreateCompShareShareBandwidth", &[("Region", "cn-sh2"), ("Zone", "cn-sh2-02")]),
    ("DeleteCFS", &CFS),
    ("DeleteCompShareStopScheduler", &[PROJECT]),
    ("DeleteCompShareTeam", &[("TeamId", "1002")]),
    ("DescribeCFS", &CFS),
    ("DetachCompshareDisk", &[STOPPED, ("UDiskId", "udisk-stopped")]),
    (
        "GetCompShareAttachedDiskUpgradePrice",
        &[STOPPED, ("DiskId", "udisk-stopped"), ("DiskSpace", "300")],
    ),
    ("GetCompShareCFSPrice", &CFS),
    ("GetCompShareCFSRefundPrice", &CFS),
    ("GetCompShareCFSUpgradePrice", &CFS),
    ("GetCompShareInstanceUpgradePrice", &[("CPU", "32"), ("GPU", "2"), ("Memory", "131072")]),
    ("ModifyCompShareImageShareAccount", &[("AddAccounts.0", "67890")]),
    ("ModifyULHostAttribute", &[("Name", "shop")]),
    ("ReinstallULHostInstance", &[HOST]),
    ("ResetULHostInstancePassword", &[HOST]),
    ("ResizeCFS", &CFS),
    ("ResizeCompShareInstance", &[STOPPED, ("Cpu", "32"), ("Gpu", "2"), ("Memory", "131072")]),
    ("SetCompShareTeamRelation", &[("UserCompanyId", "50002")]),
    ("SwitchChargeType", &[("DestChargeType", "Month")]),
    ("TerminateCompShareInstance", &[STOPPED]),
    ("UpdateCompShareInstancePorts", &[("UHostId", "uhost-container")]),
    ("UpdateCompShareStopScheduler", &[PROJECT, ("SchedulerStopTime", "1800003600")]),
];

/// The parameters that an action needs, from its metadata.
pub(crate) fn required(info: &ActionInfo) -> Vec<(String, String)> {
    let mut pairs = vec![("Action".to_owned(), info.name.to_owned())];
    for (name, takes, value) in
        [("Region", info.region, "cn-wlcb"), ("Zone", info.zone, "cn-wlcb-01")]
    {
        if takes != Takes::Never {
            pairs.push((name.to_owned(), value.to_owned()));
        }
    }
    add(info.parameters, "", &mut pairs);
    let special = SPECIAL.iter().filter(|(action, _)| *action == info.name);
    for (name, value) in special.flat_map(|(_, special)| special.iter()) {
        pairs.retain(|(old, _)| old != name);
        pairs.push(((*name).to_owned(), (*value).to_owned()));
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
    let now = at(0);
    let request = if info.encoding == Encoding::Json {
        let mut fields: Map<String, Value> = Map::new();
        for (name, value) in pairs {
            match name.split_once('.') {
                Some((name, _)) => fields.insert(name.to_owned(), json!([value])),
                None => fields.insert(name.clone(), json!(value)),
            };
        }
        fields.insert("PublicKey".to_owned(), json!(PUBLIC_KEY));
        let signature = sign(&fields, &Secret::new(PRIVATE_KEY), Encoding::Json).expect("signed");
        fields.insert("Signature".to_owned(), json!(signature.expose()));
        let body = Value::Object(fields).to_string();
        let request = Request::post("/").header("content-type", "application/json");
        request.body(body.into()).expect("a valid request")
    } else {
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        post(form(&pairs, PUBLIC_KEY, PRIVATE_KEY))
    };
    serde_json::from_slice(gateway.handle(now, &request).body()).expect("a JSON response")
}
