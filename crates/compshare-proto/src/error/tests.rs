//! Every error's text, whole, as the user reads it.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::*;
use crate::{
    api::{marker::Marker, partial::ItemFailure, ret_code::Class},
    error::Failure,
    value::request_id::RequestId,
};

fn id() -> RequestId {
    let mut headers = http::HeaderMap::new();
    headers.insert("x-ucloud-request-uuid", http::HeaderValue::from_static("6f1c"));
    RequestId::of(&headers)
}

fn api(status: u16, code: Option<i64>, message: &str) -> ApiError {
    let status = StatusCode::from_u16(status).unwrap();
    let code = code.map(RetCode::new);
    let (message, raw) = (message.to_owned(), Bytes::new());
    let acts_on =
        crate::api::acts_on::ActsOn::of(&crate::api::raw::Raw::new("UpdateCompShareImage"));
    ApiError::new("UpdateCompShareImage", status, code, message, id(), raw, acts_on)
}

#[test]
fn api_errors_name_code_message_request_and_advice() {
    assert_eq!(
        api(200, Some(171), "Signature VerifyAC Error").to_string(),
        "UpdateCompShareImage refused: Signature VerifyAC Error (RetCode 171, request 6f1c): check the \
         private key"
    );
    assert_eq!(
        api(200, Some(150), "").ended(4, Stop::Attempts, false).to_string(),
        "UpdateCompShareImage refused: the service is temporarily unavailable (RetCode 150, request \
         6f1c) after 4 attempts: try again later"
    );
    assert_eq!(
        api(200, Some(999_999), "").to_string(),
        "UpdateCompShareImage refused: no message (RetCode 999999, request 6f1c)"
    );
    assert_eq!(
        api(502, None, "").ended(4, Stop::Attempts, false).to_string(),
        "UpdateCompShareImage failed: the response is HTTP 502 without a RetCode (request 6f1c) after 4 attempts"
    );
    let error = api(200, Some(150), "busy").ended(1, Stop::NotIdempotent, false);
    assert!(error.may_have_acted());
    assert_eq!(
        error.to_string(),
        "UpdateCompShareImage refused: busy (RetCode 150, request 6f1c) after 1 attempt; not retried: \
         the server may have acted on it"
    );
    let error = api(200, Some(230), "no such image").ended(2, Stop::Permanent, true);
    assert!(error.may_have_acted());
    assert_eq!(
        error.to_string(),
        "UpdateCompShareImage refused: no such image (RetCode 230, request 6f1c) after 2 attempts; an \
         earlier attempt may have been carried out"
    );
    assert!(!api(200, Some(230), "no such image").may_have_acted());
    assert_eq!(
        api(307, None, "").to_string(),
        "UpdateCompShareImage failed: the response is HTTP 307 without a RetCode (request 6f1c): \
         redirects are never followed; check the endpoint"
    );
}

#[test]
fn api_errors_have_the_class_of_their_code_or_message() {
    let locked = "InstanceOperationInProgress";
    assert_eq!(api(200, Some(171), "").class(), Some(Class::Credentials));
    assert_eq!(api(200, Some(999_999), locked).class(), Some(Class::Busy));
    assert_eq!(api(200, Some(999_999), "").class(), None);
    assert_eq!(api(502, None, locked).class(), None);
}

fn transport(failure: Failure, attempts: u32, stop: Stop) -> String {
    let elapsed = Duration::from_secs(1);
    TransportError::new("CreateCompShareInstance", failure, attempts, elapsed, stop).to_string()
}

#[test]
fn transport_errors_say_whether_the_server_may_have_acted() {
    assert_eq!(
        transport(Failure::maybe_sent("x").timed_out(), 1, Stop::NotIdempotent),
        "CreateCompShareInstance timed out after 1 attempt; not retried: the server may have acted on it"
    );
    assert_eq!(
        transport(Failure::not_sent("x"), 4, Stop::Attempts),
        "CreateCompShareInstance could not reach the server after 4 attempts"
    );
    assert_eq!(
        transport(Failure::not_sent("x").timed_out(), 2, Stop::Deadline),
        "CreateCompShareInstance could not reach the server in time after 2 attempts; no time was left for another"
    );
    assert_eq!(
        transport(Failure::maybe_sent("x"), 1, Stop::Permanent),
        "CreateCompShareInstance got no response"
    );
    assert_eq!(
        transport(Failure::answered("x"), 1, Stop::Permanent),
        "CreateCompShareInstance got a response that was rejected"
    );
}

#[test]
fn decode_errors_name_the_place_and_what_was_expected() {
    let text = |path: &str, problem| {
        let raw = Bytes::new();
        DecodeError::new("DescribeCompShareImages", path.to_owned(), problem, id(), raw).to_string()
    };
    assert_eq!(
        text("A\nB", Problem::Type { expected: "expected an object".to_owned() }),
        "DescribeCompShareImages: A B cannot be read: expected an object (request 6f1c)"
    );
    assert_eq!(
        text("ImageSet[3].Size", Problem::Type { expected: "expected a whole number".to_owned() }),
        "DescribeCompShareImages: ImageSet[3].Size cannot be read: expected a whole \
         number (request 6f1c)"
    );
    assert_eq!(
        text("", Problem::Empty),
        "DescribeCompShareImages: the response is empty (request 6f1c)"
    );
    assert_eq!(
        text("", Problem::NotJson { content_type: "text/html".to_owned() }),
        "DescribeCompShareImages: the response is text/html, not JSON; check the endpoint and any proxy (request 6f1c)"
    );
    assert_eq!(
        text("", Problem::Compressed { encoding: "gzip".to_owned() }),
        "DescribeCompShareImages: the response is compressed (gzip), which was not requested; check the endpoint and any proxy (request 6f1c)"
    );
    assert_eq!(
        text("", Problem::Broken { line: 1, column: 7, cut: true }),
        "DescribeCompShareImages: the response ends early (line 1, column 7) (request 6f1c)"
    );
    assert_eq!(
        text("", Problem::Broken { line: 1, column: 7, cut: false }),
        "DescribeCompShareImages: the response is not valid JSON (line 1, column 7) (request 6f1c)"
    );
    assert_eq!(
        text("", Problem::NoRetCode),
        "DescribeCompShareImages: the response has no RetCode, so it is unknown whether the call \
         succeeded (request 6f1c)"
    );
}

