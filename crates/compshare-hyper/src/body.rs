//! Bodies of responses within their limits, and what a failure means for delivery.

use bytes::Bytes;
use compshare_proto::{CsvFile, config::HEAD_LIMIT, machine::Failure};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use tokio::io::AsyncWriteExt as _;

use crate::driver::Writer;

/// Rejects a response whose head is beyond the limit, since hyper bounds its buffer alone, and a file
/// that could be cut unnoticed.
pub(crate) fn bounded(
    response: http::Response<Incoming>,
    is_plain: bool,
) -> Result<http::Response<Incoming>, Failure> {
    if is_plain && CsvFile::ends_with_connection(response.headers()) {
        return Err(Failure::file_without_length());
    }
    let fields = response.headers().iter();
    // A name, a colon, a space, a value and a line's end.
    let length: usize = fields.map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if length > HEAD_LIMIT { Err(Failure::head_too_large()) } else { Ok(response) }
}

/// Reads a whole response, unless its body is larger than `limit`.
pub(crate) async fn read(
    response: http::Response<Incoming>,
    limit: usize,
) -> Result<http::Response<Bytes>, Failure> {
    let (parts, body) = response.into_parts();
    if usize::try_from(body.size_hint().lower()).map_or(true, |length| length > limit) {
        return Err(Failure::response_too_large(limit));
    }
    match Limited::new(body, limit).collect().await {
        Ok(body) => Ok(http::Response::from_parts(parts, body.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => Err(Failure::response_too_large(limit)),
        Err(error) => Err(Failure::maybe_sent(error)),
    }
}

/// Writes a response's body as it arrives, and notes when it begins to.
pub(crate) async fn pass_on(
    response: http::Response<Incoming>,
    writer: Writer<'_>,
    is_passed_on: &mut bool,
) -> Result<http::Response<Bytes>, Failure> {
    let (parts, mut body) = response.into_parts();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Failure::maybe_sent(error).passed_on(*is_passed_on))?;
        if let Ok(data) = frame.into_data() {
            *is_passed_on = true;
            writer.write_all(&data).await.map_err(Failure::answered)?;
        }
    }
    writer.flush().await.map_err(Failure::answered)?;
    Ok(http::Response::from_parts(parts, Bytes::new()))
}

/// What a failure of a request means that hyper has begun to send: the server may have acted, unless a
/// response came.
pub(crate) fn failed(error: hyper::Error) -> Failure {
    // hyper has only a text for it.
    if error.is_parse() && error.to_string() == "message head is too large" {
        Failure::head_too_large()
    } else {
        Failure::maybe_sent(error)
    }
}
