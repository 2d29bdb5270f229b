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
fn a_token_goes_with_the_keys_of_the_environment_alone() {
    let mut variables = KEYS.to_vec();
    variables.push(("COMPSHARE_SECURITY_TOKEN", "env-token"));
    let shown = |profile| format!("{:?}", load(&variables, Some(FILE), profile).unwrap());
    assert!(!shown(None).contains("security_token: None"), "{}", shown(None));
    assert!(shown(Some("home")).contains("security_token: None"), "{}", shown(Some("home")));
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
    assert_eq!(config.default_region(), Some("cn-wlcb"));
    assert_eq!(config.default_zone(), Some("cn-wlcb-01"));
    assert_eq!(config.default_project_id(), Some("org-xxxx"));
    assert_eq!(config.uri(), "http://127.0.0.1:9/");
}

#[test]
fn each_mistake_names_the_place_and_never_the_content() {
    let path = "/home/me/.config/compshare/config.json";
    let cases = [
        (None, None, "no public_key: set COMPSHARE_PUBLIC_KEY".to_owned()),
        (None, Some("home"), format!("there is no {path} to read profile")),
        (
            Some(FILE),
            Some("lab"),
            format!("{path}: no profile \"lab\"; it has: half, home, odd, work"),
        ),
        (Some(FILE), Some("half"), "no private_key".to_owned()),
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

fn proxy(variables: &[(&str, &str)], endpoint: &'static str) -> Result<Option<String>, String> {
    let variable = |name: &str| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    let source = Source { variable: &variable, file: &|_| Ok(None) };
    match source.proxy(&Uri::from_static(endpoint)) {
        Ok(Some(url)) => {
            assert!(!format!("{url:?}").contains("hunter2"));
            Ok(Some(url.expose().to_owned()))
        }
        Ok(None) => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

const HTTPS: &str = "https://api.compshare.cn/";

#[test]
fn a_proxy_is_for_its_scheme_and_for_other_hosts() {
    let found = |variable: &str, endpoint| {
        proxy(&[(variable, "http://me:hunter2@proxy:1")], endpoint).unwrap().is_some()
    };
    assert!(found("https_proxy", HTTPS));
    assert!(found("ALL_PROXY", HTTPS));
    assert!(!found("HTTP_PROXY", HTTPS));
    assert!(found("HTTP_PROXY", "http://gateway.internal/"));
    assert!(!found("ALL_PROXY", "http://127.0.0.1:8080/"));
    assert_eq!(proxy(&[("HTTPS_PROXY", "proxy:1")], HTTPS), Ok(Some("http://proxy:1".to_owned())));
}

#[test]
fn no_proxy_names_hosts_and_domains() {
    let direct = |list: &str| {
        proxy(&[("HTTPS_PROXY", "http://proxy:1"), ("NO_PROXY", list)], HTTPS).unwrap().is_none()
    };
    for list in ["*", "api.compshare.cn", "x, COMPSHARE.cn", ".compshare.cn", "*.compshare.cn"] {
        assert!(direct(list), "{list}");
    }
    for list in ["", "pshare.cn", "ucloud.cn", ",", "api.compshare.cn.example.com"] {
        assert!(!direct(list), "{list}");
    }
}

#[test]
fn a_proxy_that_cannot_be_used_is_named_by_its_variable_alone() {
    for value in ["socks5://me:hunter2@proxy:1", "http://me:hunter2@", "https://hunter2:1"] {
        let error = proxy(&[("HTTPS_PROXY", value)], HTTPS).unwrap_err();
        assert!(error.starts_with("HTTPS_PROXY is no proxy that can be used"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}
