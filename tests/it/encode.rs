//! Requests: headers, defaults, what is refused, what is left out, and bodies in both encodings.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use compshare_proto::{
    Action, Config, Credentials, Effect, Listing as _, Raw,
    actions::{ACTIONS, DescribeCommunityImages, UpdateCompShareImage},
    encode,
    metadata::{ActionInfo, Encoding, Takes},
    types::SortCondition,
};
use serde_json::{Value, json};

use crate::{
    reference::{Pairs, callers, parse_form, parse_json, sign_form, sign_json, value},
    support::{PRIVATE_KEY, PUBLIC_KEY, body, config, now, refusal},
};

const BOTH: [Encoding; 2] = [Encoding::Form, Encoding::Json];

fn form<A: Action>(config: &Config, action: &A) -> Pairs {
    parse_form(&body(config, action, Encoding::Form))
}

fn json<A: Action>(config: &Config, action: &A) -> Value {
    Value::Object(parse_json(&body(config, action, Encoding::Json)))
}

fn pairs(pairs: &[(&str, &str)]) -> Pairs {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn headers(request: &http::Request<Bytes>) -> Vec<(&str, &str)> {
    let mut headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    headers.sort_unstable();
    headers
}

#[test]
fn a_request_is_a_post_with_four_headers_and_everything_else_in_its_body() {
    let agent = concat!("compshare-rust/", env!("CARGO_PKG_VERSION"));
    for (encoding, content_type) in [
        (Encoding::Form, "application/x-www-form-urlencoded"),
        (Encoding::Json, "application/json"),
    ] {
        let config = config().encoding(encoding);
        let request = encode(&config, &UpdateCompShareImage::new("i"), now()).unwrap();
        assert_eq!(request.method(), http::Method::POST);
        assert_eq!(request.uri(), "https://api.compshare.cn/");
        let expected = [
            ("accept-encoding", "identity"),
            ("content-type", content_type),
            ("u-timestamp-ms", "1700000000123"),
            ("user-agent", agent),
        ];
        assert_eq!(headers(&request), expected);
    }
    let config = config().endpoint("http://127.0.0.1:8080/x").unwrap();
    let config = config.user_agent("my-scheduler/1.2").unwrap();
    let before = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
    let request = encode(&config, &UpdateCompShareImage::new("i"), before).unwrap();
    assert_eq!(request.uri(), "http://127.0.0.1:8080/x");
    let agent = format!("my-scheduler/1.2 {agent}");
    let expected = [
        ("accept-encoding", "identity"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("user-agent", &agent),
    ];
    assert_eq!(headers(&request), expected);
    let error = config.user_agent("my\nscheduler").unwrap_err().to_string();
    assert_eq!(error, "the user agent has a character that no header may hold: use ASCII text");
}

/// The action with what it needs but for the three that have defaults.
fn bare(info: &'static ActionInfo) -> Raw {
    let required = info.parameters.iter().filter(|parameter| parameter.required);
    required.fold(Raw::new(info.name), |raw, parameter| raw.param(parameter.name, "x"))
}

fn common(info: &ActionInfo) -> [(&'static str, Takes); 3] {
    [("Region", info.region), ("Zone", info.zone), ("ProjectId", info.project_id)]
}

#[test]
fn defaults_go_in_where_they_are_taken_and_not_set() {
    let defaults = config().region("r").zone("z").project_id("p");
    for info in ACTIONS {
        for encoding in BOTH {
            let sent = |action: &Raw| match encoding {
                Encoding::Form => form(&defaults, action),
                _ => {
                    let sent = parse_json(&body(&defaults, action, encoding));
                    sent.into_iter().map(|(k, v)| (k, v.as_str().unwrap().to_owned())).collect()
                }
            };
            let (by_default, by_hand) = (sent(&bare(info)), {
                let set = common(info).map(|(name, _)| name);
                sent(&set.into_iter().fold(bare(info), |raw, name| raw.param(name, "own")))
            });
            for ((name, takes), default) in common(info).into_iter().zip(["r", "z", "p"]) {
                if takes == Takes::Never {
                    assert!(!by_default.iter().any(|(n, _)| n == name), "{} {name}", info.name);
                } else {
                    assert_eq!(value(&by_default, name), default, "{}", info.name);
                }
                assert_eq!(value(&by_hand, name), "own", "{}", info.name);
            }
        }
    }
    let sent = form(&defaults, &UpdateCompShareImage::new("i").with("Region", "own"));
    assert_eq!((value(&sent, "Region"), value(&sent, "Zone")), ("own", "z"));
}

#[test]
fn a_missing_default_is_an_error_where_the_action_needs_one() {
    let none = Config::new(Credentials::new("public", "private"));
    for info in ACTIONS {
        let needed = common(info).into_iter().find(|(_, takes)| *takes == Takes::Required);
        for encoding in BOTH {
            let Some((name, _)) = needed else {
                body(&none, &bare(info), encoding);
                continue;
            };
            let expected = format!(
                "{} was not sent: {name} is missing: set it on the request, or as the client's default",
                info.name
            );
            assert_eq!(refusal(&none, &bare(info), encoding).to_string(), expected);
        }
    }
    body(&none, &Raw::new("New"), Encoding::Form);
}

/// The same as a required parameter that is empty: the server would refuse it.
#[test]
fn an_empty_region_is_as_good_as_none_where_the_action_needs_one() {
    let none = Config::new(Credentials::new("public", "private"));
    for encoding in BOTH {
        for (config, action) in [
            (none.clone(), UpdateCompShareImage::new("i").region("")),
            (none.clone().region(""), UpdateCompShareImage::new("i")),
        ] {
            let sent = encode(&config.encoding(encoding), &action, now());
            let error = sent.map(|request| request.into_body()).unwrap_err();
            assert!(error.to_string().contains("Region"), "{error}");
        }
    }
}

#[test]
fn what_is_required_must_be_there_and_must_not_be_empty() {
    let text = |reason| format!("UpdateCompShareImage was not sent: CompShareImageId {reason}");
    let raw = || Raw::new("UpdateCompShareImage");
    let (missing, empty) =
        (text("is missing: the action needs it"), text("is empty: the action needs a value"));
    for encoding in BOTH {
        let refusal = |action: &Raw| refusal(&config(), action, encoding).to_string();
        assert_eq!(refusal(&raw()), missing);
        assert_eq!(refusal(&raw().param("CompShareImageIds", "x")), missing);
        assert_eq!(refusal(&raw().param("CompShareImage", "x")), missing);
        assert_eq!(refusal(&raw().param("CompShareImageId", "")), empty);
        let typed = UpdateCompShareImage::new("");
        assert_eq!(self::refusal(&config(), &typed, encoding).to_string(), empty);
        body(&config(), &Raw::new("UpdateCompShareImage").param("CompShareImageId", " "), encoding);
    }
}

/// `-` sorts before the dot of a list's items.
#[test]
fn a_name_that_begins_with_that_of_a_list_does_not_hide_the_list() {
    for other in ["UHostIds-x", "UHostIds!", "UHostIds ", "UHostIdsX", "UHostIds/", "UHostIds"] {
        for encoding in BOTH {
            let config = config().zone("z");
            let raw = Raw::new("GetCompShareRefundPrice").param("UHostIds", ["a", "b"]);
            if other != "UHostIds" {
                body(&config, &raw.param(other, "x"), encoding);
            }
            let raw = Raw::new("GetCompShareRefundPrice").param(other, "x");
            if other == "UHostIds" {
                body(&config, &raw, encoding);
                continue;
            }
            let text =
                "GetCompShareRefundPrice was not sent: UHostIds is missing: the action needs it";
            assert_eq!(refusal(&config, &raw, encoding).to_string(), text, "{other}");
        }
    }
}

#[test]
fn an_empty_text_is_sent() {
    let action = UpdateCompShareImage::new("i").name("");
    let expected = pairs(&[("CompShareImageId", "i"), ("Name", ""), ("Region", "cn-wlcb")]);
    assert_eq!(callers(form(&config(), &action)), expected);
    let sent = json(&config(), &action);
    assert_eq!((&sent["Name"], sent.get("Tags")), (&json!(""), None));
    assert_eq!(sent.as_object().unwrap().len(), 6, "{sent}");
}

#[test]
fn added_parameters_follow_the_actions_own() {
    let action = DescribeCommunityImages::new()
        .sort_condition(SortCondition::new("Price").asc(true))
        .with("New", "a")
        .with("Newer", json!([{"Deep": [1, true, null, 0.5]}]));
    let expected = pairs(&[
        ("New", "a"),
        ("Newer.0.Deep.0", "1"),
        ("Newer.0.Deep.1", "true"),
        ("Newer.0.Deep.3", "0.5"),
        ("Region", "cn-wlcb"),
        ("SortCondition.ASC", "true"),
        ("SortCondition.Field", "Price"),
    ]);
    assert_eq!(callers(form(&config(), &action)), expected);
    assert_eq!(json(&config(), &action)["Newer"], json!([{"Deep": [1, true, 0.5]}]));
    assert_eq!(
        (action.facts().name, action.facts().effect),
        ("DescribeCommunityImages", Effect::Read)
    );

    let mut paged = action;
    paged.set_page(40, 20);
    assert_eq!(value(&form(&config(), &paged), "Offset"), "40");
    assert_eq!(value(&form(&config(), &&paged), "Newer.0.Deep.0"), "1", "a reference is an action");
}

#[test]
fn a_security_token_is_sent_and_signed() {
    let token = "sts-token/+=&% 令牌";
    let credentials = Credentials::new(PUBLIC_KEY, PRIVATE_KEY).security_token(token);
    let config = config().with_credentials(credentials);
    let action = UpdateCompShareImage::new("i");
    let sent = form(&config, &action);
    assert_eq!(value(&sent, "SecurityToken"), token);
    assert_eq!(value(&sent, "Signature"), sign_form(&sent, PRIVATE_KEY));
    let sent = parse_json(&body(&config, &action, Encoding::Json));
    assert_eq!(sent["SecurityToken"], token);
    assert_eq!(sent["Signature"], sign_json(&sent, PRIVATE_KEY));
    let without = form(&self::config(), &action);
    assert!(!without.iter().any(|(name, _)| name == "SecurityToken"));
}

/// What a user's own struct may hold.
struct CreateSomethingNew;

impl serde::Serialize for CreateSomethingNew {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;

        let mut parameters = serializer.serialize_struct("CreateSomethingNew", 9)?;
        parameters.serialize_field("Small", &0.1)?;
        parameters.serialize_field("Tiny", &1e-7)?;
        parameters.serialize_field("Huge", &1.7e22)?;
        parameters.serialize_field("Whole", &42.0)?;
        parameters.serialize_field("Zero", &-0.0)?;
        parameters.serialize_field("Most", &u64::MAX)?;
        parameters.serialize_field("Letter", &'文')?;
        parameters.serialize_field("None", &None::<u8>)?;
        parameters.serialize_field("Pair", &(1_i8, "b"))?;
        parameters.end()
    }
}

impl Action for CreateSomethingNew {
    const INFO: &'static ActionInfo = &ActionInfo::new("CreateSomethingNew", Effect::Once);
    type Response = Value;
}

#[test]
fn a_users_own_struct_is_an_action() {
    let expected = pairs(&[
        ("Huge", "17000000000000000000000"),
        ("Letter", "文"),
        ("Most", "18446744073709551615"),
        ("Pair.0", "1"),
        ("Pair.1", "b"),
        ("Region", "cn-wlcb"),
        ("Small", "0.1"),
        ("Tiny", "0.0000001"),
        ("Whole", "42"),
        ("Zero", "0"),
    ]);
    let sent = form(&config(), &CreateSomethingNew);
    assert_eq!(value(&sent, "Action"), "CreateSomethingNew");
    assert_eq!(value(&sent, "Signature"), sign_form(&sent, PRIVATE_KEY));
    assert_eq!(callers(sent), expected);
}

#[test]
fn numbers_in_a_json_body_are_the_digits_that_were_signed() {
    let sent = body(&config(), &CreateSomethingNew, Encoding::Json);
    let text = std::str::from_utf8(&sent).unwrap();
    for digits in [
        r#""Tiny":0.0000001,"#,
        r#""Huge":17000000000000000000000,"#,
        r#""Whole":42,"#,
        r#""Zero":0}"#,
        r#""Most":18446744073709551615,"#,
    ] {
        assert!(text.contains(digits), "{digits} is not in {text}");
    }
    let parsed = parse_json(&sent);
    assert_eq!(parsed["Signature"], sign_json(&parsed, PRIVATE_KEY));
}

/// In a form it is; in JSON it must not become the `f64` that lies next to it.
#[test]
fn an_f32_is_sent_as_its_own_shortest_digits_or_refused_where_they_would_get_lost() {
    struct Small;

    impl serde::Serialize for Small {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([("Price", 0.1_f32)])
        }
    }

    impl Action for Small {
        const INFO: &'static ActionInfo = &ActionInfo::new("CreateSomethingNew", Effect::Once);
        type Response = Value;
    }

    let text = body(&config(), &Small, Encoding::Form);
    assert!(String::from_utf8_lossy(&text).contains("&Price=0.1&"));
    let text = "CreateSomethingNew was not sent: Price is an f32, whose digits JSON would change: \
                give an f64";
    assert_eq!(refusal(&config(), &Small, Encoding::Json).to_string(), text);
    let raw = Raw::new("CreateSomethingNew").param("Price", 0.1_f32);
    assert_eq!(refusal(&config(), &raw, Encoding::Form).to_string(), text);
}
