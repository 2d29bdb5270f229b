//! `Trouble`: what the proxy does to one request, and what the server sees of it.

use std::time::Duration;

/// What happens to one request on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Nothing.
    None,
    /// The connection is reset before the request is read; the server sees nothing.
    ResetUnread,
    /// The server gets that many bytes of the request; then both sides are closed, or reset.
    CutRequest { bytes: usize, reset: bool },
    /// The server acts; the client gets that many bytes of the response, then a close, or a reset.
    CutAnswer { bytes: usize, reset: bool },
    /// The server acts only after that time, and the response comes then.
    DelayRequest(Duration),
    /// The server acts only after that time, whoever still waits for it; the response comes then, or the
    /// gateway's RetCode 110 after `limit`, if that is sooner.
    Slow { time: Duration, limit: Duration },
    /// The server acts; the response comes after that time.
    DelayAnswer(Duration),
    /// The request arrives twice; the response is the second one.
    Duplicate,
    /// The client gets these bytes and a close; the server acts if `acts`.
    Response { bytes: Vec<u8>, acts: bool },
    /// The client gets an endless response of that stated length; the server sees nothing.
    Huge { bytes: u64 },
    /// The server acts; the response comes byte by byte with that time in between.
    Drip(Duration),
    /// The connection is open, and nothing is read or said for that time; then it is reset.
    Hang(Duration),
}

impl Trouble {
    /// A response of that status with those headers (each ending in CR LF); the server sees nothing.
    pub(crate) fn status(status: u16, headers: &str) -> Self {
        let head = format!("HTTP/1.1 {status} Trouble\r\n{headers}content-length: 0\r\n\r\n");
        Self::Response { bytes: head.into_bytes(), acts: false }
    }

    /// What the gateway answers when it has waited for too long.
    pub(crate) fn gave_up() -> Vec<u8> {
        let body = r#"{"RetCode":110,"Message":"timeout"}"#;
        let length = body.len();
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
    }

    /// The start of what is no HTTP response.
    pub(crate) fn garbage(acts: bool) -> Self {
        let bytes = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 what is this?\r\n\r\n".to_vec();
        Self::Response { bytes, acts }
    }

    /// A page of a server in between.
    pub(crate) fn page() -> Self {
        let page = "<html>maintenance</html>";
        let length = page.len();
        let response = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\r\n{page}"
        );
        Self::Response { bytes: response.into_bytes(), acts: false }
    }
}
