//! `cargo xtask msrv`: checks what is published with the Rust that it promises to build with, and the core for
//! WebAssembly, whose standard library that Rust builds from its sources.
//!
//! Debian packages that Rust. Its packages are unpacked below `target/msrv` and not installed, so that the
//! system and a rustup on it stay as they are.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell::{command, output, program, run};

const FOLDER: &str = "target/msrv";
/// What is published; without tests, which may need a newer Rust.
const CRATES: [&str; 5] =
    ["compshare-proto", "compshare-blocking", "compshare-hyper", "compshare-sim", "compshare-cli"];
/// Of the same version each; what they need beside that is whatever the system lacks.
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "libstd-rust-web-dev", "rust-web-src"];
/// The sources of the standard library among them.
const LIBRARY: &str = "usr/lib/rustlib/src/rust/library";
/// What builds without an operating system.
const WASM: &str = "check --locked --package compshare-proto --target wasm32-unknown-unknown -Zbuild-std=std,panic_abort";
const NO_RUST: &str = "\
msrv: that Rust is not available here. On Debian or Ubuntu it comes from the packages rustc-web and
cargo-web (apt-get update first); elsewhere, with rustup: cargo +VERSION check --locked -p compshare-cli";

/// Like [`msrv`], but where there is no apt to get that Rust by, CI aside, it says so and leaves it at that.
pub(crate) fn msrv_if_possible(root: &Path) -> Result<(), String> {
    if output(program(root, "apt-get").arg("--version")).is_err() && env::var_os("CI").is_none() {
        println!("NOT BUILT with the oldest Rust: {NO_RUST}");
        return Ok(());
    }
    msrv(root)
}

/// Checks the published crates with the `rust-version` of `Cargo.toml`.
pub(crate) fn msrv(root: &Path) -> Result<(), String> {
    let manifest = fs::read_to_string(root.join("Cargo.toml"))
        .map_err(|error| format!("cannot read Cargo.toml: {error}"))?;
    let wanted = rust_version(&manifest).ok_or("Cargo.toml: no workspace.package.rust-version")?;
    let folder = root.join(FOLDER);
    let rust = folder.join(format!("rust-{wanted}"));
    if version(root, &rust).is_err() || !rust.join(LIBRARY).exists() {
        unpack(root, &wanted, &rust).map_err(|error| format!("{error}\n{NO_RUST}"))?;
    }
    let found = version(root, &rust).map_err(|error| format!("{error}\n{NO_RUST}"))?;
    if !is_version(&found, &wanted) {
        return Err(format!("msrv: {} is {found}, not {wanted}", rust.display()));
    }
    println!("msrv: {}", found.trim());
    let mut cargo = tool(root, &rust, "cargo");
    cargo.args(["check", "--locked", "--target-dir"]).arg(folder.join("build"));
    cargo.args(CRATES.iter().flat_map(|name| ["--package", name]));
    run(&mut cargo)?;
    println!("msrv: {WASM}");
    let mut cargo = tool(root, &rust, "cargo");
    // To build the standard library is not stable.
    cargo.env("RUSTC_BOOTSTRAP", "1").args(WASM.split(' '));
    run(cargo.arg("--target-dir").arg(folder.join("build")))
}

/// The `rust-version` that all crates share.
fn rust_version(manifest: &str) -> Option<String> {
    let manifest: toml::Table = manifest.parse().ok()?;
    let version = manifest.get("workspace")?.get("package")?.get("rust-version")?;
    Some(version.as_str()?.to_owned())
}

