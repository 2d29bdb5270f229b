//! Whole responses: statuses, `RetCode`, and bodies that are no JSON, cut, broken or deep.

use bytes::Bytes;
use compshare_proto::{
    Delivery, Error, Raw, RetCode, actions::DescribeCompShareCustomImages, decode,
};

use crate::support::{As, response, response_of};

mod memory;
mod odd;
mod partial;
mod within;

type Images = As<DescribeCompShareCustomImages>;

pub(crate) fn read(received: &http::Response<Bytes>) -> Result<String, Error> {
    decode(&Images::new(), received).map(|response| format!("{:?}", response.total_count))
}

pub(crate) fn error(body: impl Into<Bytes>) -> Error {
    read(&response(body)).unwrap_err()
}

/// Asserts the text of the error, without the name of the action in front.
fn assert_text(response: &http::Response<Bytes>, expected: &str) -> Error {
    let error = read(response).unwrap_err();
    let text = error.to_string();
    let body = String::from_utf8_lossy(response.body());
    let gap = if expected.starts_with(':') { "" } else { " " };
    assert_eq!(text, format!("DescribeCompShareCustomImages{gap}{expected}"), "{body:.200}");
    error
}

#[test]
fn zero_is_success_however_it_is_written_and_wherever_it_stands() {
    for body in [
        r#"{"RetCode":0,"TotalCount":7}"#,
        r#"{"TotalCount":7,"RetCode":0}"#,
        r#"{"RetCode":"0","TotalCount":7}"#,
        r#"{"RetCode":" 0 ","TotalCount":"7"}"#,
        r#"{"RetCode":0.0,"TotalCount":7.0}"#,
        r#"{"RetCode":-0,"TotalCount":7}"#,
        " \n{\"RetCode\" : 0 , \"TotalCount\" : 7 }\r\n",
        r#"{"Ret\u0043ode":0,"TotalCount":7}"#,
    ] {
        assert_eq!(read(&response(body)).unwrap(), "Some(7)", "{body}");
    }
    let created = response_of(201, r#"{"RetCode":0,"TotalCount":7}"#);
    assert_eq!(read(&created).unwrap(), "Some(7)");
}

#[test]
fn any_other_number_is_a_refusal_however_it_is_written_and_wherever_it_stands() {
    for body in [
        r#"{"RetCode":172,"Message":"no"}"#,
        r#"{"Message":"no","ImageSet":[{"Size":1}],"RetCode":172}"#,
        r#"{"RetCode":"172","Message":"no"}"#,
        r#"{"RetCode":172,"Message":"no","ImageSet":"of no use","TotalCount":{}}"#,
        r#"{"ImageSet":"of no use","TotalCount":{},"Message":"no","RetCode":"172"}"#,
        r#"{"RetCode":0,"Message":"no","RetCode":172}"#,
    ] {
        let error = error(body);
        assert_eq!(error.ret_code(), Some(RetCode::new(172)), "{body}");
        let Error::Api(api) = &error else { panic!("{error:?}") };
        assert_eq!((api.message(), api.status().as_u16()), ("no", 200), "{body}");
        assert_eq!(error.delivery(), Delivery::Answered);
        assert_eq!(error.raw(), body.as_bytes());
        let start = "DescribeCompShareCustomImages refused: no (RetCode 172, request 6f1c)";
        assert!(error.to_string().starts_with(start), "{error}");
    }
    assert_text(&response(r#"{"RetCode":-1}"#), "refused: no message (RetCode -1, request 6f1c)");
    assert_text(
        &response(r#"{"RetCode":172,"Message":null}"#),
        "refused: no user has this public key (RetCode 172, request 6f1c): check the public \
         key",
    );
}

#[test]
fn without_a_number_nothing_is_known() {
    for body in [
        "{}",
        r#"{"TotalCount":7}"#,
        r#"{"RetCode":null}"#,
        r#"{"RetCode":""}"#,
        r#"{"RetCode":"OK"}"#,
        r#"{"RetCode":true}"#,
        r#"{"RetCode":[0]}"#,
        r#"{"RetCode":{}}"#,
        r#"{"RetCode":0.5}"#,
        r#"{"retcode":0}"#,
        r#"{"Data":{"RetCode":0}}"#,
    ] {
        let error = assert_text(
            &response(body),
            ": the response has no RetCode, so it is unknown whether the call succeeded (request 6f1c)",
        );
        assert_eq!((error.ret_code(), error.raw()), (None, body.as_bytes()));
    }
}

/// A message that is no text must not hide the number beside it.
#[test]
fn a_refusal_with_a_message_that_is_no_text_keeps_its_number() {
    for message in [r#"{"zh":"a"}"#, r#"["a"]"#] {
        let error = error(format!("{{\"RetCode\":172,\"Message\":{message}}}"));
        assert_eq!(error.ret_code(), Some(RetCode::new(172)), "{error}");
    }
}

#[test]
fn a_status_that_is_no_success_is_an_error_whatever_the_body_says() {
    for status in [400, 403, 404, 429, 500, 502, 503] {
        let coded = response_of(status, r#"{"RetCode":"999","Message":"no"}"#);
        let error = assert_text(&coded, "refused: no (RetCode 999, request 6f1c)");
        let Error::Api(api) = &error else { panic!("{error:?}") };
        assert_eq!(api.status().as_u16(), status);
        for body in ["", "<html>", r#"{"RetCode":0,"TotalCount":7}"#, "{}", "[]", "{\"RetCode\":9"]
        {
            let expected =
                format!("failed: the response is HTTP {status} without a RetCode (request 6f1c)");
            let error = assert_text(&response_of(status, body), &expected);
            assert_eq!((error.ret_code(), error.raw()), (None, body.as_bytes()));
        }
    }
    for status in [301, 302, 307, 308] {
        let expected = format!(
            "failed: the response is HTTP {status} without a RetCode (request 6f1c): redirects are never \
             followed; check the endpoint"
        );
        assert_text(&response_of(status, ""), &expected);
    }
}

#[test]
fn a_page_is_not_a_response() {
    let page = |content_type: &str| {
        let mut page = response("<html>Sign in to the hotel's network</html>");
        page.headers_mut().insert("content-type", content_type.parse().unwrap());
        page
    };
    let text = |kind: &str| {
        format!(
            ": the response is {kind}, not JSON; check the endpoint and any proxy (request 6f1c)"
        )
    };
    assert_text(&page("text/html; charset=utf-8"), &text("text/html"));
    assert_text(&page("text/html"), &text("text/html"));
    assert_text(&page(&"x".repeat(65)), &text("of no stated type"));
    assert_text(&page(""), &text("of no stated type"));
    let untyped = response("Bad gateway");
    assert_text(&untyped, &text("of no stated type"));
}

/// It is JSON, so to say that it is not sends the reader the wrong way.
#[test]
fn json_that_is_no_object_is_not_called_other_than_json() {
    for body in [r#"[{"RetCode":0}]"#, "null", "7", r#""RetCode""#, "true"] {
        let mut response = response(body);
        response.headers_mut().insert("content-type", "application/json".parse().unwrap());
        let error = read(&response).unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(
            !error.to_string().contains("the response is application/json, not JSON"),
            "{error}"
        );
    }
}

#[test]
fn what_is_empty_cut_or_broken_says_so() {
    for body in ["", " \r\n\t "] {
        assert_text(&response(body), ": the response is empty (request 6f1c)");
    }
    let whole = r#"{"RetCode":0,"TotalCount":7,"ImageSet":[{"Name":"a\n文\u6587","Tags":null}]}"#;
    for end in 1..whole.len() {
        let expected = format!(": the response ends early (line 1, column {end}) (request 6f1c)");
        assert_text(&response(&whole.as_bytes()[..end]), &expected);
    }
    for (body, line, column) in [
        (r#"{"RetCode":0}x"#, 1, 14),
        (r#"{"RetCode":172} {"RetCode":0}"#, 1, 17),
        ("{\"RetCode\":0,\n\"TotalCount\":7,}", 2, 16),
        ("{RetCode:0}", 1, 2),
    ] {
        let expected = format!(
            ": the response is not valid JSON (line {line}, column {column}) (request 6f1c)"
        );
        assert_text(&response(body), &expected);
    }
}

/// Values that are JSON by its grammar, and that no number or text can hold.
#[test]
fn what_is_not_read_may_be_anything() {
    let ignored = br#"{"RetCode":0,"TotalCount":7,"New":[1e999,"\ud800"]}"#;
    assert_eq!(read(&response(&ignored[..])).unwrap(), "Some(7)");
}

/// A cut is judged as a broken connection, and what only looks is sent again; so it must not be taken
/// for nonsense.
#[test]
fn a_response_that_is_cut_inside_a_number_says_so() {
    let whole = r#"{"RetCode":0,"ImageSet":[{"Price":-1.5e-1}]}"#;
    for end in 1..whole.len() {
        let error = error(&whole.as_bytes()[..end]);
        assert!(error.to_string().contains("ends early"), "{}: {error}", &whole[..end]);
    }
}

#[test]
fn nesting_is_endured() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    for levels in [200, 100_000] {
        let unknown = format!("{{\"New\":{},\"RetCode\":0,\"TotalCount\":7}}", deep(levels));
        assert_eq!(read(&response(unknown)).unwrap(), "Some(7)");
        let known = format!("{{\"RetCode\":0,\"ImageSet\":[{{\"Name\":{}}}]}}", deep(levels));
        let known = decode(&Images::new(), &response(known)).unwrap();
        assert_eq!(known.image_set[0].name, "");
        assert_eq!(known.warnings()[0].to_string(), "ImageSet[0].Name was left out: expected text");
        let raw = format!("{{\"RetCode\":0,\"Deep\":{},\"New\":7}}", deep(levels));
        let raw = decode(&Raw::new("New"), &response(raw)).unwrap();
        assert_eq!(raw["New"], 7);
        assert_eq!(raw.warnings()[0].reason(), "it is nested too deeply");
    }
    let refused = format!("{{\"RetCode\":172,\"New\":{}}}", deep(200));
    let error = decode(&Raw::new("New"), &response(refused)).unwrap_err();
    assert_eq!(error.ret_code(), Some(RetCode::new(172)));
}
