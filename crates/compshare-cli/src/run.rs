//! From the words of the command line to an exit code.

use std::{ffi::OsString, process::ExitCode};

use clap::{ArgMatches, parser::ValueSource};
use compshare_blocking::{
    Action as _, Client, Effect, Error, Raw,
    metadata::{ActionInfo, BodyKind, PageInfo},
};

use crate::{
    args, catalog, dry_run,
    errors::Failed,
    flags::Given,
    help,
    misread::misread,
    narrowed, once,
    save::Target,
    sent::Sent,
    settings::Settings,
    show::Show,
    sim,
    terminal::{self, say},
    values, visible, walk,
};

/// Carries out a command line and says how it went.
pub(crate) fn run(words: &[OsString]) -> ExitCode {
    let given = Given(words);
    let failed = match execute(given)
        .and_then(|output| terminal::print(&output).map_err(|error| Failed::not_written(&error)))
    {
        Ok(()) => return ExitCode::SUCCESS,
        Err(failed) => failed,
    };
    // A flag that comes after a mistake counts too, so the words are asked, not what clap read of them.
    let output =
        if given.has("--json") { visible::json(&failed.json()) } else { failed.shown().to_owned() };
    say(&failed.text());
    drop(terminal::print(output.as_bytes()));
    ExitCode::from(failed.kind().exit_code())
}

/// What is to be printed.
fn execute(given: Given<'_>) -> Result<Vec<u8>, Failed> {
    let root = match args::command(given).try_get_matches_from(given.0) {
        Ok(root) => root,
        Err(error) => return misread(&error, given).map(String::into_bytes),
    };
    match root.subcommand() {
        Some((name @ ("actions" | "sim"), matches)) => {
            refuse_globals(&root, name)?;
            let json = root.get_flag("json") || matches.get_flag("json");
            match name {
                "sim" => sim::run(matches, json).map(|()| Vec::new()),
                _ => {
                    let family = matches.get_one::<String>("family").map(String::as_str);
                    catalog::show(family, json).map(String::into_bytes)
                }
            }
        }
        Some(("call", matches)) => {
            let name = matches.get_one::<String>("action").map_or("", String::as_str);
            let settings = Settings::read(&root, matches).map_err(|failed| failed.of(name))?;
            if name.is_empty() {
                return Err(Failed::usage("the action's name is empty: compshare call ACTION"));
            }
            send(&settings, &values::call(name, effect(matches), &settings.extra)?)
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
fn send(settings: &Settings, action: &Raw) -> Result<Vec<u8>, Failed> {
    let name = action.name();
    let named = |failed: Failed| failed.of(name);
    if let Some(warning) = ActionInfo::find(name).and_then(help::unavailable) {
        say(&format!("warning: {warning}"));
    }
    let place = place(settings, action).map_err(named)?;
    if settings.once && !once::is_for(name) {
        let names = once::names().join(", ");
        return Err(named(Failed::usage(format!(
            "--once and --marker are for {names}: leave them out"
        ))));
    }
    let marker = settings.marker.as_deref().map(|marker| once::marker(name, marker)).transpose();
    let marker = marker.map_err(|error| named(Failed::usage(format!("--marker: {error}"))))?;
    let page = page(settings, action).map_err(named)?;
    // The simulator lives until the answer is there.
    let (mut config, _sim) = settings.connect().map_err(named)?;
    if settings.sim {
        config = narrowed::widened(config, settings, action);
    }
    let endpoint = &config.settings().endpoint.to_string();
    let failed = |error: &Error| Failed::call(error, action.effect(), &endpoint, settings.lang);
    if settings.dry_run {
        let shown =
            dry_run::show(&config, action, settings.json).map_err(|error| failed(&error))?;
        say("dry run: nothing was sent");
        return Ok(shown.into_bytes());
    }
    let notes = narrowed::notes(settings, action, &config);
    let client = Client::new(config).map_err(|error| Failed::from(error).of(name))?;
    let show = Show { settings, name };
    if action.info().body == BodyKind::Csv {
        return show.download(&client, action, place, failed).map_err(named);
    }
    if settings.once {
        let created = once::send(&client, action, marker)
            .map_err(|error| Failed::once(&error, &endpoint, settings.lang).of(name))?;
        say(&visible::clean(&once::line(&created)));
        let document = once::document(name, &created);
        return Ok(match created.response {
            Some(response) if !created.found_by_marker => {
                terminal::warn(&response);
                show.answer(&response.map(|_| document))
            }
            _ => show.found(&document),
        }
        .into_bytes());
    }
    if let Some(page) = page {
        let walked = walk::all(&client, action, page, failed);
        notes.iter().for_each(|note| say(note));
        return show.walked(walked).map(String::into_bytes).map_err(named);
    }
    match client.send(&Sent { action, allow_partial: settings.allow_partial }) {
        Ok(response) => {
            notes.iter().for_each(|note| say(note));
            terminal::warn(&response);
            if let Some(rest) = walk::rest(action, &response) {
                say(&rest);
            }
            Ok(show.answer(&response).into_bytes())
        }
        Err(error) => Err(show.rest(&error, failed(&error))),
    }
}

/// How the list is paged, if every row of it is wanted.
fn page(settings: &Settings, action: &Raw) -> Result<Option<&'static PageInfo>, Failed> {
    if !settings.all {
        return Ok(None);
    }
    if settings.dry_run {
        return Err(Failed::usage(
            "--dry-run shows one request, and --all sends many: leave one out",
        ));
    }
    action.info().page.as_ref().map(Some).ok_or_else(|| {
        Failed::usage(
            "--all is for lists that come page by page, and this action is not one: leave it out",
        )
    })
}

/// The file that the answer goes to, if it is one and `--output` names it.
fn place(settings: &Settings, action: &Raw) -> Result<Option<Target>, Failed> {
    let is_file = action.info().body == BodyKind::Csv;
    match &settings.output {
        None if settings.force => {
            Err(Failed::usage("--force is for --output, which is not given: leave it out"))
        }
        None => Ok(None),
        Some(_) if !is_file => Err(Failed::usage(
            "--output is for actions that are answered with a file: leave it out, and redirect \
             standard output",
        )),
        Some(_) if settings.dry_run => Ok(None),
        Some(file) => Target::new(file, settings.force).map(Some),
    }
}
