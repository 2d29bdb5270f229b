//! What a maintainer runs: `cargo xtask <verb>`.

mod ci;
mod codegen;
mod deny;
mod examples;
mod fuzz;
mod interop;
mod msrv;
mod shell;
mod tidy;
mod tools;

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

const USAGE: &str = "\
usage: cargo xtask <verb>

  ci [section…]    all that must hold, or the named sections: format, tidy, codegen, clippy, doc, test, features,
                   package, examples, interop, deny, msrv, fuzz
  codegen          writes what is generated from xtask/spec
  codegen --check  fails where that is not up to date
  deny             checks licences, sources and duplicates of dependencies by deny.toml
  examples         runs every example against the simulator
  fuzz [--seconds N] [target]
                   runs the fuzz targets, or one, for so long each
  interop          compares what the official Python SDK and CLI send with what we send
  msrv             builds the published crates with the oldest Rust that they promise
  tidy             checks what neither rustfmt nor clippy sees";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["codegen"] => codegen::write(&root()),
        ["codegen", "--check"] => codegen::check(&root()),
        ["ci", sections @ ..] => ci::ci(&root(), sections),
        ["deny"] => deny::deny(&root()),
        ["examples"] => examples::examples(&root()),
        ["fuzz", arguments @ ..] => fuzz::fuzz(&root(), arguments),
        ["interop"] => interop::interop(&root()),
        ["msrv"] => msrv::msrv(&root()),
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
