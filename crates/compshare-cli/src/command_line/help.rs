//! The texts of `--help`.

mod families;
mod texts;

use compshare_blocking::{ActionInfo, Availability, Effect, Kind, ParameterInfo, Takes};

use crate::{
    input::{
        billing,
        flags::{self, Flag, Scope},
    },
    text::{
        datetime::{self, Purpose},
        secrets,
        wrap::{shell, width, wrap},
    },
};

pub(crate) use families::{actions, families};
pub(crate) use texts::{
    ABOUT, ACTION_TEMPLATE, AFTER, ALL, ALLOW_PARTIAL, EFFECT, LANG, MARK, ONCE, OUTPUT, PARAM,
    SHOW_SECRETS, SIM, TEMPLATE, TIMEOUT,
};

/// Columns that a line of help takes at most, besides clap's indentation.
const COLUMNS: usize = 86;

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
pub(crate) fn usage(info: &ActionInfo, flags: &[Flag]) -> String {
    let mut words = vec!["compshare".to_owned(), info.name.to_owned()];
    for flag in flags.iter().filter(|flag| is_needed(info, flag)) {
        words.push(format!("--{} <{}>", flag.path, type_name(flag)));
    }
    words.push("[OPTIONS]".to_owned());
    words.join(" ")
}

/// Whether the action cannot do without the flag: a part of an object is needed where it is and the
/// object is.
fn is_needed(info: &ActionInfo, flag: &Flag) -> bool {
    let whole = flag.path.split('.').next().and_then(|name| info.parameter(name));
    !flag.hidden && flag.info.is_needed() && whole.is_some_and(ParameterInfo::is_needed)
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
    for flag in flags.iter().filter(|flag| is_needed(info, flag)) {
        let value = match flag.info.example {
            _ if secrets::is_secret(flag.kind) => "@password.txt".to_owned(),
            _ if datetime::purpose(info, flag.kind) == Some(Purpose::Plan) => "2h".to_owned(),
            "" => format!("<{}>", type_name(flag)),
            example => example.to_owned(),
        };
        words.push(format!("--{} {}", flag.path, shell(&value)));
    }
    let billed = billing::parameter(info).map(billed).unwrap_or_default();
    format!(
        "{billed}Example:\n  {}\n\nA text that begins with @ is read from that file; `compshare --help` has more.",
        words.join(" ")
    )
}

/// What the example bills.
fn billed(parameter: &'static ParameterInfo) -> String {
    let ParameterInfo { name, example, .. } = parameter;
    let meaning = billing::choices(parameter).find(|(choice, _)| choice == example);
    let meaning = meaning.map(|(_, meaning)| meaning).unwrap_or_default();
    format!("Billing:\n  --{name} decides what is billed. The example has {example}: {meaning}\n\n")
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
        Kind::Timestamp => "TIME",
        Kind::Cny => "CNY",
        Kind::Fen => "FEN",
        Kind::Mb => "MB",
        Kind::Gb => "GB",
        Kind::Seconds => "SECONDS",
        Kind::Hours => "HOURS",
        Kind::Secret => "SECRET",
        Kind::Enum(info) if info.numeric => "INTEGER",
        Kind::Enum(_) => "VALUE",
        Kind::List(kind) => kind_name(*kind, base64),
        Kind::Map(_) | Kind::Struct(_) | Kind::Any => "JSON",
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
    let else_taken = format!("--{global} or {}", scope.variable());
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
        None if info.is_needed() => {
            facts.push(match info.default {
                "" => "Required, though the API does not ask for it.".to_owned(),
                default => format!("Required, for the API bills by {default} without it."),
            });
        }
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
    facts.extend(form(flag));
    facts.extend(limits(info));
    let secret = secrets::is_secret(flag.kind);
    let moment = matches!(flag.kind, Kind::Timestamp);
    let rows = [
        ("Unit", if moment { "" } else { info.unit }),
        ("Default", if info.is_needed() { "" } else { info.default }),
        ("Example", if secret || moment { "" } else { info.example }),
    ];
    for (name, value) in rows.into_iter().filter(|(_, value)| !value.is_empty()) {
        facts.push(format!("{name}: {value}."));
    }
    let mut text = wrap(&facts.join(" "), COLUMNS);
    if let Kind::Enum(values) = flag.kind {
        let values = match info.bills {
            [] => values.values.to_vec(),
            _ => billing::choices(info).collect(),
        };
        let widest = values.iter().map(|(value, _)| width(value)).max().unwrap_or_default();
        for (value, meaning) in values {
            let pad = " ".repeat(widest - width(value));
            text.push_str(format!("\n  {value}{pad}  {meaning}").trim_end());
        }
    }
    text
}

/// In what form the value is given, where its type does not say.
fn form(flag: &Flag) -> Option<String> {
    let text = match flag.kind {
        Kind::Secret if flag.info.base64 => {
            "Given as it is; Base64 is done for you. Give @FILE or @- to keep it out of the shell's \
             history."
        }
        Kind::Secret => "Give @FILE or @- to keep it out of the shell's history.",
        _ if flag.info.base64 => "Base64 of the content, or @FILE, which is encoded for you.",
        Kind::Timestamp => {
            "A duration from now such as 2h, a local time such as 2026-11-26 03:00, one with an offset \
             such as 2026-11-26T03:00+08:00, or Unix seconds."
        }
        Kind::Mb => "A number of MB, or a size such as 64GB.",
        Kind::Gb => "A number of GB, or a size such as 2TB.",
        Kind::Seconds => "A number of seconds, or a duration such as 30m or 2h.",
        Kind::Hours => "A number of hours, or a duration such as 2d.",
        Kind::Fen => "A number of fen, or yuan such as 12.50CNY.",
        _ => return None,
    };
    Some(text.to_owned())
}

fn limits(info: &ParameterInfo) -> Vec<String> {
    let range = match (info.min, info.max) {
        (Some(min), Some(max)) => Some(format!("From {min} to {max}.")),
        (Some(min), None) => Some(format!("At least {min}.")),
        (None, Some(max)) => Some(format!("At most {max}.")),
        (None, None) => None,
    };
    let step = info.multiple_of.map(|number| format!("A multiple of {number}."));
    let length = info.max_length.map(|most| format!("At most {most} characters."));
    [range, step, length].into_iter().flatten().collect()
}
