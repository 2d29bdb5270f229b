//! `Error`: what went wrong, whether the server may have acted, and what to do about it.

use std::{error::Error as StdError, fmt};

/// Adds the methods that the errors of a call share, each over the field of its name.
macro_rules! call_error {
    ($error:ident: $($method:ident),*) => {
        impl $error {
            $(call_error!(@$method);)*
        }
    };
    (@action) => {
        /// Name of the action.
        pub fn action(&self) -> &str {
            &self.0.action
        }
    };
    (@request_id) => {
        /// The request id, to quote to support.
        pub fn request_id(&self) -> Option<&str> {
            self.0.request_id.as_str()
        }
    };
    (@raw) => {
        /// The response's body as it came, at most its first 64 KiB.
        pub fn raw(&self) -> &[u8] {
            &self.0.raw.0
        }
    };
    (@attempts) => {
        /// Number of times the request was sent.
        pub fn attempts(&self) -> u32 {
            self.0.attempts
        }
    };
    (@stop) => {
        /// Why the last attempt was the last.
        pub fn stop(&self) -> Stop {
            self.0.stop
        }

        /// Says no more that the server may have acted.
        pub(super) fn settled(mut self) -> Self {
            if self.0.stop == Stop::NotIdempotent {
                self.0.stop = Stop::Permanent;
            }
            self
        }
    };
}

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

/// Why a call failed.
///
/// Every other error of this crate and its clients converts into it, so a function that returns it can
/// use `?` on all of them:
///
/// ```
/// use compshare_proto::{Config, Credentials, Error};
///
/// fn config() -> Result<Config, Error> {
///     let credentials = Credentials::new("public", "private");
///     Ok(Config::new(credentials).endpoint("https://api.compshare.cn/")?)
/// }
/// # config().unwrap();
/// ```
///
/// Each text is one line and names the action. It never contains a header, the response's body
/// ([`Error::raw`] returns it) or a parameter's value, except ids of failed items.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be built; nothing was sent.
    Invalid(InvalidRequest),
    /// The server refused the call or failed.
    Api(ApiError),
    /// Part of the call failed.
    Incomplete(IncompleteError),
    /// No response came.
    Transport(TransportError),
    /// The response could not be read, or a list is incomplete.
    Decode(DecodeError),
    /// A setting is missing or cannot be used; nothing was sent.
    Config(ConfigError),
    /// A call that must act once created nothing, or may have created something.
    Once(Box<OnceError>),
    /// A wait ended before its condition held.
    Wait(WaitError),
}

impl Error {
    /// Name of the action; empty for [`Error::Config`].
    pub fn action(&self) -> &str {
        match self {
            Self::Invalid(error) => error.action(),
            Self::Api(error) => error.action(),
            Self::Incomplete(error) => error.action(),
            Self::Transport(error) => error.action(),
            Self::Decode(error) => error.action(),
            Self::Config(_) => "",
            Self::Once(error) => error.action(),
            Self::Wait(error) => error.action(),
        }
    }

    /// How far the request got.
    ///
    /// Whether the action was carried out is another question: check
    /// [`may_have_acted`](Self::may_have_acted) before you send it again.
    pub fn delivery(&self) -> Delivery {
        match self {
            Self::Invalid(_) | Self::Config(_) => Delivery::NotSent,
            Self::Transport(error) => error.delivery(),
            _ => self.inner().map_or(Delivery::Answered, Self::delivery),
        }
    }

    /// Whether any attempt may have carried out the action, in whole or in part. If so, check what exists
    /// before you send it again.
    ///
    /// It is `false` only if that is proven: the request was never sent, or the RetCode or HTTP status of the
    /// response proves that nothing was done ([`RetCode::not_done`],
    /// [`Row::not_done`](crate::retry::Row::not_done); `docs/retcodes.md` has the reasons). Everything else
    /// proves nothing: an unknown RetCode, an HTTP 403 of a proxy, an unreadable response.
    /// [`SendOnce`](crate::machine::SendOnce) uses the same rule.
    pub fn may_have_acted(&self) -> bool {
        match self {
            Self::Invalid(_) | Self::Config(_) => false,
            Self::Once(error) => !error.is_safe_to_repeat(),
            // Polls read.
            Self::Wait(error) => error.error().is_some_and(Self::may_have_acted),
            Self::Api(error) => error.may_have_acted(),
            Self::Incomplete(_) | Self::Decode(_) => true,
            Self::Transport(error) => error.delivery() != Delivery::NotSent,
        }
    }

    /// The server's code, if it refused with one.
    pub fn ret_code(&self) -> Option<RetCode> {
        match self {
            Self::Api(error) => error.ret_code(),
            _ => self.inner().and_then(Self::ret_code),
        }
    }

    /// The request id, to quote to support.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Incomplete(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            _ => self.inner().and_then(Self::request_id),
        }
    }

    /// The response's body, at most its first 64 KiB (whole for [`Error::Incomplete`]); empty if there is
    /// none.
    pub fn raw(&self) -> &[u8] {
        match self {
            Self::Api(error) => error.raw(),
            Self::Incomplete(error) => error.raw(),
            Self::Decode(error) => error.raw(),
            _ => self.inner().map_or(&[], Self::raw),
        }
    }

    /// What the last attempt ended in, for the table of retries.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::Api(error) => Outcome::Refused(error.status(), error.ret_code()),
            Self::Incomplete(_) => Outcome::Incomplete,
            Self::Transport(error) => Outcome::Failed(error.delivery()),
            Self::Decode(error) if error.is_cut() => Outcome::Cut,
            _ => Outcome::Unreadable,
        }
    }

    /// The same for a call of which it has been found out since that it was not carried out.
    pub(crate) fn settled(self) -> Self {
        match self {
            Self::Api(error) => Self::Api(error.settled()),
            Self::Transport(error) => Self::Transport(error.settled()),
            Self::Decode(error) => Self::Decode(error.settled()),
            error => error,
        }
    }

    /// Whether the response says that the call succeeded, as far as it can be read.
    pub(crate) fn states_success(&self) -> bool {
        match self {
            Self::Api(error) => error.states_success(),
            Self::Incomplete(_) => true,
            Self::Decode(error) => error.states_success(),
            _ => false,
        }
    }

    /// The error of a call that ended a machine of several calls.
    fn inner(&self) -> Option<&Self> {
        match self {
            Self::Once(error) => Some(error.error()),
            Self::Wait(error) => error.error(),
            _ => None,
        }
    }

    /// Number of times the request was sent; zero if it could not be built.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Api(error) => error.attempts(),
            Self::Incomplete(error) => error.attempts(),
            Self::Transport(error) => error.attempts(),
            Self::Decode(error) => error.attempts(),
            _ => self.inner().map_or(0, Self::attempts),
        }
    }

    /// The error that the variant holds.
    fn held(&self) -> &(dyn StdError + 'static) {
        match self {
            Self::Invalid(error) => error,
            Self::Api(error) => error,
            Self::Incomplete(error) => error,
            Self::Transport(error) => error,
            Self::Decode(error) => error,
            Self::Config(error) => error,
            Self::Once(error) => error,
            Self::Wait(error) => error,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.held(), f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.held().source()
    }
}

macro_rules! from {
    ($($error:ty => $variant:expr),* $(,)?) => {
        $(impl From<$error> for Error {
            fn from(error: $error) -> Self {
                $variant(error)
            }
        })*
    };
}

from! {
    InvalidRequest => Self::Invalid,
    ConfigError => Self::Config,
    OnceError => |error| Self::Once(Box::new(error)),
    WaitError => Self::Wait,
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
