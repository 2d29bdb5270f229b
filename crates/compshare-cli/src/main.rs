//! `compshare`: the CompShare (优云智算) GPU cloud API on the command line.
//!
//! Every action has its documented name, every parameter is a flag of its documented name. What they
//! are comes from the table [`compshare_blocking::actions::ACTIONS`]; no action has code of its own, but
//! that answers which can fail in part are read by their types.

mod catalog;
mod command_line;
mod dispatch;
mod error;
mod input;
mod output;
mod request;
mod simulator;
mod text;

use std::process::ExitCode;

fn main() -> ExitCode {
    dispatch::run(&std::env::args_os().collect::<Vec<_>>())
}
