//! The canary: marked secrets go through whole calls, and nothing that can be printed shows them.

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use compshare_proto::{
    Action, Config, Credentials, Raw, Secret,
    actions::{DescribeCompShareCustomImages, UpdateCompShareImage},
    encode,
    machine::{Call, Failure, Input, Machine as _, Output, Pages},
    metadata::Encoding,
    profile::Source,
    sign::sign,
};
use serde_json::json;

use crate::{
    reference::{parse_form, value},
    support::{now, response, said, shown},
};

const PUBLIC: &str = "public-key";
const PRIVATE: &str = "CANARY-private-key";
const TOKEN: &str = "CANARY-token";

fn credentials() -> Credentials {
    Credentials::new(PUBLIC, PRIVATE).security_token(TOKEN)
}

fn config() -> Config {
    Config::new(credentials()).region("cn-wlcb")
}

/// Asserts that a text holds neither the secrets nor the signature of any request.
fn assert_clean(what: &str, text: &str, signatures: &[String]) {
    assert!(!text.is_empty(), "{what} says nothing");
    assert!(!text.contains("CANARY"), "{what}: {text}");
    for signature in signatures {
        assert_eq!(signature.len(), 40);
        assert!(!text.contains(signature), "{what}: {text}");
    }
}

/// The signature of a request, which has it in its body and nowhere else.
fn signature(request: &http::Request<Bytes>) -> String {
    let sent = parse_form(request.body());
    let signature = value(&sent, "Signature").to_owned();
    let (parts, ()) = request.clone().map(drop).into_parts();
    assert_clean("the request without its body", &shown(&parts), std::slice::from_ref(&signature));
    let whole = format!("{request:?}");
    assert_eq!(whole.matches(&signature).count(), 1, "once, in the body");
    assert!(!whole.contains(PRIVATE), "the private key never leaves");
    signature
}

#[test]
fn what_holds_the_keys_does_not_show_them() {
    let secret = Secret::new(PRIVATE);
    let signed = sign(&json!({ "A": 1 }), &secret, Encoding::Form).unwrap();
    let signatures = [signed.expose().to_owned()];
    assert_clean("Secret", &shown(&secret), &signatures);
    assert_clean("Signature", &shown(&signed), &signatures);
    assert_clean("Credentials", &shown(&credentials()), &signatures);
    assert_clean("Config", &shown(&config()), &signatures);
    assert_eq!(format!("{secret:?} {signed:?}"), "Secret(..) Signature(..)");
}

