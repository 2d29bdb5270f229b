//! Not set and set to an empty list are two things: what is set to an empty list is not sent.
//!
//! Left out on the way, an empty list of ids would list, and then stop or delete, everything.

use compshare_proto::{
    Action, Effect, Error, Raw,
    actions::{
        ACTIONS, CreateCompShareCustomImage, DescribeCompShareInstance, UpdateCompShareImage,
        UpdateCompShareInstancePorts,
    },
    metadata::{ActionInfo, Encoding, Kind},
    types::CreateImageSoftwares,
};
use serde_json::{Map, Value, json};

use crate::{
    samples,
    support::{Own, body, config, refusal},
};

const BOTH: [Encoding; 2] = [Encoding::Form, Encoding::Json];

/// Every list of an action, in objects too, with the action's samples in which that list is empty.
pub(crate) fn each(info: &ActionInfo) -> Vec<(String, Map<String, Value>)> {
    let mut lists = Vec::new();
    for parameter in info.parameters {
        find(&parameter.kind, parameter.name.to_owned(), &mut lists);
    }
    let emptied = |path: &String| {
        let mut all = Value::Object(samples::parameters(info));
        let pointer = format!("/{}", path.replace('.', "/"));
        *all.pointer_mut(&pointer).unwrap() = json!([]);
        let Value::Object(all) = all else { unreachable!("it was one") };
        (path.clone(), all)
    };
    lists.iter().map(emptied).collect()
}

fn find(kind: &Kind, path: String, lists: &mut Vec<String>) {
    match kind {
        Kind::List(item) => {
            find(item, format!("{path}.0"), lists);
            lists.push(path);
        }
        Kind::Object(object) => {
            for part in object.parameters {
                find(&part.kind, format!("{path}.{}", part.name), lists);
            }
        }
        _ => {}
    }
}

/// Asserts that the action is not sent, because of that list.
#[track_caller]
pub(crate) fn assert_refused<A: Action>(action: &A, list: &str) {
    for encoding in BOTH {
        let error = refusal(&config().zone("z"), action, encoding);
        let text =
            format!("{} was not sent: {list} is an empty list: give it an", action.facts().name);
        assert!(error.to_string().starts_with(&text), "{error}");
        let Error::Invalid(error) = error else { panic!("{error:?}") };
        assert_eq!(error.parameter(), list, "{encoding:?}");
    }
}

/// The typed actions are walked where each of them is built: see `typed`.
#[test]
fn no_list_of_any_action_is_sent_empty() {
    let mut walked = 0;
    for info in ACTIONS {
        for (list, parameters) in each(info) {
            walked += 1;
            let raw = parameters
                .iter()
                .fold(Raw::new(info.name), |raw, (name, value)| raw.param(name.as_str(), value));
            assert_refused(&raw, &list);
            assert_refused(&Own { name: info.name, parameters: &parameters }, &list);
            let (name, _) = list.split_once('.').unwrap_or((&list, ""));
            let empty = parameters[name].clone();
            let rest = parameters.iter().filter(|(other, _)| *other != name);
            let rest = rest
                .fold(Raw::new(info.name), |raw, (name, value)| raw.param(name.as_str(), value));
            assert_refused(&rest.with(name, empty), &list);
        }
    }
    assert!(walked >= 50, "{walked}");
}

#[test]
fn a_list_of_nothing_is_an_empty_list() {
    for nothing in [json!([]), json!([""]), json!([null]), json!(["", null])] {
        let raw = Raw::new("DescribeCompShareInstance").param("UHostIds", &nothing);
        assert_refused(&raw, "UHostIds");
        assert_refused(&Raw::new("SomethingNew").param("Ids", &nothing), "Ids");
        assert_refused(&Raw::new("SomethingNew").param("In", json!([[1], nothing])), "In.1");
    }
    let ids: Vec<&str> = "".split(',').collect();
    assert_refused(&DescribeCompShareInstance::new().uhost_ids(ids), "UHostIds");
    assert_refused(&UpdateCompShareInstancePorts::new("u").http_ports([0_i64; 0]), "HttpPorts");
    body(&config(), &Raw::new("SomethingNew").param("Ids", ["a", "", "b"]), Encoding::Form);
}

