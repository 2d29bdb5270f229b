//! The order of checks, and the form of answers.

use std::time::UNIX_EPOCH;

use compshare_proto::metadata::Availability;

use super::*;
use crate::testing::{form, post};

fn answer(gateway: &mut Gateway, request: &Request<Bytes>) -> Value {
    let response = gateway.handle(UNIX_EPOCH, request);
    serde_json::from_slice(response.body()).expect("a JSON answer")
}

fn code(body: &str) -> i64 {
    let answer = answer(&mut Gateway::new(), &post(body.to_owned()));
    answer["RetCode"].as_i64().expect("a RetCode")
}

const UPDATE: &[(&str, &str)] =
    &[("Action", "UpdateCompShareImage"), ("CompShareImageId", "compshareImage-xxxx")];

#[test]
fn checks_come_in_order() {
    assert_eq!(code(""), 160);
    assert_eq!(code("Action="), 160);
    assert_eq!(code("Action=updatecompshareimage"), 161);
    assert_eq!(code("Action=UpdateCompShareImage"), 172);
    assert_eq!(code("Action=UpdateCompShareImage&PublicKey=sim-public-key"), 170);
    assert_eq!(code("Action=UpdateCompShareImage&PublicKey=sim-public-key&Signature=x"), 171);
    let token: Vec<_> = UPDATE.iter().copied().chain([("SecurityToken", "t")]).collect();
    assert_eq!(code(&form(&token, PUBLIC_KEY, PRIVATE_KEY)), 174);
    assert_eq!(code(&form(UPDATE, PUBLIC_KEY, PRIVATE_KEY)), 220);
    let placed: Vec<_> = UPDATE.iter().copied().chain([("Region", "cn-wlcb")]).collect();
    assert_eq!(code(&form(&placed, PUBLIC_KEY, PRIVATE_KEY)), 0);
    let priced: Vec<_> = placed.iter().copied().chain([("Price", "-1")]).collect();
    assert_eq!(code(&form(&priced, PUBLIC_KEY, PRIVATE_KEY)), 230);
}

/// Only an action that the spec does not have either is unknown (161).
#[test]
fn a_documented_action_that_is_not_simulated_is_refused_as_exactly_that() {
    let mut gateway = Gateway::new();
    let dead =
        ["AddFavoriteImage", "RemoveFavoriteImage", "DescribeFavoriteImages", "GetSoftwareURL"];
    for action in dead {
        let request = post(form(&[("Action", action)], PUBLIC_KEY, PRIVATE_KEY));
        let (response, seen) = gateway.exchange(UNIX_EPOCH, &request);
        assert_eq!(
            (response.status(), seen.ret_code, seen.executed),
            (501.try_into().expect("a status"), Some(501), false)
        );
        let body = String::from_utf8_lossy(response.body());
        assert!(body.contains(&format!("the simulator does not have {action}")), "{body}");
    }
    let future = ActionInfo::new("DescribeCompShareTomorrow", compshare_proto::Effect::Read);
    let refusal = handler(&future).expect_err("it has no handler");
    assert_eq!(refusal.message, "the simulator does not have DescribeCompShareTomorrow yet");
    assert_eq!(code(&form(&[("Action", future.name)], PUBLIC_KEY, PRIVATE_KEY)), 161);
}

#[test]
fn every_other_action_is_simulated() {
    for (family, table, actions) in [
        ("image", images::TABLE, 17),
        ("instance", instances::TABLE, 23),
        ("disk", disks::TABLE, 16),
    ] {
        for info in ACTIONS.iter().filter(|info| info.family == family) {
            let dead = matches!(info.availability, Availability::Unavailable { .. });
            let simulated = table.iter().any(|(action, _)| *action == info.name);
            assert_eq!(simulated, !dead, "{}", info.name);
        }
        assert_eq!(table.len(), actions);
    }
}

