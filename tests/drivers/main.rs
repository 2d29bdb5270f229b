//! Both transports through one list of scripted cases, each over a real socket on loopback.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on is a test that fails"
)]

mod adapter;
mod bystanders;
mod cases;
mod clocks;
mod durations;
mod files;
mod inventory;
mod lists;
mod once;
mod retries;
mod runtimes;
mod transports;
mod waits;
