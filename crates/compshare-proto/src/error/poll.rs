//! `WaitError`: why a wait ended before its condition held.

use std::{error::Error as StdError, fmt, time::Duration};

use super::Error;

/// A wait that ended before its condition held.
#[derive(Debug)]
pub struct WaitError(Box<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) action: String,
    pub(crate) reason: Reason,
    pub(crate) state: String,
    pub(crate) polls: u32,
    pub(crate) elapsed: Duration,
}

#[derive(Debug)]
pub(crate) enum Reason {
    Deadline,
    ConditionFailed,
    PollFailed(Error),
}

impl WaitError {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Box::new(inner))
    }

    /// Name of the action of the polls.
    pub fn action(&self) -> &str {
        &self.0.action
    }

    /// The state at the last poll.
    pub fn state(&self) -> &str {
        &self.0.state
    }

    /// Whether the deadline passed.
    pub fn timed_out(&self) -> bool {
        matches!(self.0.reason, Reason::Deadline)
    }

    /// Whether the condition failed, so that it cannot hold any more.
    pub fn is_failed(&self) -> bool {
        matches!(self.0.reason, Reason::ConditionFailed)
    }

    /// The error of the last poll, if it ended the wait.
    pub fn error(&self) -> Option<&Error> {
        match &self.0.reason {
            Reason::PollFailed(error) => Some(error),
            Reason::Deadline | Reason::ConditionFailed => None,
        }
    }

    /// Number of polls.
    pub fn polls(&self) -> u32 {
        self.0.polls
    }

    /// Time from the first poll to the end.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { action, reason, state, polls, elapsed } = &*self.0;
        let (seconds, plural) = (elapsed.as_secs(), if *polls == 1 { "" } else { "s" });
        match reason {
            Reason::Deadline => write!(
                f,
                "timed out after {seconds} s ({polls} poll{plural} with {action}); last state: {state}"
            ),
            Reason::ConditionFailed => {
                write!(f, "stopped waiting after {seconds} s (poll {polls}, {action}): {state}")
            }
            Reason::PollFailed(_) => {
                write!(f, "poll {polls} failed after {seconds} s: {state}")
            }
        }
    }
}

impl StdError for WaitError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error().map(|error| error as &(dyn StdError + 'static))
    }
}
