//! JSON and Debug in as few lines as a person can read.

use std::fmt::Debug;

use serde_json::Value;

/// Longest line that lists and objects are put on.
const WIDTH: usize = 96;

/// JSON, with what fits on one line.
pub(crate) fn json(value: &Value) -> String {
    joined(&format!("{value:#}"))
}

/// Debug, with what fits on one line.
pub(crate) fn debug(value: impl Debug) -> String {
    joined(&format!("{value:#?}"))
}

/// Joins each group of lines, from an opening bracket to its closing one, that fits on one line; the
/// outermost stays as it is.
fn joined(text: &str) -> String {
    let mut done: Vec<String> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with([')', ']', '}']) {
            let start = open.pop().expect("brackets are in pairs");
            done.push(line.to_owned());
            if let Some(line) = (!open.is_empty()).then(|| one_line(&done[start..])).flatten() {
                done.truncate(start);
                done.push(line);
            }
            continue;
        }
        if line.ends_with(['(', '[', '{']) {
            open.push(done.len());
        }
        done.push(line.to_owned());
    }
    done.join("\n")
}

fn one_line(lines: &[String]) -> Option<String> {
    let [first, inner @ .., last] = lines else { return None };
    let space = if first.ends_with('{') { " " } else { "" };
    let inner: Vec<&str> = inner.iter().map(|line| line.trim()).collect();
    let inner = inner.join(" ");
    let line = format!("{first}{space}{}{space}{}", inner.trim_end_matches(','), last.trim());
    (line.chars().count() <= WIDTH).then_some(line)
}

#[test]
fn what_fits_is_on_one_line() {
    let value = serde_json::json!({ "a": [1, 2], "b": { "c": ["x".repeat(90)], "d": {} } });
    let long = "x".repeat(90);
    let expected = format!(
        "{{\n  \"a\": [1, 2],\n  \"b\": {{\n    \"c\": [\n      \"{long}\"\n    ],\n    \"d\": {{}}\n  }}\n}}"
    );
    assert_eq!(json(&value), expected);
    assert_eq!(debug([Some((1, "a"))]), "[\n    Some((1, \"a\")),\n]");
}
