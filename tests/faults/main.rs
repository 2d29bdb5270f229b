//! What a hostile network does to both clients: a proxy in between that makes trouble.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on is a test that fails"
)]

#[path = "../drivers/adapter.rs"]
#[allow(dead_code, reason = "made for another binary of tests")]
mod adapter;
mod addresses;
mod certificates;
#[path = "../soak/control.rs"]
mod control;
mod cut;
#[path = "../soak/dice.rs"]
mod dice;
mod environment;
mod handshakes;
#[path = "../soak/http.rs"]
mod http;
#[path = "../soak/identity.rs"]
mod identity;
#[path = "../soak/lane.rs"]
mod lane;
#[path = "../soak/once.rs"]
mod once;
#[path = "../soak/proxy.rs"]
mod proxy;
#[path = "../soak/report.rs"]
mod report;
mod secure;
mod single;
#[path = "../soak/soak.rs"]
mod soak;
mod soaked;
#[path = "../soak/trouble.rs"]
mod trouble;
mod tunnel;
