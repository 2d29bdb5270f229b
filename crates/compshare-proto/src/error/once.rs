//! `OnceError`: why a call that must act once ended without its work being known to be done.

use std::{error::Error as StdError, fmt};

use super::Error;
use crate::api::marker::Marker;

/// Why a call that must act once ended without its work being known to be done.
#[derive(Debug)]
#[non_exhaustive]
pub enum OnceError {
    /// Nothing was created; it is safe to send the action again. The error is that of the last attempt.
    NotCreated(Error),
    /// It is not known whether anything was created: look for the marker before sending it again.
    Unknown(Box<OutcomeUnknown>),
}

/// What is known where the outcome is not.
#[derive(Debug)]
#[non_exhaustive]
pub struct OutcomeUnknown {
    /// What to look for.
    pub marker: Marker,
    /// The parameter that carries it.
    pub field: &'static str,
    /// Ids of what was found with the marker; there may be more.
    pub ids: Vec<String>,
    /// What left it open: the failure of the last attempt, else of a look before the first.
    pub error: Error,
    /// Why the last look that failed did so, if one did after that attempt.
    pub poll_error: Option<Error>,
    /// Name of the action that was to create it.
    pub(crate) action: String,
}

impl OnceError {
    /// The error of the last attempt, or of the look that kept it from being made.
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
            Self::Unknown(unknown) => write!(f, "it is not known whether {unknown}"),
        }
    }
}

impl fmt::Display for OutcomeUnknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { marker, field, ids, action: name, .. } = self;
        if ids.is_empty() {
            write!(f, "{name} created anything")?;
        } else {
            write!(f, "{name} created more than {}", ids.join(", "))?;
        }
        write!(f, ": look for {marker} in {field} before sending it again")
    }
}

impl StdError for OnceError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.error())
    }
}
