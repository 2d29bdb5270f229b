//! `compshare sim`: the simulator on a port, until it is stopped.

use std::net::SocketAddr;

use clap::ArgMatches;
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};
use serde_json::json;

use crate::{error::CliError, input::settings::SIM_REGION, text::terminal};

/// Runs the simulator until the process is killed.
///
/// # Errors
///
/// An address that cannot be used.
pub(crate) fn run(matches: &ArgMatches, json: bool) -> Result<(), CliError> {
    let mut builder = Sim::builder().record(false);
    if let Some(text) = matches.get_one::<String>("address") {
        builder = builder.address(loopback(text)?);
    }
    let sim = builder.start().map_err(|error| {
        CliError::usage(format!("cannot start the simulator: {error}"))
            .hint("use another --address, or omit it for any free port")
    })?;
    let endpoint = sim.endpoint();
    let text = if json {
        let keys = json!({
            "endpoint": endpoint, "public_key": PUBLIC_KEY, "private_key": PRIVATE_KEY,
        });
        format!("{keys}\n")
    } else {
        format!(
            "simulator on {endpoint} until Ctrl-C: no real resources are changed\n\n  \
             export COMPSHARE_ENDPOINT={endpoint}\n  \
             export COMPSHARE_PUBLIC_KEY={PUBLIC_KEY}\n  \
             export COMPSHARE_PRIVATE_KEY={PRIVATE_KEY}\n  \
             export COMPSHARE_REGION={SIM_REGION}\n  \
             compshare UpdateCompShareImage --CompShareImageId compshareImage-xxxx --Name my-env-2\n"
        )
    };
    terminal::print(text.as_bytes()).map_err(|error| CliError::not_written(&error))?;
    loop {
        std::thread::park();
    }
}

/// Others must not reach it: its keys are known to everyone.
fn loopback(text: &str) -> Result<SocketAddr, CliError> {
    let address: SocketAddr = text.parse().map_err(|_| {
        CliError::usage(format!(
            "--address: {text:?} is not an IP address and port; use one such as 127.0.0.1:8080"
        ))
    })?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err(CliError::usage(format!(
        "--address: {} is reachable by others, and the simulator's keys are public; use a \
         loopback address, such as 127.0.0.1:{}",
        address.ip(),
        address.port()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_taken() {
        assert!(loopback("127.0.0.1:0").is_ok());
        assert!(loopback("[::1]:8080").is_ok());
        assert_eq!(
            loopback("8080").unwrap_err().text(),
            "error: --address: \"8080\" is not an IP address and port; use one such as \
             127.0.0.1:8080"
        );
        assert_eq!(
            loopback("0.0.0.0:8080").unwrap_err().text(),
            "error: --address: 0.0.0.0 is reachable by others, and the simulator's keys are \
             public; use a loopback address, such as 127.0.0.1:8080"
        );
    }
}
