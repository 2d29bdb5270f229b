//! Every quirk is met, and the quirky response says what the plain one does.

mod equivalence;

use compshare_proto::{actions::ACTIONS, metadata::BodyKind};
use serde_json::{Value, json};

use crate::{
    gateway::Gateway,
    testing::{
        Caller,
        requests::{required, send},
    },
};
use equivalence::differ;

fn ret_code(response: &Value) -> String {
    response["RetCode"].as_str().map_or_else(|| response["RetCode"].to_string(), str::to_owned)
}

#[test]
fn quirky_responses_say_what_plain_ones_say() {
    let mut refused = Vec::new();
    for info in ACTIONS.iter().filter(|info| info.body == BodyKind::Json) {
        let pairs = required(info);
        let plain = send(&mut Gateway::new(), info, &pairs);
        if plain["RetCode"] != 0 {
            let is_simulated = plain["RetCode"] != 501;
            refused.extend(is_simulated.then_some(info.name));
            continue;
        }
        let mut quirks = super::Quirks::default();
        for turn in 0..40 {
            let quirky = quirks.rewrite(info.name, info.response, plain.clone());
            assert_eq!(ret_code(&quirky), "0");
            let (Some(old), Some(new)) = (plain.as_object(), quirky.as_object()) else {
                panic!("{} responds with {quirky}", info.name);
            };
            let difference = differ(info.name, info.response, old, new);
            assert_eq!(difference, None, "{} in turn {turn}", info.name);
        }
        let quirky = send(&mut Gateway::new().quirks(true), info, &pairs);
        assert_eq!(ret_code(&quirky), "0", "{}: {quirky}", info.name);
    }
    // No fixture mounts a CFS.
    assert_eq!(refused, ["DetachCFS"]);
}

