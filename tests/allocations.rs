//! What encoding allocates, counted: a small number of times, and one body beside the input.
//!
//! A test binary of its own, since it brings its own allocator.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

use std::{
    hint::black_box,
    time::{Duration, SystemTime},
};

use allocation_counter::{AllocationInfo, measure};
use bytes::Bytes;
use compshare_proto::{
    Cny, Config, Credentials, actions::UpdateCompShareImage, decode, encode, machine::Failure,
    types::Visibility,
};

/// All 15 documented parameters (`Region` is the client's).
fn action(cover: &str) -> UpdateCompShareImage {
    UpdateCompShareImage::new("compshareImage-1a2b3c4d")
        .group_id("group-9z8y7x")
        .name("my-updated-env")
        .description("更新了CUDA版本")
        .visibility(Visibility::Public)
        .price(Cny(0.5))
        .cover(cover)
        .readme("# 使用说明\n\n- 打开 http://127.0.0.1:8888/?token=a+b%20c\n".repeat(30))
        .tags(["深度学习", "PyTorch", "CUDA 12.1"])
        .version_name("v2.0")
        .version_desc("升级PyTorch到2.1")
        .supported_gpu_types(["4090", "A100", "H20", "3090"])
        .auto_start(true)
}

/// What encoding takes, and the length of the body.
fn encoding(cover: &str) -> (AllocationInfo, u64) {
    let public_key = "ucloudsomeone@example.com1296235120854146120";
    let private_key = "46f09bb9fab4f12dfc160dae12273d5332b5debe";
    let config = Config::new(Credentials::new(public_key, private_key)).region("cn-wlcb");
    let action = action(cover);
    let mut len = 0;
    let info = measure(|| {
        let request = black_box(encode(&config, black_box(&action), SystemTime::UNIX_EPOCH));
        len = request.unwrap().body().len();
    });
    (info, len.try_into().unwrap())
}

#[test]
fn counting_works() {
    let info = measure(|| drop(black_box(vec![0_u8; 100])));
    assert_eq!((info.count_total, info.bytes_max), (1, 100));
}

#[test]
fn an_update_of_15_parameters_takes_8_allocations_at_most() {
    let (info, len) = encoding(&"AAEC/+==".repeat(128));
    assert!(len > 5000, "{len}");
    assert!(info.count_total <= 8, "{info:?}");
}

#[test]
fn a_large_cover_takes_one_body_beside_it() {
    let (info, len) = encoding(&"AAEC/+w=".repeat(512 << 10));
    assert!(len > 4 << 20, "{len}");
    assert!(info.bytes_max >= len, "{info:?}");
    assert!(info.bytes_max <= len + (64 << 10), "{len}: {info:?}");
}

/// A call of a client allocates as often as its request and its response do by hand.
#[test]
fn disabled_logging_does_not_allocate() {
    let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
    let action = action("AAEC");
    let response = || http::Response::new(Bytes::from_static(br#"{"RetCode":0}"#));
    let transport = move |_: http::Request<Bytes>, _: Duration| Ok::<_, Failure>(response());
    let client = compshare_blocking::Client::builder(config.clone()).transport(transport);
    let client = client.build().unwrap();
    let by_client = || drop(black_box(client.send(&action)).unwrap());
    let by_hand = || {
        let config = config.clone();
        drop(encode(&config, black_box(&action), SystemTime::now()).unwrap());
        drop(black_box(decode(&action, &response())).unwrap());
    };
    // The first call of a process allocates what the others share.
    by_client();
    by_hand();
    assert_eq!(measure(by_client).count_total, measure(by_hand).count_total);
}
