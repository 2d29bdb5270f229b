//! Every redaction that there is, beside what would be printed without it, which the search must find.

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use compshare_proto::{
    Action as _, Raw, Secret,
    actions::{DescribeCompShareInstance, ResetCompShareInstancePassword, UpdateCompShareImage},
    decode, encode,
    machine::{Call, Input, Machine as _, Output},
    metadata::Encoding,
    profile::Source,
    sign::sign,
};
use serde_json::json;

use crate::{
    canary::{ANSWERED, Needles, PASSWORD, PRIVATE, PROXY, TOKEN, config, said, shown},
    recorder::recorded,
};

/// A place where a secret could be seen.
struct Redaction {
    place: &'static str,
    /// What is seen there.
    seen: String,
    /// What would be seen there without it.
    bare: String,
}

fn redaction(place: &'static str, seen: String, bare: impl std::fmt::Debug) -> Redaction {
    Redaction { place, seen, bare: format!("{bare:?}") }
}

fn request() -> http::Request<Bytes> {
    let action = ResetCompShareInstancePassword::new("uhost-1", PASSWORD);
    encode(&config(), &action, SystemTime::UNIX_EPOCH).unwrap()
}

fn response(body: &str) -> http::Response<Bytes> {
    http::Response::new(Bytes::from(body.replace("SECRET", ANSWERED)))
}

fn redactions() -> Vec<Redaction> {
    let secret = Secret::new(PRIVATE);
    let config = config();
    let action = ResetCompShareInstancePassword::new("uhost-1", PASSWORD);
    let raw = Raw::new("New").param("Password", PASSWORD);
    let with = UpdateCompShareImage::new("i").with("Password", PASSWORD);
    let signed = sign(&json!({ "A": 1 }), &secret, Encoding::Form).unwrap();
    let read = r#"{"RetCode":0,"UHostSet":[{"UHostId":"u","Password":"SECRET"}]}"#;
    let describe = DescribeCompShareInstance::new();
    let list = decode(&describe, &response(read)).unwrap();
    let refused = response(r#"{"RetCode":1,"Password":"SECRET"}"#);
    let refused = decode(&action, &refused).unwrap_err();
    let unreadable = decode(&action, &response(r#"{"Password":"SECRET"}"#)).unwrap_err();
    let wrong = decode(&describe, &response(r#"{"RetCode":0,"UHostSet":"SECRET"}"#)).unwrap_err();
    let mut call = Call::new(config.clone(), action.clone(), SystemTime::UNIX_EPOCH, 1);
    let output = call.step(Instant::now(), Input::Start);
    let input = Input::Response(response(read));
    let url = format!("http://user:{PROXY}@proxy:3128");
    let variable = |name: &str| (name == "HTTPS_PROXY").then(|| url.clone());
    let source = Source { variable: &variable, file: &|_| Ok(None) };
    let proxies = source.proxies();
    let endpoint = config.clone().endpoint(url.replace("http:", "https:")).unwrap_err();
    vec![
        redaction("Debug of Secret", shown(&secret), secret.expose()),
        redaction("Debug of Signature", shown(&signed), Secret::new(signed.expose()).expose()),
        redaction("Debug of Credentials", shown(config.credentials()), [PRIVATE, TOKEN]),
        redaction("Debug of Config", shown(&config), PRIVATE),
        redaction("Debug of an action", shown(&action), action.password.expose()),
        redaction("Debug of Raw", shown(&raw), serde_json::to_string(&raw).unwrap()),
        redaction("Debug of With", shown(&with), json!({ "Password": PASSWORD }).to_string()),
        redaction("Debug of Call", shown(&call), action.password.expose()),
        redaction("Debug of Output", shown(&output), request()),
        redaction("Debug of Output, pretty", shown(&output), request().body().to_vec()),
        redaction("Debug of Input", shown(&input), response(read)),
        redaction(
            "Debug of a list",
            shown(&list),
            list.uhost_set[0].password.as_ref().map(Secret::expose),
        ),
        redaction("a refusal", said(&refused), String::from_utf8_lossy(refused.raw())),
        redaction("an unreadable response", said(&unreadable), unreadable.raw().to_vec()),
        redaction("a response of a wrong type", said(&wrong), String::from_utf8_lossy(wrong.raw())),
        redaction("Debug of Proxies", shown(&proxies), url.clone()),
        redaction("Debug of Source", shown(&source), url.clone()),
        redaction("an endpoint that is refused", said(&endpoint), url.clone()),
        redaction(
            "Debug of a request with its timeout",
            shown(&Output::<()>::Transmit { request: request(), timeout: Duration::ZERO }),
            String::from_utf8_lossy(request().body()),
        ),
    ]
}

#[test]
fn each_hides_what_would_be_found_without_it() {
    let mut needles = Needles::new();
    needles.add_signature(request().body());
    let signed = sign(&json!({ "A": 1 }), &Secret::new(PRIVATE), Encoding::Form).unwrap();
    needles.add(signed.expose());
    let mut shown = Vec::new();
    for Redaction { place, seen, bare } in redactions() {
        assert!(!seen.is_empty(), "{place} says nothing");
        assert!(needles.find(&bare).is_some(), "{place}: nothing would be found in {bare}");
        if needles.find(&seen).is_some() {
            shown.push(place);
        }
    }
    assert_eq!(shown, [""; 0], "places that show a secret");
}

#[test]
fn a_secret_that_is_logged_is_found_wherever_in_a_log_it_is() {
    let found = |work: &dyn Fn()| {
        let ((), log) = recorded(work);
        Needles::new().find(&log.text()).is_some()
    };
    assert!(found(&|| tracing::trace!("{PASSWORD}")), "a message");
    assert!(found(&|| tracing::trace!(password = PASSWORD)), "a text");
    assert!(found(&|| tracing::debug!(password = ?[PASSWORD])), "Debug");
    assert!(found(&|| tracing::warn!(password = %PASSWORD, "said")), "Display");
    assert!(found(&|| tracing::info!(body = ?PASSWORD.as_bytes())), "bytes");
    assert!(found(&|| tracing::info!(request = ?request())), "a request");
    assert!(found(&|| drop(tracing::trace_span!("call", password = PASSWORD))), "a span");
    let later = || {
        let span = tracing::trace_span!("call", password = tracing::field::Empty);
        span.record("password", PASSWORD);
    };
    assert!(found(&later), "what a span is told later");
    assert!(found(&|| log::trace!("{PASSWORD}")), "the other kind of log");
    assert!(!found(&|| tracing::trace!("nothing")));
}
