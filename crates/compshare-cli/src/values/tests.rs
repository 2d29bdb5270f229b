//! Lists of objects by number, and secrets.

use std::ffi::OsString;

use clap::Command;
use serde_json::json;

use super::*;
use crate::args;

/// No action of the image family has a list of objects, so this makes one.
fn with_list_of_objects() -> &'static ActionInfo {
    let known = ActionInfo::find("DescribeCommunityImages").unwrap();
    let mut parameter = known.parameter("SortCondition").unwrap().clone();
    parameter.name = "Sorts";
    parameter.kind = Kind::List(Box::leak(Box::new(parameter.kind)));
    let mut info = ActionInfo::new("X", Effect::Once);
    info.parameters = Box::leak(Box::new([parameter]));
    Box::leak(Box::new(info))
}

fn read(words: &[&str]) -> Result<Value, Failed> {
    let info = with_list_of_objects();
    let words: Vec<OsString> = [&["X"], words].concat().iter().map(OsString::from).collect();
    let command = args::action(info, Command::new("X"), Given(&words));
    let matches = command.try_get_matches_from(&words).unwrap();
    action(info, &matches, Given(&words), &[]).map(|raw| serde_json::to_value(raw).unwrap())
}

#[test]
fn items_of_a_list_of_objects_are_numbered() {
    let words = ["--Sorts.1.Field", "b", "--Sorts.0.Field=a", "--Sorts.0.ASC", "true"];
    let read_back = json!({ "Sorts": [{ "Field": "a", "ASC": true }, { "Field": "b" }] });
    assert_eq!(read(&words).unwrap(), read_back);
    assert_eq!(read(&[]).unwrap(), json!({}));
    assert_eq!(
        read(&["--Sorts.1.Field", "b"]).unwrap_err().text(),
        "error: --Sorts.1: there is no Sorts.0: number the items 0, 1, 2 and so on"
    );
    assert_eq!(
        read(&["--Sorts.0.ASC", "true"]).unwrap_err().text(),
        "error: --Sorts.0.Field is missing: Sorts.0 needs it beside what is given"
    );
}