#[test]
fn answers_look_like_the_gateways() {
    let mut gateway = Gateway::new();
    let response = gateway.handle(UNIX_EPOCH, &post("Action=Nope"));
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let id = "00000000-0000-4000-8000-000000000001";
    assert_eq!(response.headers()["x-ucloud-request-uuid"], id);
    let expected = r#"{"Action":"NopeResponse","Message":"Action [Nope] not found","RetCode":161}"#;
    assert_eq!(response.body(), expected);
    let long = format!("Action={}", "x".repeat(1000));
    assert!(answer(&mut gateway, &post(long))["Action"].as_str().is_some_and(|a| a.len() < 100));
}

#[test]
fn http_errors_have_no_ret_code() {
    let request = Request::put("/").body(Bytes::new()).expect("a valid request");
    let (response, seen) = Gateway::new().exchange(UNIX_EPOCH, &request);
    assert_eq!(response.status(), 405);
    assert_eq!(seen.ret_code, None);
    assert!(!seen.executed);
}

#[test]
fn what_was_seen_is_told() {
    let parameters = [
        ("Action", "UpdateCompShareImage"),
        ("CompShareImageId", "compshareImage-xxxx"),
        ("Region", "cn-wlcb"),
        ("NoSuchThing", "1"),
    ];
    let request = post(form(&parameters, PUBLIC_KEY, PRIVATE_KEY));
    let (_, seen) = Gateway::new().exchange(UNIX_EPOCH, &request);
    assert_eq!(seen.action, "UpdateCompShareImage");
    assert_eq!(seen.encoding, Encoding::Form);
    assert_eq!(seen.unknown_parameters, ["NoSuchThing"]);
    assert_eq!((seen.ret_code, seen.executed), (Some(0), true));
    assert_eq!(seen.parameter("Region"), Some("cn-wlcb"));
    assert_eq!(seen.time, UNIX_EPOCH);
    assert_eq!(seen.request_id, request_id(1));
}

#[test]
fn a_token_must_accompany_its_key() {
    let mut gateway = Gateway::new();
    gateway.add_account(Account::new(COMPANY_ID, "temporary", "key").security_token("t"));
    let list = [("Action", "DescribeCompShareCustomImages"), ("Region", "cn-wlcb")];
    let with: Vec<_> = list.iter().copied().chain([("SecurityToken", "t")]).collect();
    let mut code = |parameters: &[(&str, &str)]| {
        answer(&mut gateway, &post(form(parameters, "temporary", "key")))["RetCode"].clone()
    };
    assert_eq!(code(&list), 174);
    assert_eq!(code(&with), 0);
}

#[test]
fn debug_shows_no_keys() {
    let mut gateway = Gateway::new();
    gateway.add_account(Account::new(1, "public", "canary-key").security_token("canary-token"));
    let shown = format!("{gateway:?}");
    assert!(!shown.contains("canary") && !shown.contains(PRIVATE_KEY));
}

#[test]
fn json_requests_act_like_forms() {
    use compshare_proto::{Secret, sign::sign};

    let mut fields = serde_json::json!({
        "Action": "UpdateCompShareImage", "PublicKey": PUBLIC_KEY, "Region": "cn-wlcb",
        "CompShareImageId": "compshareImage-xxxx", "Tags": ["深度学习", "PyTorch"],
        "Price": 42.0, "AutoStart": true, "Description": null,
    });
    let signature =
        sign(&fields, &Secret::new(PRIVATE_KEY), Encoding::Json).expect("it can be signed");
    fields["Signature"] = signature.expose().into();
    let request = |body: String| {
        let builder = Request::post("/").header("content-type", "application/json");
        builder.body(Bytes::from(body)).expect("a valid request")
    };
    let mut gateway = Gateway::new();
    assert_eq!(answer(&mut gateway, &request(fields.to_string()))["RetCode"], 0);
    let image = gateway.image("compshareImage-xxxx").expect("the image");
    assert_eq!(image.tags, ["深度学习", "PyTorch"]);
    assert_eq!((image.price, image.auto_start), (42.0, true));
    assert_eq!(image.description, "PyTorch 2.1 with CUDA 12.1");
    fields["AutoStart"] = false.into();
    assert_eq!(answer(&mut gateway, &request(fields.to_string()))["RetCode"], 171);
}
