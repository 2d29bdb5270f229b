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
    text.push_str(&row("call", "Sends an action that this version does not know, by name."));
    text.push_str(&row("actions", "Lists the actions; with --json, their parameters and fields."));
    text.push_str(&row("sim", "Runs the simulator until Ctrl-C."));
    text.push_str(&row("help", "Prints the help of a command."));
    text.trim_end().to_owned()
}