/// Drives a call through every kind of response and loss, and looks at all that it shows on its way.
#[test]
fn a_whole_call_shows_no_secret() {
    let mut signatures = Vec::new();
    let action = UpdateCompShareImage::new("i").with("New", 1);
    let mut call = Call::new(config(), action, SystemTime::UNIX_EPOCH, 42);
    let mut now = Instant::now();
    let mut inputs = vec![
        Input::Response(response(r#"{"RetCode":171,"Message":"Signature VerifyAC Error"}"#)),
        Input::Response(http::Response::builder().status(503).body(Bytes::new()).unwrap()),
        Input::Failed(Failure::maybe_sent("connection reset")),
    ];
    let mut input = Input::Start;
    loop {
        assert_clean("Input", &shown(&input), &signatures);
        let output = call.step(now, input);
        assert_clean("Call", &shown(&call), &signatures);
        now += Duration::from_secs(1);
        assert_clean("Output", &shown(&output), &signatures);
        input = match output {
            Output::Transmit { request, .. } => {
                signatures.push(signature(&request));
                let output = Output::<()>::Transmit { request, timeout: Duration::ZERO };
                assert_clean("Output", &shown(&output), &signatures);
                assert_clean("Call", &shown(&call), &signatures);
                inputs.pop().unwrap()
            }
            Output::Sleep(_) => Input::Woke,
            Output::End(end) => {
                assert_clean("Error", &said(&end.unwrap_err()), &signatures);
                break;
            }
        };
    }
    assert_eq!(signatures.len(), 3);
}

#[test]
fn neither_does_a_call_that_ends_in_any_other_way() {
    let ends = [
        Input::Response(response(r#"{"RetCode":0}"#)),
        Input::Response(response("")),
        Input::Response(response("<html>")),
        Input::Response(response(r#"{"RetCode":0,"ImageSet":7}"#)),
        Input::Failed(Failure::answered("too large")),
    ];
    for end in ends {
        let action = DescribeCompShareCustomImages::new();
        let mut pages = Pages::new(config(), action, SystemTime::UNIX_EPOCH, 42);
        let start = Instant::now();
        let Output::Transmit { request, .. } = pages.step(start, Input::Start) else { panic!() };
        let signatures = [signature(&request)];
        assert_clean("Pages", &shown(&pages), &signatures);
        let late = start + Duration::from_secs(3600);
        match pages.step(late, end) {
            Output::End(Some(Err(error))) => assert_clean("Error", &said(&error), &signatures),
            Output::End(Some(Ok(page))) => assert_clean("Response", &shown(&page), &signatures),
            other => panic!("{other:?}"),
        }
        assert_clean("Pages", &shown(&pages), &signatures);
    }
}

#[test]
fn a_request_that_cannot_be_built_shows_no_secret() {
    let actions = [
        Raw::new("UpdateCompShareImage").param("CompShareImageId", ""),
        Raw::new("New").param("Price", f64::NAN),
        Raw::new("New").param("Signature", "CANARY-signature"),
        Raw::new("New").param("PublicKey", "CANARY-key").param("PublicKey", "CANARY-key"),
    ];
    for action in actions {
        for encoding in [Encoding::Form, Encoding::Json] {
            let error = encode(&config().encoding(encoding), &action, now()).unwrap_err();
            assert_clean("Error", &said(&error), &[]);
        }
    }
    for endpoint in ["https://user:CANARY@api.compshare.cn", "https://a/?k=CANARY", "CANARY"] {
        let error = config().endpoint(endpoint).unwrap_err();
        assert_clean("ConfigError", &said(&error), &[]);
    }
}

#[test]
fn settings_that_cannot_be_used_show_no_secret() {
    let proxy = "https://user:CANARY@proxy:3128";
    for file in [
        r#"{"profiles":{"default":{"public_key":"p","private_key":"CANARY"#,
        r#"{"profiles":{"default":{"public_key":"p","private_key":["CANARY"]}}}"#,
        r#"{"profiles":{"default":{"private_key":"CANARY"}}}"#,
        r#"{"profiles":{"other":{"public_key":"p","private_key":"CANARY"}}}"#,
        r#"{"profiles":"CANARY"}"#,
        r#"["CANARY"]"#,
    ] {
        let source = Source {
            variable: &|name| match name {
                "HOME" => Some("/home/somebody".to_owned()),
                "HTTPS_PROXY" => Some(proxy.to_owned()),
                _ => None,
            },
            file: &|_| Ok(Some(file.to_owned())),
        };
        assert_clean("Source", &shown(&source), &[]);
        let error = source.config(None).unwrap_err();
        assert_clean(file, &said(&error), &[]);
        let error = source.proxies().of(&config().settings().endpoint).unwrap_err();
        assert_clean(proxy, &said(&error), &[]);
    }
    let source = Source {
        variable: &|name| (name == "HTTPS_PROXY").then(|| "http://user:CANARY@proxy".to_owned()),
        file: &|_| Ok(None),
    };
    let proxies = source.proxies();
    let proxy = proxies.of(&config().settings().endpoint).unwrap().unwrap();
    assert!(proxy.expose().contains("CANARY"));
    assert_clean("Proxies", &shown(&proxies), &[]);
}

/// The password of a new instance, say: what is printed has names and sizes, never values.
#[test]
fn parameters_named_at_run_time_show_no_value() {
    let raw = Raw::new("CreateCompShareInstance").param("Password", "CANARY-password");
    assert_clean("Raw", &shown(&raw), &[]);
}

#[test]
fn added_parameters_show_no_value() {
    let with = UpdateCompShareImage::new("i").with("Password", "CANARY-password");
    assert_clean("With", &shown(&with), &[]);
    assert_clean("Parameter", &shown(&with.facts().extra), &[]);
}

/// Answers hold the passwords of instances.
#[test]
fn a_response_on_its_way_into_a_machine_shows_no_value() {
    let input = Input::Response(response(r#"{"RetCode":0,"Password":"CANARY-password"}"#));
    assert_clean("Input", &shown(&input), &[]);
}
