//! `cargo xtask deny`: licences, sources and duplicates of what we depend on, by `deny.toml`.
//!
//! The file is cargo-deny's, of which this checks the parts that need nothing from the network. Building
//! cargo-deny would take CI minutes; who has it can run it on the same file.

mod licence;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use toml::{Table, Value};

use crate::shell::{command, output};

/// Every package that a crate of ours is built with on any platform, and its licence.
const TREE: &str = "cargo tree --workspace --target all --edges normal,build --prefix none \
                    --all-features --locked --format {p}|{l}";

/// Fails with one line for each package that may not be depended on.
pub(crate) fn deny(root: &Path) -> Result<(), String> {
    let rules = table(root, "deny.toml")?;
    let lock = table(root, "Cargo.lock")?;
    let tree = output(&mut command(root, TREE))?;
    let packages = packages(&lock);
    let mut problems = licences(&rules, &tree);
    problems.extend(sources(&rules, &packages));
    problems.extend(denied(&rules, &packages));
    problems.extend(duplicates(&rules, &packages));
    if problems.is_empty() {
        println!("deny: {} packages", packages.len());
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}

fn table(root: &Path, name: &str) -> Result<Table, String> {
    let text = fs::read_to_string(root.join(name))
        .map_err(|error| format!("cannot read {name}: {error}"))?;
    text.parse().map_err(|error| format!("{name}: {error}"))
}

/// A package of `Cargo.lock`; one of ours has no source.
struct Package {
    name: String,
    version: String,
    source: Option<String>,
}

fn packages(lock: &Table) -> Vec<Package> {
    let all = lock.get("package").and_then(Value::as_array).into_iter().flatten();
    let text = |package: &Value, key: &str| Some(package.get(key)?.as_str()?.to_owned());
    all.map(|package| Package {
        name: text(package, "name").unwrap_or_default(),
        version: text(package, "version").unwrap_or_default(),
        source: text(package, "source"),
    })
    .collect()
}

/// A list of a section.
fn list<'a>(rules: &'a Table, section: &str, key: &str) -> impl Iterator<Item = &'a Value> {
    let section = rules.get(section).and_then(|section| section.get(key));
    section.and_then(Value::as_array).into_iter().flatten()
}

fn licences(rules: &Table, tree: &str) -> Vec<String> {
    let allowed: BTreeSet<&str> =
        list(rules, "licenses", "allow").filter_map(Value::as_str).collect();
    let mut exceptions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for exception in list(rules, "licenses", "exceptions") {
        let name = exception.get("crate").and_then(Value::as_str).unwrap_or_default();
        let allow = exception.get("allow").and_then(Value::as_array);
        exceptions.insert(name, allow.into_iter().flatten().filter_map(Value::as_str).collect());
    }
    let mut problems = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for line in tree.lines() {
        let Some((package, licence)) = line.trim_end_matches(" (*)").split_once('|') else {
            continue;
        };
        let name = package.split(' ').next().unwrap_or_default();
        seen.insert(name);
        let may = |licence: &str| {
            allowed.contains(licence)
                || exceptions.get(name).is_some_and(|more| more.contains(licence))
        };
        match licence::holds(licence, &may) {
            Some(true) => {}
            Some(false) => {
                problems.insert(format!("{package}: its licence is {licence}"));
            }
            None => {
                problems.insert(format!("{package}: states no licence: {licence:?}"));
            }
        }
    }
    let unused = exceptions.keys().filter(|name| !seen.contains(*name));
    problems
        .extend(unused.map(|name| format!("deny.toml: nothing needs the exception for {name}")));
    problems.into_iter().collect()
}

fn sources(rules: &Table, packages: &[Package]) -> Vec<String> {
    let known: Vec<&str> =
        list(rules, "sources", "allow-registry").filter_map(Value::as_str).collect();
    let is_known = |source: &str| {
        source.strip_prefix("registry+").is_some_and(|registry| known.contains(&registry))
    };
    let mut problems = Vec::new();
    for Package { name, version, source } in packages {
        if let Some(source) = source.as_deref().filter(|source| !is_known(source)) {
            problems.push(format!("{name} {version}: comes from {source}"));
        }
    }
    problems
}

fn denied(rules: &Table, packages: &[Package]) -> Vec<String> {
    let mut problems = Vec::new();
    for rule in list(rules, "bans", "deny") {
        let text = |key: &str| rule.get(key).and_then(Value::as_str).unwrap_or_default();
        if packages.iter().any(|package| package.name == text("crate")) {
            problems.push(format!("{}: is denied: {}", text("crate"), text("reason")));
        }
    }
    problems
}

/// Crates of which there is more than one version, but for those that the file skips.
fn duplicates(rules: &Table, packages: &[Package]) -> Vec<String> {
    let skips: Vec<&str> = list(rules, "bans", "skip")
        .filter_map(|skip| skip.get("crate").and_then(Value::as_str))
        .collect();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().push(&package.version);
    }
    let mut used = BTreeSet::new();
    let mut problems = Vec::new();
    for (name, versions) in versions.iter().filter(|(_, versions)| versions.len() > 1) {
        let mut left = 0;
        for version in versions {
            match skips.iter().find(|skip| covers(skip, name, version)) {
                Some(skip) => _ = used.insert(*skip),
                None => left += 1,
            }
        }
        if left > 1 {
            problems.push(format!("{name}: is there in versions {}", versions.join(", ")));
        }
    }
    let stale = skips.iter().filter(|skip| !used.contains(*skip));
    problems.extend(stale.map(|skip| format!("deny.toml: nothing needs the skip of {skip}")));
    problems
}

/// Whether `name@1.2` means that version: the same numbers, as far as it has them.
fn covers(skip: &str, name: &str, version: &str) -> bool {
    let Some((skipped, wanted)) = skip.split_once('@') else { return skip == name };
    let rest = version.strip_prefix(wanted);
    skipped == name && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests;