/// A tool of the unpacked Rust, with the libraries that came with it.
fn tool(root: &Path, rust: &Path, name: &str) -> Command {
    let bin = rust.join("usr/bin");
    let mut tool = program(root, bin.join(name));
    let multiarch = format!("{}-linux-gnu", env::consts::ARCH);
    let libraries = ["usr/lib", "lib"].map(|lib| rust.join(lib).join(&multiarch));
    let libraries = env::join_paths([&libraries[0], &libraries[1]]).unwrap_or_default();
    tool.env("LD_LIBRARY_PATH", libraries);
    tool.env("RUSTC", bin.join("rustc")).env("RUSTDOC", bin.join("rustdoc"));
    // Of the Rust that runs this; flags of it may be unknown to the other one.
    for name in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTFLAGS", "RUSTC_WRAPPER"] {
        tool.env_remove(name);
    }
    tool
}

/// What its compiler says of itself.
fn version(root: &Path, rust: &Path) -> Result<String, String> {
    output(tool(root, rust, "rustc").arg("--version"))
}

/// Whether `rustc --version` says 1.85 or 1.85.x.
fn is_version(said: &str, wanted: &str) -> bool {
    let said = said.split_whitespace().nth(1).unwrap_or_default();
    said.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Downloads Debian's packages of that Rust and unpacks them.
fn unpack(root: &Path, wanted: &str, rust: &Path) -> Result<(), String> {
    let packaged = match packaged(root, wanted)? {
        Some(version) => version,
        None => {
            // The lists of packages may be old, or none; to renew them takes root.
            run(&mut command(root, "apt-get update --quiet"))?;
            packaged(root, wanted)?.ok_or_else(|| format!("no package of Rust {wanted}"))?
        }
    };
    let archives = rust.with_extension("packages");
    for folder in [rust, &archives.join("partial")] {
        fs::create_dir_all(folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    let mut get = command(root, "apt-get install --quiet --yes --download-only");
    get.args(["--no-install-recommends", "-o", "Debug::NoLocking=1", "-o"]);
    get.arg(format!("Dir::Cache::archives={}", archives.display()));
    get.args(PACKAGES.map(|name| format!("{name}={packaged}")));
    output(&mut get)?;
    for archive in packages(&archives)? {
        output(command(root, "dpkg-deb -x").arg(archive).arg(rust))?;
    }
    fs::remove_dir_all(&archives).map_err(|error| format!("{}: {error}", archives.display()))
}

/// Debian's version of its package of that Rust.
fn packaged(root: &Path, wanted: &str) -> Result<Option<String>, String> {
    let list = output(command(root, "apt-cache madison").arg(PACKAGES[0]))?;
    Ok(find(&list, wanted))
}

/// Picks a version from lines such as `rustc-web | 1.85.0+dfsg3-1 | where it is`.
fn find(list: &str, wanted: &str) -> Option<String> {
    let versions = list.lines().filter_map(|line| line.split('|').nth(1)).map(str::trim);
    let prefix = format!("{wanted}.");
    versions.filter(|version| version.starts_with(&prefix)).map(str::to_owned).next()
}

fn packages(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(paths.filter(|path| path.extension().is_some_and(|ending| ending == "deb")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_workspace() {
        let manifest = fs::read_to_string(crate::root().join("Cargo.toml")).unwrap();
        assert_eq!(rust_version(&manifest).as_deref(), Some(env!("CARGO_PKG_RUST_VERSION")));
        assert_eq!(rust_version("[workspace.package]\n"), None);
    }

    #[test]
    fn only_the_promised_rust_will_do() {
        assert!(is_version("rustc 1.85.0 (4d91de4e4 2025-02-17)", "1.85"));
        assert!(is_version("rustc 1.85 (x)", "1.85"));
        for other in ["rustc 1.86.0 (x)", "rustc 1.850.0 (x)", "rustc", ""] {
            assert!(!is_version(other, "1.85"), "{other}");
        }
    }

    #[test]
    fn the_newest_package_need_not_be_the_one() {
        let list = "rustc-web | 1.96.0+dfsg1-1 | a\n rustc-web | 1.85.0+dfsg3-1 | b\n";
        assert_eq!(find(list, "1.85").as_deref(), Some("1.85.0+dfsg3-1"));
        assert_eq!(find(list, "1.8"), None);
        assert_eq!(find("", "1.85"), None);
    }
}
