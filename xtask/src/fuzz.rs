//! `cargo xtask fuzz`: runs fuzz targets, by cargo-fuzz, with the Rust that is there.

use std::{fs, path::Path};

use crate::{
    shell::{command, output, program, run},
    tools::{Tool, if_possible},
};

const CARGO_FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.2" };
/// What covers something new goes here, so that the corpus in the tree stays as it is.
const FOUND: &str = "target/fuzz/corpus";
const CORPUS: &str = "fuzz/corpus";
/// Seconds for each target unless `--seconds` says otherwise.
const SECONDS: u64 = 60;
/// The same in CI, beside the corpus, which every test run goes through.
const SECONDS_IN_CI: u64 = 10;
const USAGE: &str = "usage: cargo xtask fuzz [--seconds N] [target]";

/// Runs every target for a short time. Where that takes a C++ compiler that is not there, CI aside, it
/// says so and leaves it at that.
pub(crate) fn fuzz_if_possible(root: &Path) -> Result<(), String> {
    let compiler = output(&mut command(root, "c++ --version"));
    let ready = compiler.and_then(|_| CARGO_FUZZ.installed(root));
    if_possible(ready, "NOT FUZZED", |cargo_fuzz| {
        // The same numbers each time, so that a run that fails says something of the change.
        let same = ["-seed=1"];
        let run = |target: &String| one(root, &cargo_fuzz, target, SECONDS_IN_CI, &same);
        targets(root)?.iter().try_for_each(run)
    })
}

/// Runs one target, or one after the other.
pub(crate) fn fuzz(root: &Path, arguments: &[&str]) -> Result<(), String> {
    let known = targets(root)?;
    let Plan { seconds, target } = plan(arguments)?;
    let chosen: Vec<&String> =
        known.iter().filter(|name| target.is_none_or(|target| target == *name)).collect();
    if chosen.is_empty() {
        return Err(format!("there is no such target; there are: {}", known.join(", ")));
    }
    let cargo_fuzz = CARGO_FUZZ.installed(root)?;
    chosen.iter().try_for_each(|target| one(root, &cargo_fuzz, target, seconds, &[]))
}

/// Runs a target for so long, with options of libFuzzer.
fn one(
    root: &Path,
    cargo_fuzz: &Path,
    target: &str,
    seconds: u64,
    options: &[&str],
) -> Result<(), String> {
    println!("\n== {target}: {seconds} s");
    let found = root.join(FOUND).join(target);
    fs::create_dir_all(&found).map_err(|error| format!("{}: {error}", found.display()))?;
    let mut fuzz = program(root, cargo_fuzz);
    // A sanitizer takes a nightly Rust, and has nothing to find where there is no unsafe code.
    fuzz.args(["run", "--sanitizer", "none", "--target-dir", "target/fuzz", target]);
    fuzz.arg(found).arg(root.join(CORPUS).join(target)).arg("--");
    fuzz.arg(format!("-max_total_time={seconds}"));
    fuzz.args(["-max_len=4096", "-timeout=10", "-print_final_stats=1", "-verbosity=0"])
        .args(options);
    run(&mut fuzz).map_err(|error| {
        format!(
            "{error}\n{target}: an input that fails is in fuzz/artifacts; when it is understood, put it \
             into {CORPUS}/{target}, where every test run tries it again"
        )
    })
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
}
