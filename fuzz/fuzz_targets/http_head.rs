//! The target `http_head`, for libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| compshare_fuzz::http_head::run(input));
