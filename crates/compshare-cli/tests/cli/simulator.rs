//! `compshare sim`: the simulator on a port.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Stdio},
};

use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY};
use serde_json::Value;

use crate::{Cli, update};

/// A process that does not outlive its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn it_responses_other_commands() {
    let cli = Cli::bare();
    let mut command = cli.command(&["sim", "--json", "--address", "127.0.0.1:0"]);
    let mut running = Running(command.stdout(Stdio::piped()).spawn().expect("the binary"));
    let mut line = String::new();
    let stdout = running.0.stdout.take().expect("standard output");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let started: Value = serde_json::from_str(&line).expect("one JSON document");
    assert_eq!(
        (&started["public_key"], &started["private_key"]),
        (&PUBLIC_KEY.into(), &PRIVATE_KEY.into())
    );
    let endpoint = started["endpoint"].as_str().expect("an endpoint");
    let cli = Cli::bare()
        .set("COMPSHARE_ENDPOINT", endpoint)
        .set("COMPSHARE_PUBLIC_KEY", PUBLIC_KEY)
        .set("COMPSHARE_PRIVATE_KEY", PRIVATE_KEY)
        .set("COMPSHARE_REGION", "cn-wlcb");
    let ended = cli.run(&update(&["--Name", "x"]));
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
}

#[test]
fn it_listens_on_loopback_only() {
    let ended = Cli::bare().run(&["sim", "--address", "0.0.0.0:0"]);
    assert_eq!(
        ended.stderr,
        "error: --address: 0.0.0.0 is reachable by others, and the simulator's keys are public; \
         use a loopback address, such as 127.0.0.1:0\n"
    );
    assert_eq!((ended.code, &*ended.stdout), (Some(2), ""));
    let ended = Cli::bare().run(&["--region", "cn-wlcb", "sim"]);
    assert_eq!(ended.stderr, "error: sim does not take --region; remove it\n");
}
