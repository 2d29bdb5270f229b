//! Responses: complete ones, and files that are made as they are sent.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::call::{CsvFile, Refusal};

/// Header with the request id.
const REQUEST_ID: header::HeaderName = header::HeaderName::from_static("x-ucloud-request-uuid");

/// A response of the gateway.
pub(crate) enum GatewayResponse {
    /// A complete response.
    Complete(Response<Bytes>),
    /// A file that is made as it is sent.
    File(Response<CsvLines>),
}

/// Lines of a file, one after the other, each with its line end.
pub(crate) type CsvLines = Box<dyn Iterator<Item = String> + Send>;

/// Media type of what a proxy says.
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";

impl GatewayResponse {
    /// The response that is a CSV file.
    pub(crate) fn csv(file: CsvFile, request_id: &str) -> Self {
        let mut response = json_response(&Value::Null, request_id);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
        // Names are the simulator's own: letters, digits, `-`, `_` and `.`.
        let disposition = format!("attachment; filename=\"{}\"", file.name);
        if let Ok(value) = HeaderValue::from_str(&disposition) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        let lines: CsvLines = Box::new(file.lines.map(|line| line + "\n"));
        Self::File(response.map(|_| lines))
    }

    /// The response with its whole body.
    pub(crate) fn complete(self) -> Response<Bytes> {
        match self {
            Self::Complete(response) => response,
            Self::File(response) => response.map(|lines| lines.collect::<String>().into()),
        }
    }
}

/// A request id that looks like a UUID and counts up.
pub(crate) fn request_id(count: u64) -> String {
    format!("00000000-0000-4000-8000-{:012x}", count & 0xffff_ffff_ffff)
}

/// The response with a JSON body.
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

/// A response without RetCode: what a proxy or a web server in front of the gateway sends.
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
    fn a_file_has_a_name_and_line_ends() {
        let lines = ["a,b", "1,2"].map(str::to_owned);
        let file = CsvFile { name: "x.csv".to_owned(), lines: Box::new(lines.into_iter()) };
        let response = GatewayResponse::csv(file, "id").complete();
        assert_eq!(response.headers()["content-type"], "text/csv; charset=utf-8");
        assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"x.csv\"");
        assert_eq!(response.headers()["x-ucloud-request-uuid"], "id");
        assert_eq!(response.body(), "a,b\n1,2\n");
    }

    #[test]
    fn a_response_is_json_with_a_request_id() {
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
