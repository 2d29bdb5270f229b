//! What the fuzz targets do with an input: each panics if something does not hold that must.
//!
//! `fuzz_targets/` hands these to libFuzzer; `tests/corpus.rs` includes this file and runs the corpus
//! through them on every test run.

pub mod decode;
pub mod http_head;
mod input;
pub mod machines;
pub mod odd_value;
pub mod once;
pub mod params;
pub mod profile;
pub mod sim_request;

#[path = "../../tests/it/reference.rs"]
mod reference;
#[allow(dead_code, reason = "the responses matter here, not the requests")]
#[path = "../../tests/it/samples.rs"]
mod samples;

/// What a target does with an input.
pub type Target = fn(&[u8]);

/// The targets, by the names of their corpus folders.
pub const TARGETS: &[(&str, Target)] = &[
    ("decode", decode::run),
    ("http_head", http_head::run),
    ("machines", machines::run),
    ("odd_value", odd_value::run),
    ("once", once::run),
    ("params", params::run),
    ("profile", profile::run),
    ("sim_request", sim_request::run),
];
