//! `soak`: many mixed calls through random trouble, on both transports, counted at the simulator.
//!
//! `cargo run --release -p compshare-tests --bin soak -- --calls 20000 --seed 1`

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on is a test that fails"
)]

mod dice;
mod http;
mod once;
mod proxy;
mod report;
mod soak;
mod trouble;

use std::process::ExitCode;

use soak::Which;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, otherwise: u64| {
        let place = arguments.iter().position(|argument| argument == name);
        place.map_or(otherwise, |place| arguments[place + 1].parse().unwrap())
    };
    let (calls, seed) = (number("--calls", 20_000), number("--seed", 1));
    let mut holds = true;
    for which in [Which::Blocking, Which::Hyper] {
        let report = soak::soak(which, usize::try_from(calls).unwrap(), seed);
        println!("{report}");
        for broken in report.broken() {
            holds = false;
            println!("  BROKEN {broken}");
        }
        let report = once::soak(which, usize::try_from(calls / 10).unwrap(), seed);
        println!("{report}");
        for broken in report.broken() {
            holds = false;
            println!("  BROKEN {broken}");
        }
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
