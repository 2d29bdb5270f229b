//! The actions by family.

use compshare_blocking::actions::{ACTIONS, FAMILIES};

/// The commands that are not actions, and what they do.
pub(crate) const COMMANDS: [(&str, &str); 4] = [
    ("call", "Sends an action that this version does not know, by name."),
    ("actions", "Lists the actions; with --json, their parameters and fields."),
    ("sim", "Runs the simulator until Ctrl-C."),
    ("help", "Prints the help of a command."),
];

/// The actions by family, one line each.
pub(crate) fn actions() -> String {
    let widest = ACTIONS.iter().map(|info| info.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    let row = |name: &str, summary: &str| format!("  {name:<widest$}  {summary}\n");
    for family in FAMILIES {
        text.push_str(&format!("Actions, {} ({}):\n", family.name, family.title));
        for info in family.actions() {
            text.push_str(&row(info.name, info.summary));
        }
        text.push('\n');
    }
    text.push_str("Other commands:\n");
    for (name, about) in COMMANDS {
        text.push_str(&row(name, about));
    }
    text.trim_end().to_owned()
}
