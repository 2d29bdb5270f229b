//! The canary, for passwords of instances: in a request they are in its body, as Base64, and nowhere
//! else; in a response they are in no text that can be printed.

use std::time::{Instant, SystemTime};

use bytes::Bytes;
use compshare_proto::{
    Action, Error, Gb, Mb, Raw, Secret,
    actions::{
        ACTIONS, CreateCompShareInstance, CreateCompShareInstanceRequired, CreateULHostInstance,
        CreateULHostInstanceRequired, DescribeCompShareInstance, ReinstallCompShareInstance,
        ReinstallULHostInstance, ResetCompShareInstancePassword, ResetULHostInstancePassword,
    },
    decode, encode,
    machine::{Call, Input, Machine as _, Output},
    metadata::{Encoding, FieldInfo, Kind},
    types::InstanceDisk,
};

use crate::{
    golden,
    reference::{parse_form, parse_json, value},
    samples,
    support::{As, config, now, response, response_of, said, shown},
};

const PASSWORD: &str = "CANARY-password";
const IN_BASE64: &str = "Q0FOQVJZLXBhc3N3b3Jk";

fn assert_clean(what: &str, text: &str) {
    assert!(!text.is_empty(), "{what} says nothing");
    assert!(!text.contains("CANARY") && !text.contains(IN_BASE64), "{what}: {text}");
}

