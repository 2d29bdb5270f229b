//! What each action sends and how its responses read, as files; `UPDATE_GOLDEN=1` writes them anew.

#![allow(deprecated, reason = "actions that are dead in production are still here")]

use std::{collections::BTreeSet, env, fs, path::PathBuf};

use compshare_proto::{
    Cny, CsvFile, Error,
    actions::{self, ACTIONS},
    for_each_action,
    metadata::{ActionInfo, BodyKind, Encoding},
    types::CompShareImage,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    csv, pretty,
    reference::{parse_form, parse_json},
    samples,
    support::{body, config, decoded},
};

struct Decoded<T>(T);

impl<T: Serialize> Decoded<T> {
    fn written(&self) -> Value {
        serde_json::to_value(&self.0).unwrap()
    }
}

/// Where the method above does not apply.
trait IsFile {
    fn written(&self) -> Value {
        panic!("a file is not written as JSON")
    }
}

impl IsFile for Decoded<CsvFile> {}

/// The typed actions, and how a response reads as the one of that name.
macro_rules! typed {
    ($($action:ident)*) => {
        const TYPED: &[&str] = &[$(stringify!($action)),*];

        pub(crate) fn read(action: &str, response: &Value) -> Result<String, Error> {
            match action {
                $(stringify!($action) => decoded::<actions::$action>(response).map(pretty::debug),)*
                _ => panic!("{action} is no action of the spec"),
            }
        }

        /// What the response is written as once it is read.
        pub(crate) fn written(action: &str, response: &Value) -> Value {
            match action {
                $(stringify!($action) => {
                    Decoded(decoded::<actions::$action>(response).unwrap()).written()
                })*
                _ => panic!("{action} is missing in this file's list of typed actions"),
            }
        }
    };
}

for_each_action!(typed);

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// The whole file of one action.
fn golden(info: &ActionInfo) -> String {
    let raw = samples::raw(info);
    let form = body(&config(), &raw, Encoding::Form);
    let decoded: Vec<String> =
        parse_form(&form).iter().map(|(name, value)| format!("{name}={value:?}")).collect();
    let json = Value::Object(parse_json(&body(&config(), &raw, Encoding::Json)));
    let mut sections = vec![
        ("form", String::from_utf8(form.to_vec()).unwrap()),
        ("form, decoded", decoded.join("\n")),
        ("JSON", pretty::json(&json)),
    ];
    if info.body == BodyKind::Json {
        let (mut full, mut quirky) = (samples::full_response(info), samples::quirky_response(info));
        // Sorted, whatever order a map of serde_json has.
        full.sort_all_objects();
        quirky.sort_all_objects();
        sections.extend([
            ("full response", pretty::json(&full)),
            ("full response, read", read(info.name, &full).unwrap()),
            ("quirky response", pretty::json(&quirky)),
            ("quirky response, read", read(info.name, &quirky).unwrap()),
        ]);
    } else {
        sections.extend(csv::sections(info));
    }
    let mut refused =
        json!({ "Action": info.name, "RetCode": 230, "Message": "Params not available" });
    refused.sort_all_objects();
    sections.push(("refusal", refused.to_string()));
    sections.push(("refusal, read", read(info.name, &refused).unwrap_err().to_string()));
    let text = |(title, text)| format!("== {title}\n{text}\n");
    sections.into_iter().map(text).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_file_of_names_the_table_and_the_types_are_the_same_actions() {
    let file: Vec<&str> = include_str!("../data/actions.txt").lines().collect();
    let table: Vec<&str> = ACTIONS.iter().map(|info| info.name).collect();
    if let Some((line, name)) = table.iter().enumerate().find(|(_, name)| !file.contains(name)) {
        panic!("add `{name}` as line {} of tests/data/actions.txt", line + 1);
    }
    if let Some((line, name)) =
        file.iter().enumerate().find(|(line, name)| table.get(*line) != Some(name))
    {
        panic!(
            "line {} of tests/data/actions.txt is `{name}`; the spec has {:?}",
            line + 1,
            table.get(line)
        );
    }
    assert!(TYPED == table, "ACTIONS and for_each_action! differ");
}

#[test]
fn every_action_sends_and_reads_what_its_file_says() {
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    let mut expected = BTreeSet::new();
    let mut wrong = Vec::new();
    for info in ACTIONS {
        let name = format!("{}.txt", info.name);
        let path = folder().join(&name);
        let new = golden(info);
        if update {
            fs::write(&path, &new).unwrap();
        }
        let old = fs::read_to_string(&path).unwrap_or_default();
        let mut pairs = old.lines().zip(new.lines());
        if !path.exists() {
            wrong.push(format!("tests/golden/{name} is missing"));
        } else if let Some((old, new)) = pairs.find(|(old, new)| old != new) {
            wrong.push(format!("{name}:\n  file: {old}\n  now:  {new}"));
        } else if old != new {
            wrong.push(format!("{name} ends elsewhere"));
        }
        expected.insert(name);
    }
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !expected.contains(&name) {
            wrong.push(format!("{name} is of no action: remove it"));
        }
    }
    let update = "UPDATE_GOLDEN=1 cargo test -p compshare-tests --test it";
    assert!(wrong.is_empty(), "`{update}` writes these files:\n{}", wrong.join("\n"));
}

/// A field that is read under a wrong name, or not at all, shows as one of these.
#[test]
fn a_full_response_leaves_no_field_empty() {
    for info in ACTIONS.iter().filter(|info| info.body == BodyKind::Json) {
        let text = read(info.name, &samples::full_response(info)).unwrap();
        for empty in ["None", "\"\"", "[]", "{}", "Unknown("] {
            assert!(!text.contains(empty), "{} has {empty}:\n{text}", info.name);
        }
        let fields = info.response.len();
        let lines =
            text.lines().filter(|line| line.starts_with("    ") && !line.starts_with("     "));
        let named = lines.filter(|line| line.contains(": ")).count();
        assert_eq!(named, fields, "{}:\n{text}", info.name);
    }
}

#[test]
fn a_quirky_response_keeps_what_it_does_not_know() {
    let info = ActionInfo::find("DescribeCompShareImages").unwrap();
    let response = samples::quirky_response(info);
    let response = decoded::<actions::DescribeCompShareImages>(&response).unwrap();
    let [image, empty] = &response.image_set[..] else { panic!("{response:#?}") };
    let CompShareImage { status, visibility, compshare_image_id, price, .. } = image;
    assert_eq!(status.as_ref().unwrap().as_str(), "NewValue");
    assert_eq!(visibility.unwrap().as_number(), 99);
    assert_eq!((compshare_image_id.as_str(), *price), ("", Some(Cny(10.0))));
    assert_eq!(empty, &CompShareImage::default());
}
