//! `RequestId`: the server's id of a call.

use std::fmt;

use http::HeaderMap;

/// The server's id of a call, which some responses lack.
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