/// An empty text in place of a list may be what clears the list, but as a filter it is none.
#[test]
fn an_empty_text_is_no_filter() {
    let raw = Raw::new("DescribeCompShareInstance").param("UHostIds", "");
    for encoding in BOTH {
        let error = refusal(&config(), &raw, encoding).to_string();
        let text = "DescribeCompShareInstance was not sent: UHostIds is empty: give at least one \
                    item, or leave it out to filter nothing";
        assert_eq!(error, text);
        let tags = UpdateCompShareImage::new("i").with("Tags", "");
        body(&config(), &tags, encoding);
    }
}

#[test]
fn an_object_without_parts_is_not_left_out_either() {
    let action = CreateCompShareCustomImage::new("uhost-xxxx", "n").zone("z");
    let typed = action.softwares(CreateImageSoftwares::new());
    for encoding in BOTH {
        let error = refusal(&config(), &typed, encoding).to_string();
        let text = "CreateCompShareCustomImage was not sent: Softwares is empty: set a part of it, \
                    or leave it unset";
        assert_eq!(error, text);
        let filter = Raw::new("New").param("Filter", json!({ "Name": null, "Tags": {} }));
        let error = refusal(&config(), &filter, encoding).to_string();
        assert!(error.starts_with("New was not sent: Filter.Tags is empty: "), "{error}");
    }
}

/// In the wire's own notation as well, and where the list is needed.
#[test]
fn a_list_of_empty_parts_is_an_empty_list() {
    let filter = "UHostIds is empty: give at least one item, or leave it out to filter nothing";
    let instances = || Raw::new("DescribeCompShareInstance");
    for encoding in BOTH {
        let refused = |raw: &Raw| refusal(&config().zone("z"), raw, encoding).to_string();
        let raw = instances().param("UHostIds.0", "");
        let text = format!("DescribeCompShareInstance was not sent: {filter}");
        assert_eq!(refused(&raw), text);
        assert_eq!(refused(&raw.param("UHostIds.1", "")), text);
        let with = DescribeCompShareInstance::new().with("UHostIds.0", "");
        assert_eq!(refusal(&config(), &with, encoding).to_string(), text);
        let needed = Raw::new("GetCompShareInstanceMonitor").param("UHostIds.0", "");
        let text = "GetCompShareInstanceMonitor was not sent: UHostIds is empty: the action needs a \
                    value";
        assert_eq!(refused(&needed), text);
        let unknown = Raw::new("ListNew").effect(Effect::Read).param("Ids.0", "");
        assert!(refused(&unknown).starts_with("ListNew was not sent: Ids is empty: give at least"));
        let one = instances().param("UHostIds.0", "").param("UHostIds.1", "uhost-a");
        body(&config(), &one, encoding);
        body(&config(), &UpdateCompShareImage::new("i").with("Tags.0", ""), encoding);
    }
}

/// As a shell makes one of a variable that is not set.
#[test]
fn an_action_that_reads_has_no_empty_parameter() {
    let text =
        "DescribeCompShareInstance was not sent: Tag is empty: give a value, or leave it out";
    let raw = Raw::new("DescribeCompShareInstance");
    for encoding in BOTH {
        let typed = DescribeCompShareInstance::new().tag("");
        assert_eq!(refusal(&config(), &typed, encoding).to_string(), text);
        let with = DescribeCompShareInstance::new().with("Tag", "");
        assert_eq!(refusal(&config(), &with, encoding).to_string(), text);
        let refused = |raw: Raw| refusal(&config(), &raw, encoding).to_string();
        assert_eq!(refused(raw.clone().param("Tag", "")), text);
        assert_eq!(refused(raw.clone().param("Tag", "").effect(Effect::Once)), text);
        let part = refused(Raw::new("ListNew").effect(Effect::Read).param("By.Field", ""));
        assert!(part.starts_with("ListNew was not sent: By.Field is empty: "), "{part}");
        // These keep the client's default out.
        let everywhere = raw.clone().param("Region", "").param("Zone", "").param("ProjectId", "");
        body(&config(), &everywhere, encoding);
        // It clears the field.
        body(&config(), &UpdateCompShareImage::new("i").name(""), encoding);
        body(&config(), &Raw::new("SomethingNew").param("Name", ""), encoding);
    }
}
