//! Where keys come from, what goes first, and what each mistake is called.

use super::*;

const FILE: &str = r#"{
    "current_profile": "work",
    "profiles": {
        "work": { "public_key": "work-public", "private_key": "work-private" },
        "home": { "public_key": "home-public", "private_key": "home-private" },
        "half": { "public_key": "half-public" },
        "odd": { "public_key": 7, "private_key": "odd-private" }
    }
}"#;

fn load(
    variables: &[(&str, &str)],
    file: Option<&str>,
    profile: Option<&str>,
) -> Result<Config, String> {
    let variable = |name: &str| {
        let home = [("HOME", "/home/me")];
        let mut all = variables.iter().chain(&home);
        all.find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    let read = |path: &Path| {
        assert_eq!(path, Path::new("/home/me/.config/compshare/config.json"));
        Ok(file.map(str::to_owned))
    };
    let source = Source { variable: &variable, file: &read };
    source.config(profile).map_err(|error| error.to_string())
}

/// The public key that is found; the private one of the same name is what signs.
fn key(variables: &[(&str, &str)], file: Option<&str>, profile: Option<&str>) -> String {
    load(variables, file, profile).unwrap().credentials().public_key().to_owned()
}

const KEYS: [(&str, &str); 2] =
    [("COMPSHARE_PUBLIC_KEY", "env-public"), ("COMPSHARE_PRIVATE_KEY", "env-private")];

#[test]
fn the_environment_goes_first_then_the_profile_in_use() {
    assert_eq!(key(&KEYS, Some(FILE), None), "env-public");
    assert_eq!(key(&KEYS, None, None), "env-public");
    assert_eq!(key(&[], Some(FILE), None), "work-public");
    assert_eq!(key(&[("COMPSHARE_PROFILE", "home")], Some(FILE), None), "home-public");
}

#[test]
fn a_profile_that_is_asked_for_goes_before_the_environment() {
    assert_eq!(key(&KEYS, Some(FILE), Some("home")), "home-public");
}

#[test]
fn keys_and_token_come_from_one_place() {
    const TOKEN: (&str, &str) = ("COMPSHARE_SECURITY_TOKEN", "env-token");
    let token = |variables: &[(&str, &str)], profile| {
        let config = load(variables, Some(FILE), profile).unwrap();
        !format!("{config:?}").contains("security_token: None")
    };
    assert!(token(&[KEYS[0], KEYS[1], TOKEN], None));
    assert!(!token(&[KEYS[0], KEYS[1], TOKEN], Some("home")));
    assert!(!token(&[], None));
    for (variables, there, missing) in [
        (&[KEYS[0]][..], "COMPSHARE_PUBLIC_KEY", "COMPSHARE_PRIVATE_KEY"),
        (&[KEYS[1]], "COMPSHARE_PRIVATE_KEY", "COMPSHARE_PUBLIC_KEY"),
        (&[KEYS[0], TOKEN], "COMPSHARE_PUBLIC_KEY", "COMPSHARE_PRIVATE_KEY"),
        (
            &[TOKEN],
            "COMPSHARE_SECURITY_TOKEN",
            "the keys that it was issued with (COMPSHARE_PUBLIC_KEY, COMPSHARE_PRIVATE_KEY)",
        ),
    ] {
        let expected = format!(
            "{there} is set without {missing}: keys and token come from one place, so set what is \
             missing, or unset {there} to use the keys in /home/me/.config/compshare/config.json"
        );
        for file in [None, Some(FILE)] {
            assert_eq!(load(variables, file, None).unwrap_err(), expected);
        }
        // A profile that is asked for is the one place.
        assert_eq!(key(variables, Some(FILE), Some("home")), "home-public");
    }
    // Nor is half a pair of the file made whole from the environment.
    let half = load(&[("COMPSHARE_PROFILE", "half")], Some(FILE), None).unwrap_err();
    assert!(half.starts_with("no private_key in the profile of /home/me/"), "{half}");
}

/// What editors, shells and `.env` files leave around a value.
fn wrapped(value: &str) -> [String; 7] {
    [
        format!("{value}\n"),
        format!("{value}\r\n"),
        format!(" {value}\t"),
        format!("\u{feff}{value}"),
        format!("\"{value}\""),
        format!("'{value}'\r"),
        format!("\u{feff}\" {value} \"\n"),
    ]
}

#[test]
fn what_surrounds_a_value_is_not_sent() {
    for at in 0..7 {
        let values = [
            ("COMPSHARE_PUBLIC_KEY", wrapped("env-public")),
            ("COMPSHARE_PRIVATE_KEY", wrapped("env-private")),
            ("COMPSHARE_SECURITY_TOKEN", wrapped("env-token")),
            ("COMPSHARE_REGION", wrapped("cn-wlcb")),
            ("COMPSHARE_ZONE", wrapped("cn-wlcb-01")),
            ("COMPSHARE_PROJECT_ID", wrapped("org-xxxx")),
            ("COMPSHARE_ENDPOINT", wrapped("http://127.0.0.1:9/")),
        ];
        let variables: Vec<_> =
            values.iter().map(|(name, values)| (*name, values[at].as_str())).collect();
        let config = load(&variables, None, None).unwrap();
        let credentials = config.credentials();
        assert_eq!(credentials.public_key(), "env-public");
        assert_eq!(credentials.private_key().expose(), "env-private");
        assert_eq!(credentials.token(), Some("env-token"));
        let defaults = [
            config.settings().region.as_deref(),
            config.settings().zone.as_deref(),
            config.settings().project_id.as_deref(),
        ];
        assert_eq!(defaults, ["cn-wlcb", "cn-wlcb-01", "org-xxxx"].map(Some));
        assert_eq!(config.settings().endpoint, "http://127.0.0.1:9/");

        let keys = ["file-public", "file-private"].map(|key| wrapped(key)[at].clone());
        let profile = serde_json::json!({ "public_key": keys[0], "private_key": keys[1] });
        let file = serde_json::json!({ "profiles": { "work": profile } });
        let file = format!("\u{feff}{file}");
        let named = wrapped("work");
        let config = load(&[("COMPSHARE_PROFILE", &named[at])], Some(&file), None).unwrap();
        assert_eq!(config.credentials().public_key(), "file-public");
        assert_eq!(config.credentials().private_key().expose(), "file-private");
    }
    for nothing in ["", " ", "\"\"", "\r\n"] {
        let variables = [("COMPSHARE_PUBLIC_KEY", nothing), ("COMPSHARE_PRIVATE_KEY", nothing)];
        assert_eq!(key(&variables, Some(FILE), None), "work-public");
    }
}

#[test]
fn what_stands_within_a_value_is_named_and_never_shown() {
    let names = ["COMPSHARE_PUBLIC_KEY", "COMPSHARE_PRIVATE_KEY", "COMPSHARE_SECURITY_TOKEN"];
    let all = [&names[..], &["COMPSHARE_REGION", "COMPSHARE_ZONE", "COMPSHARE_ENDPOINT"]].concat();
    for name in all {
        for (value, what) in [
            ("canary\nmore", "a line break"),
            ("canary more", "white space"),
            ("canary\"", "a quote"),
            ("canary\u{7}", "a control character"),
            ("canary”", "a character that is not ASCII"),
        ] {
            let mut variables = vec![(name, value)];
            variables.extend(KEYS.iter().copied().filter(|(key, _)| *key != name));
            let error = load(&variables, None, None).unwrap_err();
            assert_eq!(error, format!("{name} has {what} in it: give the value alone"));
        }
    }
    let file = r#"{"profiles":{"default":{"public_key":"p","private_key":"canary\nmore"}}}"#;
    let error = load(&[], Some(file), None).unwrap_err();
    assert!(
        error.ends_with(
            "`profiles.default.private_key` has a line break in it: give the value alone"
        ),
        "{error}"
    );
}

#[test]
fn defaults_of_the_environment_are_taken() {
    let mut variables = KEYS.to_vec();
    variables.extend([
        ("COMPSHARE_REGION", "cn-wlcb"),
        ("COMPSHARE_ZONE", "cn-wlcb-01"),
        ("COMPSHARE_PROJECT_ID", "org-xxxx"),
        ("COMPSHARE_ENDPOINT", "http://127.0.0.1:9/"),
    ]);
    let config = load(&variables, None, None).unwrap();
    assert_eq!(config.settings().region.as_deref(), Some("cn-wlcb"));
    assert_eq!(config.settings().zone.as_deref(), Some("cn-wlcb-01"));
    assert_eq!(config.settings().project_id.as_deref(), Some("org-xxxx"));
    assert_eq!(config.settings().endpoint, "http://127.0.0.1:9/");
}

#[test]
fn each_mistake_names_the_place_and_never_the_content() {
    let path = "/home/me/.config/compshare/config.json";
    let cases = [
        (None, None, "no keys: set COMPSHARE_PUBLIC_KEY".to_owned()),
        (None, Some("home"), format!("there is no {path} to read profile")),
        (
            Some(FILE),
            Some("lab"),
            format!("{path}: no profile \"lab\"; it has: half, home, odd, work"),
        ),
        (Some(FILE), Some("half"), format!("no private_key in the profile of {path}")),
        (Some(FILE), Some("odd"), format!("{path}: `profiles.odd.public_key` must be text")),
        (Some("{ \"hunter2\" "), None, format!("{path}: not valid JSON at line 1, column 12")),
        (Some("[]"), None, format!("{path}: must be a JSON object")),
    ];
    for (file, profile, expected) in cases {
        let error = load(&[], file, profile).unwrap_err();
        assert!(error.contains(&expected), "{error} instead of {expected}");
        for secret in ["hunter2", "-public", "-private"] {
            assert!(!error.contains(secret), "{error}");
        }
    }
    let endpoint = [KEYS[0], KEYS[1], ("COMPSHARE_ENDPOINT", "nowhere")];
    let error = load(&endpoint, None, None).unwrap_err();
    assert!(error.starts_with("COMPSHARE_ENDPOINT: the endpoint must look like"), "{error}");
}
