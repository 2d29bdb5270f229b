//! What the official Python SDK and CLI put on the wire, compared with what we do.
//!
//! `cargo xtask interop` installs both and runs this, against a simulator on loopback.

mod case;
mod cases;
mod files;
mod known;
mod ledger;
mod official;
mod run;
mod time;
mod wire;

use std::{
    env,
    path::{self, PathBuf},
    process::ExitCode,
};

use compshare_sim::Sim;

use crate::{official::Setup, run::Run, time::Time};

const USAGE: &str = "usage: interop PYTHON FOLDER (cargo xtask interop does all of it)";

fn main() -> ExitCode {
    match compare() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Makes every call; whether all is as it should be.
fn compare() -> Result<bool, String> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(python), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err(USAGE.to_owned());
    };
    let absolute = |path| path::absolute(path).map_err(|error| error.to_string());
    let (python, folder) = (absolute(python)?, absolute(folder)?);
    files::write(&folder)
        .map_err(|error| format!("cannot write to {}: {error}", folder.display()))?;
    let time = Time::new();
    let clock = time.clone();
    let sim = Sim::builder()
        .clock(move || clock.look())
        .start()
        .map_err(|error| format!("cannot start the simulator: {error}"))?;
    let setup = Setup { python, folder, endpoint: sim.endpoint().to_owned() };
    let mut run = Run::new(&sim, &time, &setup)?;
    for case in cases::all() {
        run.case(&case)?;
    }
    run.guard()?;
    Ok(run.finish())
}
