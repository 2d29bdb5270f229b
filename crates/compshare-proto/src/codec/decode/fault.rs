//! `Fault`: why a value cannot be read, and whether reading goes on behind it.

use std::{error::Error, fmt};

use serde::de::{self, Expected, Unexpected};

use super::{budget::Exceeded, tokens::Broken};
use crate::value::lenient::LeftOut;

/// Why a value cannot be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// The text is not JSON from here on.
    Broken(Broken),
    /// The response would take too much memory.
    TooLarge,
    /// The value does not fit its type.
    Unfit { path: Option<String>, reason: String },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(_) => f.write_str("the response is not valid JSON"),
            Self::TooLarge => f.write_str("too large"),
            Self::Unfit { reason, .. } => f.write_str(reason),
        }
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        matches!(self, Self::Unfit { .. }).then_some(&LeftOut as _)
    }
}

/// Messages keep what was expected and never what was found.
impl de::Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Unfit { path: None, reason: "the value does not fit the type".to_owned() }
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Unfit { path: None, reason: format!("expected {expected}") }
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Unfit { path: None, reason: format!("expected a field {field}") }
    }
}

impl From<Broken> for Fault {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl From<Exceeded> for Fault {
    fn from(_: Exceeded) -> Self {
        Self::TooLarge
    }
}
