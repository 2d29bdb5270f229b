//! What an error tells of the response: its start, the request id, the place, and none of its values.

use bytes::Bytes;
use compshare_proto::{
    Error, Response,
    actions::{DescribeCompShareCustomImages, DescribeCompShareImageTags, UpdateCompShareImage},
    decode,
};

use crate::{
    decode::{error, read},
    support::{As, response, response_of, said},
};

#[test]
fn an_error_keeps_the_first_64_kib_of_the_body() {
    let padding = "x".repeat(300 << 10);
    for (status, body) in [
        (502, padding.clone()),
        (200, padding.clone()),
        (200, format!("{{\"New\":\"{padding}\",\"RetCode\":999}}")),
        (403, format!("{{\"New\":\"{padding}\",\"RetCode\":999}}")),
        (200, format!("{{\"RetCode\":0,\"New\":\"{padding}\",\"ImageSet\":7}}")),
    ] {
        let error = read(&response_of(status, body.clone())).unwrap_err();
        assert_eq!(error.raw(), &body.as_bytes()[..64 << 10]);
        assert_eq!(error.ret_code().is_some(), body.contains("999"));
        assert!(said(&error).len() < 2048, "{error}");
    }
    let exact = "x".repeat(64 << 10);
    assert_eq!(error(exact.clone()).raw(), exact.as_bytes());
}

#[test]
fn the_request_id_is_told_unless_it_cannot_be_one() {
    let with = |id: &[u8], body: &'static str| {
        let mut response = http::Response::new(Bytes::from_static(body.as_bytes()));
        let id = http::HeaderValue::from_bytes(id).unwrap();
        response.headers_mut().insert("X-UCLOUD-REQUEST-UUID", id);
        response
    };
    let longest = "6".repeat(128);
    let too_long = "6".repeat(129);
    for (id, expected) in [
        (&b"6f1c"[..], Some("6f1c")),
        (longest.as_bytes(), Some(longest.as_str())),
        (too_long.as_bytes(), None),
        (b"", None),
        (b"\xff\xfe", None),
    ] {
        let success = with(id, r#"{"RetCode":0}"#);
        let response = decode(&UpdateCompShareImage::new("i"), &success).unwrap();
        assert_eq!(response.request_id(), expected);
        for body in [r#"{"RetCode":999}"#, "{}"] {
            let error = read(&with(id, body)).unwrap_err();
            assert_eq!(error.request_id(), expected);
            assert_eq!(error.to_string().contains("request 6"), expected.is_some(), "{error}");
        }
    }
    let bare = http::Response::new(Bytes::from_static(br#"{"RetCode":999}"#));
    let error = read(&bare).unwrap_err();
    assert_eq!(error.request_id(), None);
    assert_eq!(
        error.to_string(),
        "DescribeCompShareCustomImages refused: no message (RetCode 999)"
    );
}

#[test]
fn what_is_left_out_is_found_by_its_path() {
    fn path<T>(response: &Response<T>) -> &str {
        response.warnings()[0].path()
    }
    let images = |body: &str| {
        decode(&As::<DescribeCompShareCustomImages>::new(), &response(body.to_owned()))
    };
    let rows = r#"{"ImageSet":[{},{},{},{"Size":"large"}],"RetCode":0}"#;
    assert_eq!(path(&images(rows).unwrap()), "ImageSet[3].Size");
    assert_eq!(path(&images(r#"{"RetCode":0,"TotalCount":[]}"#).unwrap()), "TotalCount");
    let ports = r#"{"RetCode":0,"ImageSet":[{"SoftwarePorts":[{"Port":1},{"Port":{}}]}]}"#;
    assert_eq!(path(&images(ports).unwrap()), "ImageSet[0].SoftwarePorts[1].Port");
    let tags = response(r#"{"RetCode":0,"TagsMap":{"用途":["a",[]]}}"#);
    let tags = decode(&As::<DescribeCompShareImageTags>::new(), &tags).unwrap();
    assert_eq!(path(&tags), "TagsMap.用途[1]");
    let Error::Decode(error) = error("{}") else { panic!("no RetCode") };
    assert_eq!(error.path(), "");
}

#[test]
fn no_value_of_the_body_is_told() {
    for body in [
        r#"{"RetCode":0,"ImageSet":"CANARY"}"#,
        r#"{"RetCode":0,"ImageSet":"x, expected CANARY"}"#,
        r#"{"RetCode":0,"ImageSet":{"Password":"CANARY"}}"#,
        r#"{"RetCode":"CANARY"}"#,
        r#"{"RetCode":{"CANARY":"CANARY"}}"#,
        r#"{"RetCode":172,"Password":"CANARY"}"#,
        r#"{"RetCode":0,"Password":"CANARY"#,
        r#"{"RetCode":0,"Password":"CANARY"}}"#,
        "<html>CANARY",
        r#"["CANARY"]"#,
    ] {
        for status in [200, 403] {
            if let Err(error) = read(&response_of(status, body)) {
                assert!(!said(&error).contains("CANARY"), "{}", said(&error));
                assert_eq!(error.raw(), body.as_bytes());
            } else {
                panic!("{body} is taken");
            }
        }
    }
}

#[test]
fn no_value_of_the_body_is_in_a_warning() {
    for body in [
        r#"{"RetCode":0,"TotalCount":"CANARY"}"#,
        r#"{"RetCode":0,"TotalCount":"x, expected CANARY"}"#,
        r#"{"RetCode":0,"ImageSet":["CANARY",{"Owner":"CANARY"},{"Name":"CANARY\ud800"}]}"#,
        r#"{"RetCode":0,"ImageSet":[{"Size":CANARY,"Price":-CANARY}]}"#,
    ] {
        let images = As::<DescribeCompShareCustomImages>::new();
        let warnings = format!("{:?}", decode(&images, &response(body)).unwrap().warnings());
        assert!(warnings.contains("Warning") && !warnings.contains("CANARY"), "{warnings}");
    }
}

/// The texts are one line each, for logs, whatever the server's message holds.
#[test]
fn a_message_of_several_lines_is_told_in_one() {
    let error = error(r#"{"RetCode":999,"Message":"one\ntwo\r\nthree"}"#);
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
}
