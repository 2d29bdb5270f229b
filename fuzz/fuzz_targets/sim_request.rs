//! The target `sim_request`, for libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| compshare_fuzz::sim_request::run(input));
