//! `IncompleteError`: part of the call failed.

use std::{error::Error, fmt};

use bytes::Bytes;

use super::api::Raw;
use crate::{api::partial::ItemFailure, value::request_id::RequestId};

/// Most failures that the text names.
const NAMED: usize = 3;

/// Part of a call failed.
///
/// All other items succeeded, so do not send the whole call again. An action sent with
/// [`allow_partial`](crate::Action::allow_partial) returns its response instead of this error.
#[derive(Debug)]
pub struct IncompleteError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    action: String,
    failures: Vec<ItemFailure>,
    request_id: RequestId,
    raw: Raw,
    attempts: u32,
}

impl IncompleteError {
    pub(crate) fn new(
        action: &str,
        failures: Vec<ItemFailure>,
        request_id: RequestId,
        raw: Bytes,
    ) -> Self {
        let action = action.to_owned();
        Self(Box::new(Inner { action, failures, request_id, raw: Raw(raw), attempts: 1 }))
    }

    pub(crate) fn ended(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// The failed items; never empty.
    pub fn failures(&self) -> &[ItemFailure] {
        &self.0.failures
    }

    /// The response's body as it came.
    pub fn raw(&self) -> &[u8] {
        &self.0.raw.0
    }
}

call_error!(IncompleteError: action, request_id, attempts);

impl fmt::Display for IncompleteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { action, failures, request_id, .. } = &*self.0;
        let count = failures.len();
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{action} did not succeed for {count} item{plural}: ")?;
        for (index, failure) in failures.iter().take(NAMED).enumerate() {
            write!(f, "{}{failure}", if index == 0 { "" } else { "; " })?;
        }
        if count > NAMED {
            write!(f, "; and {} more", count - NAMED)?;
        }
        request_id.write_suffix(f, " (", ")")
    }
}

impl Error for IncompleteError {}
