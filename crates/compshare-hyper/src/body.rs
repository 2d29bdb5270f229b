//! Bodies of responses within their limits, and what a failure means for delivery.

use std::error::Error as StdError;

use bytes::Bytes;
use compshare_proto::{CsvFile, Failure, HEAD_LIMIT};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper_util::client::legacy::Error;
use tokio::{io::AsyncWriteExt as _, time::error::Elapsed};

use crate::{connect::Impossible, driver::Writer};

/// The text of the tunnel's error for HTTP 407, which has no type.
const PROXY_WANTS_PASSWORD: &str = "tunnel error: proxy authorization required";

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

/// Writes a response's body as it arrives.
pub(crate) async fn pass_on(
    response: http::Response<Incoming>,
    writer: Writer<'_>,
) -> Result<http::Response<Bytes>, Failure> {
    let (parts, mut body) = response.into_parts();
    let mut passed_on = false;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Failure::maybe_sent(error).passed_on(passed_on))?;
        if let Ok(data) = frame.into_data() {
            passed_on = true;
            writer.write_all(&data).await.map_err(Failure::answered)?;
        }
    }
    writer.flush().await.map_err(Failure::answered)?;
    Ok(http::Response::from_parts(parts, Bytes::new()))
}

/// What a failure of the HTTP library means for delivery; in doubt, the server may have acted.
pub(crate) fn failed(error: Error) -> Failure {
    if error.is_connect() {
        return not_connected(error);
    }
    let is = |question: fn(&hyper::Error) -> bool| {
        causes(&error).filter_map(|cause| cause.downcast_ref()).any(question)
    };
    if is(head_is_too_large) {
        Failure::head_too_large()
    } else if is(hyper::Error::is_canceled) {
        Failure::not_sent(error)
    } else {
        Failure::maybe_sent(error)
    }
}

fn not_connected(error: Error) -> Failure {
    let is = |question: fn(&(dyn StdError + 'static)) -> bool| causes(&error).any(question);
    if is(|cause| cause.is::<Elapsed>()) {
        Failure::connect_timed_out()
    } else if is(|cause| matches!(cause.downcast_ref(), Some(Impossible::Roots(_)))) {
        Failure::no_root_certificates(error)
    } else if is(|cause| matches!(cause.downcast_ref(), Some(Impossible::Proxy(_)))) {
        Failure::unusable_proxy(error)
    } else if is(|cause| cause.to_string() == PROXY_WANTS_PASSWORD) {
        Failure::proxy_password()
    } else {
        Failure::not_sent(error)
    }
}

/// hyper has only a text for it.
fn head_is_too_large(error: &hyper::Error) -> bool {
    error.is_parse() && error.to_string() == "message head is too large"
}

/// An error and everything below it.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
