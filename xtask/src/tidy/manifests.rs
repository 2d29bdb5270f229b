//! One version everywhere.

use super::File;

/// What is wrong with the versions: crates that do not share it, and a changelog that lacks it.
pub(super) fn versions(files: &[File]) -> Vec<String> {
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let Some(workspace) = find("Cargo.toml") else {
        return vec!["Cargo.toml is missing".to_owned()];
    };
    let Some(version) = workspace_version(&workspace.text) else {
        return vec!["Cargo.toml: workspace.package.version is missing".to_owned()];
    };
    let mut problems = dependencies(&workspace.text, &version);
    for file in files {
        // xtask has no version: nobody ever sees it.
        let is_ours = file.path.starts_with("crates/") || file.path.starts_with("tests/");
        if is_ours && file.path.ends_with("/Cargo.toml") {
            problems.extend(inherited(&file.path, &file.text));
        }
    }
    match find("CHANGELOG.md") {
        Some(changelog) => problems.extend(changelog_has(&changelog.text, &version)),
        None => problems.push("CHANGELOG.md is missing".to_owned()),
    }
    problems
}

fn parse(text: &str) -> toml::Table {
    // Cargo complains about what is no TOML.
    text.parse().unwrap_or_default()
}

fn workspace_version(text: &str) -> Option<String> {
    let manifest = parse(text);
    let version = manifest.get("workspace")?.get("package")?.get("version")?;
    Some(version.as_str()?.to_owned())
}

/// Crates of the workspace that depend on each other do so at this version.
fn dependencies(text: &str, version: &str) -> Vec<String> {
    let manifest = parse(text);
    let table = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let mut problems = Vec::new();
    for (name, dependency) in table.and_then(toml::Value::as_table).into_iter().flatten() {
        let own = dependency.get("path").is_some();
        if own && dependency.get("version").and_then(toml::Value::as_str) != Some(version) {
            problems.push(format!("Cargo.toml: the dependency on {name} is not on {version}"));
        }
    }
    problems
}

/// A crate takes its version from the workspace.
fn inherited(path: &str, text: &str) -> Option<String> {
    let manifest = parse(text);
    let version = manifest.get("package").and_then(|package| package.get("version"));
    let inherits = version.and_then(|version| version.get("workspace")).is_some();
    (!inherits).then(|| format!("{path}: say `version.workspace = true`"))
}

fn changelog_has(text: &str, version: &str) -> Option<String> {
    let is_heading = |line: &str| {
        let heading = line.strip_prefix("## ").unwrap_or_default();
        heading.split_whitespace().next().map(|word| word.trim_matches(['[', ']'])) == Some(version)
    };
    (!text.lines().any(is_heading)).then(|| format!("CHANGELOG.md: no heading `## {version}`"))
}
