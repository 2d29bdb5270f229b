//! `OnceError`: why a call that must act once did not report what it created.

use std::{error::Error as StdError, fmt};

use super::Error;
use crate::api::marker::Marker;

/// Why a call that must act once did not report what it created.
#[derive(Debug)]
#[non_exhaustive]
pub enum OnceError {
    /// Nothing was created; it is safe to send the action again. The error is that of the last attempt.
    NotCreated(Error),
    /// Something may have been created: search for the marker before you send the action again.
    Unknown(Box<OutcomeUnknown>),
}

/// What is known of a call whose outcome is unknown.
#[derive(Debug)]
#[non_exhaustive]
pub struct OutcomeUnknown {
    /// The text to search for.
    pub marker: Marker,
    /// The parameter that carries it.
    pub field: &'static str,
    /// Ids of what carries the marker so far; there may be more.
    pub ids: Vec<String>,
    /// Why the outcome is unknown: the failure of the last attempt, or of a poll before the first.
    pub error: Error,
    /// The error of the last poll that failed after that attempt.
    pub poll_error: Option<Error>,
    /// Name of the action that was to create it.
    pub(crate) action: String,
}

impl OnceError {
    /// Name of the action that was to create something.
    pub fn action(&self) -> &str {
        match self {
            Self::NotCreated(error) => error.action(),
            Self::Unknown(unknown) => &unknown.action,
        }
    }

    /// The error of the last attempt, or of the poll that kept it from being made.
    pub fn error(&self) -> &Error {
        match self {
            Self::NotCreated(error) => error,
            Self::Unknown(unknown) => &unknown.error,
        }
    }

    /// Whether the action may be sent again without creating a second thing.
    pub fn is_safe_to_repeat(&self) -> bool {
        matches!(self, Self::NotCreated(_))
    }
}

impl fmt::Display for OnceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCreated(_) => f.write_str("nothing was created"),
            Self::Unknown(unknown) => unknown.fmt(f),
        }
    }
}

impl fmt::Display for OutcomeUnknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { marker, field, ids, action: name, .. } = self;
        if ids.is_empty() {
            write!(f, "{name} may have created something")?;
        } else {
            write!(f, "{name} created {} and may have created more", ids.join(", "))?;
        }
        write!(f, ": search {field} for {marker} before you send it again")
    }
}

impl StdError for OnceError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.error())
    }
}
