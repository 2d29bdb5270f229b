//! Checks of one file by itself.

use std::path::Path;

const GENERATED: &str = "// @generated";

/// Most lines of a file that was written by hand, and of a generated one.
const MOST_LINES: (usize, usize) = (400, 600);

/// In two parts, so that this file does not break its own rules.
const UNFINISHED: [&str; 6] = [
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
    concat!("db", "g!"),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];

/// Folders that only one machine has, and one that has a user's name in it.
const MACHINE: [&str; 2] = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];
const HOME: &str = concat!("/ho", "me/");
/// Users that tests and documentation may have there.
const NOBODY: [&str; 4] = ["me", "you", "user", "somebody"];

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.contains(&ending))
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines())
}

/// A Rust file does one thing, and so is short.
pub(super) fn length(path: &str, text: &str) -> Vec<String> {
    if !has_ending(path, &["rs"]) {
        return Vec::new();
    }
    let most = if text.starts_with(GENERATED) { MOST_LINES.1 } else { MOST_LINES.0 };
    let lines = text.lines().count();
    if lines > most {
        vec![format!("{path}: {lines} lines, at most {most}; split it")]
    } else {
        Vec::new()
    }
}

/// A Rust file says first what it is for.
pub(super) fn first_line(path: &str, text: &str) -> Vec<String> {
    if !has_ending(path, &["rs"]) || text.starts_with("//! ") || text.starts_with(GENERATED) {
        Vec::new()
    } else {
        vec![format!("{path}:1: begin with `//! ` and what the file is for")]
    }
}

/// Nothing is left for later.
pub(super) fn unfinished(path: &str, text: &str) -> Vec<String> {
    if !has_ending(path, &["rs", "toml", "md"]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, line) in numbered(text) {
        for word in UNFINISHED.iter().filter(|word| has_word(line, word)) {
            found.push(format!("{path}:{number}: {word} is left"));
        }
    }
    found
}

/// Whether a line has that word, and not only as a part of another one.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(place, _)| {
        let before = line.get(..place).and_then(|text| text.chars().next_back());
        let after = line.get(place + word.len()..).and_then(|text| text.chars().next());
        // A macro is left only where it is called.
        let ends = if word.ends_with('!') {
            after.is_some_and(|c| "([{".contains(c))
        } else {
            !after.is_some_and(is_part)
        };
        ends && !before.is_some_and(is_part)
    })
}

/// No path of the machine that something was written on.
pub(super) fn machine_paths(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in numbered(text) {
        for folder in MACHINE {
            if absolute(line, folder).next().is_some() {
                found.push(format!("{path}:{number}: {folder} is a folder of one machine"));
            }
        }
        for rest in absolute(line, HOME) {
            let user = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            // Nobody's name: a variable, or the folder of all homes.
            if !user.is_empty() && !NOBODY.contains(&user) {
                let nobody = NOBODY.join(", ");
                found.push(format!("{path}:{number}: {HOME}{user}; call the user {nobody}"));
            }
        }
    }
    found
}

/// What follows `folder` in a line, wherever it begins a path.
fn absolute<'a>(line: &'a str, folder: &'a str) -> impl Iterator<Item = &'a str> {
    // After these it is a part of a longer path, or of a URL.
    let continues = |c: char| c.is_alphanumeric() || "._-~/})*$".contains(c);
    line.match_indices(folder).filter_map(move |(place, _)| {
        let before = line.get(..place)?.chars().next_back();
        let is_start = !before.is_some_and(continues);
        line.get(place + folder.len()..).filter(|_| is_start)
    })
}
