//! Links between the documents.

use std::path::Path;

/// Relative links of a Markdown file that lead nowhere.
pub(super) fn broken(path: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    if Path::new(path).extension().is_none_or(|ending| ending != "md") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut in_code = false;
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code {
            for target in targets(&without_code(line)) {
                if relative(path, &target).is_some_and(|target| !exists(&target)) {
                    found.push(format!("{path}:{number}: {target} does not exist"));
                }
            }
        }
    }
    found
}

/// A line without what is between backticks.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join("``")
}

/// What the links of a line lead to: `[text](target)`, and `[name]: target` at its start.
fn targets(line: &str) -> Vec<String> {
    let mut targets: Vec<String> = line
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ']).next())
        .map(str::to_owned)
        .collect();
    if line.starts_with('[') {
        let target = line.split_once("]: ").map(|(_, rest)| rest);
        targets.extend(target.and_then(|rest| rest.split_whitespace().next()).map(str::to_owned));
    }
    targets
}

/// The path from the root of what a link in a file leads to; `None` if it leads out of the repository, to
/// a place in the same file, or to an item of rustdoc.
fn relative(path: &str, target: &str) -> Option<String> {
    let target = target.trim_matches(['<', '>']).split('#').next().unwrap_or_default();
    let leads_out = target.contains(':') || target.starts_with('/');
    if target.is_empty() || leads_out {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
