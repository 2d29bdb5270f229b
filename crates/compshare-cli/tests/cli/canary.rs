//! The canary: marked keys and passwords go through whole commands, and nothing printed shows them.

use compshare_sim::{Fault, Sim};

use crate::{Cli, server::responding, words};

const PRIVATE: &str = "CANARY-private-key";
const TOKEN: &str = "CANARY-token";
const PROXY: &str = "http://user:CANARY-proxy@127.0.0.1:1";
const RESET: [&str; 5] = [
    "ResetCompShareInstancePassword",
    "--UHostId",
    "uhost-stopped",
    "--Password",
    "CANARY-password-1",
];
/// Base64 of what is marked in a request and in a response.
const ENCODED: [&str; 2] = ["Q0FOQVJZLXBhc3N3b3JkLTE=", "Q0FOQVJZLWFuc3dlcmVk"];

fn cli() -> Cli {
    Cli::bare()
        .set("COMPSHARE_PUBLIC_KEY", "public-key")
        .set("COMPSHARE_PRIVATE_KEY", PRIVATE)
        .set("COMPSHARE_SECURITY_TOKEN", TOKEN)
        .set("COMPSHARE_REGION", "cn-wlcb")
        .set("COMPSHARE_ZONE", "cn-wlcb-01")
        .set("RUST_LOG", "trace")
}

/// Runs a command in each way of showing how it ended, and searches all that it prints.
fn assert_silent(cli: &Cli, command: &[&str], hidden: &[&str]) {
    for then in [&[][..], &["--json"], &["--dry-run"], &["--dry-run", "--json"]] {
        let ended = cli.run(&words(command, then));
        let printed = ended.stdout + &ended.stderr;
        assert!(!printed.is_empty(), "{command:?} {then:?}");
        for secret in ["CANARY"].iter().chain(&ENCODED).chain(hidden) {
            assert!(!printed.contains(secret), "{command:?} {then:?}: {printed}");
        }
    }
}

#[test]
fn a_command_prints_no_secret_however_it_ends() {
    let faults: [fn() -> Fault; 6] = [
        || Fault::ActThenClose,
        || Fault::Html,
        || Fault::EmptyBody,
        || Fault::NoRetCode,
        || Fault::status(403),
        || Fault::ret_code(230, "Params [Password] not available"),
    ];
    for fault in faults {
        let sim = Sim::start().expect("a simulator");
        let cli = cli().set("COMPSHARE_ENDPOINT", sim.endpoint());
        let command = words(&RESET, &["--timeout", "5"]);
        sim.fault(fault());
        sim.fault(fault());
        assert_silent(&cli, &command, &[]);
        for seen in sim.requests() {
            let signature = seen.parameter("Signature").expect("a signature");
            assert_silent(&cli, &command, &[signature]);
        }
    }
}

#[test]
fn so_does_one_that_is_not_sent() {
    let closed = cli().set("COMPSHARE_ENDPOINT", "http://127.0.0.1:1/");
    assert_silent(&closed, &words(&RESET, &["--timeout", "1"]), &[]);
    let proxied = cli().set("HTTPS_PROXY", PROXY);
    assert_silent(&proxied, &words(&RESET, &["--timeout", "1"]), &[]);
    let proxied = cli().set("HTTPS_PROXY", "socks5://user:CANARY-proxy@127.0.0.1:1");
    assert_silent(&proxied, &RESET, &[]);
    let endpoint = cli().set("COMPSHARE_ENDPOINT", "https://user:CANARY@api.compshare.cn/");
    assert_silent(&endpoint, &RESET, &[]);
    let no_zone = cli().unset("COMPSHARE_ZONE").unset("COMPSHARE_REGION");
    assert_silent(&no_zone, &RESET, &[]);
    for wrong in ["--Passwrd", "--UHostId", "stray"] {
        assert_silent(&cli(), &words(&RESET, &[wrong, "CANARY"]), &[]);
    }
}

#[test]
fn passwords_in_responses_are_printed_only_as_the_document_that_was_asked_for() {
    let body = r#"{"RetCode":0,"UHostSet":[{"UHostId":"u","Password":"Q0FOQVJZLWFuc3dlcmVk"}]}"#;
    let ended = responding("", body).run(&["DescribeCompShareInstance"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.contains("Password: ***"), "{}", ended.stdout);
    assert!(!ended.stdout.contains(ENCODED[1]), "{}", ended.stdout);
    for body in [
        r#"{"RetCode":230,"Message":"no","Password":"Q0FOQVJZLWFuc3dlcmVk"}"#,
        r#"{"Password":"Q0FOQVJZLWFuc3dlcmVk"}"#,
        "<html>Q0FOQVJZLWFuc3dlcmVk",
    ] {
        for then in [&[][..], &["--json"]] {
            let ended = responding("", body).run(&words(&["DescribeCompShareInstance"], then));
            let printed = ended.stdout + &ended.stderr;
            assert!(!printed.contains(ENCODED[1]), "{body} {then:?}: {printed}");
        }
    }
}
