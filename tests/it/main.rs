//! compshare-proto as its users see it: what it puts on the wire and what it makes of what comes back.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on is a test that fails"
)]

mod csv;
mod decode;
mod empty_lists;
mod encode;
mod errors;
mod features;
mod forms;
mod golden;
mod json_bodies;
mod layers;
mod leniency;
mod paging;
mod partial;
mod passwords;
mod pretty;
mod properties;
mod purity;
mod reference;
mod retries;
mod samples;
mod second_time;
mod secrets;
mod support;
mod typed;
mod vectors;
mod written;
