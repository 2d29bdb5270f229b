//! Keys from a profile file: whose they are, who may read them, and what is wrong with them.

use std::fs;

use compshare_sim::Sim;
use serde_json::json;

use crate::{Cli, update, words};

/// A command whose profile file holds the simulator's keys, and is of that mode where modes exist.
fn cli(mode: u32) -> Cli {
    let profiles = json!({ "profiles": { "sim": {
        "public_key": compshare_sim::PUBLIC_KEY, "private_key": compshare_sim::PRIVATE_KEY,
    } } });
    let cli = Cli::bare()
        .file("profiles.json", profiles.to_string())
        .set("COMPSHARE_CONFIG_FILE", "profiles.json");
    set_mode(&cli, mode);
    cli
}

#[cfg(unix)]
fn set_mode(cli: &Cli, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;

    let path = cli.folder.join("profiles.json");
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
}

#[cfg(not(unix))]
fn set_mode(_: &Cli, _: u32) {}

fn there<'a>(sim: &'a Sim, profile: &'a str) -> Vec<&'a str> {
    let words = ["--endpoint", sim.endpoint(), "--region", "cn-wlcb", "--Name", "x", "--profile"];
    update(&[&words[..], &[profile]].concat())
}

#[test]
fn keys_of_a_profile() {
    let sim = Sim::start().expect("a simulator");
    let cli = cli(0o600);
    let ended = cli.run(&there(&sim, "sim"));
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    let ended = cli.run(&there(&sim, "other"));
    assert_eq!(
        ended.stderr,
        "error: profiles.json: no profile \"other\"; it has: sim\n\
         hint: use --sim to try it without keys\n"
    );
    assert_eq!((ended.code, sim.requests().len()), (Some(2), 1));
}

#[cfg(unix)]
#[test]
fn a_folder_in_place_of_the_file_is_called_one() {
    let cli = Cli::bare();
    fs::create_dir(cli.folder.join("profiles")).expect("a folder");
    let cli = cli.set("COMPSHARE_CONFIG_FILE", "profiles");
    let ended = cli.run(&["GetProjectList"]);
    assert!(
        ended.stderr.starts_with("error: cannot read profiles: Is a directory"),
        "{}",
        ended.stderr
    );
    assert!(!ended.stderr.contains("chmod"), "{}", ended.stderr);
    assert_eq!(ended.code, Some(2));
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_read_is_read_with_a_warning_that_names_the_fix() {
    let sim = Sim::start().expect("a simulator");
    for (mode, shown) in [(0o644, "644"), (0o660, "660"), (0o604, "604")] {
        let cli = cli(mode);
        let ended = cli.run(&there(&sim, "sim"));
        let warning = format!(
            "warning: profiles.json holds keys and is open to other users (mode {shown}): \
             chmod 600 'profiles.json'\n"
        );
        assert_eq!((ended.code, &*ended.stderr), (Some(0), &*warning));
        let ended = cli.run(&words(&there(&sim, "sim"), &["--json"]));
        assert_eq!(ended.stderr, warning);
        assert!(ended.json().is_object(), "{}", ended.stdout);
    }
}

#[test]
fn a_broken_file_is_named_with_the_place_and_without_its_content() {
    for (content, reason) in [
        (r#"{"profiles":{"a":{"private_key":"CANARY"#, "not valid JSON at line 1, column 39"),
        ("{\n\"profiles\": CANARY }", "not valid JSON at line 2, column 13"),
        (r#"["CANARY"]"#, "must be a JSON object with `profiles`"),
        (r#"{"profiles":"CANARY"}"#, "`profiles` must be an object"),
        (r#"{"profiles":{"a":"CANARY"}}"#, "`profiles.a` must be an object"),
        (
            r#"{"profiles":{"a":{"public_key":"p","private_key":["CANARY"]}}}"#,
            "`profiles.a.private_key` must be text",
        ),
    ] {
        let cli = cli(0o600).file("profiles.json", content);
        for json in [&[][..], &["--json"]] {
            let ended = cli.run(&words(&update(&["--profile", "a", "--region", "r"]), json));
            let first = format!("error: profiles.json: {reason}");
            assert_eq!(ended.stderr.lines().next(), Some(&*first));
            assert!(!format!("{}{}", ended.stdout, ended.stderr).contains("CANARY"));
            assert_eq!(ended.code, Some(2));
        }
    }
}

#[test]
fn keys_come_from_one_place() {
    for (variable, missing) in [
        ("COMPSHARE_PUBLIC_KEY", "COMPSHARE_PRIVATE_KEY"),
        ("COMPSHARE_PRIVATE_KEY", "COMPSHARE_PUBLIC_KEY"),
        (
            "COMPSHARE_SECURITY_TOKEN",
            "the keys that it was issued with (COMPSHARE_PUBLIC_KEY, COMPSHARE_PRIVATE_KEY)",
        ),
    ] {
        let sim = Sim::start().expect("a simulator");
        let cli = cli(0o600).set(variable, "CANARY").set("COMPSHARE_PROFILE", "sim");
        let words = update(&["--endpoint", sim.endpoint(), "--region", "cn-wlcb", "--Name", "x"]);
        let ended = cli.run(&words);
        let first = format!(
            "error: {variable} is set without {missing}: keys and token come from one place, so set \
             what is missing, or unset {variable} to use the keys in profiles.json"
        );
        assert_eq!((ended.code, ended.stderr.lines().next()), (Some(2), Some(&*first)));
        assert_eq!(sim.connections(), 0);
    }
}

#[test]
fn what_surrounds_a_setting_is_not_sent() {
    let sim = Sim::start().expect("a simulator");
    let around = |value: &str| format!("\u{feff}\"{value}\"\r\n");
    let cli = Cli::bare()
        .set("COMPSHARE_PUBLIC_KEY", &around(compshare_sim::PUBLIC_KEY))
        .set("COMPSHARE_PRIVATE_KEY", &around(compshare_sim::PRIVATE_KEY))
        .set("COMPSHARE_ENDPOINT", &around(sim.endpoint()));
    let region = around("cn-wlcb");
    let ended = cli.run(&update(&["--region", &region, "--Name", "x"]));
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    assert_eq!(sim.requests()[0].parameter("Region"), Some("cn-wlcb"));
    let cli = cli.set("COMPSHARE_PRIVATE_KEY", "first\nsecond");
    let ended = cli.run(&update(&["--region", "cn-wlcb", "--Name", "x"]));
    let first = "error: COMPSHARE_PRIVATE_KEY has a line break in it: give the value alone";
    assert_eq!((ended.code, ended.stderr.lines().next()), (Some(2), Some(first)));
    assert_eq!(sim.requests().len(), 1);
}
