//! The canary: marked secrets go through both clients, whatever happens, and nothing that is printed,
//! logged or panicked with shows them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on is a test that fails"
)]

mod canary;
mod clients;
mod endings;
mod files;
mod logs;
mod network;
mod panics;
mod recorder;
mod redactions;
