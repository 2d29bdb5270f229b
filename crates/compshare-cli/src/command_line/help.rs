//! Builds the texts of `--help`.

mod families;
pub(crate) mod texts;

use compshare_blocking::{
    Effect,
    metadata::{ActionInfo, Availability, Kind, ParameterInfo, Takes},
};

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

pub(crate) use families::{COMMANDS, actions};

/// Maximum width of a line of help, without clap's indentation.
const COLUMNS: usize = 86;

/// Notes, effect and documentation of an action.
pub(crate) fn facts(info: &ActionInfo) -> String {
    let mut lines: Vec<String> = info.notes.iter().map(|note| wrap(note, COLUMNS)).collect();
    lines.extend(unavailable(info).map(|text| wrap(&format!("Warning: {text}."), COLUMNS)));
    lines.push(format!("Effect: {}.", effect(info.effect)));
    if info.availability == Availability::CliOnly {
        lines.push("Not documented; known from the official CLI.".to_owned());
    } else if !info.doc_page.is_empty() {
        lines.push(format!("Product documentation: {}", info.doc_page));
    }
    lines.join("\n")
}

/// Warning about an action that production does not have.
pub(crate) fn unavailable(info: &ActionInfo) -> Option<String> {
    let Availability::Unavailable { instead } = info.availability else { return None };
    let advice = match instead {
        "" => " and has no replacement".to_owned(),
        instead => format!("; use {instead}"),
    };
    Some(format!("{} is not available in production{advice}", info.name))
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read; changes nothing, and is retried after a failure",
        Effect::Idempotent => {
            "idempotent; leaves the same state however often it is sent, and is retried after a failure"
        }
        _ => {
            "once; may buy, create or destroy again, and is not retried if it may have been carried out"
        }
    }
}

/// The usage line with the required flags.
pub(crate) fn usage(info: &ActionInfo, flags: &[Flag]) -> String {
    let needed = flags.iter().filter(|flag| is_needed(info, flag));
    let needed = needed.map(|flag| format!(" --{} <{}>", flag.path, type_name(flag)));
    format!("compshare {}{} [OPTIONS]", info.name, needed.collect::<String>())
}

/// Whether the action requires the flag: for a field of an object, whether it requires both.
fn is_needed(info: &ActionInfo, flag: &Flag) -> bool {
    let whole = flag.path.split('.').next().and_then(|name| info.parameter(name));
    !flag.hidden && flag.info.is_needed() && whole.is_some_and(ParameterInfo::is_needed)
}

/// An example to paste.
pub(crate) fn example(info: &ActionInfo, flags: &[Flag]) -> String {
    let mut words = vec![format!("compshare {}", info.name)];
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
        "{billed}Example:\n  {}\n\n@FILE reads a value from a file; see `compshare --help`.",
        words.join(" ")
    )
}

/// Billing mode of the example.
fn billed(parameter: &'static ParameterInfo) -> String {
    let ParameterInfo { name, example, .. } = parameter;
    let meaning = billing::choices(parameter).find(|(choice, _)| choice == example);
    let meaning = meaning.map(|(_, meaning)| meaning).unwrap_or_default();
    format!("Billing:\n  --{name} decides what is billed. The example has {example}: {meaning}\n\n")
}

/// Placeholder for the value of a flag.
pub(crate) fn type_name(flag: &Flag) -> &'static str {
    match flag.kind {
        Kind::String if flag.info.base64 => "BASE64",
        Kind::Int => "INTEGER",
        Kind::Float => "NUMBER",
        Kind::Bool => "true|false",
        Kind::Timestamp => "TIME",
        Kind::Cny | Kind::Mb | Kind::Gb => flag.kind.unit(),
        Kind::Fen => "FEN",
        Kind::Seconds => "SECONDS",
        Kind::Hours => "HOURS",
        Kind::Secret => "SECRET",
        Kind::Enum(info) if info.numeric => "INTEGER",
        Kind::Enum(_) => "VALUE",
        Kind::Map(_) | Kind::Struct(_) | Kind::Any => "JSON",
        _ => "TEXT",
    }
}

/// Help of a parameter that has a client default.
pub(crate) fn scope(scope: Scope) -> String {
    let Scope { name, takes, global } = scope;
    let what = match name {
        "Region" => "Region, such as cn-wlcb.",
        "Zone" => "Zone of the region, such as cn-wlcb-01.",
        _ => "Id of the project, such as org-xxxx.",
    };
    let else_taken = format!("--{global} or {}", scope.variable());
    let needed =
        if takes == Takes::Required { "Required; set it here or with" } else { "Default:" };
    wrap(&format!("{what} {needed} {else_taken}."), COLUMNS)
}

/// Help of a parameter: meaning, limits and values.
pub(crate) fn parameter(flag: &Flag) -> String {
    let info = flag.info;
    let mut facts = vec![info.doc.to_owned()];
    match flag.path.rsplit_once('.') {
        Some((object, _)) if info.required => facts.push(format!("Required if {object} is set.")),
        None if info.required => facts.push("Required.".to_owned()),
        None if info.is_needed() => facts.push(match info.default {
            "" => "Required here, although the API does not require it.".to_owned(),
            default => format!("Required here; the API default is {default}."),
        }),
        _ => {}
    }
    if flag.repeated {
        facts.push(match info.max_items {
            Some(most) => format!("Can be repeated up to {most} times."),
            None => "Can be repeated.".to_owned(),
        });
    }
    if flag.item {
        facts.push("Number further items 1, 2 and so on.".to_owned());
    }
    facts.extend(form(flag));
    facts.extend(limits(info));
    let secret = secrets::is_secret(flag.kind);
    let time = matches!(flag.kind, Kind::Timestamp);
    let rows = [
        ("Unit", if time { "" } else { info.unit }),
        ("Default", if info.is_needed() { "" } else { info.default }),
        ("Example", if secret || time { "" } else { info.example }),
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

/// Format of the value, if the type alone is not enough.
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
