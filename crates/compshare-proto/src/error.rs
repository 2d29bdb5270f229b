//! `Error`: what went wrong, whether the server may have acted, and what to do about it.

use std::{error::Error as StdError, fmt};

mod api;
mod config;
mod decode;
mod failure;
mod incomplete;
mod once;
mod poll;
mod transport;

pub(crate) use decode::Problem;
pub(crate) use poll::{Inner as WaitEnd, Reason};

pub use api::ApiError;
pub use config::ConfigError;
pub use decode::DecodeError;
pub use failure::Failure;
pub use incomplete::IncompleteError;
pub use once::{OnceError, OutcomeUnknown};
pub use poll::WaitError;
pub use transport::TransportError;

pub use crate::{
    retry::{Delivery, Stop},
    value::invalid::InvalidRequest,
};

use crate::{api::ret_code::RetCode, retry::Outcome};

/// Why a call did not succeed.
///
/// The texts are one line each and name the action. They never hold a header, the body of an answer
/// ([`Error::raw`] has it) or a parameter's value, but for ids that the server says failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be built; nothing was sent.
    Invalid(InvalidRequest),
    /// The server answered, and refused or failed.
    Api(ApiError),
    /// The server answered, and part of the call failed.
    Incomplete(IncompleteError),
    /// No answer came.
    Transport(TransportError),
    /// The server answered, and the response could not be read; or a list is incomplete.
    Decode(DecodeError),
}

impl Error {
    /// Name of the action.
    pub fn action(&self) -> &str {
        match self {
            Self::Invalid(error) => error.action(),
            Self::Api(error) => error.action(),
            Self::Incomplete(error) => error.action(),
            Self::Transport(error) => error.action(),
            Self::Decode(error) => error.action(),
        }
    }

    /// What became of the request: not sent, perhaps sent, or answered.
    ///
    /// It says nothing about whether the action was carried out; ask
    /// [`may_have_acted`](Self::may_have_acted) before sending it again by hand.
    pub fn delivery(&self) -> Delivery {
        match self {
            Self::Invalid(_) => Delivery::NotSent,
            Self::Api(_) | Self::Incomplete(_) | Self::Decode(_) => Delivery::Answered,
            Self::Transport(error) => error.delivery(),
        }
    }

    /// Whether the action may have been carried out, in whole or in part, by any attempt: check what is
    /// there before sending it again by hand.
    ///
    /// It is `false` only where that is proven: the request was never sent, or it was answered with a
    /// RetCode or an HTTP status after which nothing was done ([`RetCode::not_done`],
    /// [`Row::not_done`](crate::retry::Row::not_done); `docs/retcodes.md` has the reasons). All else
    /// leaves it open: an unknown RetCode, an HTTP 403 of something in between, an answer that cannot be
    /// read. [`SendOnce`](crate::machine::SendOnce) goes by the same rule.
    pub fn may_have_acted(&self) -> bool {
        match self {
            Self::Invalid(_) => false,
            Self::Api(error) => error.may_have_acted(),
            Self::Incomplete(_) | Self::Decode(_) => true,
            Self::Transport(error) => error.delivery() != Delivery::NotSent,
        }
    }

    /// The server's code, where it refused with one.
    pub fn ret_code(&self) -> Option<RetCode> {
        match self {
            Self::Api(error) => error.ret_code(),
            Self::Invalid(_) | Self::Incomplete(_) | Self::Transport(_) | Self::Decode(_) => None,
        }
    }

    /// The server's id of the call, to quote to support.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Incomplete(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            Self::Invalid(_) | Self::Transport(_) => None,
        }
    }

    /// The answer's body as it came, at most its first 64 KiB (whole for [`Error::Incomplete`]); empty
    /// where none came.
    pub fn raw(&self) -> &[u8] {
        match self {
            Self::Api(error) => error.raw(),
            Self::Incomplete(error) => error.raw(),
            Self::Decode(error) => error.raw(),
            Self::Invalid(_) | Self::Transport(_) => &[],
        }
    }

    /// What the last attempt ended in, for the table of retries.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::Api(error) => Outcome::Refused(error.status(), error.ret_code()),
            Self::Incomplete(_) => Outcome::Incomplete,
            Self::Transport(error) => Outcome::Failed(error.delivery()),
            Self::Decode(error) if error.is_cut() => Outcome::Cut,
            Self::Decode(_) | Self::Invalid(_) => Outcome::Unreadable,
        }
    }

    /// The same for a call of which it has been found out since that it was not carried out.
    pub(crate) fn settled(self) -> Self {
        match self {
            Self::Api(error) => Self::Api(error.settled()),
            Self::Transport(error) => Self::Transport(error.settled()),
            Self::Decode(error) => Self::Decode(error.settled()),
            error @ (Self::Invalid(_) | Self::Incomplete(_)) => error,
        }
    }

    /// Whether the response says that the call succeeded, as far as it can be read.
    pub(crate) fn states_success(&self) -> bool {
        match self {
            Self::Api(error) => error.states_success(),
            Self::Incomplete(_) => true,
            Self::Decode(error) => error.states_success(),
            Self::Invalid(_) | Self::Transport(_) => false,
        }
    }

    /// How often the request was sent; zero if it could not be built.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Invalid(_) => 0,
            Self::Api(error) => error.attempts(),
            Self::Incomplete(error) => error.attempts(),
            Self::Transport(error) => error.attempts(),
            Self::Decode(error) => error.attempts(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Incomplete(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Invalid(error) => error.source(),
            Self::Api(error) => error.source(),
            Self::Incomplete(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Decode(error) => error.source(),
        }
    }
}

impl From<InvalidRequest> for Error {
    fn from(error: InvalidRequest) -> Self {
        Self::Invalid(error)
    }
}

/// Appends how often it was tried and why no more.
fn write_attempts(f: &mut fmt::Formatter<'_>, attempts: u32, stop: Stop) -> fmt::Result {
    let plural = if attempts == 1 { "" } else { "s" };
    match stop {
        Stop::Permanent if attempts <= 1 => Ok(()),
        Stop::Permanent | Stop::Attempts => write!(f, " after {attempts} attempt{plural}"),
        Stop::Deadline => {
            write!(f, " after {attempts} attempt{plural}; no time was left for another")
        }
        Stop::NotIdempotent => write!(
            f,
            " after {attempts} attempt{plural}; not retried: the server may have acted on it"
        ),
    }
}

#[cfg(test)]
mod tests;
