//! HTTP/1.1 on a stream: reading requests within bounds, writing responses.
//!
//! It is written by hand because faults happen at single bytes: a response that ends within its head, a
//! connection that closes with a request unread. An HTTP library would not send these. Request heads are
//! parsed by `httparse`.

use std::io::{self, Read, Write};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, Version, header,
};

use crate::gateway::response::CsvLines;

/// Largest request head.
pub(crate) const MAX_HEAD: usize = 64 * 1024;
/// Largest request body.
pub(crate) const MAX_BODY: u64 = 64 * 1024 * 1024;
/// Most request headers.
const MAX_HEADERS: usize = 128;
/// Bytes read, and written of a made-up body, at a time.
const BLOCK: usize = 16 * 1024;
/// Bodies up to this size go out together with their head.
const SMALL: usize = 64 * 1024;

/// A request, and whether its connection stays open.
pub(crate) struct Incoming {
    pub(crate) request: Request<Bytes>,
    pub(crate) keep_alive: bool,
}

/// Why no request could be read.
pub(crate) enum ReadError {
    /// The connection failed.
    Io(io::Error),
    /// The request is refused; that many bytes of its body are still to come.
    Refused(StatusCode, u64),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// One end of a connection.
pub(crate) struct Wire<S> {
    stream: S,
    /// Bytes read and not yet used.
    buffer: Vec<u8>,
}

impl<S: Read + Write> Wire<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// Waits for the first byte of a request; `false` if the peer has closed instead.
    pub(crate) fn wait(&mut self) -> io::Result<bool> {
        Ok(!self.buffer.is_empty() || self.fill()? > 0)
    }

    /// Reads one request.
    pub(crate) fn read(&mut self) -> Result<Incoming, ReadError> {
        let head = self.read_head()?;
        let length = body_length(&head.headers)?;
        if length > 0 && self.buffer.is_empty() && expects_continue(&head.headers) {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
            self.stream.flush()?;
        }
        let body = self.read_body(length)?;
        let keep_alive = head.keep_alive();
        let mut request = Request::new(Bytes::from(body));
        *request.method_mut() = head.method;
        *request.uri_mut() = head.uri;
        *request.version_mut() = if head.http_1_1 { Version::HTTP_11 } else { Version::HTTP_10 };
        *request.headers_mut() = head.headers;
        Ok(Incoming { request, keep_alive })
    }

    fn read_head(&mut self) -> Result<Head, ReadError> {
        loop {
            match Head::parse(&self.buffer).map_err(|status| ReadError::Refused(status, 0))? {
                Some((head, length)) => {
                    self.buffer.drain(..length);
                    return Ok(head);
                }
                None if self.buffer.len() >= MAX_HEAD => {
                    return Err(ReadError::Refused(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, 0));
                }
                None => {
                    if self.fill()? == 0 {
                        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
                    }
                }
            }
        }
    }

    fn read_body(&mut self, length: u64) -> Result<Vec<u8>, ReadError> {
        let here = usize::try_from(length).map_or(self.buffer.len(), |n| n.min(self.buffer.len()));
        let mut body: Vec<u8> = self.buffer.drain(..here).collect();
        let left = length.saturating_sub(u64::try_from(here).unwrap_or(length));
        let came = (&mut self.stream).take(left).read_to_end(&mut body)?;
        if u64::try_from(came) == Ok(left) {
            Ok(body)
        } else {
            Err(io::Error::from(io::ErrorKind::UnexpectedEof).into())
        }
    }

