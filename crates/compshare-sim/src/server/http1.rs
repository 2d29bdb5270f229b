//! HTTP/1.1 on a stream: reading requests within bounds, writing responses.
//!
//! It is written by hand because faults happen at single bytes: a response that ends within its head, a
//! connection that closes with a request unread. An HTTP library would not send these. Request heads are
//! parsed by `httparse`.

use std::io::{self, Read, Write};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, Version, header};

use crate::gateway::response::{CsvLines, plain_response};

/// Largest request head.
pub(crate) const MAX_HEAD: usize = 64 * 1024;
/// Largest request body.
pub(crate) const MAX_BODY: u64 = 64 * 1024 * 1024;
/// Most request headers.
const MAX_HEADERS: usize = 128;
/// Bytes read, and written of a made-up body, at a time.
const BLOCK: usize = 16 * 1024;

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

/// Where a response ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// After so many bytes of its head.
    InHead(usize),
    /// After so many bytes of its body.
    InBody(usize),
    /// After its body.
    Whole,
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
    pub(crate) fn read(&mut self) -> Result<Request<Bytes>, ReadError> {
        let head = self.read_head()?;
        let length = body_length(head.headers())?;
        if length > 0 && self.buffer.is_empty() && expects_continue(head.headers()) {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
            self.stream.flush()?;
        }
        let body = self.read_body(length)?;
        Ok(head.map(|()| body.into()))
    }

    fn read_head(&mut self) -> Result<Request<()>, ReadError> {
        loop {
            let parsed = parse(&self.buffer).map_err(|status| ReadError::Refused(status, 0))?;
            if let Some((head, length)) = parsed {
                self.buffer.drain(..length);
                return Ok(head);
            }
            if self.fill()? == 0 {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
            }
        }
    }

    fn read_body(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        let mut here = self.buffer.as_slice();
        (&mut here).chain(&mut self.stream).take(length).read_to_end(&mut body)?;
        let used = self.buffer.len() - here.len();
        self.buffer.drain(..used);
        let is_whole = body.len() as u64 == length;
        if is_whole { Ok(body) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// Reads what comes into the buffer; returns how much.
    fn fill(&mut self) -> io::Result<usize> {
        let mut block = [0; BLOCK];
        loop {
            match self.stream.read(&mut block) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => {
                    let count = read?;
                    self.buffer.extend_from_slice(block.get(..count).unwrap_or_default());
                    return Ok(count);
                }
            }
        }
    }

    /// Writes a response up to its end.
    pub(crate) fn write(
        &mut self,
        response: &Response<Bytes>,
        close: bool,
        end: End,
    ) -> io::Result<()> {
        let mut text = head(response, response.body().len() as u64, close);
        let length = match end {
            End::InHead(bytes) => bytes.min(text.len()),
            End::InBody(bytes) => text.len().saturating_add(bytes),
            End::Whole => usize::MAX,
        };
        text.extend_from_slice(response.body());
        text.truncate(length);
        self.stream.write_all(&text)?;
        self.stream.flush()
    }

    /// Writes a successful response with a JSON body of that length, made on the way.
    pub(crate) fn write_huge(&mut self, length: u64, close: bool) -> io::Result<()> {
        const START: &[u8] = b"{\"RetCode\":0,\"Padding\":\"";
        const END: &[u8] = b"\"}";
        let response = plain_response(StatusCode::OK, "application/json", "");
        self.stream.write_all(&head(&response, length, close))?;
        let padding = length.saturating_sub((START.len() + END.len()) as u64);
        let body = START.chain(io::repeat(b'x').take(padding)).chain(END);
        io::copy(&mut body.take(length), &mut self.stream)?;
        self.stream.flush()
    }

    /// Writes a file in chunks, as it is made.
    pub(crate) fn write_chunks(&mut self, file: Response<CsvLines>, close: bool) -> io::Result<()> {
        self.stream.write_all(&head(&file, None, close))?;
        let mut lines = file.into_body();
        loop {
            let mut chunk = String::new();
            while let Some(line) = (chunk.len() < BLOCK).then(|| lines.next()).flatten() {
                chunk.push_str(&line);
            }
            self.stream.write_all(format!("{:x}\r\n{chunk}\r\n", chunk.len()).as_bytes())?;
            if chunk.is_empty() {
                return self.stream.flush();
            }
        }
    }

    /// Reads and forgets so many bytes at most, so that a refusal is not lost in a reset.
    pub(crate) fn discard(&mut self, length: u64) -> io::Result<()> {
        let left = length.saturating_sub(self.buffer.len() as u64).min(MAX_BODY);
        io::copy(&mut (&mut self.stream).take(left), &mut io::sink()).map(drop)
    }
}

/// Parses a head, and says how long it is: `None` if it is incomplete, the HTTP status of the refusal if it
/// is invalid.
fn parse(buffer: &[u8]) -> Result<Option<(Request<()>, usize)>, StatusCode> {
    let mut storage = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut storage);
    let length = match parsed.parse(buffer) {
        Ok(httparse::Status::Complete(length)) if length <= MAX_HEAD => length,
        Ok(httparse::Status::Partial) if buffer.len() < MAX_HEAD => return Ok(None),
        Ok(_) | Err(httparse::Error::TooManyHeaders) => {
            return Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
        Err(_) => return Err(StatusCode::BAD_REQUEST),
    };
    let version = if parsed.version == Some(1) { Version::HTTP_11 } else { Version::HTTP_10 };
    let (method, uri) = (parsed.method.unwrap_or_default(), parsed.path.unwrap_or_default());
    let request = Request::builder().method(method).uri(uri).version(version);
    let headers = parsed.headers.iter();
    let request = headers.fold(request, |request, row| request.header(row.name, row.value));
    request.body(()).map(|request| Some((request, length))).map_err(|_| StatusCode::BAD_REQUEST)
}

/// Whether the connection stays open after the request.
pub(crate) fn keeps_open<B>(request: &Request<B>) -> bool {
    let has = |word: &str| {
        let values = request.headers().get_all(header::CONNECTION).into_iter();
        let mut words = values.filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(','));
        words.any(|option| option.trim().eq_ignore_ascii_case(word))
    };
    if request.version() == Version::HTTP_11 { !has("close") } else { has("keep-alive") }
}

/// Length of the request body by its headers.
fn body_length(headers: &HeaderMap) -> Result<u64, ReadError> {
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return Err(ReadError::Refused(StatusCode::LENGTH_REQUIRED, 0));
    }
    let mut length = None;
    for value in headers.get_all(header::CONTENT_LENGTH) {
        let text = value.to_str().unwrap_or_default();
        let number = text.parse().ok().filter(|_| !text.starts_with('+'));
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
    let expected = headers.get(header::EXPECT);
    expected.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// The status line and headers of a response.
fn head<B>(response: &Response<B>, length: impl Into<Option<u64>>, close: bool) -> Vec<u8> {
    let status = response.status();
    let reason = status.canonical_reason().unwrap_or("Unknown");
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", status.as_str()).into_bytes();
    for (name, value) in response.headers() {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
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
