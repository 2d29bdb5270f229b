//! The target `params`, for libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| compshare_fuzz::params::run(input));
