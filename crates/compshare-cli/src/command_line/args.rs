//! The command line: one subcommand per action, and `call`, `actions` and `sim`.

use clap::{Arg, ArgAction, Command, builder::PossibleValuesParser};
use compshare_blocking::{
    actions::ACTIONS,
    metadata::{ActionInfo, BodyKind},
};

use crate::{
    command_line::help::{self, texts},
    input::{
        flags::{self, Flag, Given, id},
        parse_value,
    },
    text::secrets,
};

const GLOBAL: &str = "Global options";

/// The whole command line.
///
/// Flags are built only for the actions that the command line names.
pub(crate) fn command(given: Given<'_>) -> Command {
    let actions = ACTIONS.iter().map(|info| {
        let command = Command::new(info.name).about(info.summary);
        if given.has(info.name) { action(info, command, given) } else { command }
    });
    Command::new("compshare")
        .version(env!("CARGO_PKG_VERSION"))
        .about(texts::ABOUT)
        .before_help(help::actions())
        .after_help(texts::AFTER)
        .help_template(texts::TEMPLATE)
        .override_usage("compshare ACTION [--PARAMETER VALUE]... [OPTIONS]")
        .subcommand_required(true)
        .next_line_help(true)
        .args(globals(None))
        .subcommands(actions)
        .subcommands([call(), list(), sim()])
}

/// The subcommand of an action, with a flag for each of its parameters.
pub(crate) fn action(info: &'static ActionInfo, command: Command, given: Given<'_>) -> Command {
    let flags = flags::of_action(info, given);
    let scopes = flags::scope(info).map(|scope| {
        let arg = Arg::new(id(scope.name)).long(scope.name).value_name("TEXT");
        arg.help(help::scope(scope)).help_heading("Parameters")
    });
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command
        .before_help(help::facts(info))
        .after_help(help::example(info, &flags))
        .help_template(texts::ACTION_TEMPLATE)
        .override_usage(help::usage(info, &flags))
        .next_line_help(true)
        .disable_help_flag(true)
        .args(flags.iter().map(parameter))
        .args(scopes)
        .args(globals(Some(info)))
        .arg(help.help("Prints this help.").help_heading(GLOBAL))
}

fn parameter(flag: &Flag) -> Arg {
    let action = if flag.repeated { ArgAction::Append } else { ArgAction::Set };
    Arg::new(id(&flag.path))
        .long(flag.path.clone())
        .value_name(help::type_name(flag))
        .action(action)
        .help(help::parameter(flag))
        .allow_negative_numbers(parse_value::may_be_negative(flag.kind))
        .hide(flag.hidden)
        .help_heading("Parameters")
}

/// A command that is not an action, with its text from the table.
fn other_command(name: &'static str) -> Command {
    let about = help::COMMANDS.iter().find(|(known, _)| *known == name);
    Command::new(name).about(about.map_or("", |(_, about)| *about)).next_line_help(true)
}

fn call() -> Command {
    other_command("call")
        .override_usage("compshare call ACTION [--param KEY=VALUE]... [OPTIONS]")
        .after_help(
            "Example:\n  compshare call DescribeSomethingNew --effect read --param Limit=10",
        )
        .arg(Arg::new("action").required(true).value_name("ACTION").help("Name of the action."))
        .arg(
            option("effect", "EFFECT", texts::EFFECT)
                .value_parser(PossibleValuesParser::new(["read", "idempotent", "once"]))
                .hide_possible_values(true),
        )
        .args(globals(None))
}

fn list() -> Command {
    other_command("actions")
        .arg(option("family", "FAMILY", "Lists the actions of one family, such as instance."))
        .arg(switch("json", "Prints one JSON document with parameters, fields and types."))
}

fn sim() -> Command {
    other_command("sim")
        .arg(option(
            "address",
            "IP:PORT",
            "Loopback address to listen on [default: a free port of 127.0.0.1].",
        ))
        .arg(switch("json", "Prints the endpoint and keys as one JSON document."))
}

/// The global flags, valid before and after the action. Help of an action hides those that do not
/// apply to it.
fn globals(info: Option<&ActionInfo>) -> impl IntoIterator<Item = Arg> + use<> {
    let for_files = info.is_none_or(|info| info.body == BodyKind::Csv);
    let for_pages = info.is_none_or(|info| info.page.is_some());
    let for_partial = info.is_none_or(|info| !info.partial.is_empty());
    let for_once = info.is_none_or(|info| info.marker.is_some());
    let for_secrets = info.is_none_or(|info| secrets::may_be_returned(info.response));
    [
        option("region", "REGION", "Region, such as cn-wlcb [env: COMPSHARE_REGION]."),
        option("zone", "ZONE", "Zone, such as cn-wlcb-01 [env: COMPSHARE_ZONE]."),
        option("project-id", "ID", "Project, such as org-xxxx [env: COMPSHARE_PROJECT_ID]."),
        option("profile", "NAME", "Profile of the configuration file to use."),
        option("endpoint", "URL", "Endpoint to send to [env: COMPSHARE_ENDPOINT]."),
        option("timeout", "SECONDS", texts::TIMEOUT),
        option("param", "KEY=VALUE", texts::PARAM)
            .action(ArgAction::Append)
            .allow_hyphen_values(true),
        switch("sim", texts::SIM),
        switch("dry-run", "Prints the request with secrets masked, without sending it."),
        switch("json", "Prints one JSON document: the response unchanged, or the error."),
        option("output", "FILE", texts::OUTPUT).hide(!for_files),
        switch("force", "Lets --output replace an existing file.").hide(!for_files),
        switch("all", texts::ALL).hide(!for_pages),
        switch("allow-partial", texts::ALLOW_PARTIAL).hide(!for_partial),
        switch("once", texts::ONCE).hide(!for_once),
        option("marker", "MARKER", texts::MARK).hide(!for_once),
        switch("show-secrets", texts::SHOW_SECRETS).hide(!for_secrets),
        option("lang", "en|zh", texts::LANG)
            .value_parser(PossibleValuesParser::new(["en", "zh"]))
            .hide_possible_values(true),
    ]
    .map(|arg| arg.help_heading(GLOBAL))
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    #[test]
    fn no_two_flags_of_an_action_collide() {
        let words: Vec<OsString> = ACTIONS.iter().map(|info| info.name.into()).collect();
        command(Given(&words)).debug_assert();
    }
}
