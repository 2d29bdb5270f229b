//! Answers: refusals with their RetCode, and the HTTP response around an answer.

use bytes::Bytes;
use compshare_proto::metadata::{ActionInfo, Availability};
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

/// Why the gateway does not act: a RetCode and its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: i64,
    pub(crate) message: String,
}

/// RetCode and HTTP status of the simulator's own: it does not have the action.
const NOT_SIMULATED: i64 = 501;

impl Refusal {
    pub(crate) fn new(code: i64, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// The spec has the action and the simulator does not: no fault of the caller's.
    pub(crate) fn not_simulated(info: &ActionInfo) -> Self {
        let why = match info.availability {
            Availability::Unavailable { .. } => {
                "; the official CLI says that production does not either"
            }
            _ => " yet",
        };
        Self::new(NOT_SIMULATED, format!("the simulator does not have {}{why}", info.name))
    }

    /// The HTTP status that the refusal comes with.
    pub(crate) fn status(&self) -> StatusCode {
        if self.code == NOT_SIMULATED { StatusCode::NOT_IMPLEMENTED } else { StatusCode::OK }
    }

    /// 220: a required parameter is missing.
    pub(crate) fn missing(name: &str) -> Self {
        Self::new(220, format!("Missing params [{name}]"))
    }

    /// 230: a parameter's value is not acceptable.
    pub(crate) fn unavailable(name: &str, why: impl std::fmt::Display) -> Self {
        Self::new(230, format!("Params [{name}] not available: {why}"))
    }
}

/// Header with the request id.
const REQUEST_ID: header::HeaderName = header::HeaderName::from_static("x-ucloud-request-uuid");

/// A request id that looks like a UUID and counts up.
pub(crate) fn request_id(count: u64) -> String {
    format!("00000000-0000-4000-8000-{:012x}", count & 0xffff_ffff_ffff)
}

/// The response that carries a gateway's JSON answer.
pub(crate) fn json_response(body: &Value, request_id: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, value);
    }
    response
}

/// The body of a refusal.
pub(crate) fn refusal_body(action: &str, refusal: &Refusal) -> Value {
    json!({ "RetCode": refusal.code, "Action": action, "Message": refusal.message })
}

/// A response without RetCode: what a proxy or a web server in front of the gateway answers.
pub(crate) fn plain_response(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Bytes>,
) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_name_the_parameter() {
        assert_eq!(Refusal::missing("Region").message, "Missing params [Region]");
        let refusal = Refusal::unavailable("Price", "it must be at least 0");
        assert_eq!(refusal.code, 230);
        assert_eq!(refusal.message, "Params [Price] not available: it must be at least 0");
    }

    #[test]
    fn an_answer_is_json_with_a_request_id() {
        let response = json_response(&json!({ "RetCode": 0 }), &request_id(255));
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(
            response.headers()["x-ucloud-request-uuid"],
            "00000000-0000-4000-8000-0000000000ff"
        );
        assert_eq!(response.body(), "{\"RetCode\":0}");
    }
}
