//! Imports point down: in each crate listed here, a file uses its own layer and those below, never one above.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A crate, and its layers from top to bottom. A layer is a file or folder under `src`, or a path in one
/// (`families/disk`); a file belongs to the longest path that fits. `lib` is the top of every crate.
///
/// Test code is exempt: it may drive what it tests from above.
const CRATES: &[(&str, &[&str])] = &[
    ("crates/compshare-proto", &["call", "codec", "config", "error", "retry", "api", "value"]),
    (
        "crates/compshare-hyper",
        &[
            "client",
            "environment",
            "pages",
            "http_transport",
            "pool",
            "body",
            "driver",
            "connect",
            "transport",
        ],
    ),
    (
        "crates/compshare-blocking",
        &[
            "client",
            "environment",
            "pages",
            "driver",
            "http_transport",
            "body",
            "host_limits",
            "connect",
            "cancel",
            "transport",
        ],
    ),
    (
        "crates/compshare-cli",
        &[
            "main",
            "dispatch",
            "catalog",
            "output",
            "command_line",
            "simulator",
            "request",
            "input",
            "error",
            "text",
        ],
    ),
    (
        "xtask",
        &[
            "main",
            "ci",
            "tidy",
            "examples",
            "deny",
            "fuzz",
            "interop",
            "msrv",
            "tools",
            "shell",
            "codegen",
            "codegen/render",
            "codegen/check",
            "codegen/parse",
            "codegen/family",
            "codegen/marker",
            "codegen/shape",
            "codegen/spec",
            "codegen/ret_code",
            "codegen/toml_file",
            "codegen/idents",
            "codegen/place",
        ],
    ),
    (
        "crates/compshare-sim",
        &[
            "server",
            "gateway",
            "gateway/routes",
            "gateway/response",
            "quirks",
            "check",
            "families",
            "families/instance",
            "families/image",
            "families/disk",
            "families/network",
            "families/team",
            "families/ulhost",
            "families/misc",
            "families/prelude",
            "fixtures",
            "state",
            "model",
            "call",
        ],
    ),
];

/// Files and folders of test code beside `tests.rs` and `tests/`.
const TEST_CODE: &[&str] = &["testing.rs", "testing/"];

#[test]
fn imports_point_down() {
    let mut upward = Vec::new();
    for (name, layers) in CRATES {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("src");
        let files = files(&source);
        assert!(!files.is_empty(), "{name} has no sources");
        for layer in *layers {
            let is_there = files.iter().any(|(path, _)| rank(&module(path), &[layer]) == Some(0));
            assert!(is_there, "{name} has no layer {layer}");
        }
        for (path, text) in files {
            let own = module(&path);
            if own == "lib" {
                continue;
            }
            let Some(own_rank) = rank(&own, layers) else {
                upward.push(format!("{name}: {path} is in no layer: add it to CRATES"));
                continue;
            };
            for (line, import) in imports(&own, &text) {
                match rank(&import, layers) {
                    Some(rank) if rank >= own_rank => {}
                    Some(_) => {
                        upward.push(format!("{name}: {path}:{line} imports {import} above it"))
                    }
                    None => upward.push(format!(
                        "{name}: {path}:{line} imports `crate::{import}`, which is in no layer: \
                         import from a layer, or add it to CRATES"
                    )),
                }
            }
        }
    }
    assert!(upward.is_empty(), "imports must point down:\n{}", upward.join("\n"));
}

