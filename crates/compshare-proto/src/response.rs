//! `Response`: a decoded answer with the server's id of the call.

use std::{fmt, ops::Deref};

use http::HeaderMap;

/// A decoded answer; its fields are reached through [`Deref`].
#[derive(Clone, Debug, PartialEq)]
pub struct Response<T> {
    body: T,
    request_id: RequestId,
}

impl<T> Response<T> {
    pub(crate) fn new(body: T, request_id: RequestId) -> Self {
        Self { body, request_id }
    }

    /// The server's id of the call (`X-UCLOUD-REQUEST-UUID`), to quote to support.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_str()
    }

    pub(crate) fn id(&self) -> &RequestId {
        &self.request_id
    }

    /// The same response with another answer.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { body: change(self.body), request_id: self.request_id }
    }

    /// The answer by itself.
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

/// The server's id of a call, which some answers lack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestId(Option<Box<str>>);

impl RequestId {
    const HEADER: &'static str = "x-ucloud-request-uuid";
    /// Longer ones are not the server's.
    const LONGEST: usize = 128;

    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let id = headers.get(Self::HEADER).and_then(|value| value.to_str().ok());
        Self(id.filter(|id| !id.is_empty() && id.len() <= Self::LONGEST).map(Box::from))
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// Writes `request ID` between two texts, or nothing if there is no id.
    pub(crate) fn write_suffix(
        &self,
        f: &mut fmt::Formatter<'_>,
        before: &str,
        after: &str,
    ) -> fmt::Result {
        match &self.0 {
            Some(id) => write!(f, "{before}request {id}{after}"),
            None => Ok(()),
        }
    }
}
