//! The actions by family.

use compshare_blocking::actions::ACTIONS;

/// Families and their titles, in the order of help.
const FAMILIES: [(&str, &str); 7] = [
    ("instance", "GPU instances"),
    ("image", "images to start instances from"),
    ("disk", "cloud disks and CFS file storage"),
    ("network", "bandwidth, ports and web addresses"),
    ("team", "teams, their quota and their orders"),
    ("ulhost", "lightweight hosts without GPUs"),
    ("misc", "models and projects"),
];

/// The commands that are not actions, and what they do.
pub(crate) const COMMANDS: [(&str, &str); 4] = [
    ("call", "Sends an action that this version does not know, by name."),
    ("actions", "Lists the actions; with --json, their parameters and fields."),
    ("sim", "Runs the simulator until Ctrl-C."),
    ("help", "Prints the help of a command."),
];

/// Names of the families in the order of help; families missing from the table come last.
pub(crate) fn families() -> Vec<&'static str> {
    let mut families: Vec<&str> = FAMILIES.iter().map(|(family, _)| *family).collect();
    for info in ACTIONS {
        if !families.contains(&info.family) {
            families.push(info.family);
        }
    }
    families
}

/// The actions by family, one line each.
pub(crate) fn actions() -> String {
    let widest = ACTIONS.iter().map(|info| info.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    let row = |name: &str, summary: &str| format!("  {name:<widest$}  {summary}\n");
    for family in families() {
        let about = FAMILIES.iter().find(|(known, _)| *known == family);
        let about = about.map(|(_, about)| format!(" ({about})")).unwrap_or_default();
        text.push_str(&format!("Actions, {family}{about}:\n"));
        for info in ACTIONS.iter().filter(|info| info.family == family) {
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
