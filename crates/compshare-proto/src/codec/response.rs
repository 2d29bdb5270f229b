//! `Response`: a decoded response, with its request id and warnings.

mod warning;

use std::ops::Deref;

use crate::value::request_id::RequestId;

pub use warning::Warning;
pub(crate) use warning::Warnings;

/// A decoded response. It derefs to the body; [`into_body`](Self::into_body) returns it.
#[derive(Clone, Debug, PartialEq)]
pub struct Response<T> {
    body: T,
    request_id: RequestId,
    warnings: Warnings,
}

impl<T> Response<T> {
    pub(crate) fn new(body: T, request_id: RequestId) -> Self {
        Self { body, request_id, warnings: Warnings::default() }
    }

    pub(crate) fn warned(self, warnings: Warnings) -> Self {
        Self { warnings, ..self }
    }

    /// The values that were left out of the response, or repaired, because they could not be read.
    ///
    /// A field that cannot be read counts as missing: it is `None`, empty, or not in its list. The
    /// first 100 are kept; [`more_warnings`](Self::more_warnings) is the number of the others.
    ///
    /// ```
    /// use compshare_proto::{actions::DescribeCompShareInstance, decode};
    ///
    /// let body = br#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-xxxx","CPU":1.5}]}"#;
    /// let response = http::Response::new(body.as_slice().into());
    /// let list = decode(&DescribeCompShareInstance::new(), &response)?;
    /// assert_eq!(list.uhost_set[0].uhost_id, "uhost-xxxx");
    /// assert_eq!(list.uhost_set[0].cpu, None);
    /// assert_eq!(
    ///     list.warnings()[0].to_string(),
    ///     "UHostSet[0].CPU was left out: expected a whole number, or one as text"
    /// );
    /// # Ok::<(), compshare_proto::Error>(())
    /// ```
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings.kept
    }

    /// Number of warnings that [`warnings`](Self::warnings) does not hold.
    pub fn more_warnings(&self) -> usize {
        self.warnings.more
    }

    /// Whether rows of the list at `list` may be missing or mistaken: the list, a row, the row's field
    /// `id` or one of `fields` was left out, or `id` was repaired.
    pub(crate) fn may_hide(&self, list: &str, id: &str, fields: &[&str]) -> bool {
        self.more_warnings() > 0
            || self.warnings().iter().any(|warning| warning.hides(list, id, fields))
    }

    pub(crate) fn body_mut(&mut self) -> &mut T {
        &mut self.body
    }

    /// The server's id of the call (`X-UCLOUD-REQUEST-UUID`), to quote to support.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_str()
    }

    pub(crate) fn id(&self) -> &RequestId {
        &self.request_id
    }

    /// Changes the body, and keeps the rest.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { body: change(self.body), request_id: self.request_id, warnings: self.warnings }
    }

    /// Returns the body, such as to take its rows.
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