    /// Reads what comes into the buffer; returns how much.
    fn fill(&mut self) -> io::Result<usize> {
        let mut block = [0; BLOCK];
        loop {
            match self.stream.read(&mut block) {
                Ok(count) => {
                    self.buffer.extend_from_slice(block.get(..count).unwrap_or_default());
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Writes a response; to a HEAD request without its body.
    pub(crate) fn write(
        &mut self,
        response: &Response<Bytes>,
        close: bool,
        to_head: bool,
    ) -> io::Result<()> {
        let mut head = head(response, response.body().len() as u64, close);
        let body = if to_head { &[][..] } else { response.body() };
        if body.len() <= SMALL {
            head.extend_from_slice(body);
            self.stream.write_all(&head)?;
        } else {
            self.stream.write_all(&head)?;
            self.stream.write_all(body)?;
        }
        self.stream.flush()
    }

    /// Writes a response up to so many bytes of its head, or of its body.
    pub(crate) fn write_part(
        &mut self,
        response: &Response<Bytes>,
        in_body: bool,
        bytes: usize,
    ) -> io::Result<()> {
        let mut text = head(response, response.body().len() as u64, false);
        let before = if in_body { text.len() } else { 0 };
        if in_body {
            text.extend_from_slice(response.body());
        }
        self.stream.write_all(text.get(..before.saturating_add(bytes)).unwrap_or(&text))?;
        self.stream.flush()
    }

    /// Writes a successful response with a JSON body of that length, made on the way.
    pub(crate) fn write_huge(&mut self, length: u64, close: bool) -> io::Result<()> {
        const START: &[u8] = b"{\"RetCode\":0,\"Padding\":\"";
        const END: &[u8] = b"\"}";
        let response =
            crate::gateway::response::plain_response(StatusCode::OK, "application/json", "");
        self.stream.write_all(&head(&response, length, close))?;
        let padding = length.saturating_sub((START.len() + END.len()) as u64);
        let body = START.chain(io::repeat(b'x').take(padding)).chain(END);
        let mut body = body.take(length);
        io::copy(&mut body, &mut self.stream)?;
        self.stream.flush()
    }

    /// Writes a file in chunks, as it is made.
    pub(crate) fn write_chunks(
        &mut self,
        response: Response<CsvLines>,
        close: bool,
    ) -> io::Result<()> {
        self.stream.write_all(&head(&response, None, close))?;
        let (_, mut rows) = response.into_parts();
        loop {
            let mut chunk = String::new();
            while let Some(row) = (chunk.len() < BLOCK).then(|| rows.next()).flatten() {
                chunk.push_str(&row);
            }
            self.stream.write_all(format!("{:x}\r\n{chunk}\r\n", chunk.len()).as_bytes())?;
            if chunk.is_empty() {
                return self.stream.flush();
            }
        }
    }

    /// Reads and forgets so many bytes at most, so that a refusal is not lost in a reset.
    pub(crate) fn discard(&mut self, length: u64) -> io::Result<()> {
        let here = u64::try_from(self.buffer.len()).unwrap_or(length);
        let left = length.saturating_sub(here).min(MAX_BODY);
        io::copy(&mut (&mut self.stream).take(left), &mut io::sink()).map(drop)
    }
}

/// The head of a request.
struct Head {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    http_1_1: bool,
}

impl Head {
    /// Parses a head: `None` if it is incomplete, the HTTP status of the refusal if it is invalid.
    fn parse(buffer: &[u8]) -> Result<Option<(Self, usize)>, StatusCode> {
        let bad = StatusCode::BAD_REQUEST;
        let mut storage = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut parsed = httparse::Request::new(&mut storage);
        let length = match parsed.parse(buffer) {
            Ok(httparse::Status::Complete(length)) if length <= MAX_HEAD => length,
            Ok(httparse::Status::Partial) => return Ok(None),
            Ok(httparse::Status::Complete(_)) | Err(httparse::Error::TooManyHeaders) => {
                return Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
            }
            Err(_) => return Err(bad),
        };
        let mut headers = HeaderMap::new();
        for row in parsed.headers.iter() {
            let name = HeaderName::from_bytes(row.name.as_bytes()).map_err(|_| bad)?;
            headers.append(name, HeaderValue::from_bytes(row.value).map_err(|_| bad)?);
        }
        let method = parsed.method.unwrap_or_default().parse().map_err(|_| bad)?;
        let uri = parsed.path.unwrap_or_default().parse().map_err(|_| bad)?;
        Ok(Some((Self { method, uri, headers, http_1_1: parsed.version == Some(1) }, length)))
    }

    fn keep_alive(&self) -> bool {
        let has = |word: &str| {
            let values = self.headers.get_all(header::CONNECTION).into_iter();
            let mut words =
                values.filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(','));
            words.any(|option| option.trim().eq_ignore_ascii_case(word))
        };
        if self.http_1_1 { !has("close") } else { has("keep-alive") }
    }
}

/// Length of the request body by its headers.
fn body_length(headers: &HeaderMap) -> Result<u64, ReadError> {
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return Err(ReadError::Refused(StatusCode::LENGTH_REQUIRED, 0));
    }
    let mut length = None;
    for value in headers.get_all(header::CONTENT_LENGTH) {
        let text = value.to_str().unwrap_or_default();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        if number.is_none() || length.is_some_and(|length| Some(length) != number) {
            return Err(ReadError::Refused(StatusCode::BAD_REQUEST, 0));
        }
        length = number;
    }
    match length.unwrap_or(0) {
        length if length > MAX_BODY => {
            Err(ReadError::Refused(StatusCode::PAYLOAD_TOO_LARGE, length))
        }
        length => Ok(length),
    }
}

fn expects_continue(headers: &HeaderMap) -> bool {
    headers
        .get(header::EXPECT)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// The status line and headers of a response.
fn head<B>(response: &Response<B>, length: impl Into<Option<u64>>, close: bool) -> Vec<u8> {
    let status = response.status();
    let reason = status.canonical_reason().unwrap_or("Unknown");
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", status.as_str()).into_bytes();
    for (name, value) in response.headers() {
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    let framing = match length.into() {
        Some(length) => format!("content-length: {length}\r\n"),
        None => "transfer-encoding: chunked\r\n".to_owned(),
    };
    head.extend_from_slice(framing.as_bytes());
    if close {
        head.extend_from_slice(b"connection: close\r\n");
    }
    head.extend_from_slice(b"\r\n");
    head
}
