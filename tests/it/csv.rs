//! Responses that are files: DownloadTeamOrder's CSV, its name, and what may come in its place.

use bytes::Bytes;
use compshare_proto::{
    Action as _, CsvFile, Delivery, Error, Raw, RetCode, actions::DownloadTeamOrder, decode,
    metadata::ActionInfo,
};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName};

use crate::{pretty, support::response};

const ORDERS: &str = "订单编号,金额\nUORDER-1,10.00\n";

fn action() -> DownloadTeamOrder {
    DownloadTeamOrder::new(1001)
}

/// A response of that kind with that `Content-Disposition`; headers that are empty are left out.
fn file(kind: &str, disposition: &str, body: impl Into<Bytes>) -> http::Response<Bytes> {
    let mut response = response(body);
    let mut set = |name: HeaderName, value: &str| {
        if !value.is_empty() {
            response.headers_mut().insert(name, value.as_bytes().try_into().unwrap());
        }
    };
    set(CONTENT_TYPE, kind);
    set(CONTENT_DISPOSITION, disposition);
    response
}

fn read(kind: &str, disposition: &str, body: impl Into<Bytes>) -> Result<CsvFile, Error> {
    let response = file(kind, disposition, body);
    decode(&action(), &response).map(compshare_proto::Response::into_body)
}

