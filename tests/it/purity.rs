//! compshare-proto depends on nothing that does I/O. Its own code is checked by the list in its `clippy.toml`.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

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
    "once_cell", // of tracing, as are pin-project-lite and the two tracings
    "percent-encoding",
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
