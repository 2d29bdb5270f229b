//! Short soaks of each client; the long ones are `cargo run --release -p compshare-tests --bin soak`.

use std::fmt::Display;

use crate::{
    lane::{Lane, Which},
    once, soak,
};

const SEED: u64 = 20_261_124;

fn check(report: &impl Display, broken: &[String]) {
    println!("{report}");
    assert!(broken.is_empty(), "{report}\n{}", broken.join("\n"));
}

fn mixed(lane: Lane) {
    let report = soak::soak(lane, 1000, SEED);
    check(&report, &report.broken());
}

fn once(lane: Lane) {
    let report = once::soak(lane, 200, SEED);
    check(&report, &report.broken());
}

#[test]
fn a_thousand_blocking_calls_through_random_trouble() {
    mixed(Lane { which: Which::Blocking, tls: false });
}

#[test]
fn a_thousand_blocking_calls_over_tls_through_random_trouble() {
    mixed(Lane { which: Which::Blocking, tls: true });
}

#[test]
fn a_thousand_async_calls_through_random_trouble() {
    mixed(Lane { which: Which::Hyper, tls: false });
}

#[test]
fn a_thousand_async_calls_over_tls_through_random_trouble() {
    mixed(Lane { which: Which::Hyper, tls: true });
}

#[test]
fn two_hundred_blocking_calls_create_once_through_random_trouble() {
    once(Lane { which: Which::Blocking, tls: false });
}

#[test]
fn two_hundred_async_calls_create_once_over_tls_through_random_trouble() {
    once(Lane { which: Which::Hyper, tls: true });
}
