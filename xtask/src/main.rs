//! What a maintainer runs: `cargo xtask <verb>`.

mod ci;
mod codegen;
mod examples;
mod interop;
mod shell;
mod tidy;

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

const USAGE: &str = "\
usage: cargo xtask <verb>

  ci               all that must hold: format, tidy, codegen, clippy, doc, test, examples, interop
  codegen          writes what is generated from xtask/spec
  codegen --check  fails where that is not up to date
  examples         runs every example against the simulator
  interop          compares what the official Python SDK and CLI send with what we send
  tidy             checks what neither rustfmt nor clippy sees";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["codegen"] => codegen::write(&root()),
        ["codegen", "--check"] => codegen::check(&root()),
        ["ci"] => ci::ci(&root()),
        ["examples"] => examples::examples(&root()),
        ["interop"] => interop::interop(&root()),
        ["tidy"] => tidy::tidy(&root()),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace's folder.
fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}
