//! `cargo xtask deny`: licences, sources and duplicates of what we depend on, by cargo-deny and `deny.toml`.

use std::{path::Path, process::Command};

use crate::{
    shell::{program, run},
    tools::{Tool, if_possible},
};

const CARGO_DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };

/// What needs nothing but the registry. Advisories would need their database, which is elsewhere.
const CHECKS: [&str; 3] = ["bans", "licenses", "sources"];

/// Like [`deny`], but where cargo-deny cannot be installed, CI aside, it says so and leaves it at that.
pub(crate) fn deny_if_possible(root: &Path) -> Result<(), String> {
    if_possible(CARGO_DENY.installed(root), "NOT CHECKED what we depend on", |path| {
        run(&mut check(root, &path))
    })
}

/// Fails if something may not be depended on, or if a rule of `deny.toml` is of no use any more.
pub(crate) fn deny(root: &Path) -> Result<(), String> {
    run(&mut check(root, &CARGO_DENY.installed(root)?))
}

fn check(root: &Path, path: &Path) -> Command {
    let mut check = program(root, path);
    check.args(["--locked", "check", "--deny", "warnings"]).args(CHECKS);
    check
}
