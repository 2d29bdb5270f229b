//! `RecordedRequest`: what one request held, and what became of it.

use std::{fmt, time::SystemTime};

use bytes::Bytes;
use compshare_proto::metadata::{ActionInfo, Encoding};
use http::{HeaderMap, Method, Request, Uri};

use crate::check::{self, request::Received};

/// One request, and what became of it.
///
/// Debug masks signatures, tokens and passwords; the fields hold them in full.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The `Action` parameter; empty if there was none.
    pub action: String,
    /// HTTP method.
    pub method: Method,
    /// Target of the request line.
    pub uri: Uri,
    /// Request headers.
    pub headers: HeaderMap,
    /// Encoding of the parameters.
    pub encoding: Encoding,
    /// Every parameter under its flattened name, in the order sent.
    pub parameters: Vec<(String, String)>,
    /// Names of the parameters that the action does not have; the gateway ignored them.
    pub unknown_parameters: Vec<String>,
    /// RetCode of the response; `None` if the response has none.
    pub ret_code: Option<i64>,
    /// Whether the gateway acted; the response, if it arrived, was a success.
    pub executed: bool,
    /// Request id, also in the response's `X-UCLOUD-REQUEST-UUID`.
    pub request_id: String,
    /// Number of its connection, from 1; 0 without a server.
    pub connection: usize,
    /// Time of arrival by the simulator's clock.
    pub time: SystemTime,
}

impl RecordedRequest {
    /// The record of a request before it is checked.
    pub(super) fn new(
        now: SystemTime,
        request: &Request<Bytes>,
        received: &Received,
        request_id: String,
    ) -> Self {
        let sent = &received.parameters;
        let action = sent.text("Action").unwrap_or_default();
        let info = ActionInfo::find(action);
        Self {
            action: action.to_owned(),
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
            encoding: received.encoding,
            parameters: sent.pairs().to_vec(),
            unknown_parameters: info.map(|info| check::unknown(info, sent)).unwrap_or_default(),
            ret_code: None,
            executed: false,
            request_id,
            connection: 0,
            time: now,
        }
    }

    /// Value of the parameter of that flattened name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut sent = self.parameters.iter();
        sent.find(|(sent, _)| sent == name).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("action", &self.action)
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .field(
                "headers",
                &self.headers.keys().map(http::HeaderName::as_str).collect::<Vec<_>>(),
            )
            .field("encoding", &self.encoding)
            .field("parameters", &Masked(&self.parameters))
            .field("unknown_parameters", &self.unknown_parameters)
            .field("ret_code", &self.ret_code)
            .field("executed", &self.executed)
            .field("request_id", &self.request_id)
            .field("connection", &self.connection)
            .field("time", &self.time)
            .finish()
    }
}

/// Longest value that Debug shows whole, in characters.
const LONGEST: usize = 80;

/// Parameters without their secrets, and long values cut.
struct Masked<'a>(&'a [(String, String)]);

impl fmt::Debug for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().map(|(name, value)| {
            let value = if is_secret(name) {
                "***".to_owned()
            } else if let Some((end, _)) = value.char_indices().nth(LONGEST) {
                format!("{}… ({} bytes)", value.get(..end).unwrap_or_default(), value.len())
            } else {
                value.clone()
            };
            (name, value)
        });
        f.debug_map().entries(shown).finish()
    }
}

/// Whether a parameter's value must not be printed: by any part of its name.
fn is_secret(name: &str) -> bool {
    name.split('.').any(|part| {
        let part = part.to_ascii_lowercase();
        ["password", "signature", "token", "privatekey", "secret"]
            .iter()
            .any(|word| part.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_masks_secrets_and_cuts_long_values() {
        let parameters = [
            ("Action", "X".to_owned()),
            ("Signature", "canary1".to_owned()),
            ("SecurityToken", "canary2".to_owned()),
            ("Password.0", "canary3".to_owned()),
            ("LoginPassword", "canary4".to_owned()),
            ("Cover", "深".repeat(100)),
        ];
        let mut headers = HeaderMap::new();
        headers.insert("x-secret", http::HeaderValue::from_static("canary5"));
        let seen = RecordedRequest {
            action: "X".to_owned(),
            method: Method::GET,
            uri: Uri::from_static("/?Signature=canary6"),
            headers,
            encoding: Encoding::Form,
            parameters: parameters.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            unknown_parameters: vec![],
            ret_code: Some(0),
            executed: true,
            request_id: "id".to_owned(),
            connection: 1,
            time: SystemTime::UNIX_EPOCH,
        };
        let shown = format!("{seen:?}");
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("\"LoginPassword\": \"***\""), "{shown}");
        assert!(shown.contains(&format!("{}… (300 bytes)", "深".repeat(80))), "{shown}");
        assert_eq!(seen.parameter("Password.0"), Some("canary3"));
        assert_eq!(seen.parameter("Password"), None);
    }
}