/// Values of a field, each once, over several responses.
fn seen(action: &str, pairs: &[(&str, &str)], field: impl Fn(&Value) -> Value) -> Vec<Value> {
    let mut caller = Caller::new();
    caller.gateway = Gateway::new().quirks(true);
    let mut values: Vec<Value> = Vec::new();
    for _ in 0..40 {
        let value = field(&caller.call(action, pairs));
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values.sort_by_key(ToString::to_string);
    values
}

/// Stands for a field that is not there.
fn get(value: &Value, field: &str) -> Value {
    value.get(field).cloned().unwrap_or_else(|| json!("missing"))
}

#[test]
fn a_field_takes_each_of_its_forms() {
    let team = [("TeamId", "1001"), ("VirtualCompanyId", "60001"), ("Limit", "1")];
    let list = "DescribeTeamMemberOrder";
    assert_eq!(seen(list, &team, |response| get(response, "RetCode")), [json!("0"), json!(0)]);
    let total = seen(list, &team, |response| get(response, "Total"));
    assert_eq!(total, [json!("130"), json!("missing"), json!(130)]);
    let total = seen(list, &team, |response| get(response, "TotalCount"));
    assert_eq!(total, [json!("130"), json!("missing"), json!(130)]);
    let message = seen(list, &team, |response| get(response, "Message"));
    assert_eq!(message, [json!(""), json!("missing"), Value::Null]);
    let none = [&team[..], &[("EndTime", "1")]].concat();
    let rows = seen(list, &none, |response| get(response, "OrderInfos"));
    assert_eq!(rows, [json!("missing"), json!([]), Value::Null]);
    let one = [&team[..], &[("OrderNos.0", "order-60001-000000")]].concat();
    let amount = seen(list, &one, |response| get(&response["OrderInfos"][0], "Amount"));
    assert_eq!(amount, [json!("10"), json!("10.00"), json!(10), json!(10.0)]);
    let quantity = seen(list, &one, |response| get(&response["OrderInfos"][0], "Quantity"));
    assert_eq!(quantity, [json!("1"), json!(1)]);
    let charge = seen(list, &one, |response| get(&response["OrderInfos"][0], "ChargeType"));
    assert_eq!(charge, [json!("Dynamic"), json!("SimUnknown")]);
    let state = seen(list, &one, |response| get(&response["OrderInfos"][0], "OrderState"));
    assert_eq!(state, [json!("Paid")]);
    let more = seen(list, &one, |response| get(response, "SimUnknown"));
    assert_eq!(more, [json!("missing"), json!({ "List": [1, null], "Text": "" })]);
}

#[test]
fn switches_are_texts_and_maps_are_lists() {
    let on = seen("ListCompShareTeamJoined", &[("Status", "Joined")], |response| {
        get(&response["JoinedTeams"][0], "IsPersonalAccount")
    });
    assert_eq!(on, [json!("True"), json!("Yes"), json!("true"), json!(true)]);
    let joined = seen("ListCompShareTeamJoined", &[("Status", "Joined")], |response| {
        get(&response["JoinedTeams"][0], "Status")
    });
    assert_eq!(joined, [json!("Joined"), json!("joined")]);
    let names = seen("ListCompShareTeamOperateLog", &[("TeamId", "1001")], |response| {
        get(response, "StatusList")
    });
    assert_eq!(
        names,
        [json!(["Failed", "Success"]), json!({ "Failed": "失败", "Success": "成功" })]
    );
    let models = seen("GetOpenClawModelList", &[], |response| {
        json!([response["Models"].is_object(), response["Models"].is_array()])
    });
    assert_eq!(models, [json!([false, true]), json!([true, false])]);
    let failed = [("TeamId", "1001"), ("UserInfo.0.UserCompanyId", "54321")];
    let errors = seen("CreateCompShareTeamRelation", &failed, |response| {
        json!(response["ErrorMap"].is_string())
    });
    assert_eq!(errors, [json!(false), json!(true)]);
    let tags =
        seen("DescribeCommunityImages", &[("GroupId", "group-11"), ("Limit", "1")], |response| {
            let groups =
                response.get("CompshareImageGroup").or_else(|| response.get("ImageSetGroup"));
            let row = groups.map_or(Value::Null, |groups| groups[0]["Data"][0].clone());
            json!(get(&row, "Tags").is_string())
        });
    assert_eq!(tags, [json!(false), json!(true)]);
}

#[test]
fn refusals_have_quirks_too() {
    let message =
        seen("GetCompShareTeamInfo", &[("TeamId", "9")], |response| get(response, "Message"));
    let words = "Params [TeamId] not available: no such team: 9";
    assert_eq!(message, [json!(words), json!("missing")]);
    let code = seen("NoSuchAction", &[], |response| get(response, "RetCode"));
    assert_eq!(code, [json!("161"), json!(161)]);
}

#[test]
fn the_same_calls_get_the_same_responses() {
    let orders = [("TeamId", "1001"), ("VirtualCompanyId", "60001"), ("Limit", "1")];
    let run = || seen("DescribeTeamMemberOrder", &orders, Value::clone);
    assert_eq!(run(), run());
    assert!(run().len() > 10);
}

/// Forms of a field of one response, each once, over several turns.
fn forms(action: &str, response: &Value, field: impl Fn(&Value) -> Value) -> Vec<Value> {
    let info = compshare_proto::metadata::ActionInfo::find(action).expect("an action");
    let mut quirks = super::Quirks::default();
    let mut values: Vec<Value> = Vec::new();
    for _ in 0..40 {
        let value = field(&quirks.rewrite(info.name, info.response, response.clone()));
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values.sort_by_key(ToString::to_string);
    values
}

#[test]
fn new_instances_come_as_a_list_a_text_or_under_another_name() {
    let create = "CreateCompShareInstance";
    let one = json!({ "RetCode": 0, "UHostIds": ["uhost-1"] });
    let list = forms(create, &one, |response| get(response, "UHostIds"));
    assert_eq!(list, [json!("missing"), json!("uhost-1"), json!(["uhost-1"])]);
    let single = forms(create, &one, |response| get(response, "UHostId"));
    assert_eq!(single, [json!("missing"), json!("uhost-1")]);
    let two = json!({ "RetCode": 0, "UHostIds": ["uhost-1", "uhost-2"] });
    let list = forms(create, &two, |response| get(response, "UHostIds"));
    assert_eq!(list, [json!(["uhost-1", "uhost-2"])]);
}

#[test]
fn an_instance_has_a_state_a_plan_and_a_password_in_every_form() {
    let host = json!({
        "State": "Running",
        "SchedulerStopTime": 0,
        "Password": "UGFzc3dvcmQx",
        "AutoRenew": "Yes",
        "Memory": 65_536,
    });
    let list = json!({ "RetCode": 0, "UHostSet": [host] });
    let seen = |name: &'static str| {
        forms("DescribeCompShareInstance", &list, |response| get(&response["UHostSet"][0], name))
    };
    assert_eq!(seen("State"), [json!(""), json!("Running")]);
    let plan = [json!(""), json!("0"), json!("missing"), json!(0), Value::Null];
    assert_eq!(seen("SchedulerStopTime"), plan);
    assert_eq!(seen("Password"), [json!("Password1"), json!("UGFzc3dvcmQx")]);
    let renewed = [json!("True"), json!("Yes"), json!("true"), json!(true)];
    assert_eq!(seen("AutoRenew"), renewed);
    assert_eq!(seen("Memory"), [json!("65536"), json!(65_536)]);
}

#[test]
fn what_is_not_there_may_be_null() {
    let none = json!({ "RetCode": 0 });
    let own = forms("DescribeCompShareShareBandwidth", &none, |response| {
        get(response, "CompanyShareBandwidth")
    });
    assert_eq!(own, [json!("missing"), Value::Null]);
}
