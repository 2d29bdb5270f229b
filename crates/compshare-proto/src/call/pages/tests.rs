//! Lists that are whole, and lists that are not.

use bytes::Bytes;
use serde_json::json;

use super::*;
use crate::{
    api::actions::{DescribeCompShareCustomImages, DescribeCompShareImages},
    config::Credentials,
};

/// Walks a list to its end, which must be a good one.
fn walk(rows: usize, total: Option<usize>, limit: Option<i64>) -> (Vec<usize>, Vec<usize>) {
    let (sizes, offsets, end) = walk_on(rows, total, limit);
    assert!(end.is_none(), "{end:?}");
    (sizes, offsets)
}

/// Serves pages of a list of `rows` rows, which says that it has `total`; returns the sizes of the
/// pages that came, the offsets that were asked for, and the error at the end.
fn walk_on(
    rows: usize,
    total: Option<usize>,
    limit: Option<i64>,
) -> (Vec<usize>, Vec<usize>, Option<Error>) {
    let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
    let mut action = DescribeCompShareCustomImages::new();
    action.limit = limit;
    let mut pages = Pages::new(config, action, SystemTime::UNIX_EPOCH, 0);
    let (mut sizes, mut offsets) = (Vec::new(), Vec::new());
    let now = Instant::now();
    let mut output = pages.step(now, Input::Start);
    loop {
        output = match output {
            Output::Transmit { request, .. } => {
                let body = String::from_utf8(request.into_body().to_vec()).unwrap();
                let number = |name: &str| -> usize {
                    let found = body.split('&').find_map(|pair| pair.strip_prefix(name));
                    found.unwrap().parse().unwrap()
                };
                let (offset, limit) = (number("Offset="), number("Limit="));
                offsets.push(offset);
                let ids: Vec<_> = (offset..rows.min(offset + limit))
                    .map(|row| json!({ "CompShareImageId": format!("image-{row}") }))
                    .collect();
                let response = json!({ "RetCode": 0, "TotalCount": total, "ImageSet": ids });
                let body = Bytes::from(response.to_string());
                pages.step(now, Input::Response(http::Response::new(body)))
            }
            Output::End(Some(Ok(page))) => {
                sizes.push(page.image_set.len());
                assert!(sizes.len() < 50, "it does not end");
                pages.step(now, Input::Start)
            }
            Output::End(Some(Err(error))) => {
                assert!(matches!(pages.step(now, Input::Start), Output::End(None)));
                return (sizes, offsets, Some(error));
            }
            Output::End(None) => return (sizes, offsets, None),
            other => panic!("{other:?}"),
        };
    }
}

#[test]
fn ends_when_the_total_is_reached() {
    assert_eq!(walk(250, Some(250), None), (vec![100, 100, 50], vec![0, 100, 200]));
    assert_eq!(walk(200, Some(200), None), (vec![100, 100], vec![0, 100]));
}

#[test]
fn ends_at_an_empty_page_where_no_total_comes() {
    assert_eq!(walk(7, None, Some(5)), (vec![5, 2], vec![0, 5, 7]));
    assert_eq!(walk(5, None, Some(5)), (vec![5], vec![0, 5]));
}

#[test]
fn a_total_that_the_rows_prove_wrong_hides_none() {
    assert_eq!(walk(12, Some(0), Some(5)), (vec![5, 5, 2], vec![0, 5, 10, 12]));
    assert_eq!(walk(12, Some(7), Some(5)), (vec![5, 5, 2], vec![0, 5, 10, 12]));
}

