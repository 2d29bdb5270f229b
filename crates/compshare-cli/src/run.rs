//! From the words of the command line to an exit code.

use std::{ffi::OsString, process::ExitCode};

use clap::{ArgMatches, parser::ValueSource};
use compshare_blocking::{Action as _, ActionInfo, Client, Effect, Raw};

use crate::{
    args, catalog, dry_run,
    errors::Failed,
    flags::Given,
    help,
    misread::misread,
    output,
    settings::Settings,
    sim,
    terminal::{self, say},
    values,
};

/// Carries out a command line and says how it went.
pub(crate) fn run(words: &[OsString]) -> ExitCode {
    let given = Given(words);
    let failed = match execute(given)
        .and_then(|text| terminal::print(&text).map_err(|error| Failed::not_written(&error)))
    {
        Ok(()) => return ExitCode::SUCCESS,
        Err(failed) => failed,
    };
    say(&failed.text());
    // A flag that comes after a mistake counts too, so the words are asked, not what clap read of them.
    if given.has("--json") {
        drop(terminal::print(&format!("{:#}\n", failed.json())));
    }
    ExitCode::from(failed.kind().exit_code())
}

/// What is to be printed.
fn execute(given: Given<'_>) -> Result<String, Failed> {
    let root = match args::command(given).try_get_matches_from(given.0) {
        Ok(root) => root,
        Err(error) => return misread(&error, given),
    };
    match root.subcommand() {
        Some((name @ ("actions" | "sim"), matches)) => {
            refuse_globals(&root, name)?;
            let json = root.get_flag("json") || matches.get_flag("json");
            match name {
                "sim" => sim::run(matches, json).map(|()| String::new()),
                _ => Ok(catalog::show(json)),
            }
        }
        Some(("call", matches)) => {
            let name = matches.get_one::<String>("action").map_or("", String::as_str);
            let settings = Settings::read(&root, matches).map_err(|failed| failed.of(name))?;
            if name.is_empty() {
                return Err(Failed::usage("the action's name is empty: compshare call ACTION"));
            }
            send(&settings, &values::call(name, effect(matches), &settings.extra))
        }
        Some((name, matches)) => {
            let info = ActionInfo::find(name)
                .ok_or_else(|| Failed::usage(format!("there is no action {name}")))?;
            let settings = Settings::read(&root, matches).map_err(|failed| failed.of(name))?;
            let raw = values::action(info, matches, given, &settings.extra)
                .map_err(|failed| failed.of(name))?;
            send(&settings, &raw)
        }
        None => Err(Failed::usage("no action was given")),
    }
}

/// Refuses flags that make no difference to a command that sends nothing.
fn refuse_globals(root: &ArgMatches, command: &str) -> Result<(), Failed> {
    let given = |id: &&clap::Id| {
        let by_hand = root.value_source(id.as_str()) == Some(ValueSource::CommandLine);
        by_hand && id.as_str() != "json"
    };
    match root.ids().find(given) {
        None => Ok(()),
        Some(id) => Err(Failed::usage(format!("{command} has no use for --{id}: leave it out"))),
    }
}

fn effect(matches: &ArgMatches) -> Option<Effect> {
    matches.get_one::<String>("effect").map(|effect| match effect.as_str() {
        "read" => Effect::Read,
        "idempotent" => Effect::Idempotent,
        _ => Effect::Once,
    })
}

/// Sends an action, or shows what would be sent.
fn send(settings: &Settings, action: &Raw) -> Result<String, Failed> {
    if let Some(warning) = ActionInfo::find(action.name()).and_then(help::unavailable) {
        say(&format!("warning: {warning}"));
    }
    // The simulator lives until the answer is there.
    let (config, _sim) = settings.connect().map_err(|failed| failed.of(action.name()))?;
    let endpoint = config.uri().to_string();
    let failed = |error| Failed::call(&error, action.effect(), &endpoint);
    if settings.dry_run {
        let shown = dry_run::show(&config, action, settings.json).map_err(failed)?;
        say("dry run: nothing was sent");
        return Ok(shown);
    }
    let client = Client::new(config).map_err(|error| Failed::from(error).of(action.name()))?;
    let response = client.send(action).map_err(failed)?;
    Ok(if settings.json {
        format!("{:#}\n", response.into_body())
    } else {
        output::answer(action.name(), &response, terminal::columns())
    })
}
