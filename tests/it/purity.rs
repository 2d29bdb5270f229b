//! compshare-proto does no I/O: its sources and its dependencies hold nothing that could.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What proto's sources may not name, as paths and as words.
const PATHS: &[&str] = &[
    "rand",
    "std::collections::HashMap",
    "std::collections::HashSet",
    "std::env",
    "std::fs",
    "std::hash::RandomState",
    "std::io",
    "std::net::TcpListener",
    "std::net::TcpStream",
    "std::net::ToSocketAddrs",
    "std::net::UdpSocket",
    "std::os",
    "std::process",
    "std::thread",
];
const WORDS: &[&str] = &[
    "HashMap",
    "HashSet",
    "Instant::now",
    "RandomState",
    "SystemTime::now",
    "TcpListener",
    "TcpStream",
    "ToSocketAddrs",
    "UdpSocket",
    "dbg!",
    "eprintln!",
    "option_env!",
    "println!",
    "thread_local!",
];

/// What proto may be built with; all of it computes and nothing else.
const DEPENDENCIES: &[&str] = &[
    "base64",
    "block-buffer",
    "bytes",
    "cfg-if",
    "compshare-proto",
    "cpufeatures",
    "crypto-common",
    "digest",
    "http",
    "httpdate",
    "hybrid-array",
    "ipnet",
    "itoa",
    "libc", // of cpufeatures, to ask the processor what it can; on some platforms
    "memchr",
    "once_cell", // of tracing, as are the next one and the two tracings
    "pin-project-lite",
    "serde",
    "serde_core",
    "serde_json",
    "sha1",
    "tracing",
    "tracing-core",
    "typenum",
    "zeroize",
    "zmij",
];

fn proto() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/compshare-proto")
}

/// The sources but for tests, with their paths.
fn sources() -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    let mut folders = vec![proto().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_stem().is_some_and(|stem| stem != "tests") {
                let text = fs::read_to_string(&path).unwrap();
                sources.push((path, code(&text)));
            }
        }
    }
    sources
}

/// A source without comments and without its test module, which stands last.
fn code(source: &str) -> String {
    let mut parts = source.split("#[cfg(test)]");
    let code = parts.next().unwrap();
    assert!(parts.all(|part| part.starts_with("\nmod tests")), "only a test module is left out");
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// Every path that `use` brings in, written out: `use a::{b, c::{d, e}}` is three.
fn imports(code: &str) -> Vec<String> {
    let uses = code.split(';').filter_map(|item| item.split_once("use ").map(|(_, tree)| tree));
    uses.flat_map(|tree| spread(&tree.split_whitespace().collect::<String>())).collect()
}

fn spread(tree: &str) -> Vec<String> {
    let Some((stem, rest)) = tree.split_once('{') else { return vec![tree.to_owned()] };
    let inner = rest.strip_suffix('}').unwrap_or(rest);
    let (mut depth, mut branches) = (0, vec![String::new()]);
    for letter in inner.chars() {
        match letter {
            ',' if depth == 0 => {
                branches.push(String::new());
                continue;
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        branches.last_mut().unwrap().push(letter);
    }
    branches.retain(|branch| !branch.is_empty());
    branches.iter().flat_map(|branch| spread(&format!("{stem}{branch}"))).collect()
}

/// What a source names that it may not.
fn offences(code: &str) -> Vec<String> {
    let named = WORDS.iter().filter(|word| code.contains(**word)).map(|word| (*word).to_owned());
    let inline =
        PATHS.iter().filter(|path| path.contains("::") && code.contains(&format!("{path}::")));
    let imported = imports(code).into_iter().filter(|import| {
        PATHS.iter().any(|path| import == path || import.starts_with(&format!("{path}::")))
            || ["std", "std::net", "std::collections"]
                .iter()
                .any(|all| *import == format!("{all}::*"))
    });
    named.chain(inline.map(|path| (*path).to_owned())).chain(imported).collect()
}

#[test]
fn offences_are_found() {
    for (code, expected) in [
        ("use std::{fmt, fs};", "std::fs"),
        ("use std::{\n    time::Duration,\n    io::{self, Read as _},\n};", "std::io::self"),
        ("use std::thread::sleep;", "std::thread::sleep"),
        ("fn f() { std::env::var(\"A\"); }", "std::env"),
        ("let now = Instant::now();", "Instant::now"),
        ("let now = std::time::SystemTime::now();", "SystemTime::now"),
        ("use std::collections::*;", "std::collections::*"),
        ("use rand::Rng;", "rand::Rng"),
        ("let map: HashMap<u8, u8>;", "HashMap"),
    ] {
        assert!(offences(code).contains(&expected.to_owned()), "{code}: {:?}", offences(code));
    }
    for code in [
        "use std::{collections::BTreeMap, net::IpAddr, time::{Duration, Instant}};",
        "const V: &str = env!(\"CARGO_PKG_VERSION\");",
        "number.parse::<std::net::IpAddr>()",
    ] {
        assert_eq!(offences(code), Vec::<String>::new(), "{code}");
    }
    assert_eq!(code("a // Instant::now\n#[cfg(test)]\nmod tests { HashMap }"), "a ");
}

#[test]
fn sources_name_no_clock_socket_file_environment_thread_or_randomness() {
    let sources = sources();
    assert!(sources.len() > 40, "{}", sources.len());
    for (path, code) in sources {
        assert_eq!(offences(&code), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn dependencies_are_those_of_the_list() {
    let output = Command::new(env::var_os("CARGO").unwrap())
        .args(["tree", "-p", "compshare-proto", "-e", "normal", "--prefix", "none", "--offline"])
        .current_dir(proto())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    let names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains(&"compshare-proto") && names.contains(&"sha1"), "{names:?}");
    for name in names {
        assert!(DEPENDENCIES.contains(&name), "{name} is not in the list of this test");
    }
}
