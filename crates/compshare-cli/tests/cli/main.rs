//! The binary `compshare`, run as a person runs it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper that fails fails its test"
)]

mod billing;
mod canary;
mod download;
mod dry_run;
mod empty_lists;
mod every_action;
mod failures;
mod files;
mod help;
mod lang;
mod lists;
mod once;
mod outcome_unknown;
mod partial;
mod profile;
mod sanitized;
mod secrets;
mod server;
#[cfg(unix)]
mod signals;
mod simulator;
mod times;
mod update;

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use compshare_sim::{PUBLIC_KEY, RecordedRequest, Sim};
use serde_json::Value;

/// Id of the documented image.
const IMAGE: [&str; 2] = ["--CompShareImageId", "compshareImage-xxxx"];

/// How a command ended.
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Ended {
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).expect("one JSON document on standard output")
    }
}

/// A command in a folder and an environment of its own.
struct Cli {
    folder: PathBuf,
    variables: BTreeMap<&'static str, String>,
    stdin: Vec<u8>,
}

impl Cli {
    /// With nothing in the environment but a home without a profile, and a time zone.
    fn bare() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("cli-{}-{number}", std::process::id());
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).expect("a folder");
        let variables = BTreeMap::from([("TZ", "Asia/Shanghai".to_owned())]);
        Self { folder, variables, stdin: Vec::new() }
    }

    /// With the keys, the endpoint and a region of a simulator.
    fn of(sim: &Sim) -> Self {
        Self::bare()
            .set("COMPSHARE_PUBLIC_KEY", PUBLIC_KEY)
            .set("COMPSHARE_PRIVATE_KEY", compshare_sim::PRIVATE_KEY)
            .set("COMPSHARE_ENDPOINT", sim.endpoint())
            .set("COMPSHARE_REGION", "cn-wlcb")
    }

    fn set(mut self, variable: &'static str, value: &str) -> Self {
        self.variables.insert(variable, value.to_owned());
        self
    }

    fn unset(mut self, variable: &'static str) -> Self {
        self.variables.remove(variable);
        self
    }

    fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.folder.join(name), content).expect("a file");
        self
    }

    fn stdin(mut self, content: impl AsRef<[u8]>) -> Self {
        self.stdin = content.as_ref().to_vec();
        self
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_compshare"));
        command.args(words).current_dir(&self.folder).env_clear().env("HOME", &self.folder);
        command.envs(&self.variables);
        command
    }

    /// Runs it to its end; the private key must not have been printed.
    fn run(&self, words: &[&str]) -> Ended {
        let mut child = self
            .command(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary");
        // A command that does not read it has closed it, perhaps.
        drop(child.stdin.take().expect("standard input").write_all(&self.stdin));
        let output = child.wait_with_output().expect("an end");
        let ended = Ended {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        };
        let private = self.variables.get("COMPSHARE_PRIVATE_KEY").map(String::as_str);
        for key in [Some(compshare_sim::PRIVATE_KEY), private].into_iter().flatten() {
            assert!(!ended.stdout.contains(key), "{}", ended.stdout);
            assert!(!ended.stderr.contains(key), "{}", ended.stderr);
        }
        ended
    }
}

impl Drop for Cli {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Words of two lists, one after the other.
fn words<'a>(first: &[&'a str], then: &[&'a str]) -> Vec<&'a str> {
    [first, then].concat()
}

/// An update of the documented image with further words.
fn update<'a>(then: &[&'a str]) -> Vec<&'a str> {
    words(&words(&["UpdateCompShareImage"], &IMAGE), then)
}

/// The one request that a simulator saw.
fn only(sim: &Sim) -> RecordedRequest {
    let [seen] = sim.requests().try_into().expect("one request");
    seen
}

/// What was sent, by name.
fn sorted(seen: &RecordedRequest) -> BTreeMap<&str, &str> {
    seen.parameters.iter().map(|(name, value)| (&**name, &**value)).collect()
}

/// A text without its lines about the simulator's port, which is another each time.
fn without_port(text: &str) -> String {
    let lines =
        text.lines().map(|line| match line.strip_prefix("simulator on http://127.0.0.1:") {
            Some(rest) => {
                format!(
                    "simulator on PORT{}\n",
                    rest.trim_start_matches(|c: char| c.is_ascii_digit())
                )
            }
            None => format!("{line}\n"),
        });
    lines.collect()
}
