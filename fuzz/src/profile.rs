//! `profile`: any environment and profile file are taken or refused, and a refusal never shows a key.
//!
//! The input is lines `NAME=value` of the environment, an empty line, and then the file; a first line
//! `profile=NAME` asks for a profile.

use std::path::Path;

use compshare_proto::{Config, Credentials, config::is_loopback, profile::Source};
use serde_json::Value;

/// What a key has in it where the corpus plants one; no error may have it.
const CANARY: &str = "c4n4ry";

/// Reads the configuration and the proxy, and takes the rest of the file for an endpoint too.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (head, file) =
        text.split_once("\n\n").map_or((text, None), |(head, file)| (head, Some(file)));
    let mut asked = None;
    let mut variables = Vec::new();
    for line in head.lines() {
        match line.split_once('=') {
            Some(("profile", name)) => asked = Some(name),
            Some(pair) => variables.push(pair),
            None => {}
        }
    }
    let variable = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, value)| (*value).to_owned())
            .or_else(|| (name == "HOME").then(|| "/".to_owned()))
    };
    let read = |_: &Path| Ok(file.map(str::to_owned));
    let source = Source { variable: &variable, file: &read };
    let outcome = source.config(asked);
    let named =
        [asked, variables.iter().find(|(name, _)| *name == "COMPSHARE_PROFILE").map(|v| v.1)];
    let file: Option<Value> =
        file.and_then(|file| serde_json::from_str(file.trim_start_matches('\u{feff}')).ok());
    match &outcome {
        Ok(config) => {
            assert_safe(config);
            assert!(
                !format!("{config:?}").contains(CANARY) || !is_secret(&variables, file.as_ref())
            );
        }
        Err(error) => {
            let text = format!("{error} {error:?}");
            let names = names_have_canary(&variables, &named, file.as_ref());
            assert!(names || !text.contains(CANARY), "a key is shown: {text}");
        }
    }
    for endpoint in ["https://api.compshare.cn/", "http://proxied.example/"] {
        if let Err(error) = source.proxies().of(&http::Uri::from_static(endpoint)) {
            assert!(!error.to_string().contains(CANARY), "a proxy's password is shown: {error}");
        }
    }
    if let Ok(config) = Config::new(Credentials::new("public", "private")).endpoint(head) {
        assert_safe(&config);
    }
}

/// Nothing goes out in plain text but to this machine, and nobody's password is in a URL.
fn assert_safe(config: &Config) {
    let uri = &config.settings().endpoint;
    let host = uri.host().unwrap_or_default();
    assert!(uri.scheme_str() == Some("https") || is_loopback(host), "{uri}");
    assert!(!uri.authority().is_some_and(|authority| authority.as_str().contains('@')), "{uri}");
}

/// Whether the canary is where only secrets are.
fn is_secret(variables: &[(&str, &str)], file: Option<&Value>) -> bool {
    let open = |name: &str| name != "COMPSHARE_PRIVATE_KEY" && name != "COMPSHARE_SECURITY_TOKEN";
    let elsewhere = variables.iter().any(|(name, value)| open(name) && value.contains(CANARY));
    let in_file = file.is_some_and(|file| has_canary_outside(file, "private_key"));
    !elsewhere && !in_file
}

/// Whether a value other than those under `secret`, or any name, has the canary.
fn has_canary_outside(value: &Value, secret: &str) -> bool {
    match value {
        Value::String(text) => text.contains(CANARY),
        Value::Array(items) => items.iter().any(|item| has_canary_outside(item, secret)),
        Value::Object(map) => map.iter().any(|(name, item)| {
            name.contains(CANARY) || (name != secret && has_canary_outside(item, secret))
        }),
        _ => false,
    }
}

/// Whether the canary is in what errors do show: names of profiles, and the path of the file.
fn names_have_canary(
    variables: &[(&str, &str)],
    named: &[Option<&str>],
    file: Option<&Value>,
) -> bool {
    let paths = ["COMPSHARE_CONFIG_FILE", "XDG_CONFIG_HOME", "HOME", "USERPROFILE"];
    let in_path =
        variables.iter().any(|(name, text)| paths.contains(name) && text.contains(CANARY));
    let in_names = named.iter().flatten().any(|name| name.contains(CANARY));
    let profiles = file.and_then(|file| file.get("profiles")).and_then(Value::as_object);
    let in_file = profiles.is_some_and(|all| all.keys().any(|name| name.contains(CANARY)));
    let current = file.and_then(|file| file.get("current_profile")).and_then(Value::as_str);
    in_path || in_names || in_file || current.is_some_and(|name| name.contains(CANARY))
}
