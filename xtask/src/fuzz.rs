//! `cargo xtask fuzz`: runs fuzz targets with libFuzzer, by the Rust that is there.
//!
//! What cargo-fuzz does, without it and without a nightly Rust: the crates are built with coverage
//! counters, and without a sanitizer, which has nothing to find where there is no unsafe code.

use std::{fs, path::Path};

use crate::shell::{command, output, program, run};

const FOLDER: &str = "target/fuzz";
const CORPUS: &str = "fuzz/corpus";
/// Seconds for each target unless `--seconds` says otherwise.
const SECONDS: u64 = 60;
const USAGE: &str = "usage: cargo xtask fuzz [--seconds N] [target]";

/// Runs one target, or one after the other.
pub(crate) fn fuzz(root: &Path, arguments: &[&str]) -> Result<(), String> {
    let known = targets(root)?;
    let Plan { seconds, target } = plan(arguments)?;
    let chosen: Vec<&String> =
        known.iter().filter(|name| target.is_none_or(|target| target == *name)).collect();
    if chosen.is_empty() {
        return Err(format!("there is no such target; there are: {}", known.join(", ")));
    }
    let host = host(&output(&mut command(root, "rustc -vV"))?)?;
    build(root, &host)?;
    for name in chosen {
        let folder = root.join(FOLDER);
        // What is found goes to the first; the one in the tree is where it starts.
        let (found, failed) = (folder.join("corpus").join(name), folder.join("failed"));
        for path in [&found, &failed] {
            fs::create_dir_all(path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        println!("\n== {name}: {seconds} s");
        let binary = folder.join(&host).join("release").join(name);
        let mut fuzzer = program(root, binary);
        fuzzer.arg(format!("-max_total_time={seconds}")).arg("-max_len=4096").arg("-timeout=10");
        fuzzer.arg(format!("-artifact_prefix={}/{name}-", failed.display()));
        fuzzer.args(["-print_final_stats=1", "-verbosity=0"]);
        fuzzer.arg(&found).arg(root.join(CORPUS).join(name));
        run(&mut fuzzer).map_err(|error| {
            format!(
                "{error}\n{name}: an input that fails is in {FOLDER}/failed; when it is understood, \
                 put it into {CORPUS}/{name}, where every test run tries it again"
            )
        })?;
    }
    Ok(())
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Plan<'a> {
    seconds: u64,
    target: Option<&'a str>,
}

fn plan<'a>(arguments: &[&'a str]) -> Result<Plan<'a>, String> {
    let (seconds, rest) = match arguments {
        ["--seconds", seconds, rest @ ..] => {
            (seconds.parse().map_err(|_| format!("{seconds:?} is no number\n{USAGE}"))?, rest)
        }
        rest => (SECONDS, rest),
    };
    match rest {
        [] => Ok(Plan { seconds, target: None }),
        [target] if !target.starts_with('-') => Ok(Plan { seconds, target: Some(target) }),
        _ => Err(USAGE.to_owned()),
    }
}

/// Names of the targets, sorted.
fn targets(root: &Path) -> Result<Vec<String>, String> {
    let folder = root.join("fuzz/fuzz_targets");
    let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let stem = |path: &Path| Some(path.file_stem()?.to_str()?.to_owned());
    let mut names: Vec<String> = entries.filter_map(|entry| stem(&entry.ok()?.path())).collect();
    names.sort();
    Ok(names)
}

/// The platform that a compiler is for.
fn host(version: &str) -> Result<String, String> {
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not name its host".to_owned())
}

/// Builds every target with coverage counters.
fn build(root: &Path, host: &str) -> Result<(), String> {
    let mut flags = "--cfg fuzzing -Cpasses=sancov-module".to_owned();
    for flag in ["level=4", "inline-8bit-counters", "pc-table", "trace-compares"] {
        flags.push_str(" -Cllvm-args=-sanitizer-coverage-");
        flags.push_str(flag);
    }
    // With a target of its own, what runs at build time has no counters.
    let line = "cargo build --release --manifest-path fuzz/Cargo.toml --bins";
    let mut cargo = command(root, line);
    cargo.args(["--target", host, "--target-dir", FOLDER]).env("RUSTFLAGS", flags);
    run(&mut cargo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_a_time_and_a_target() {
        assert_eq!(plan(&[]), Ok(Plan { seconds: SECONDS, target: None }));
        assert_eq!(plan(&["decode"]), Ok(Plan { seconds: SECONDS, target: Some("decode") }));
        let both = plan(&["--seconds", "600", "decode"]);
        assert_eq!(both, Ok(Plan { seconds: 600, target: Some("decode") }));
        for wrong in [&["--seconds"][..], &["--seconds", "x"], &["a", "b"], &["--help"]] {
            assert!(plan(wrong).unwrap_err().ends_with(USAGE), "{wrong:?}");
        }
    }

    #[test]
    fn every_target_has_a_corpus() {
        let root = crate::root();
        let names = targets(&root).unwrap();
        assert!(names.len() > 5);
        for name in names {
            assert!(root.join(CORPUS).join(&name).is_dir(), "{name}");
        }
    }

    #[test]
    fn the_host_is_what_the_compiler_says() {
        assert_eq!(host("rustc 1\nhost: a-b-c\n").as_deref(), Ok("a-b-c"));
        assert!(host("rustc 1").is_err());
    }
}
