//! `compshare`: the CompShare (优云智算) GPU cloud API on the command line.
//!
//! Every action has its documented name, every parameter is a flag of its documented name. What they
//! are comes from the table [`compshare_blocking::actions::ACTIONS`]; no action has code of its own.

mod args;
mod catalog;
mod dry_run;
mod errors;
mod files;
mod flags;
mod help;
mod misread;
mod output;
mod run;
mod settings;
mod sim;
mod table;
mod terminal;
mod text;
mod values;

use std::process::ExitCode;

fn main() -> ExitCode {
    run::run(&std::env::args_os().collect::<Vec<_>>())
}
