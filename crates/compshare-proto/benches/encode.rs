//! Encoding and signing against bare SHA-1 over the same body, as ratios taken in one run.
//!
//! `cargo bench -p compshare-proto` prints the ratios and fails if one is above its limit.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and prints"
)]

use std::{
    error::Error,
    hint::black_box,
    time::{Duration, Instant, SystemTime},
};

use compshare_proto::{
    Cny, Config, Credentials, actions::UpdateCompShareImage, encode, types::Visibility,
};
use sha1::{Digest, Sha1};

fn main() -> Result<(), Box<dyn Error>> {
    let mut failed = false;
    for (what, cover_bytes, rounds, limit) in [
        ("15 parameters, 1 KiB cover, 2 KiB readme", 768, 4000, 3.0),
        ("the same with a 4 MiB cover", 3 << 20, 15, 2.5),
    ] {
        let (config, action) = (config(), action(cover_bytes));
        let request = encode(&config, &action, SystemTime::UNIX_EPOCH)?;
        let body = request.body();
        let encoding = || {
            let _ = black_box(encode(&config, black_box(&action), SystemTime::UNIX_EPOCH));
        };
        let hashing = || {
            black_box(Sha1::digest(black_box(&body[..])));
        };
        let (encoding, hashing) = race(rounds, encoding, hashing);
        let ratio = encoding.as_secs_f64() / hashing.as_secs_f64();
        let outcome = if ratio <= limit { "ok" } else { "TOO SLOW" };
        println!(
            "{what}: {ratio:.2} times bare SHA-1, limit {limit} ({outcome}); \
             {} bytes, {encoding:?} against {hashing:?}",
            body.len()
        );
        failed |= ratio > limit;
    }
    if failed { Err("a ratio is above its limit".into()) } else { Ok(()) }
}

/// The medians of two functions that take turns, so that noise hits both alike.
fn race(rounds: usize, mut a: impl FnMut(), mut b: impl FnMut()) -> (Duration, Duration) {
    let time = |function: &mut dyn FnMut()| {
        let start = Instant::now();
        function();
        start.elapsed()
    };
    let (mut times_a, mut times_b) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        times_a.push(time(&mut a));
        times_b.push(time(&mut b));
    }
    (median(times_a), median(times_b))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn config() -> Config {
    let public_key = "ucloudsomeone@example.com1296235120854146120";
    let private_key = "46f09bb9fab4f12dfc160dae12273d5332b5debe";
    Config::new(Credentials::new(public_key, private_key)).region("cn-wlcb")
}

/// All 15 documented parameters (`Region` is the client's).
fn action(cover_bytes: usize) -> UpdateCompShareImage {
    let cover: Vec<u8> =
        (0..cover_bytes as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let readme = "# 使用说明\n\n- 安装 `PyTorch` 2.1 & CUDA 12.1\n- 打开 http://127.0.0.1:8888/?token=a+b%20c\n\n";
    let mut readme = readme.repeat(2048 / readme.len() + 1);
    while readme.len() > 2048 {
        readme.pop();
    }
    UpdateCompShareImage::new("compshareImage-1a2b3c4d")
        .group_id("group-9z8y7x")
        .name("my-updated-env")
        .description("更新了CUDA版本")
        .visibility(Visibility::Public)
        .price(Cny(0.5))
        .cover_bytes(cover)
        .readme(readme)
        .tags(["深度学习", "PyTorch", "CUDA 12.1"])
        .version_name("v2.0")
        .version_desc("升级PyTorch到2.1")
        .supported_gpu_types(["4090", "A100", "H20", "3090"])
        .auto_start(true)
}
