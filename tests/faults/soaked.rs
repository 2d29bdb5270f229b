//! A short soak on each transport; the long one is `cargo run --release -p compshare-tests --bin soak`.

use crate::soak::{Which, soak};

const CALLS: usize = 2000;
const SEED: u64 = 20_261_124;

fn check(which: Which) {
    let report = soak(which, CALLS, SEED);
    println!("{report}");
    let broken = report.broken();
    assert!(broken.is_empty(), "{report}\n{}", broken.join("\n"));
}

#[test]
fn two_thousand_blocking_calls_through_random_trouble() {
    check(Which::Blocking);
}

#[test]
fn two_thousand_async_calls_through_random_trouble() {
    check(Which::Hyper);
}
