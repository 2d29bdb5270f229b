//! Decoding against plain serde_json into strict structs of the same shape, as a ratio taken in one run.
//!
//! `cargo bench -p compshare-proto` prints the ratio and fails if it is above its limit.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and prints"
)]

use std::{
    error::Error,
    hint::black_box,
    time::{Duration, Instant},
};

use bytes::Bytes;
use compshare_proto::{actions::DescribeCommunityImages, decode};
use serde::Deserialize;
use serde_json::{Value, json};

const GROUPS: usize = 100;
const VERSIONS: usize = 3;
const ROUNDS: usize = 200;
const LIMIT: f64 = 1.3;

fn main() -> Result<(), Box<dyn Error>> {
    let body = Bytes::from(response().to_string());
    let response = http::Response::new(body.clone());
    let action = DescribeCommunityImages::new();

    let ours = decode(&action, &response)?.into_body();
    let strict: Received = serde_json::from_slice(&body)?;
    assert_eq!(ours.compshare_image_group.len(), GROUPS);
    let ours_last = ours.compshare_image_group.last().and_then(|group| group.data.last());
    let strict_last = strict.groups.last().and_then(|group| group.data.last());
    assert_eq!(ours_last.map(|image| &image.readme), strict_last.map(|image| &image.readme));

    let (ours, strict) = race(
        || drop(black_box(decode(&action, black_box(&response)))),
        || drop(black_box(serde_json::from_slice::<Received>(black_box(&body)))),
    );
    let ratio = ours.as_secs_f64() / strict.as_secs_f64();
    let outcome = if ratio <= LIMIT { "ok" } else { "TOO SLOW" };
    println!(
        "{} images: {ratio:.2} times strict serde_json, limit {LIMIT} ({outcome}); \
         {} bytes, {ours:?} against {strict:?}",
        GROUPS * VERSIONS,
        body.len()
    );
    if ratio <= LIMIT { Ok(()) } else { Err("the ratio is above its limit".into()) }
}

/// The medians of two functions that take turns, so that noise hits both alike.
fn race(mut a: impl FnMut(), mut b: impl FnMut()) -> (Duration, Duration) {
    let time = |function: &mut dyn FnMut()| {
        let start = Instant::now();
        function();
        start.elapsed()
    };
    let mut times: Vec<_> = (0..ROUNDS).map(|_| (time(&mut a), time(&mut b))).collect();
    let mut median = |of: fn(&(Duration, Duration)) -> Duration| {
        times.sort_unstable_by_key(of);
        times.get(ROUNDS / 2).map(of).unwrap_or_default()
    };
    (median(|pair| pair.0), median(|pair| pair.1))
}

/// An response of some 600 KB: every field that the documentation's sample has, and a readme.
fn response() -> Value {
    let image = |group: usize, version: usize| {
        json!({
            "CompShareImageId": format!("compshareImage-{group:03}{version}"),
            "Name": format!("镜像 {group}"), "Author": "sim-user", "AuthInfo": 1,
            "Status": "Available", "Price": 0.5, "VersionName": format!("v{version}.0"),
            "VersionDesc": "PyTorch 2.1, CUDA 12.1", "Description": "深度学习环境，开箱即用",
            "Tags": ["深度学习", "PyTorch", "CUDA 12.1"],
            "SupportedGpuTypes": ["4090", "A100", "H20", "3090"],
            "Cover": format!("https://example.com/cover/{group}.png"), "Container": "True",
            "AutoStart": true, "CreateTime": 1_700_000_000 + group, "UpdateTime": 1_700_000_000,
            "PubTime": 1_700_000_000, "Size": 40_960, "ImageType": "Community",
            "Readme": "# 使用说明\n\n- 打开 http://127.0.0.1:8888\n".repeat(24),
            "SoftwarePorts": [{ "Software": "JupyterLab", "Port": 8888 }], "GroupId": "group-1",
            "CreatedCount": 17, "FavoritesCount": 3, "ImageUseTime": 1200,
        })
    };
    let groups: Vec<_> = (0..GROUPS)
        .map(|group| {
            let data: Vec<_> = (0..VERSIONS).map(|version| image(group, version)).collect();
            json!({
                "GroupId": format!("group-{group}"), "ImageName": format!("镜像 {group}"),
                "ImageDesc": "深度学习环境", "CreatedCount": 51, "FavoritesCount": 9,
                "RecommendCount": 1, "ImageUseTime": 3600, "IsFavorite": false,
                "Status": "Available", "Data": data,
            })
        })
        .collect();
    json!({
        "RetCode": 0, "Action": "DescribeCommunityImagesResponse", "TotalCount": GROUPS,
        "AvailableTotalCount": GROUPS, "CompshareImageGroup": groups,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "decoded, not read")]
struct Received {
    ret_code: i64,
    action: String,
    total_count: i64,
    available_total_count: i64,
    #[serde(rename = "CompshareImageGroup")]
    groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "decoded, not read")]
struct Group {
    group_id: String,
    image_name: String,
    image_desc: String,
    created_count: i64,
    favorites_count: i64,
    recommend_count: i64,
    image_use_time: i64,
    is_favorite: bool,
    status: String,
    data: Vec<Image>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "decoded, not read")]
struct Image {
    comp_share_image_id: String,
    name: String,
    author: String,
    auth_info: i64,
    status: String,
    price: f64,
    version_name: String,
    version_desc: String,
    description: String,
    tags: Vec<String>,
    supported_gpu_types: Vec<String>,
    cover: String,
    container: String,
    auto_start: bool,
    create_time: i64,
    update_time: i64,
    pub_time: i64,
    size: i64,
    image_type: String,
    readme: String,
    software_ports: Vec<SoftwarePort>,
    group_id: String,
    created_count: i64,
    favorites_count: i64,
    image_use_time: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "decoded, not read")]
struct SoftwarePort {
    software: String,
    port: i64,
}
