//! `Left`: what a failed attempt leaves to be found out.

use crate::{api::ret_code::Repeat, error::Error};

/// What a failed attempt leaves to be found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing: the server has not acted.
    Nothing,
    /// Nothing: the server says that it has acted, so it is not sent again though nothing be found.
    Done,
    /// Whether the server has acted; if not, to send it again would end the same way.
    Doubt,
    /// Whether the server has acted; if not, to send it again may help.
    Hope,
}

impl Left {
    /// By the error of a call that acts once.
    pub(super) fn by(error: &Error) -> Self {
        if !error.may_have_acted() {
            Self::Nothing
        } else if error.states_success() || matches!(error, Error::Incomplete(_)) {
            Self::Done
        } else if error.outcome().repeat() == Repeat::Never {
            Self::Doubt
        } else {
            Self::Hope
        }
    }
}
