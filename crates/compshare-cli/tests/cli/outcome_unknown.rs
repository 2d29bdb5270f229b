//! Whether something may have been done: the error, `send_once` and the exit code agree, whatever the response.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Instant, SystemTime},
};

use compshare_blocking::{
    Config, Credentials, Error, Gb, RetCode,
    actions::{
        CreateCompShareInstance, CreateCompShareInstanceRequired, CreateCompShareInstanceResponse,
    },
    error::OnceError,
    machine::{Input, Machine as _, Output, SendOnce},
    once::Created,
    types::{ChargeType, DiskType, InstanceDisk},
};
use http::Response;

use crate::{once::CREATE, server::sending};

fn create() -> CreateCompShareInstance {
    CreateCompShareInstance::new(CreateCompShareInstanceRequired {
        gpu_type: "4090".to_owned(),
        gpu: 1,
        cpu: 16,
        memory: Gb(64).into(),
        compshare_image_id: "compshareImage-xxxx".to_owned(),
        charge_type: ChargeType::Postpay,
        disks: vec![InstanceDisk::new(true, DiskType::CloudSsd, Gb(60))],
    })
}

fn refusal(code: i64) -> String {
    format!(r#"{{"RetCode":{code},"Message":"no"}}"#)
}

/// Every RetCode that is known, and some that are not; every HTTP status without one.
fn responses() -> Vec<(u16, String)> {
    let known = RetCode::known().map(|info| info.code);
    let codes = known.chain([8007, 987_654, -1]).map(|code| (200, refusal(code)));
    let statuses = (100..600).map(|status| (status, "upstream failure".to_owned()));
    codes.chain(statuses).collect()
}

/// How `send_once` ends where every response to the creation is that one, and every list is empty; and
/// whether it has looked at a list.
fn once(
    response: &Response<bytes::Bytes>,
) -> (Result<Created<CreateCompShareInstanceResponse>, OnceError>, bool) {
    let config = Config::new(Credentials::new("public", "private"));
    let config = config.region("cn-wlcb").zone("cn-wlcb-01");
    let mut machine = SendOnce::new(config, create(), SystemTime::UNIX_EPOCH, 7);
    let (mut now, mut looked, mut input) = (Instant::now(), false, Input::Start);
    loop {
        input = match machine.step(now, input) {
            Output::Sleep(delay) => {
                now += delay;
                Input::Woke
            }
            Output::Transmit { request, .. } if request.body().starts_with(b"Action=Create") => {
                Input::Response(response.clone())
            }
            Output::Transmit { .. } => {
                looked = true;
                let none = br#"{"RetCode":0,"TotalCount":0,"UHostSet":[]}"#;
                Input::Response(Response::new(none.as_slice().into()))
            }
            Output::End(end) => return (end, looked),
        };
    }
}

fn check(status: u16, body: &str) {
    let what = format!("HTTP {status}, {body}");
    let response = Response::builder().status(status).body(body.to_owned().into());
    let response = response.expect("a response");
    let error = compshare_blocking::decode(&create(), &response).expect_err("a refusal");
    let may_have_acted = error.may_have_acted();
    let (end, looked) = once(&response);
    assert_eq!(looked, may_have_acted, "send_once: {what}");
    assert!(matches!(end, Err(OnceError::NotCreated(_))), "{what}: {end:?}");
    let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}", body.len());
    let ended = sending(head, body.to_owned().into_bytes()).run(&CREATE);
    let code = if may_have_acted { 3 } else { 1 };
    assert_eq!(ended.code, Some(code), "{what}: {}", ended.stderr);
    if may_have_acted && !matches!(error, Error::Decode(_)) {
        let hint = "check the resources before you send it again";
        assert!(ended.stderr.contains(hint), "{what}: {}", ended.stderr);
    }
}

#[test]
fn error_send_once_and_exit_code_agree_for_every_code_and_status() {
    let (responses, next) = (responses(), AtomicUsize::new(0));
    assert!(responses.len() > 780, "{}", responses.len());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((status, body)) = responses.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    check(*status, body);
                }
            });
        }
    });
}

/// What the responses above are to end in, so that they do not agree on what is wrong.
#[test]
fn what_is_proven_and_what_is_in_doubt() {
    let may_have_acted = |status: u16, body: String| {
        let response = Response::builder().status(status).body(body.into()).expect("a response");
        compshare_blocking::decode(&create(), &response).expect_err("a refusal").may_have_acted()
    };
    for code in [
        4207, 17_005, 8033, 8819, 8863, 4502, 8108, 8821, 8100, 110, 130, 150, 1000, 210, 8918,
        987_654,
    ] {
        assert!(may_have_acted(200, refusal(code)), "{code}");
    }
    for code in [153, 160, 161, 170, 171, 172, 230, 292, 299, 8104, 226_604, 226_606] {
        assert!(!may_have_acted(200, refusal(code)), "{code}");
    }
    let proven: Vec<u16> =
        (100..600).filter(|status| !may_have_acted(*status, String::new())).collect();
    assert_eq!(proven, [425, 429]);
}
