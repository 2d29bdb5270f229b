//! Every action with every parameter that the metadata has.

use std::{collections::BTreeMap, sync::LazyLock, time::SystemTime};

use compshare_blocking::{
    actions::ACTIONS,
    metadata::{ActionInfo, Kind, Takes},
};
use serde_json::Value;

use crate::Cli;

/// Flags of all parameters, and what is to be on the wire.
#[derive(Default)]
struct Everything {
    flags: Vec<String>,
    sent: BTreeMap<String, String>,
}

impl Everything {
    fn of(info: &ActionInfo) -> Self {
        let mut all = Self::default();
        let scope = [("Region", info.region), ("Zone", info.zone), ("ProjectId", info.project_id)];
        for (name, _) in scope.into_iter().filter(|(_, takes)| *takes != Takes::Never) {
            all.add(name.to_owned(), "x", "x");
        }
        for parameter in info.parameters {
            all.parameter(parameter.kind, parameter.name.to_owned());
        }
        for (name, value) in
            [("Action", info.name), ("PublicKey", "placeholder"), ("Signature", "***")]
        {
            all.sent.insert(name.to_owned(), value.to_owned());
        }
        all
    }

    fn add(&mut self, path: String, given: &str, sent: &str) {
        self.flags.push(format!("--{path}={given}"));
        self.sent.insert(path, sent.to_owned());
    }

    fn parameter(&mut self, kind: Kind, path: String) {
        match kind {
            Kind::Object(object) => {
                for part in object.parameters {
                    self.parameter(part.kind, format!("{path}.{}", part.name));
                }
            }
            Kind::List(item @ Kind::Object(_)) => {
                for index in 0..2 {
                    self.parameter(*item, format!("{path}.{index}"));
                }
            }
            Kind::List(item) => {
                for index in 0..2 {
                    let (given, sent) = sample(*item);
                    self.flags.push(format!("--{path}={given}"));
                    self.sent.insert(format!("{path}.{index}"), sent.to_owned());
                }
            }
            kind => {
                let (given, sent) = sample(kind);
                self.add(path, given, sent);
            }
        }
    }
}

/// A time that something can be scheduled for.
static TOMORROW: LazyLock<String> = LazyLock::new(|| {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    (now.as_secs() + 86_400).to_string()
});

/// A value as it is given and as it is shown.
fn sample(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::String => ("深 x", "深 x"),
        Kind::Secret => ("Canary1", "***"),
        Kind::Int => ("7", "7"),
        Kind::Float | Kind::Cny => ("1.50", "1.5"),
        Kind::Fen => ("12.50CNY", "1250"),
        Kind::Mb => ("64GB", "65536"),
        Kind::Gb => ("2TB", "2048"),
        Kind::Seconds => ("2h", "7200"),
        Kind::Hours => ("2d", "48"),
        Kind::Timestamp => (&TOMORROW, &TOMORROW),
        Kind::Bool => ("false", "false"),
        Kind::Enum(info) => (info.values[0].0, info.values[0].0),
        other => unreachable!("no parameter has had this type so far: {other:?}"),
    }
}

/// What is in a JSON value, under names as a form has them.
fn flatten(value: &Value, path: String, flat: &mut BTreeMap<String, String>) {
    let join =
        |step: &str| if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") };
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| flatten(value, join(name), flat)),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(item, join(&index.to_string()), flat);
            }
        }
        Value::String(text) => drop(flat.insert(path, text.clone())),
        other => drop(flat.insert(path, other.to_string())),
    }
}

#[test]
fn every_parameter_of_every_action_is_sent() {
    for info in ACTIONS {
        let all = Everything::of(info);
        let flags: Vec<&str> = all.flags.iter().map(String::as_str).collect();
        let ended = Cli::bare().run(&crate::words(&[info.name, "--dry-run", "--json"], &flags));
        assert_eq!(ended.code, Some(0), "{}: {}", info.name, ended.stderr);
        let mut shown = BTreeMap::new();
        flatten(&ended.json()["parameters"], String::new(), &mut shown);
        assert_eq!(shown, all.sent, "{}", info.name);
        let ended = Cli::bare().run(&crate::words(&[info.name, "--dry-run"], &flags));
        assert_eq!(ended.code, Some(0), "{}", info.name);
        for name in all.sent.keys() {
            let name = name.split('.').next().unwrap_or_default();
            let line = ended.stdout.lines().any(|line| line.starts_with(name));
            assert!(line, "{name}\n{}", ended.stdout);
        }
        assert!(!ended.stdout.contains("Canary1"), "{}", ended.stdout);
    }
}

#[test]
fn every_example_can_be_pasted() {
    let cli = Cli::bare().file("password.txt", "Password1\n");
    for info in ACTIONS {
        let help = cli.run(&[info.name, "--help"]).stdout;
        let start = format!("\n  compshare {}", info.name);
        let example = help.lines().find(|line| line.starts_with(start.trim_start_matches('\n')));
        let example = example.expect("an example");
        let words = unquoted(example.trim().strip_prefix("compshare ").expect("its name"));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let ended = cli.run(&crate::words(&words, &["--dry-run"]));
        assert_eq!(ended.code, Some(0), "{example}\n{}", ended.stderr);
    }
}

/// The words of a line as a shell splits them; no example has a quote within quotes.
fn unquoted(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match (c, words.last_mut()) {
            ('\'', _) => quoted = !quoted,
            (' ', _) if !quoted => words.push(String::new()),
            (c, Some(word)) => word.push(c),
            (_, None) => {}
        }
    }
    words
}
