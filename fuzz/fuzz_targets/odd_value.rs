//! The target `odd_value`, for libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| compshare_fuzz::odd_value::run(input));