/// Place of a module among the layers: that of the longest layer that it is, or is in.
fn rank(module: &str, layers: &[&str]) -> Option<usize> {
    let is_in = |layer: &str| {
        module.strip_prefix(layer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let fits = layers.iter().enumerate().filter(|(_, layer)| is_in(layer));
    fits.max_by_key(|(_, layer)| layer.len()).map(|(rank, _)| rank)
}

/// The module of a file: `families/disk` for `families/disk.rs`.
fn module(path: &str) -> String {
    path.trim_end_matches(".rs").to_owned()
}

/// Files without test code: path under `src` with `/`, and text.
fn files(source: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![source.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let path = relative(&entry, source);
            let is_test = path.ends_with("/tests.rs")
                || path.contains("tests/")
                || TEST_CODE.iter().any(|test| path.starts_with(test));
            if path.ends_with(".rs") && !is_test {
                let text = fs::read_to_string(&entry).expect("a source");
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                files.push((path, code.to_owned()));
            }
        }
    }
    files.sort();
    files
}

fn relative(path: &Path, source: &Path) -> String {
    let path: PathBuf = path.strip_prefix(source).expect("it is in the folder").to_owned();
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// What a file names by `crate::` and by `super::`, with the number of the line, comments left out.
fn imports(own: &str, text: &str) -> Vec<(usize, String)> {
    let text = without_strings(text);
    let lines: Vec<&str> =
        text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code = lines.join("\n");
    let mut imports = Vec::new();
    for (start, word) in [("crate::", ""), ("super::", own)] {
        for (place, _) in code.match_indices(start) {
            let before = code[..place].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = code[..place].matches('\n').count() + 1;
            let mut base = word.to_owned();
            let mut rest = &code[place..];
            rest = rest.strip_prefix("crate::").unwrap_or(rest);
            while let Some(up) = rest.strip_prefix("super::") {
                base = base.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
                rest = up;
            }
            imports.extend(paths(&base, rest).into_iter().map(|path| (line, path)));
        }
    }
    imports
}

/// The code with nothing in its string literals but their line breaks: a generator writes paths too.
fn without_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let (mut is_string, mut is_comment, mut before) = (false, false, ' ');
    for c in text.chars() {
        match c {
            '\n' => is_comment = false,
            '/' if before == '/' && !is_string => is_comment = true,
            '"' if !is_comment && before != '\\' && (is_string || before != '\'') => {
                is_string = !is_string;
            }
            _ => {}
        }
        if !is_string || c == '\n' {
            code.push(c);
        }
        // An escaped backslash escapes nothing.
        before = if c == '\\' && before == '\\' { ' ' } else { c };
    }
    code
}

/// Modules at the start of a path or of each branch of a group: `{a::B, c::{d::E, F}}` is `a`, `c/d` and `c`.
fn paths(base: &str, text: &str) -> Vec<String> {
    let text = text.trim_start();
    let Some(group) = text.strip_prefix('{') else {
        let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let rest = &text[word.len()..];
        let is_module = word.starts_with(|c: char| c.is_lowercase()) && word != "self";
        let path = match (base.is_empty(), is_module) {
            (_, false) => base.to_owned(),
            (true, true) => word,
            (false, true) => format!("{base}/{word}"),
        };
        return match rest.strip_prefix("::") {
            Some(rest) if is_module => paths(&path, rest),
            _ => vec![path],
        };
    };
    let mut found = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (place, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                let branch = &group[start..place];
                if !branch.trim().is_empty() {
                    found.extend(paths(base, branch));
                }
                start = place + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let text = "use crate::{a::B, c::{d::E, F}};\n// use crate::no;\nuse super::super::{x, y::Z};";
    let found: Vec<String> = imports("m/n/o", text).into_iter().map(|(_, path)| path).collect();
    assert_eq!(found, ["a", "c/d", "c", "m/x", "m/y"]);
    assert_eq!(
        imports("m", "crate::a::f(super::g())"),
        [(1, "a/f".to_owned()), (1, "g".to_owned())]
    );
    assert_eq!(imports("m", "use crate::Upper;"), [(1, String::new())]);
    assert_eq!(imports("m", "let text = \"\\\"crate::a\";\ncrate::b();"), [(2, "b".to_owned())]);
    let layers = ["a", "a/b", "c"];
    assert_eq!(rank("a/x", &layers), Some(0));
    assert_eq!(rank("a/b/x", &layers), Some(1));
    assert_eq!(rank("ab", &layers), None);
}
