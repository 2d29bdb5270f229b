//! The target `once`, for libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| compshare_fuzz::once::run(input));
