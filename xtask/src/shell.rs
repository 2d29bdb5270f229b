//! Running other programs, and saying how to repeat what failed.

use std::{env, ffi::OsStr, path::Path, process::Command};

/// A command in the workspace's folder; `line` is split at its blanks.
pub(crate) fn command(root: &Path, line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = program(root, words.next().unwrap_or_default());
    command.args(words);
    command
}

/// A program in the workspace's folder.
///
/// Cargo tells what it runs about the package: a Cargo under it would take that for a change of the
/// environment, and build anew.
pub(crate) fn program(root: &Path, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_of_cargo_run) {
            command.env_remove(name);
        }
    }
    command
}

/// Whether Cargo sets that variable for what it runs, and nobody else does.
fn is_of_cargo_run(name: &str) -> bool {
    let prefixes = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    name == "CARGO_PRIMARY_PACKAGE" || prefixes.iter().any(|prefix| name.starts_with(prefix))
}

/// Runs a command whose output goes to the terminal; fails with the line to repeat it by.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let line = shown(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("failed ({status}): {line}")),
        Err(error) => Err(format!("cannot run: {line}\n{error}")),
    }
}

/// What a command prints.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let line = shown(command);
    let output = command.output().map_err(|error| format!("cannot run: {line}\n{error}"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(format!("failed ({}): {line}\n{message}", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A command as one would type it, with the variables that it sets.
fn shown(command: &Command) -> String {
    let mut words = Vec::new();
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            words.push(format!("{}={}", name.to_string_lossy(), quoted(&value.to_string_lossy())));
        }
    }
    words.push(command.get_program().to_string_lossy().into_owned());
    words.extend(command.get_args().map(|word| quoted(&word.to_string_lossy())));
    words.join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=./:".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{word}'") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_shown_as_one_would_type_it() {
        let root = Path::new("/");
        let mut cargo = command(root, "cargo no-such-verb --locked");
        cargo.arg("two words").env("RUSTDOCFLAGS", "-D warnings");
        let shown = shown(&cargo);
        assert_eq!(shown, "RUSTDOCFLAGS='-D warnings' cargo no-such-verb --locked 'two words'");
        let message = run(&mut command(root, "false --flag")).unwrap_err();
        assert!(message.ends_with("false --flag"), "{message}");
        let message = run(&mut command(root, "no-such-program")).unwrap_err();
        assert!(message.starts_with("cannot run: no-such-program\n"), "{message}");
    }

    #[test]
    fn output_is_what_was_printed() {
        assert_eq!(output(&mut command(Path::new("/"), "echo a b")).unwrap(), "a b\n");
        assert!(output(&mut command(Path::new("/"), "false")).is_err());
    }

    #[test]
    fn a_cargo_below_does_not_see_the_package() {
        assert!(is_of_cargo_run("CARGO_MANIFEST_DIR"));
        assert!(!is_of_cargo_run("CARGO_HOME"));
        assert!(!is_of_cargo_run("CARGO_TARGET_DIR"));
        let echo = command(Path::new("/"), "echo");
        assert!(
            echo.get_envs().any(|(name, value)| name == "CARGO_MANIFEST_DIR" && value.is_none())
        );
    }
}
