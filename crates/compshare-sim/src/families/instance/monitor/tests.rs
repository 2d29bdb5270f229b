//! What is measured, and how it must be asked for.

use bytes::Bytes;
use compshare_proto::{Secret, metadata::Encoding, sign::sign};
use serde_json::{Value, json};

use crate::{
    model::{PRIVATE_KEY, PUBLIC_KEY},
    testing::{Caller, column},
};

const MONITOR: &str = "GetCompShareInstanceMonitor";

/// Asks with a JSON body.
fn ask(caller: &mut Caller, fields: Value) -> Value {
    let mut body = json!({
        "Action": MONITOR, "PublicKey": PUBLIC_KEY, "Region": "cn-wlcb", "Zone": "cn-wlcb-01",
    });
    for (name, value) in fields.as_object().expect("an object") {
        body[name] = value.clone();
    }
    let signature =
        sign(&body, &Secret::new(PRIVATE_KEY), Encoding::Json).expect("it can be signed");
    body["Signature"] = signature.expose().into();
    let request = http::Request::post("/").header("content-type", "application/json");
    let request = request.body(Bytes::from(body.to_string())).expect("a valid request");
    let response = caller.gateway.handle(caller.now, &request);
    serde_json::from_slice(response.body()).expect("a JSON response")
}

fn metric(response: &Value, list: &str, key: &str) -> Value {
    let metrics = response["Data"][list][0]["Metrics"].as_array().expect("metrics");
    metrics.iter().find(|metric| metric["MetricKey"] == key).expect("the metric").clone()
}

#[test]
fn flattened_lists_are_refused() {
    let mut caller = Caller::new();
    let (code, message) = caller.refused(MONITOR, &[("UHostIds.0", "uhost-xxxx")]);
    let why = "Params [UHostIds] not available: it must be an array in a JSON body";
    assert_eq!((code, message.as_str()), (230, why));
    let text = ask(&mut caller, json!({ "UHostIds": "uhost-xxxx" }));
    assert_eq!(text["RetCode"], 230);
}

#[test]
fn several_instances_have_their_last_minute() {
    let mut caller = Caller::new();
    let both = json!({ "UHostIds": ["uhost-xxxx", "uhost-idle"] });
    let response = ask(&mut caller, both.clone());
    assert_eq!(response["RetCode"], 0, "{response}");
    assert_eq!(column(&response["Data"]["List"], "UHostId"), ["uhost-xxxx", "uhost-idle"]);
    assert_eq!(response["Data"]["PodList"], json!([]));
    let busy = metric(&response, "List", "cloudwatch_gpu_util");
    let value = busy["Results"][0]["Values"][0]["Value"].as_f64().expect("a number");
    assert!((20.0..=90.0).contains(&value), "{value}");
    assert_eq!(busy["Tags"]["gpu_bus_id"], json!(["0000:01:00.0"]));
    let idle = &response["Data"]["List"][1]["Metrics"][5];
    assert_eq!(idle["MetricKey"], "cloudwatch_gpu_util");
    assert_eq!(idle["Results"][0]["Values"][0]["Value"], 0.0);
    assert_eq!(ask(&mut caller, both), response);
}

#[test]
fn one_instance_may_have_given_times() {
    let mut caller = Caller::new();
    let window = json!({
        "UHostIds": ["uhost-xxxx"], "StartTime": 1_799_996_400, "EndTime": 1_800_000_000,
    });
    let response = ask(&mut caller, window);
    let net = metric(&response, "List", "uhost_net_in_flow");
    assert_eq!(net["Results"][0]["Values"].as_array().map(Vec::len), Some(61));
    let two = json!({ "UHostIds": ["uhost-xxxx", "uhost-idle"], "StartTime": 1_799_996_400 });
    assert_eq!(ask(&mut caller, two)["RetCode"], 230);
    let wrong =
        json!({ "UHostIds": ["uhost-xxxx"], "StartTime": 1_800_000_000, "EndTime": 1_700_000_000 });
    assert_eq!(ask(&mut caller, wrong)["RetCode"], 230);
    let long = json!({ "UHostIds": ["uhost-xxxx"], "StartTime": i64::MIN });
    let response = ask(&mut caller, long);
    let cpu = metric(&response, "List", "uhost_cpu_used");
    assert!(cpu["Results"][0]["Values"].as_array().is_some_and(|values| values.len() <= 1440));
}

#[test]
fn containers_are_in_a_list_of_their_own() {
    let mut caller = Caller::new();
    let pod = json!({ "UHostIds": ["cpod-xxxx"], "Region": "cn-bj2", "Zone": "cn-bj2-03" });
    let response = ask(&mut caller, pod);
    assert_eq!(response["Data"]["PodList"][0]["PodId"], "cpod-xxxx");
    let off = ask(&mut caller, json!({ "UHostIds": ["uhost-stopped"] }));
    assert_eq!(metric(&off, "List", "uhost_cpu_used")["Results"], json!([]));
}

#[test]
fn instances_must_be_there_and_few() {
    let mut caller = Caller::new();
    assert_eq!(ask(&mut caller, json!({ "UHostIds": ["uhost-none"] }))["RetCode"], 230);
    assert_eq!(ask(&mut caller, json!({ "UHostIds": [] }))["RetCode"], 220);
    let many: Vec<String> = (0..11).map(|count| format!("uhost-{count}")).collect();
    assert_eq!(ask(&mut caller, json!({ "UHostIds": many }))["RetCode"], 240);
}
