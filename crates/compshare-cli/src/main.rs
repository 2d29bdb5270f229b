//! `compshare`: the CompShare (优云智算) GPU cloud API on the command line.
//!
//! Every action has its documented name, every parameter is a flag of its documented name. What they
//! are comes from the table [`compshare_blocking::actions::ACTIONS`]; no action has code of its own, but
//! that answers which can fail in part are read by their types.

mod args;
mod billing;
mod catalog;
mod dry_run;
mod errors;
mod files;
mod flags;
mod help;
mod lang;
mod misread;
mod moment;
mod narrowed;
mod once;
mod output;
mod partial;
mod run;
mod save;
mod secrets;
mod sent;
mod settings;
mod show;
mod sim;
mod suggest;
mod table;
mod terminal;
mod text;
mod typed;
mod units;
mod values;
mod visible;
mod walk;

use std::process::ExitCode;

fn main() -> ExitCode {
    run::run(&std::env::args_os().collect::<Vec<_>>())
}