#[test]
fn invalid_requests_name_the_parameter_and_what_to_do() {
    let error = InvalidRequest::new("Price", "is NaN or infinite: give a finite number");
    assert_eq!(
        error.clone().of("UpdateCompShareImage").to_string(),
        "UpdateCompShareImage was not sent: Price is NaN or infinite: give a finite number"
    );
    assert_eq!(error.to_string(), "Price is NaN or infinite: give a finite number");
}

fn incomplete(count: i64) -> IncompleteError {
    let failures =
        (1..=count).map(|who| ItemFailure::new(who, (who == 1).then_some(17001), "no quota."));
    let raw = Bytes::from_static(br#"{"RetCode":0,"TotalCount":7}"#);
    IncompleteError::new("SetCompShareTeamAmount", failures.collect(), id(), raw)
}

#[test]
fn incomplete_responses_name_the_first_who_failed() {
    assert_eq!(
        incomplete(1).to_string(),
        "SetCompShareTeamAmount did not succeed for 1 item: 1: no quota (RetCode 17001) (request 6f1c)"
    );
    assert_eq!(
        incomplete(5).to_string(),
        "SetCompShareTeamAmount did not succeed for 5 items: 1: no quota (RetCode 17001); \
         2: no quota; 3: no quota; and 2 more (request 6f1c)"
    );
    let error = incomplete(5).ended(2);
    assert_eq!((error.failures().len(), error.attempts()), (5, 2));
    let response: serde_json::Value = error.response().unwrap();
    assert_eq!(response["TotalCount"], 7);
}

fn waited(reason: Reason) -> WaitError {
    let (action, state) = ("DescribeCompShareInstance".to_owned(), "it starts".to_owned());
    WaitError::new(WaitEnd { action, reason, state, polls: 3, elapsed: Duration::from_secs(4) })
}

#[test]
fn what_may_have_been_done_survives_conversion() {
    let lost = || {
        let failure = Failure::maybe_sent("reset");
        let name = "CreateCompShareInstance";
        Error::Transport(TransportError::new(name, failure, 1, Duration::ZERO, Stop::NotIdempotent))
    };
    let unknown = OutcomeUnknown {
        marker: Marker::new("order-17").unwrap(),
        field: "Remark",
        ids: Vec::new(),
        error: lost(),
        poll_error: None,
        action: "CreateCompShareInstance".to_owned(),
    };
    let unknown = Error::from(OnceError::Unknown(Box::new(unknown)));
    assert!(unknown.may_have_acted());
    assert_eq!(unknown.action(), "CreateCompShareInstance");
    assert_eq!(
        unknown.to_string(),
        "CreateCompShareInstance may have created something: search Remark for order-17 before you \
         send it again"
    );
    // Polls have proven that the lost request created nothing.
    let not_created = Error::from(OnceError::NotCreated(lost()));
    assert!(lost().may_have_acted() && !not_created.may_have_acted());
    assert!(!Error::from(waited(Reason::Deadline)).may_have_acted());
    assert!(!Error::from(ConfigError::new("no keys")).may_have_acted());
    assert!(!Error::from(InvalidRequest::new("Zone", "is required")).may_have_acted());
}

#[test]
fn each_variant_says_where_it_stands() {
    let all = [
        Error::Invalid(InvalidRequest::new("", "x")),
        Error::Api(api(200, Some(171), "")),
        Error::Transport(TransportError::new(
            "X",
            Failure::not_sent("refused"),
            2,
            Duration::ZERO,
            Stop::Attempts,
        )),
        Error::Decode(DecodeError::new("X", String::new(), Problem::Empty, id(), Bytes::new())),
        Error::Incomplete(incomplete(1)),
        ConfigError::new("no keys").into(),
        OnceError::NotCreated(Error::Api(api(200, Some(171), ""))).into(),
        waited(Reason::PollFailed(Error::Api(api(200, Some(171), "")))).into(),
    ];
    for error in &all {
        let (delivery, attempts, source) = match error {
            Error::Invalid(_) | Error::Config(_) => (Delivery::NotSent, 0, None),
            Error::Once(_) | Error::Wait(_) => {
                (Delivery::Answered, 1, Some(api(200, Some(171), "").to_string()))
            }
            Error::Api(_) | Error::Decode(_) | Error::Incomplete(_) => {
                (Delivery::Answered, 1, None)
            }
            Error::Transport(_) => (Delivery::NotSent, 2, Some("refused".to_owned())),
        };
        assert_eq!(error.delivery(), delivery);
        assert_eq!(error.attempts(), attempts);
        assert_eq!(error.source().map(ToString::to_string), source);
    }
}
