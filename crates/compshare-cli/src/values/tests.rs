//! Values by type, and lists of objects by number.

use std::ffi::OsString;

use clap::Command;
use serde_json::json;

use super::*;
use crate::args;

#[test]
fn values_have_the_documented_type() {
    assert_eq!(typed(Kind::Int, "-5"), Ok(Value::from(-5)));
    assert_eq!(typed(Kind::Float, "0.1"), Ok(Value::from(0.1)));
    assert_eq!(typed(Kind::Bool, "true"), Ok(Value::Bool(true)));
    assert_eq!(typed(Kind::Timestamp, "1760000000"), Ok(Value::from(1_760_000_000)));
    let object = typed(Kind::Map(&Kind::String), r#"{"a":"b"}"#).unwrap();
    assert_eq!(object["a"], "b");
}

#[test]
fn a_bad_value_says_what_was_wrong_and_what_to_give() {
    for (kind, text, reason) in [
        (Kind::Int, "1.5", r#""1.5" is no whole number: give digits, such as 20"#),
        (Kind::Int, "", r#""" is no whole number: give digits, such as 20"#),
        (Kind::Float, "NaN", "NaN cannot be sent: give a finite number, such as 1.5"),
        (Kind::Float, "inf", "inf cannot be sent: give a finite number, such as 1.5"),
        (Kind::Float, "1e999", "1e999 cannot be sent: give a finite number, such as 1.5"),
        (Kind::Float, "free", r#""free" is no number: give one such as 1.5"#),
        (Kind::Bool, "yes", r#""yes" is neither true nor false: give one of the two"#),
        (Kind::Timestamp, "now", r#""now" is no moment: give Unix seconds, such as 1760000000"#),
    ] {
        assert_eq!(typed(kind, text), Err(reason.to_owned()));
    }
}

#[test]
fn an_enum_takes_values_that_it_does_not_know() {
    let info = ActionInfo::find("UpdateCompShareImage").unwrap();
    let visibility = info.parameter("Visibility").unwrap().kind;
    assert_eq!(typed(visibility, "7"), Ok(Value::from(7)));
    let reason = r#""public" is no number: give one of 0, 1"#;
    assert_eq!(typed(visibility, "public"), Err(reason.to_owned()));
}

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
