//! The order of checks, and the form of responses.

mod complete;

use std::time::UNIX_EPOCH;

use compshare_proto::{
    actions::ACTIONS,
    metadata::{Availability, Encoding},
};

use super::*;
use crate::testing::{form, post};

fn call(gateway: &mut Gateway, request: &Request<Bytes>) -> Value {
    let response = gateway.handle(UNIX_EPOCH, request);
    serde_json::from_slice(response.body()).expect("a JSON response")
}

fn code(body: &str) -> i64 {
    let response = call(&mut Gateway::new(), &post(body.to_owned()));
    response["RetCode"].as_i64().expect("a RetCode")
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
        let (response, recorded) = gateway.exchange(UNIX_EPOCH, &request);
        assert_eq!(
            (response.status(), recorded.ret_code, recorded.executed),
            (501.try_into().expect("a status"), Some(501), false)
        );
        let body = String::from_utf8_lossy(response.body());
        assert!(body.contains(&format!("the simulator does not have {action}")), "{body}");
    }
    let future = ActionInfo::new("DescribeCompShareTomorrow", compshare_proto::Effect::Read);
    let refusal = routes::handler(&future).expect_err("it has no handler");
    assert_eq!(refusal.message, "the simulator does not have DescribeCompShareTomorrow yet");
    assert_eq!(code(&form(&[("Action", future.name)], PUBLIC_KEY, PRIVATE_KEY)), 161);
}

#[test]
fn every_other_action_is_simulated() {
    for info in ACTIONS {
        let unavailable = matches!(info.availability, Availability::Unavailable { .. });
        assert_eq!(
            routes::handler(info).is_ok(),
            !unavailable,
            "add (\"{}\", HANDLER) to TABLE in crates/compshare-sim/src/families/{}.rs, and that to FAMILIES \
             in gateway/routes.rs",
            info.name,
            info.family
        );
    }
    for (action, _) in routes::FAMILIES.iter().flat_map(|family| family.iter()) {
        assert!(ActionInfo::find(action).is_some(), "{action} is not in the spec");
    }
}

#[test]
fn responses_have_the_form_of_production() {
    let mut gateway = Gateway::new();
    let response = gateway.handle(UNIX_EPOCH, &post("Action=Nope"));
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let id = "00000000-0000-4000-8000-000000000001";
    assert_eq!(response.headers()["x-ucloud-request-uuid"], id);
    let expected = r#"{"Action":"NopeResponse","Message":"Action [Nope] not found","RetCode":161}"#;
    assert_eq!(response.body(), expected);
    let long = format!("Action={}", "x".repeat(1000));
    assert!(call(&mut gateway, &post(long))["Action"].as_str().is_some_and(|a| a.len() < 100));
}

#[test]
fn http_errors_have_no_ret_code() {
    let request = Request::put("/").body(Bytes::new()).expect("a valid request");
    let (response, recorded) = Gateway::new().exchange(UNIX_EPOCH, &request);
    assert_eq!(response.status(), 405);
    assert_eq!(recorded.ret_code, None);
    assert!(!recorded.executed);
}

#[test]
fn what_was_recorded_is_told() {
    let parameters = [
        ("Action", "UpdateCompShareImage"),
        ("CompShareImageId", "compshareImage-xxxx"),
        ("Region", "cn-wlcb"),
        ("NoSuchThing", "1"),
    ];
    let request = post(form(&parameters, PUBLIC_KEY, PRIVATE_KEY));
    let (_, recorded) = Gateway::new().exchange(UNIX_EPOCH, &request);
    assert_eq!(recorded.action, "UpdateCompShareImage");
    assert_eq!(recorded.encoding, Encoding::Form);
    assert_eq!(recorded.unknown_parameters, ["NoSuchThing"]);
    assert_eq!((recorded.ret_code, recorded.executed), (Some(0), true));
    assert_eq!(recorded.parameter("Region"), Some("cn-wlcb"));
    assert_eq!(recorded.time, UNIX_EPOCH);
    assert_eq!(recorded.request_id, request_id(1));
}

#[test]
fn a_token_must_accompany_its_key() {
    let mut gateway = Gateway::new();
    gateway.add_account(Account::new(COMPANY_ID, "temporary", "key").security_token("t"));
    let list = [("Action", "DescribeCompShareCustomImages"), ("Region", "cn-wlcb")];
    let with: Vec<_> = list.iter().copied().chain([("SecurityToken", "t")]).collect();
    let mut code = |parameters: &[(&str, &str)]| {
        call(&mut gateway, &post(form(parameters, "temporary", "key")))["RetCode"].clone()
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
    assert_eq!(call(&mut gateway, &request(fields.to_string()))["RetCode"], 0);
    let image = gateway.image("compshareImage-xxxx").expect("the image");
    assert_eq!(image.tags, ["深度学习", "PyTorch"]);
    assert_eq!((image.price, image.auto_start), (42.0, true));
    assert_eq!(image.description, "PyTorch 2.1 with CUDA 12.1");
    fields["AutoStart"] = false.into();
    assert_eq!(call(&mut gateway, &request(fields.to_string()))["RetCode"], 171);
}