#[test]
fn a_list_of_fewer_rows_than_its_total_ends_in_an_error() {
    let (sizes, offsets, end) = walk_on(10, Some(12), Some(5));
    assert_eq!((sizes, offsets), (vec![5, 5], vec![0, 5, 10]));
    let Some(Error::Decode(error)) = end else { panic!("{end:?}") };
    assert_eq!(error.rows(), Some((10, Some(12))));
    assert_eq!(
        error.to_string(),
        "DescribeCompShareCustomImages: the list is incomplete: 10 of 12 rows were returned"
    );
    // Not without a bound.
    let (sizes, offsets, end) = walk_on(10, Some(1_000), Some(5));
    assert_eq!((sizes, offsets.len()), (vec![5, 5], 12));
    assert!(end.is_some());
    let (sizes, offsets, end) = walk_on(0, Some(9), None);
    assert_eq!((sizes, offsets), (vec![0], vec![0]));
    assert!(end.is_some());
}

#[test]
fn ends_in_an_error_when_the_server_does_not_heed_the_offset() {
    let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
    let action = DescribeCompShareCustomImages::new().limit(1);
    let mut pages = Pages::new(config, action, SystemTime::UNIX_EPOCH, 0);
    let (now, mut sent, mut got) = (Instant::now(), 0, 0);
    let mut output = pages.step(now, Input::Start);
    loop {
        output = match output {
            Output::Transmit { .. } => {
                sent += 1;
                let same = r#"{"RetCode":0,"TotalCount":9,"ImageSet":[{"CompShareImageId":"a"}]}"#;
                let response = http::Response::new(Bytes::from_static(same.as_bytes()));
                pages.step(now, Input::Response(response))
            }
            Output::End(Some(Ok(_))) => {
                got += 1;
                pages.step(now, Input::Start)
            }
            Output::End(Some(Err(error))) => {
                assert!(error.to_string().ends_with("1 of 9 rows were returned"), "{error}");
                break;
            }
            other => panic!("{other:?}"),
        };
    }
    assert_eq!((sent, got), (9, 1));
}

#[test]
fn walks_the_lists_that_the_server_pages_one_by_one() {
    let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
    let mut pages = Pages::new(config, DescribeCompShareImages::new(), SystemTime::UNIX_EPOCH, 0);
    let (now, mut asked, mut got) = (Instant::now(), Vec::new(), Vec::new());
    let mut output = pages.step(now, Input::Start);
    loop {
        output = match output {
            Output::Transmit { request, .. } => {
                let body = String::from_utf8(request.into_body().to_vec()).unwrap();
                let of = |name: &str| body.split('&').find_map(|pair| pair.strip_prefix(name));
                let kind = of("ImageType=").unwrap().to_owned();
                let page = format!("{kind} {}", of("Offset=").unwrap());
                let rows = match page.as_str() {
                    "System 0" => 100,
                    "System 100" | "Game 0" => 1,
                    _ => 0,
                };
                asked.push(page);
                let ids: Vec<_> = (0..rows)
                    .map(|row| json!({ "CompShareImageId": format!("{kind}-{row}-{}", asked.len()) }))
                    .collect();
                let total = if kind == "System" { 101 } else { rows };
                let response = json!({ "RetCode": 0, "TotalCount": total, "ImageSet": ids });
                let body = Bytes::from(response.to_string());
                pages.step(now, Input::Response(http::Response::new(body)))
            }
            Output::End(Some(Ok(page))) => {
                got.push(page.image_set.len());
                pages.step(now, Input::Start)
            }
            Output::End(None) => break,
            other => panic!("{other:?}"),
        };
    }
    assert_eq!(asked, ["System 0", "System 100", "App 0", "Game 0", "Other 0"]);
    assert_eq!(got, [100, 1, 1]);
}

#[test]
fn an_error_is_the_last_page() {
    let config = Config::new(Credentials::new("public", "private"));
    let action = DescribeCompShareCustomImages::new();
    let mut pages = Pages::new(config, action, SystemTime::UNIX_EPOCH, 0);
    let Output::End(Some(Err(error))) = pages.step(Instant::now(), Input::Start) else {
        panic!("no region, no call");
    };
    assert!(error.to_string().contains("Region is missing"), "{error}");
    assert!(matches!(pages.step(Instant::now(), Input::Start), Output::End(None)));
}
