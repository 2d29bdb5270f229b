//! The official SDK and CLI as child processes, under the guard's eyes.

use std::{
    fmt,
    io::{self, BufRead, BufReader, Write},
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
            // Else tables are cut.
            ("COLUMNS", "400"),
            ("PYTHONUTF8", "1"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
        ];
        command.envs(settings);
        command.env("HOME", &self.folder);
        command.env("COMPSHARE_CONFIG_FILE", self.folder.join("config.json"));
        command.stdin(Stdio::null());
        command
    }

    /// Starts the official CLI.
    pub(crate) fn cli(&self) -> Result<Cli, String> {
        Ok(Cli { lines: self.start(&mut self.script("cli.py"))? })
    }

    /// Has the CLI run one command with its reports to its maker left on, which go to the simulator
    /// here; returns the exit code of its process, and what that printed.
    pub(crate) fn reporting_cli(
        &self,
        arguments: &[&str],
    ) -> Result<(Option<i32>, String), String> {
        let mut command = self.script("cli.py");
        command.env("COMPSHARE_INSIGHTS_URL", &self.endpoint);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| self.no_python(&error))?;
        if let Some(mut input) = child.stdin.take() {
            // One that ends early does not read it.
            drop(writeln!(input, "{}", json!(arguments)));
        }
        let output = child.wait_with_output().map_err(|error| self.no_python(&error))?;
        let text = [output.stdout, output.stderr].concat();
        Ok((output.status.code(), String::from_utf8_lossy(&text).trim().to_owned()))
    }

    /// Starts the official SDK.
    pub(crate) fn sdk(&self) -> Result<Sdk, String> {
        Ok(Sdk { lines: self.start(&mut self.script("sdk.py"))? })
    }

    fn start(&self, command: &mut Command) -> Result<Lines, String> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| self.no_python(&error))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => {
                Ok(Lines { child, input: Some(input), output: BufReader::new(output) })
            }
            _ => Err("a child process has no pipes".to_owned()),
        }
    }

    fn no_python(&self, error: &io::Error) -> String {
        format!("cannot run {}: {error}", self.python.display())
    }
}

/// A child process that answers each line of JSON with another one.
struct Lines {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Lines {
    fn ask(&mut self, question: &Value) -> Result<Value, String> {
        let gone = |why: &dyn fmt::Display| {
            format!("a child process has ended early ({why}) at {question}; its output is above")
        };
        let input = self.input.as_mut().ok_or_else(|| gone(&"it was told to"))?;
        let mut response = String::new();
        writeln!(input, "{question}")
            .and_then(|()| input.flush())
            .and_then(|()| self.output.read_line(&mut response))
            .map_err(|error| gone(&error))?;
        serde_json::from_str(&response).map_err(|error| gone(&error))
    }
}

impl Drop for Lines {
    /// Ends its input, and with that the process.
    fn drop(&mut self) {
        self.input = None;
        drop(self.child.wait());
    }
}

/// The official CLI, one command at a time.
pub(crate) struct Cli {
    lines: Lines,
}

/// How a command of the CLI ended.
pub(crate) struct Outcome {
    pub(crate) code: i64,
    /// What it printed.
    pub(crate) text: String,
}

impl Cli {
    /// Runs a command to its end.
    pub(crate) fn run(&mut self, arguments: &[&str]) -> Result<Outcome, String> {
        let response = self.lines.ask(&json!(arguments))?;
        let code = response.get("code").and_then(Value::as_i64).unwrap_or(-1);
        let text = response.get("text").and_then(Value::as_str).unwrap_or_default();
        Ok(Outcome { code, text: text.trim().to_owned() })
    }
}

/// The official SDK, one call at a time.
pub(crate) struct Sdk {
    lines: Lines,
}

/// How a call of the SDK ended.
pub(crate) enum Exchange {
    Done,
    /// The response was a refusal.
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
    ) -> Result<Exchange, String> {
        let question = json!({ "how": how, "action": action, "parameters": parameters });
        self.lines.ask(&question).map(|response| exchange(&response))
    }
}

fn exchange(response: &Value) -> Exchange {
    let text = |name: &str| response[name].as_str().unwrap_or_default().to_owned();
    match response["outcome"].as_str().unwrap_or_default() {
        "done" => Exchange::Done,
        "refused" => Exchange::Refused,
        "absent" => Exchange::Absent,
        "refused to send" => {
            let names = response["missing"].as_array().map(Vec::as_slice).unwrap_or_default();
            Exchange::Missing(names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        _ => Exchange::Failed(text("message")),
    }
}
