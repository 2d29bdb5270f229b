//! `--dry-run`: shows everything but secrets, and sends nothing.

use compshare_sim::{PUBLIC_KEY, Sim};

use crate::{Cli, update};

#[test]
fn a_person_sees_the_request() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim).set("COMPSHARE_SECURITY_TOKEN", "canary-token");
    let flags =
        ["--Tags", "深度学习", "--Readme", "a\nb", "--param", "Password=canary", "--dry-run"];
    let ended = cli.run(&update(&flags));
    let lines: Vec<&str> = ended.stdout.lines().collect();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(lines[0], format!("POST {}", sim.endpoint()));
    assert_eq!(lines[1], "content-type: application/x-www-form-urlencoded");
    assert_eq!(lines[2], "accept-encoding: identity");
    assert_eq!(lines[3], format!("user-agent: compshare-cli/{version} compshare-rust/{version}"));
    assert!(lines[4].starts_with("u-timestamp-ms: 1"), "{}", lines[4]);
    let public = format!("PublicKey={PUBLIC_KEY}");
    assert_eq!(
        lines[5..],
        [
            "",
            "Action=UpdateCompShareImage",
            "CompShareImageId=compshareImage-xxxx",
            "Password=***",
            &public,
            r"Readme=a\nb",
            "Region=cn-wlcb",
            "SecurityToken=***",
            "Signature=***",
            "Tags.0=深度学习",
        ]
    );
    assert_eq!((ended.code, &*ended.stderr), (Some(0), "dry run: nothing was sent\n"));
    assert_eq!((sim.requests().len(), sim.connections()), (0, 0));
}

#[test]
fn a_program_reads_one_document_and_keys_are_not_needed() {
    let ended = Cli::bare().run(&update(&["--dry-run", "--json", "--region", "cn-wlcb"]));
    let document = ended.json();
    assert_eq!(document["method"], "POST");
    assert_eq!(document["url"], "https://api.compshare.cn/");
    assert_eq!(document["parameters"]["Signature"], "***");
    assert_eq!(document["parameters"]["PublicKey"], "placeholder");
    assert_eq!(document["parameters"]["CompShareImageId"], "compshareImage-xxxx");
    let notes: Vec<&str> = ended.stderr.lines().collect();
    assert!(notes[0].starts_with("note: no keys"), "{}", notes[0]);
    assert_eq!(notes[1], "note: signed with placeholder keys; nothing is sent");
    assert_eq!(ended.code, Some(0));
}

#[test]
fn what_could_not_be_sent_is_not_shown() {
    let ended = Cli::bare().run(&update(&["--dry-run"]));
    assert!(ended.stderr.contains("Region is missing"), "{}", ended.stderr);
    assert_eq!((ended.code, &*ended.stdout), (Some(2), ""));
    let bad = Cli::bare().set("COMPSHARE_ENDPOINT", "http://example.com/");
    let ended = bad.run(&update(&["--dry-run"]));
    assert!(ended.stderr.starts_with("error: COMPSHARE_ENDPOINT: "), "{}", ended.stderr);
    assert_eq!(ended.code, Some(2));
}
