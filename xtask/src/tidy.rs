//! `cargo xtask tidy`: what neither rustfmt nor clippy sees.

mod links;
mod manifests;
mod source;
#[cfg(test)]
mod tests;
mod words;

use std::{fs, path::Path};

use crate::shell::{command, output};

/// A file of the repository, by its path from the root.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Checks of one file by itself; each returns what is wrong.
const EACH: &[fn(&str, &str) -> Vec<String>] = &[
    source::length,
    source::first_line,
    source::unfinished,
    source::machine_paths,
    words::unwanted,
];

/// Fails with one line for each thing that is wrong.
pub(crate) fn tidy(root: &Path) -> Result<(), String> {
    let files = files(root)?;
    let exists = |path: &str| root.join(path).exists();
    let mut problems = Vec::new();
    for file in &files {
        for check in EACH {
            problems.extend(check(&file.path, &file.text));
        }
        problems.extend(links::broken(&file.path, &file.text, exists));
    }
    problems.extend(manifests::versions(&files));
    for readme in ["README.md", "README.zh-CN.md"] {
        if !exists(readme) {
            problems.push(format!("{readme} is missing"));
        }
    }
    if problems.is_empty() {
        println!("tidy: {} files", files.len());
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}

/// Every text file that is in git or about to be.
fn files(root: &Path) -> Result<Vec<File>, String> {
    let list = "git ls-files -z --cached --others --exclude-standard";
    let list = output(&mut command(root, list))?;
    let paths = list.split('\0').filter(|path| !path.is_empty());
    // One that cannot be read as text is a picture, or is gone and not yet removed from git.
    let read = |path: &str| {
        let text = fs::read_to_string(root.join(path)).ok()?;
        Some(File { path: path.to_owned(), text })
    };
    Ok(paths.filter_map(read).collect())
}
