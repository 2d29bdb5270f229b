//! `cargo xtask interop`: the official Python SDK and CLI against our simulator.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::shell::{command, output, program, run};

const FOLDER: &str = "target/interop";
const REQUIREMENTS: &str = "tests/interop/requirements.txt";
const NO_VENV: &str = "\
no virtual environment for Python could be made; it takes Python 3.10 or newer with venv
(Debian and Ubuntu: apt-get install python3-venv)";

/// Like [`interop`], but where there is no Python to run the official clients with, CI aside, it says so
/// and leaves it at that.
pub(crate) fn interop_if_possible(root: &Path) -> Result<(), String> {
    let probe = output(program(root, "python3").args(["-c", "import ensurepip, venv"]));
    if probe.is_err() && std::env::var_os("CI").is_none() {
        println!("NOT COMPARED with the official Python SDK and CLI: {NO_VENV}");
        return Ok(());
    }
    interop(root)
}

/// Installs both, unless they are there, and compares what they send with what we send.
pub(crate) fn interop(root: &Path) -> Result<(), String> {
    let python = install(root)?;
    let program = "cargo run --quiet --locked --package compshare-tests --bin interop --";
    run(command(root, program).arg(python).arg(root.join(FOLDER).join("work")))
}

/// Makes the virtual environment that the requirements ask for; returns its Python.
fn install(root: &Path) -> Result<PathBuf, String> {
    let folder = root.join(FOLDER);
    let (venv, stamp) = (folder.join("venv"), folder.join("installed.txt"));
    let python = venv.join("bin/python");
    let wanted = fs::read_to_string(root.join(REQUIREMENTS))
        .map_err(|error| format!("cannot read {REQUIREMENTS}: {error}"))?;
    // A virtual environment dies with the Python that made it.
    let works = || output(program(root, &python).arg("--version")).is_ok();
    if is_current(&wanted, &stamp) && works() {
        return Ok(python);
    }
    println!("installing the official SDK and CLI into {FOLDER}/venv");
    run(command(root, "python3 -m venv --clear").arg(&venv))
        .map_err(|error| format!("{error}\n{NO_VENV}"))?;
    let pip = |words: &str| {
        let mut pip = program(root, &python);
        pip.args(["-m", "pip", "--disable-pip-version-check"]).args(words.split_whitespace());
        pip
    };
    // All that is needed is listed, so that nothing unpinned comes along.
    run(pip("install --quiet --no-input --no-deps --requirement").arg(REQUIREMENTS))?;
    output(&mut pip("check"))?;
    fs::write(&stamp, wanted)
        .map_err(|error| format!("cannot write {}: {error}", stamp.display()))?;
    Ok(python)
}

/// Whether the stamp says that the wanted requirements were installed.
fn is_current(wanted: &str, stamp: &Path) -> bool {
    fs::read_to_string(stamp).is_ok_and(|installed| installed == wanted)
}

#[cfg(test)]
mod tests {
    use std::{env, process};

    use super::*;

    #[test]
    fn a_stamp_is_current_if_it_is_the_same_text() {
        let stamp = env::temp_dir().join(format!("xtask-stamp-{}", process::id()));
        assert!(!is_current("a==1", &stamp));
        fs::write(&stamp, "a==1").unwrap();
        assert!(is_current("a==1", &stamp));
        assert!(!is_current("a==2", &stamp));
        fs::remove_file(&stamp).unwrap();
    }

    #[test]
    fn everything_is_pinned() {
        let root = crate::root();
        let text = fs::read_to_string(root.join(REQUIREMENTS)).unwrap();
        let names = text.lines().filter(|line| !line.starts_with('#'));
        for line in names.clone() {
            let (name, version) = line.split_once("==").unwrap();
            assert!(
                !name.is_empty() && version.starts_with(|c: char| c.is_ascii_digit()),
                "{line}"
            );
        }
        assert!(names.count() > 2);
    }
}
