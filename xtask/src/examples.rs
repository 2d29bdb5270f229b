//! `cargo xtask examples`: runs every example, as the README tells people to.

use std::{fs, path::Path};

use crate::shell::{command, output};

/// Runs each example against the simulator that it starts, and shows what it prints.
pub(crate) fn examples(root: &Path) -> Result<(), String> {
    let names = names(&root.join("crates"))?;
    for name in &names {
        println!("\ncargo run --example {name}");
        let printed = output(&mut command(root, &format!("cargo run --quiet --example {name}")))?;
        print!("{printed}");
        says_something(name, &printed)?;
    }
    Ok(())
}

/// An example that prints next to nothing shows nobody anything.
fn says_something(name: &str, printed: &str) -> Result<(), String> {
    match printed.lines().filter(|line| !line.trim().is_empty()).count() {
        0..3 => Err(format!("the example {name} prints {printed:?}, which shows nothing")),
        _ => Ok(()),
    }
}

/// Names of all crates' examples, sorted.
fn names(crates: &Path) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for folder in entries(crates)? {
        let examples = folder.join("examples");
        if !examples.is_dir() {
            continue;
        }
        for example in entries(&examples)? {
            if example.extension().is_some_and(|kind| kind == "rs") {
                names.extend(example.file_stem().map(|name| name.to_string_lossy().into_owned()));
            }
        }
    }
    names.sort();
    Ok(names)
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let failed = |error| format!("cannot list {}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(failed)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_readme_are_those_there_are() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let readme = fs::read_to_string(root.join("README.md")).unwrap();
        let names = names(&root.join("crates")).unwrap();
        assert!(names.len() >= 6, "{names:?}");
        for name in names {
            assert!(readme.contains(&format!("| `{name}` |")), "README.md does not name {name}");
        }
    }

    #[test]
    fn an_example_that_shows_nothing_is_a_failure() {
        assert!(says_something("x", "one\n\ntwo\n").is_err());
        assert!(says_something("x", "one\ntwo\nthree\n").is_ok());
    }
}
