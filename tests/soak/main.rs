//! `soak`: many mixed calls, and many that create once, through random trouble, counted at the simulator.
//!
//! `cargo run --release -p compshare-tests --bin soak -- --calls 20000 --seed 1`

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on is a test that fails"
)]

mod control;
mod dice;
mod http;
mod identity;
mod lane;
mod once;
mod proxy;
mod report;
mod soak;
mod trouble;

use std::{fmt::Display, process::ExitCode};

use lane::{Lane, Which};

/// Each client, in plain text and over TLS.
const LANES: [Lane; 4] = [
    Lane { which: Which::Blocking, tls: false },
    Lane { which: Which::Hyper, tls: false },
    Lane { which: Which::Blocking, tls: true },
    Lane { which: Which::Hyper, tls: true },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, otherwise: u64| {
        let place = arguments.iter().position(|argument| argument == name);
        place.map_or(otherwise, |place| arguments[place + 1].parse().unwrap())
    };
    let calls = usize::try_from(number("--calls", 20_000)).unwrap();
    let seed = number("--seed", 1);
    // One of the lanes, by its place, so that all of them can run side by side.
    let lane = usize::try_from(number("--lane", LANES.len() as u64)).unwrap();
    let lanes = LANES.get(lane).map_or(&LANES[..], std::slice::from_ref);
    let mut holds = true;
    for &lane in lanes {
        let report = soak::soak(lane, calls, seed);
        holds &= shown(&report, &report.broken());
        let report = once::soak(lane, calls, seed);
        holds &= shown(&report, &report.broken());
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints a report; returns whether everything holds.
fn shown(report: &impl Display, broken: &[String]) -> bool {
    println!("{report}");
    for broken in broken {
        println!("  BROKEN {broken}");
    }
    broken.is_empty()
}
