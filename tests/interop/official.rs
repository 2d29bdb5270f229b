//! The official SDK and CLI as child processes, under the guard's eyes.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY};
use serde_json::{Map, Value, json};

/// Where the Python of the venv is, and a folder that the children may write to.
pub(crate) struct Setup {
    pub(crate) python: PathBuf,
    pub(crate) folder: PathBuf,
    pub(crate) endpoint: String,
}

/// Exit code of a child that the guard has stopped; `guard.py` has the same.
pub(crate) const CAUGHT: i32 = 97;

impl Setup {
    /// A script of this folder, with the simulator's keys and nothing of the caller's environment.
    fn script(&self, name: &str) -> Command {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("interop").join(name);
        let mut command = Command::new(&self.python);
        command.arg("-s").arg(script).arg(&self.endpoint).current_dir(&self.folder).env_clear();
        let settings = [
            ("COMPSHARE_PUBLIC_KEY", PUBLIC_KEY),
            ("COMPSHARE_PRIVATE_KEY", PRIVATE_KEY),
            // Else the CLI reports each command to its maker.
            ("COMPSHARE_INSIGHTS_URL", ""),
            ("COMPSHARE_LANG", "en"),
            ("NO_PROXY", "*"),
            ("NO_COLOR", "1"),
            ("PYTHONUTF8", "1"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
        ];
        command.envs(settings);
        command.env("HOME", &self.folder);
        command.env("COMPSHARE_CONFIG_FILE", self.folder.join("config.json"));
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command of the official CLI to its end.
    pub(crate) fn cli(&self, arguments: &[&str]) -> Result<Outcome, String> {
        self.run(self.script("cli.py").args(arguments))
    }

    /// The same with its reports to its maker left on, which go to the simulator here.
    pub(crate) fn reporting_cli(&self, arguments: &[&str]) -> Result<Outcome, String> {
        let mut command = self.script("cli.py");
        self.run(command.env("COMPSHARE_INSIGHTS_URL", &self.endpoint).args(arguments))
    }

    fn run(&self, command: &mut Command) -> Result<Outcome, String> {
        let output = command
            .output()
            .map_err(|error| format!("cannot run {}: {error}", self.python.display()))?;
        let text = [output.stdout, output.stderr].concat();
        Ok(Outcome {
            code: output.status.code(),
            text: String::from_utf8_lossy(&text).trim().to_owned(),
        })
    }

    /// Starts the official SDK.
    pub(crate) fn sdk(&self) -> Result<Sdk, String> {
        let failed = |error| format!("cannot run {}: {error}", self.python.display());
        let mut command = self.script("sdk.py");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => {
                Ok(Sdk { child, input: Some(input), output: BufReader::new(output) })
            }
            _ => Err("the SDK has no pipes".to_owned()),
        }
    }
}

/// How a command of the CLI ended.
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    /// What it printed.
    pub(crate) text: String,
}

/// The official SDK, one call at a time.
pub(crate) struct Sdk {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// How a call of the SDK ended.
pub(crate) enum Reply {
    Done,
    /// The answer was a refusal.
    Refused,
    /// The typed client has no such action.
    Absent,
    /// Nothing was sent: these parameters are missing.
    Missing(Vec<String>),
    /// Anything else.
    Failed(String),
}

impl Sdk {
    /// Makes a call: by `invoke`, `typed`, or `json`.
    pub(crate) fn call(
        &mut self,
        how: &str,
        action: &str,
        parameters: &Map<String, Value>,
    ) -> Result<Reply, String> {
        let line = json!({ "how": how, "action": action, "parameters": parameters });
        let failed = |error| format!("the SDK's process is gone ({error}); its output is above");
        let input = self.input.as_mut().ok_or("the SDK has ended")?;
        writeln!(input, "{line}").and_then(|()| input.flush()).map_err(failed)?;
        let mut answer = String::new();
        self.output.read_line(&mut answer).map_err(failed)?;
        let answer: Value = serde_json::from_str(&answer)
            .map_err(|_| "the SDK's process ended early; its output is above".to_owned())?;
        Ok(reply(&answer))
    }
}

fn reply(answer: &Value) -> Reply {
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    match answer["outcome"].as_str().unwrap_or_default() {
        "done" => Reply::Done,
        "refused" => Reply::Refused,
        "absent" => Reply::Absent,
        "refused to send" => {
            let names = answer["missing"].as_array().map(Vec::as_slice).unwrap_or_default();
            Reply::Missing(names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        _ => Reply::Failed(text("message")),
    }
}

impl Drop for Sdk {
    /// Ends its input, and with that the process.
    fn drop(&mut self) {
        self.input = None;
        drop(self.child.wait());
    }
}
