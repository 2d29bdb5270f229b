//! Tests of what `deny` refuses.

use super::*;

const RULES: &str = r#"
    [licenses]
    allow = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]
    exceptions = [{ crate = "data", allow = ["CDLA-Permissive-2.0"] }]

    [bans]
    deny = [{ crate = "openssl-sys", reason = "TLS is rustls" }]
    skip = [{ crate = "syn@2", reason = "old macros" }]

    [sources]
    allow-registry = ["https://registry.example/index"]
"#;

fn rules() -> Table {
    RULES.parse().unwrap()
}

fn lock(packages: &[(&str, &str, Option<&str>)]) -> Vec<Package> {
    let package = |(name, version, source): &(&str, &str, Option<&str>)| Package {
        name: (*name).to_owned(),
        version: (*version).to_owned(),
        source: source.map(str::to_owned),
    };
    packages.iter().map(package).collect()
}

#[test]
fn a_licence_is_one_of_those_or_the_package_is_named() {
    let good =
        "ours v1|MIT\na v1|MIT OR GPL-3.0\nb v1|GPL-3.0/ISC (*)\ndata v1|CDLA-Permissive-2.0\n";
    assert_eq!(licences(&rules(), good), Vec::<String>::new());
    let bad = "data v1|MIT\na v1|MIT AND GPL-3.0\nb v1|\nc v1|CDLA-Permissive-2.0 (*)\n";
    let expected = [
        "a v1: its licence is MIT AND GPL-3.0",
        "b v1: states no licence: \"\"",
        "c v1: its licence is CDLA-Permissive-2.0",
    ];
    assert_eq!(licences(&rules(), bad), expected);
    let stale = ["deny.toml: nothing needs the exception for data"];
    assert_eq!(licences(&rules(), "a v1|MIT\n"), stale);
}

#[test]
fn expressions_read_as_spdx_has_them() {
    let may = |licence: &str| ["MIT", "Apache-2.0 WITH LLVM-exception"].contains(&licence);
    for (expression, holds) in [
        ("MIT", Some(true)),
        ("GPL-3.0", Some(false)),
        ("(MIT OR GPL-3.0) AND MIT", Some(true)),
        ("MIT OR GPL-3.0 AND GPL-3.0", Some(true)),
        ("(MIT OR GPL-3.0) AND GPL-3.0", Some(false)),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", Some(true)),
        ("Apache-2.0 WITH Other-exception", Some(false)),
        ("", None),
        ("MIT OR", None),
        ("(MIT", None),
        ("MIT GPL-3.0", None),
        ("MIT)", None),
    ] {
        assert_eq!(licence::holds(expression, &may), holds, "{expression}");
    }
}

#[test]
fn a_source_is_the_registry_and_never_git() {
    let good = lock(&[
        ("ours", "1.0.0", None),
        ("a", "1.0.0", Some("registry+https://registry.example/index")),
    ]);
    assert!(sources(&rules(), &good).is_empty());
    let bad = lock(&[
        ("a", "1.0.0", Some("git+https://git.example/a")),
        ("b", "2.0.0", Some("registry+https://other.example/index")),
    ]);
    let expected = [
        "a 1.0.0: comes from git+https://git.example/a",
        "b 2.0.0: comes from registry+https://other.example/index",
    ];
    assert_eq!(sources(&rules(), &bad), expected);
}

#[test]
fn some_crates_are_denied_by_name() {
    let bad = lock(&[("openssl-sys", "0.9.0", None)]);
    assert_eq!(denied(&rules(), &bad), ["openssl-sys: is denied: TLS is rustls"]);
    assert!(denied(&rules(), &lock(&[("rustls", "0.23.0", None)])).is_empty());
}

#[test]
fn a_second_version_needs_a_reason_and_a_reason_needs_a_second_version() {
    let skipped = [("syn", "2.0.1", None), ("syn", "3.0.0", None)];
    assert!(duplicates(&rules(), &lock(&skipped)).is_empty());
    let bad = [("a", "1.0.0", None), ("a", "2.0.0", None), ("syn", "20.0.0", None)];
    let expected =
        ["a: is there in versions 1.0.0, 2.0.0", "deny.toml: nothing needs the skip of syn@2"];
    assert_eq!(duplicates(&rules(), &lock(&bad)), expected);
}
