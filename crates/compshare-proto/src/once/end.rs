//! `Created` and `OnceError`: the three ways in which a call that must act once can end.

use std::{error::Error as StdError, fmt};

use super::Mark;
use crate::{Error, Repeat, Response};

/// The call has created something.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Created<R> {
    /// Ids of what was created, by the answer or by what carries the mark; one at least.
    ///
    /// Fewer than [`asked`](Self::asked) if the server created fewer; more if a request that was taken
    /// for lost came through after all.
    pub ids: Vec<String>,
    /// How many were asked for.
    pub asked: usize,
    /// The mark that they carry.
    pub mark: Mark,
    /// Whether no answer named the ids, so that they come from looks alone.
    pub by_look: bool,
    /// How often the action was sent, not counting requests that the server cannot have acted on; zero
    /// if an earlier call had created it.
    pub sends: u32,
    /// Whether a request before the last may still have created, or may yet create, something that is
    /// not among the ids: look for [`mark`](Self::mark) once more.
    pub in_doubt: bool,
    /// The answer; `None` if it was lost.
    pub response: Option<Response<R>>,
}

/// Why a call that must act once ended without its work being known to be done.
#[derive(Debug)]
#[non_exhaustive]
pub enum OnceError {
    /// Nothing was created; it is safe to send the action again. The error is that of the last attempt.
    NotCreated(Error),
    /// It is not known whether anything was created: look for the mark before sending it again.
    Unknown(Box<Unknown>),
}

/// What is known where the outcome is not.
#[derive(Debug)]
#[non_exhaustive]
pub struct Unknown {
    /// What to look for.
    pub mark: Mark,
    /// The parameter that carries it.
    pub field: &'static str,
    /// Ids of what was found with the mark; there may be more.
    pub ids: Vec<String>,
    /// What left it open: the failure of the last attempt, else of a look before the first.
    pub error: Error,
    /// Why the last look that failed did so, if one did after that attempt.
    pub look: Option<Error>,
    /// Name of the action that was to create it.
    pub(super) action: String,
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

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mark, field, ids, action: name, .. } = self;
        if ids.is_empty() {
            write!(f, "{name} created anything")?;
        } else {
            write!(f, "{name} created more than {}", ids.join(", "))?;
        }
        write!(f, ": look for {mark} in {field} before sending it again")
    }
}

impl StdError for OnceError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.error())
    }
}

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
