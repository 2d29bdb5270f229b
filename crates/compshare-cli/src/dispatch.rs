//! Dispatches a command line and returns its exit code.

use std::{ffi::OsString, process::ExitCode};

use clap::{ArgMatches, parser::ValueSource};
use compshare_blocking::{
    Action as _, Client, Effect, Error, Raw,
    metadata::{ActionInfo, BodyKind, Facts, PageInfo},
};

use crate::{
    catalog,
    command_line::{args, help, usage_error::usage_error},
    error::CliError,
    input::{flags::Given, parameters, settings::Settings},
    output::{output_file::OutputFile, print_response::ResponsePrinter},
    request::{
        all_pages, dry_run, once,
        raw_action::{RawAction, ReadJson},
        scope_notes,
    },
    simulator,
    text::{
        sanitize,
        terminal::{self, eprint},
    },
};

/// Runs a command line and returns its exit code.
pub(crate) fn run(words: &[OsString]) -> ExitCode {
    let given = Given(words);
    let print =
        |output: Vec<u8>| terminal::print(&output).map_err(|error| CliError::not_written(&error));
    let Err(failed) = execute(given).and_then(print) else { return ExitCode::SUCCESS };
    // A flag that comes after a mistake counts too, so the words are asked, not what clap read of them.
    let output = if given.has("--json") {
        sanitize::json(&failed.json())
    } else {
        failed.shown().to_owned()
    };
    eprint(&failed.text());
    drop(terminal::print(output.as_bytes()));
    ExitCode::from(failed.exit_code())
}

/// Runs the command and returns its output.
fn execute(given: Given<'_>) -> Result<Vec<u8>, CliError> {
    let root = match args::command(given).try_get_matches_from(given.0) {
        Ok(root) => root,
        Err(error) => return usage_error(&error, given).map(String::into_bytes),
    };
    let json = |matches: &ArgMatches| root.get_flag("json") || matches.get_flag("json");
    match root.subcommand() {
        Some(("actions", matches)) => {
            refuse_globals(&root, "actions")?;
            let family = matches.get_one::<String>("family").map(String::as_str);
            catalog::show(family, json(matches)).map(String::into_bytes)
        }
        Some(("sim", matches)) => {
            refuse_globals(&root, "sim")?;
            simulator::run(matches, json(matches)).map(|()| Vec::new())
        }
        Some(("call", matches)) => {
            let name = matches.get_one::<String>("action").map_or("", String::as_str);
            let settings = Settings::read(&root, matches).map_err(|failed| failed.of(name))?;
            if name.is_empty() {
                return Err(CliError::usage("the action name is empty; use compshare call ACTION"));
            }
            parameters::call(name, effect(matches), &settings.extra)
                .and_then(|raw| send(&settings, &raw))
                .map_err(|failed| failed.of(name))
        }
        Some((name, matches)) => {
            let info = ActionInfo::find(name)
                .ok_or_else(|| CliError::usage(format!("unknown action {name}")))?;
            let settings = Settings::read(&root, matches).map_err(|failed| failed.of(name))?;
            parameters::action(info, matches, given, &settings.extra)
                .and_then(|raw| send(&settings, &raw))
                .map_err(|failed| failed.of(name))
        }
        None => Err(CliError::usage("no action was given")),
    }
}

/// Refuses flags that make no difference to a command that sends nothing.
fn refuse_globals(root: &ArgMatches, command: &str) -> Result<(), CliError> {
    let given = |id: &&clap::Id| {
        let by_hand = root.value_source(id.as_str()) == Some(ValueSource::CommandLine);
        by_hand && id.as_str() != "json"
    };
    match root.ids().find(given) {
        None => Ok(()),
        Some(id) => Err(CliError::usage(format!("{command} does not take --{id}; remove it"))),
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
fn send(settings: &Settings, action: &Raw) -> Result<Vec<u8>, CliError> {
    let Facts { name, info, effect, .. } = action.facts();
    if let Some(warning) = help::unavailable(info) {
        eprint(&format!("warning: {warning}"));
    }
    let place = place(settings, info)?;
    if settings.once && info.marker.is_none() {
        let names = once::names().join(", ");
        return Err(CliError::usage(format!(
            "--once and --marker apply only to {names}; remove them"
        )));
    }
    let marker = settings.marker.as_deref().map(|text| once::marker(action, text)).transpose();
    let marker = marker.map_err(|error| CliError::usage(format!("--marker: {error}")))?;
    let page = page(settings, info)?;
    // The simulator must outlive the call.
    let (mut config, _sim) = settings.connect()?;
    if settings.sim {
        config = scope_notes::without_defaults(config, settings, action);
    }
    let endpoint = &config.settings().endpoint.to_string();
    let failed = |error: &Error| CliError::call(error, effect, endpoint, settings.lang);
    if settings.dry_run {
        let shown =
            dry_run::show(&config, action, settings.json).map_err(|error| failed(&error))?;
        eprint("dry run: nothing was sent");
        return Ok(shown.into_bytes());
    }
    let notes = scope_notes::notes(settings, action, &config);
    let client = Client::new(config)?;
    let printer = ResponsePrinter { settings, action };
    if info.body == BodyKind::Csv {
        return printer.download(&client, place, failed);
    }
    if settings.once {
        let created = once::send(&client, action, marker)
            .map_err(|error| CliError::once(&error, endpoint, settings.lang))?;
        eprint(&sanitize::line(&once::line(&created)));
        let document = once::document(name, &created);
        return Ok(match created.response {
            Some(response) if !created.found_by_marker => {
                terminal::warn(&response);
                printer.response(&response.map(|_| document))
            }
            _ => printer.found(&document),
        }
        .into_bytes());
    }
    if let Some(page) = page {
        let walked = all_pages::all(&client, action, page, failed);
        notes.iter().for_each(|note| eprint(note));
        return printer.walked(walked).map(String::into_bytes);
    }
    match client.send(&RawAction::new(action, ReadJson { allow_partial: settings.allow_partial })) {
        Ok(response) => {
            notes.iter().for_each(|note| eprint(note));
            terminal::warn(&response);
            if let Some(rest) = all_pages::rest(action, &response) {
                eprint(&rest);
            }
            Ok(printer.response(&response).into_bytes())
        }
        Err(error) => Err(printer.rest(&error, failed(&error))),
    }
}

/// How the list is paged, if every row of it is wanted.
fn page(
    settings: &Settings,
    info: &'static ActionInfo,
) -> Result<Option<&'static PageInfo>, CliError> {
    if !settings.all {
        return Ok(None);
    }
    if settings.dry_run {
        return Err(CliError::usage(
            "--dry-run shows one request and --all sends several; use only one of them",
        ));
    }
    info.page.as_ref().map(Some).ok_or_else(|| {
        CliError::usage(
            "--all applies only to paged lists, and this action does not return one; remove it",
        )
    })
}

/// The file of `--output`, if the action returns one.
fn place(settings: &Settings, info: &ActionInfo) -> Result<Option<OutputFile>, CliError> {
    match &settings.output {
        None if settings.force => {
            Err(CliError::usage("--force applies only to --output, which is missing; remove it"))
        }
        None => Ok(None),
        Some(_) if info.body != BodyKind::Csv => Err(CliError::usage(
            "--output applies only to actions that return a file; remove it and redirect \
             standard output",
        )),
        Some(_) if settings.dry_run => Ok(None),
        Some(file) => OutputFile::new(file, settings.force).map(Some),
    }
}
