//! `compshare`: the CompShare (优云智算) GPU cloud API on the command line.
//!
//! Actions and flags have the documented names. They come from the metadata in
//! [`compshare_blocking::actions::ACTIONS`]; only partial failures are read by the typed responses.

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
