//! The texts of `--help`.

mod texts;

use std::{collections::BTreeMap, fmt::Write as _};

use compshare_blocking::{
    ActionInfo, Availability, Effect, Kind, ParameterInfo, Takes, actions::ACTIONS,
};

use crate::{
    flags::{self, Flag, Scope},
    text::{shell, width, wrap},
};

pub(crate) use texts::{ABOUT, ACTION_TEMPLATE, AFTER, EFFECT, TEMPLATE};

/// Columns that a line of help takes at most, besides clap's indentation.
const COLUMNS: usize = 86;

/// The actions by family, one line each.
pub(crate) fn actions() -> String {
    let mut families: BTreeMap<&str, Vec<&ActionInfo>> = BTreeMap::new();
    for info in ACTIONS {
        families.entry(info.family).or_default().push(info);
    }
    let widest = ACTIONS.iter().map(|info| info.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    let row = |name: &str, summary: &str| format!("  {name:<widest$}  {summary}\n");
    for (family, infos) in families {
        text.push_str(&format!("Actions, {family}:\n"));
        for info in infos {
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

/// What there is to say of an action beside its summary.
pub(crate) fn facts(info: &ActionInfo) -> String {
    let mut lines: Vec<String> = info.notes.iter().map(|note| wrap(note, COLUMNS)).collect();
    lines.extend(unavailable(info).map(|text| wrap(&format!("Warning: {text}."), COLUMNS)));
    lines.push(format!("Effect: {}.", effect(info.effect)));
    match info.availability {
        Availability::CliOnly => {
            lines.push("Documented nowhere; known from the official CLI.".to_owned());
        }
        _ if !info.doc_page.is_empty() => {
            lines.push(format!("Product documentation: {}", info.doc_page));
        }
        _ => {}
    }
    lines.join("\n")
}

/// What to say of an action that production does not have.
pub(crate) fn unavailable(info: &ActionInfo) -> Option<String> {
    match info.availability {
        Availability::Unavailable { instead: "" } => {
            Some(format!("{} is dead in production, and nothing replaces it", info.name))
        }
        Availability::Unavailable { instead } => {
            Some(format!("{} is dead in production: use {instead} instead", info.name))
        }
        _ => None,
    }
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read; it only looks, and is repeated after a failure",
        Effect::Idempotent => {
            "idempotent; it leaves the same state however often it is sent, and is repeated after a failure"
        }
        _ => {
            "once; it may buy, create or destroy again, and is not repeated if the server may have acted"
        }
    }
}

/// The usage line, with what is required.
pub(crate) fn usage(info: &ActionInfo) -> String {
    let mut usage = format!("compshare {}", info.name);
    for parameter in info.parameters.iter().filter(|parameter| parameter.required) {
        let name = match parameter.kind {
            Kind::Object(_) => format!("{}.*", parameter.name),
            Kind::List(Kind::Object(_)) => format!("{}.0.*", parameter.name),
            _ => parameter.name.to_owned(),
        };
        write!(usage, " --{name} <{}>", kind_name(parameter.kind, parameter.base64))
            .unwrap_or_default();
    }
    usage.push_str(" [OPTIONS]");
    usage
}

/// An example that can be pasted.
pub(crate) fn example(info: &ActionInfo, flags: &[Flag]) -> String {
    let mut words = vec!["compshare".to_owned(), info.name.to_owned()];
    for scope in flags::scope(info).filter(|scope| scope.takes == Takes::Required) {
        let value = match scope.name {
            "Region" => "cn-wlcb",
            "Zone" => "cn-wlcb-01",
            _ => "org-xxxx",
        };
        words.push(format!("--{} {value}", scope.global));
    }
    // A part of an object is needed where it is and the object is.
    let is_needed = |flag: &&Flag| {
        let whole = flag.path.split('.').next().and_then(|name| info.parameter(name));
        !flag.hidden && flag.info.required && whole.is_some_and(|whole| whole.required)
    };
    for flag in flags.iter().filter(is_needed) {
        let value = match flag.info.example {
            "" => format!("<{}>", type_name(flag)),
            example => example.to_owned(),
        };
        words.push(format!("--{} {}", flag.path, shell(&value)));
    }
    format!(
        "Example:\n  {}\n\nA text that begins with @ is read from that file; `compshare --help` has more.",
        words.join(" ")
    )
}

/// What stands for the value of a flag.
pub(crate) fn type_name(flag: &Flag) -> &'static str {
    kind_name(flag.kind, flag.info.base64)
}

fn kind_name(kind: Kind, base64: bool) -> &'static str {
    match kind {
        Kind::String if base64 => "BASE64",
        Kind::Int => "INTEGER",
        Kind::Float => "NUMBER",
        Kind::Bool => "true|false",
        Kind::Timestamp => "UNIX_SECONDS",
        Kind::Enum(info) if info.numeric => "INTEGER",
        Kind::Enum(_) => "VALUE",
        Kind::List(kind) => kind_name(*kind, base64),
        Kind::Map(_) | Kind::Struct(_) => "JSON",
        _ => "TEXT",
    }
}

/// What a parameter that a default exists for means.
pub(crate) fn scope(scope: Scope) -> String {
    let Scope { name, takes, global } = scope;
    let what = match name {
        "Region" => "Region, such as cn-wlcb.",
        "Zone" => "Zone of the region, such as cn-wlcb-01.",
        _ => "Id of the project, such as org-xxxx.",
    };
    let variable = global.replace('-', "_").to_ascii_uppercase();
    let else_taken = format!("--{global} or COMPSHARE_{variable}");
    let needed =
        if takes == Takes::Required { "Required: here, by" } else { "Where it is left out:" };
    wrap(&format!("{what} {needed} {else_taken}."), COLUMNS)
}

/// What a parameter means and what it takes.
pub(crate) fn parameter(flag: &Flag) -> String {
    let info = flag.info;
    let mut facts = vec![info.doc.to_owned()];
    match flag.path.rsplit_once('.') {
        Some((object, _)) if info.required => {
            facts.push(format!("Needed wherever a part of {object} is given."));
        }
        None if info.required => facts.push("Required.".to_owned()),
        _ => {}
    }
    if flag.repeated {
        facts.push(match info.max_items {
            Some(most) => format!("May be repeated, up to {most} times."),
            None => "May be repeated.".to_owned(),
        });
    }
    if flag.item {
        facts.push("Further items are numbered 1, 2 and so on.".to_owned());
    }
    if info.base64 {
        facts.push("Base64 of the content, or @FILE, which is encoded for you.".to_owned());
    }
    if is_password(info) {
        facts.push("Give @FILE or @- to keep it out of the shell's history.".to_owned());
    }
    facts.extend(range(info));
    let rows = [("Unit", info.unit), ("Default", info.default), ("Example", info.example)];
    for (name, value) in rows.into_iter().filter(|(_, value)| !value.is_empty()) {
        facts.push(format!("{name}: {value}."));
    }
    let mut text = wrap(&facts.join(" "), COLUMNS);
    if let Kind::Enum(values) = flag.kind {
        let widest = values.values.iter().map(|(value, _)| width(value)).max().unwrap_or_default();
        for (value, meaning) in values.values {
            let pad = " ".repeat(widest - width(value));
            text.push_str(format!("\n  {value}{pad}  {meaning}").trim_end());
        }
    }
    text
}

/// Whether a parameter is a password, by its name.
pub(crate) fn is_password(info: &ParameterInfo) -> bool {
    info.name.to_ascii_lowercase().ends_with("password")
}

fn range(info: &ParameterInfo) -> Option<String> {
    match (info.min, info.max) {
        (Some(min), Some(max)) => Some(format!("From {min} to {max}.")),
        (Some(min), None) => Some(format!("At least {min}.")),
        (None, Some(max)) => Some(format!("At most {max}.")),
        (None, None) => None,
    }
}