/// The part of a golden file that is about the response.
pub(crate) fn sections(info: &ActionInfo) -> [(&'static str, String); 4] {
    let names: Vec<&str> = info.response.iter().map(|field| field.name).collect();
    let values: Vec<String> = names.iter().map(|name| format!("{name}-0")).collect();
    let content = format!("{}\n{}\n", names.join(","), values.join(","));
    let part = |kind, disposition| {
        let head = format!("content-type: {kind}\ncontent-disposition: {disposition}");
        let read = read(kind, disposition, content.clone()).unwrap();
        assert_eq!(read.content(), content.as_bytes());
        (format!("{head}\n\n{}", content.trim_end()), pretty::debug(read))
    };
    let full = part("text/csv; charset=utf-8", "attachment; filename=\"team_orders.csv\"");
    let quirky =
        part("application/octet-stream", "attachment; filename*=UTF-8''..%2F%E5%8D%95.csv");
    [
        ("full response", full.0),
        ("full response, read", full.1),
        ("quirky response", quirky.0),
        ("quirky response, read", quirky.1),
    ]
}

#[test]
fn a_file_comes_whole_under_its_name() {
    for (disposition, name) in [
        ("attachment; filename=orders.csv", Some("orders.csv")),
        ("attachment; filename=\"orders.csv\"", Some("orders.csv")),
        ("attachment; filename=\"team orders.csv\"; size=7", Some("team orders.csv")),
        ("Attachment;FILENAME=orders.csv", Some("orders.csv")),
        ("attachment; filename*=UTF-8''%E8%AE%A2%E5%8D%95%20%281%29.csv", Some("订单 (1).csv")),
        ("attachment; filename*=utf-8'zh-CN'%e8%ae%a2%e5%8d%95.csv", Some("订单.csv")),
        ("attachment; filename=o.csv; filename*=UTF-8''%E8%AE%A2%E5%8D%95.csv", Some("订单.csv")),
        ("attachment; filename*=UTF-8''%E8%AE%A2%E5%8D%95.csv; filename=o.csv", Some("订单.csv")),
        ("attachment; filename=订单.csv", Some("订单.csv")),
        ("attachment; filename=\"订单.csv\"", Some("订单.csv")),
        ("attachment; filename=\"a;b.csv\"", Some("a;b.csv")),
        ("attachment; filename=\"a=b.csv\"", Some("a=b.csv")),
        ("inline; filename=orders.csv", Some("orders.csv")),
        ("attachment", None),
        ("", None),
    ] {
        let file = read("text/csv; charset=utf-8", disposition, ORDERS).unwrap();
        assert_eq!(file.name(), name, "{disposition}");
        assert_eq!(file.into_content(), ORDERS.as_bytes(), "{disposition}");
    }
}

/// The name goes to a file of the user's: it must not leave the folder, nor name no file.
#[test]
fn a_name_is_one_step_of_a_path() {
    for (disposition, name) in [
        ("attachment; filename=../../x", Some("x")),
        ("attachment; filename=\"../../etc/passwd\"", Some("passwd")),
        ("attachment; filename=/etc/passwd", Some("passwd")),
        ("attachment; filename=\"..\\..\\x.csv\"", Some("x.csv")),
        ("attachment; filename=\"C:\\x.csv\"", Some("x.csv")),
        ("attachment; filename=..%2F..%2Fx.csv", Some("x.csv")),
        ("attachment; filename*=UTF-8''..%2f..%5cx.csv", Some("x.csv")),
        ("attachment; filename*=UTF-8''%00x%0A.csv", Some("x.csv")),
        ("attachment; filename*=UTF-8''x%00%2F", None),
        ("attachment; filename=..", None),
        ("attachment; filename=.", None),
        ("attachment; filename=\"dir/..\"", None),
        ("attachment; filename=\"dir/\"", None),
        ("attachment; filename=\" \"", None),
        ("attachment; filename*=UTF-8''%2E%2E; filename=orders.csv", Some("orders.csv")),
        ("attachment; filename*=UTF-8''%FF%FE; filename=orders.csv", Some("orders.csv")),
    ] {
        let file = read("text/csv", disposition, ORDERS).unwrap();
        assert_eq!(file.name(), name, "{disposition}");
    }
}

#[test]
fn any_bytes_are_a_file_if_the_headers_say_so() {
    for content in [
        &b""[..],
        b"\xef\xbb\xbfa,b\n",
        b"\xb6\xa9\xb5\xa5,a\n",
        b"{\"RetCode\":230}",
        b"\x00\xff\r\n",
    ] {
        for (kind, disposition) in [
            ("text/csv", ""),
            ("TEXT/CSV; charset=gbk", "attachment; filename=a.csv"),
            ("application/octet-stream", "attachment; filename=a.csv"),
            ("", "attachment; filename=a.csv"),
        ] {
            let file = read(kind, disposition, content).unwrap();
            assert_eq!(file.content(), content, "{kind} {disposition}");
        }
    }
}

#[test]
fn a_refusal_in_its_place_is_an_error() {
    let refusal =
        r#"{"RetCode":226606,"Action":"DownloadTeamOrderResponse","Message":"no rights"}"#;
    for (kind, disposition) in [
        ("application/json", ""),
        ("application/json; charset=utf-8", "attachment; filename=a.csv"),
        ("text/plain", ""),
        ("", ""),
    ] {
        let error = read(kind, disposition, refusal).unwrap_err();
        assert_eq!(error.ret_code(), Some(RetCode::new(226_606)), "{kind}: {error}");
        assert_eq!(error.delivery(), Delivery::Answered);
        let text = "DownloadTeamOrder refused: no rights (RetCode 226606, request 6f1c)";
        assert!(error.to_string().starts_with(text), "{error}");
        assert_eq!(error.raw(), refusal.as_bytes());
    }
}

#[test]
fn neither_a_page_nor_json_without_a_file_is_a_file() {
    let page = "<html>Sign in to the hotel's network</html>";
    for disposition in ["", "attachment; filename=a.csv"] {
        let error = read("text/html", disposition, page).unwrap_err();
        assert_eq!(
            error.to_string(),
            "DownloadTeamOrder: the response is text/html, not JSON; check the endpoint and any proxy (request 6f1c)"
        );
        assert!(matches!(error, Error::Decode(_)));
    }
    let error = read("application/json", "", r#"{"RetCode":0,"Orders":[]}"#).unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let text = error.to_string();
    assert!(text.starts_with("DownloadTeamOrder: "), "{text}");
    assert!(text.contains("CSV"), "it says what is missing: {text}");
    assert!(!text.contains("but  does"), "{text}");
    read("text/csv", "", "").unwrap();
    read("", "", "").unwrap_err();
}

/// A gateway's error page may call itself anything.
#[test]
fn a_status_that_is_no_success_is_never_a_file() {
    let mut response = file("text/csv", "attachment; filename=a.csv", ORDERS);
    *response.status_mut() = http::StatusCode::BAD_GATEWAY;
    let error = decode(&action(), &response).unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(error.ret_code(), None);
}

#[test]
fn an_action_that_is_answered_in_json_takes_no_file() {
    let response = file("text/csv", "attachment; filename=a.csv", ORDERS);
    let error = decode(&Raw::new("ListCompShareTeam"), &response).unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[test]
fn by_name_and_with_an_added_parameter_it_comes_too() {
    let response = file("text/csv", "attachment; filename=a.csv", ORDERS);
    let with = decode(&action().with("New", 1), &response).unwrap();
    assert_eq!((with.name(), &with.content()[..]), (Some("a.csv"), ORDERS.as_bytes()));
    let raw = decode(&Raw::new("DownloadTeamOrder").param("TeamId", 1), &response).unwrap();
    assert_eq!(*raw, serde_json::json!(ORDERS));
}

/// Orders are nobody else's business.
#[test]
fn its_debug_has_its_size_and_not_its_content() {
    let file = read("text/csv", "attachment; filename=a.csv", "CANARY").unwrap();
    assert_eq!(format!("{file:?}"), "CsvFile { name: Some(\"a.csv\"), content: 6 bytes }");
}