/// Sends `action` and loses it in every way, looking at all that can be printed.
fn assert_only_in_the_body<A: Action + std::fmt::Debug + Clone>(action: &A) {
    let name = A::INFO.name;
    assert_clean(name, &shown(action));
    assert_clean(name, &shown(&action.clone().with("New", 1)));
    let defaults = config().zone("cn-wlcb-01").project_id("org-xxxx");

    let form = encode(&defaults.clone().encoding(Encoding::Form), action, now()).unwrap();
    assert_eq!(value(&parse_form(form.body()), "Password"), IN_BASE64, "{name}");
    let json = encode(&defaults.clone().encoding(Encoding::Json), action, now()).unwrap();
    assert_eq!(parse_json(json.body())["Password"], IN_BASE64, "{name}");
    for request in [form, json] {
        assert!(!String::from_utf8_lossy(request.body()).contains("CANARY"), "{name}");
        let (parts, _) = request.into_parts();
        assert_clean(name, &shown(&parts));
    }

    let ends = [
        Input::Response(response(r#"{"RetCode":230,"Message":"Params [Password] not available"}"#)),
        Input::Response(response("<html>")),
        Input::Response(response_of(502, "")),
        Input::Failed(compshare_proto::machine::Failure::maybe_sent("connection reset")),
    ];
    for end in ends {
        let mut call = Call::new(defaults.clone(), action.clone(), SystemTime::UNIX_EPOCH, 42);
        let start = Instant::now();
        let output = call.step(start, Input::Start);
        assert_clean(name, &shown(&call));
        assert_clean(name, &shown(&output));
        // Late, so that no call is repeated.
        match call.step(start + std::time::Duration::from_secs(3600), end) {
            Output::End(Err(error)) => assert_clean(name, &said(&error)),
            Output::End(Ok(_)) => panic!("{name} succeeds"),
            Output::Sleep(_) | Output::Transmit { .. } => panic!("{name} goes on"),
        }
        assert_clean(name, &shown(&call));
    }

    let nowhere = compshare_proto::Config::new(compshare_proto::Credentials::new("a", "b"));
    let error = encode(&nowhere, action, now()).unwrap_err();
    assert!(matches!(error, Error::Invalid(_)));
    assert_clean(name, &said(&error));
}

#[test]
fn a_password_that_is_sent_is_in_the_body_and_nowhere_else() {
    let create = CreateCompShareInstance::new(CreateCompShareInstanceRequired {
        gpu_type: "4090".to_owned(),
        gpu: 1,
        cpu: 16,
        memory: Mb::from(Gb(64)),
        compshare_image_id: "compshareImage-xxxx".to_owned(),
        disks: vec![InstanceDisk::new(true, "CLOUD_SSD", Gb(60))],
        charge_type: "Postpay".into(),
    });
    assert_only_in_the_body(&create.password(PASSWORD));
    let image = "compshareImage-xxxx";
    assert_only_in_the_body(&ReinstallCompShareInstance::new("a", image).password(PASSWORD));
    assert_only_in_the_body(&ResetCompShareInstancePassword::new("a", PASSWORD));
    assert_only_in_the_body(&CreateULHostInstance::new(CreateULHostInstanceRequired {
        image_id: "image".to_owned(),
        bundle_id: "bundle".to_owned(),
        password: PASSWORD.into(),
        charge_type: "Month".into(),
    }));
    assert_only_in_the_body(&ReinstallULHostInstance::new("image", "a", PASSWORD));
    assert_only_in_the_body(&ResetULHostInstancePassword::new("a", PASSWORD));

    let taking = ACTIONS.iter().filter(|info| {
        info.parameters.iter().any(|parameter| matches!(parameter.kind, Kind::Secret))
    });
    assert_eq!(taking.count(), 6, "the same as above");
}

/// The simulator and whoever logs requests must find no other parameter that holds one.
#[test]
fn every_password_of_a_request_is_a_secret_in_base64() {
    for info in ACTIONS {
        for parameter in info.parameters {
            let is_secret = matches!(parameter.kind, Kind::Secret);
            assert_eq!(parameter.name.contains("Password"), is_secret, "{}", info.name);
            assert!(!is_secret || parameter.base64, "{}", info.name);
        }
    }
}

fn secrets_of(fields: &[FieldInfo]) -> usize {
    fields.iter().map(|field| secrets_in(field.kind)).sum()
}

fn secrets_in(kind: Kind) -> usize {
    match kind {
        Kind::Secret => 1,
        Kind::Struct(info) => secrets_of(info.fields),
        Kind::List(item) | Kind::Map(item) => secrets_in(*item),
        _ => 0,
    }
}

#[test]
fn no_secret_of_a_response_is_printed() {
    let mut with_secrets = Vec::new();
    for info in ACTIONS {
        let secrets = secrets_of(info.response);
        if secrets == 0 {
            continue;
        }
        with_secrets.push(info.name);
        let quirky = samples::quirky_response(info).to_string();
        let marked = quirky.replace(samples::PLAIN_SECRET, "CANARY");
        assert_eq!(marked.matches("CANARY").count(), secrets, "{}", info.name);
        let text = golden::read(info.name, &serde_json::from_str(&marked).unwrap()).unwrap();
        assert_clean(info.name, &text);

        let full = samples::full_response(info).to_string();
        let marked = full.replace(samples::PASSWORD_IN_BASE64, IN_BASE64);
        let text = golden::read(info.name, &serde_json::from_str(&marked).unwrap()).unwrap();
        assert_clean(info.name, &text);
    }
    let expected = ["CreateCompShareInstance", "DescribeCompShareInstance", "GetSoftwareURL"];
    assert_eq!(with_secrets, expected);
}

#[test]
fn neither_is_one_of_a_response_that_cannot_be_read() {
    for body in [
        r#"{"RetCode":0,"UHostSet":{"Password":"CANARY"}}"#,
        r#"{"RetCode":0,"UHostSet":[{"Password":"CANARY"#,
        r#"{"RetCode":999,"UHostSet":[{"Password":"CANARY"}]}"#,
    ] {
        let read = decode(&As::<DescribeCompShareInstance>::new(), &response(body)).map(drop);
        let error = read.unwrap_err();
        assert_clean(body, &said(&error));
        assert_eq!(error.raw(), body.as_bytes(), "whoever asks for it has it");
    }
}

#[test]
fn neither_is_one_of_a_response_that_is_left_out() {
    for body in [
        r#"{"RetCode":0,"UHostSet":[{"Password":["CANARY"]}]}"#,
        r#"{"RetCode":0,"UHostSet":[{"Password":{"CANARY":"CANARY"}}]}"#,
        r#"{"RetCode":0,"UHostSet":[{"Password":"CANARY","Memory":"CANARY"}]}"#,
        r#"{"RetCode":0,"UHostSet":[{"Password":"CANARY","Memory":"1 CANARY, expected CANARY"}]}"#,
        r#"{"RetCode":0,"UHostSet":[{"Password":"CANARY\ud83d"}]}"#,
    ] {
        let read = decode(&As::<DescribeCompShareInstance>::new(), &response(body)).unwrap();
        assert_eq!(read.warnings().len(), 1, "{body}");
        assert_clean(body, &shown(&read));
        assert_clean(body, &read.warnings()[0].to_string());
    }
}

#[test]
fn a_response_on_its_way_shows_none() {
    let body = r#"{"RetCode":0,"UHostSet":[{"Password":"CANARY","SshLoginCommand":"CANARY"}]}"#;
    let whole: http::Response<Bytes> = response(body);
    assert_clean("Input", &shown(&Input::Response(whole.clone())));
    let read = decode(&DescribeCompShareInstance::new(), &whole).unwrap();
    assert_clean("Response", &shown(&read));
    let password = read.uhost_set[0].password.as_ref().map(Secret::expose);
    assert_eq!(password, Some("CANARY"), "and who asks has it");
}

#[test]
fn by_name_parameters_show_none_either() {
    let raw = Raw::new("ResetCompShareInstancePassword").param("UHostId", "a");
    assert_clean("Raw", &shown(&raw.param("Password", IN_BASE64)));
}
