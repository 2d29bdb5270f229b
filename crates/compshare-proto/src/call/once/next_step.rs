//! `NextStep`: what follows a failed attempt.

use crate::{api::ret_code::RetryScope, error::Error};

/// What follows a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NextStep {
    /// Report the error: the server has not acted.
    Fail,
    /// Probe until the thing is found: the server says that it has created it, so the action is never
    /// sent again.
    ConfirmCreated,
    /// Probe, and report the error if nothing is found: another request would end the same way.
    ProbeThenFail,
    /// Probe, and send the action again if nothing is found.
    ProbeThenResend,
}

impl NextStep {
    /// By the error of a call that acts once.
    pub(super) fn by(error: &Error) -> Self {
        if !error.may_have_acted() {
            Self::Fail
        } else if error.states_success() || matches!(error, Error::Incomplete(_)) {
            Self::ConfirmCreated
        } else if error.outcome().retry() == RetryScope::Never {
            Self::ProbeThenFail
        } else {
            Self::ProbeThenResend
        }
    }
}
