//! The actions by family.

use compshare_blocking::actions::{ACTIONS, FAMILIES};

/// Names of the families, in the order of help.
pub(crate) fn families() -> Vec<&'static str> {
    FAMILIES.iter().map(|family| family.name).collect()
}

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
    text.push_str(&row("call", "Sends an action that this version does not know, by name."));
    text.push_str(&row("actions", "Lists the actions; with --json, all that is known of them."));
    text.push_str(&row("sim", "Runs the simulator until Ctrl-C, to try calls on."));
    text.push_str(&row("help", "Prints the help of a command, as its --help does."));
    text.trim_end().to_owned()
}
