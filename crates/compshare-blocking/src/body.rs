//! Bodies of responses within their limits, and what a failure means for delivery.

use std::io::{self, Read, Write};

use bytes::Bytes;
use compshare_proto::{CsvFile, machine::Failure};
use ureq::{Body, Error};

use crate::connect::NotConnected;

/// Bytes that are read at a time of a body of unknown length, to begin with and at most.
const BLOCKS: (usize, usize) = (8 << 10, 1 << 20);

/// The text of ureq's error for a response with more than 128 fields, which has no variant.
const TOO_MANY_FIELDS: &str = "http parse resulted in too many headers";

/// The part of ureq's error that says HTTP 407.
const PROXY_WANTS_PASSWORD: &str = "responded 407/";

/// Rejects a file that could be cut unnoticed.
pub(crate) fn bounded(
    response: http::Response<Body>,
    is_plain: bool,
) -> Result<http::Response<Body>, Failure> {
    if is_plain && CsvFile::ends_with_connection(response.headers()) {
        return Err(Failure::file_without_length());
    }
    Ok(response)
}

/// Reads a whole response, unless its body is larger than `limit`.
pub(crate) fn read(
    response: http::Response<Body>,
    limit: usize,
) -> Result<http::Response<Bytes>, Failure> {
    let (parts, body) = response.into_parts();
    let first = match body.content_length().map(usize::try_from) {
        None => BLOCKS.0,
        // The block that is not full is the last.
        Some(Ok(length)) if length <= limit => length.saturating_add(1),
        Some(_) => return Err(Failure::response_too_large(limit)),
    };
    let whole = read_blocks(body, first, limit).map_err(broken)?;
    let whole = whole.ok_or_else(|| Failure::response_too_large(limit))?;
    Ok(http::Response::from_parts(parts, Bytes::from(whole)))
}

/// Reads blocks, so that a body beyond the limit takes no more memory than that and one of them.
fn read_blocks(body: Body, first: usize, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut reader = body.into_reader();
    let (mut blocks, mut total, mut size) = (Vec::new(), 0_usize, first);
    loop {
        let mut block = Vec::with_capacity(size);
        let wanted = u64::try_from(size).unwrap_or(u64::MAX);
        reader.by_ref().take(wanted).read_to_end(&mut block)?;
        let ended = block.len() < size;
        total = total.saturating_add(block.len());
        blocks.push(block);
        if total > limit {
            return Ok(None);
        }
        if ended {
            return Ok(Some(match blocks.pop() {
                Some(only) if blocks.is_empty() => only,
                last => blocks.into_iter().chain(last).collect::<Vec<_>>().concat(),
            }));
        }
        size = total.clamp(BLOCKS.0, BLOCKS.1);
    }
}

/// Writes a response's body as it arrives.
pub(crate) fn pass_on(
    response: http::Response<Body>,
    writer: &mut dyn Write,
) -> Result<http::Response<Bytes>, Failure> {
    let (parts, body) = response.into_parts();
    let (mut reader, mut block) = (body.into_reader(), vec![0; 64 << 10]);
    let mut passed_on = false;
    loop {
        let length = match reader.read(&mut block) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(broken(error).passed_on(passed_on)),
        };
        passed_on = true;
        let data = block.get(..length).unwrap_or_default();
        writer.write_all(data).map_err(Failure::answered)?;
    }
    writer.flush().map_err(Failure::answered)?;
    Ok(http::Response::from_parts(parts, Bytes::new()))
}

/// What a body that breaks off means for delivery.
fn broken(error: io::Error) -> Failure {
    failed(error.into())
}

fn not_connected(error: NotConnected) -> Failure {
    match &error.0 {
        Error::Timeout(_) => Failure::connect_timed_out(),
        Error::ConnectProxyFailed(reason) if reason.contains(PROXY_WANTS_PASSWORD) => {
            Failure::proxy_password()
        }
        // Of the handshake itself, failures are I/O errors.
        Error::Rustls(_) => Failure::no_root_certificates(error),
        _ => Failure::not_sent(error),
    }
}

/// What a failure of the HTTP library means for delivery; in doubt, the server may have acted.
pub(crate) fn failed(error: Error) -> Failure {
    match error {
        Error::Other(error) => match error.downcast::<NotConnected>() {
            Ok(error) => not_connected(*error),
            Err(error) => Failure::maybe_sent(error),
        },
        Error::Timeout(_) => Failure::no_response_in_time(),
        Error::LargeResponseHeader(..) => Failure::head_too_large(),
        Error::Protocol(error) if error.to_string() == TOO_MANY_FIELDS => Failure::head_too_large(),
        Error::Io(error) => Failure::maybe_sent(error),
        other => Failure::maybe_sent(other),
    }
}
