//! `WaitError`: why a wait ended without what it waited for.

use std::{error::Error as StdError, fmt, time::Duration};

use super::Error;

/// A wait that ended without what it waited for.
#[derive(Debug)]
pub struct WaitError(Box<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) action: String,
    pub(crate) reason: Reason,
    pub(crate) state: String,
    pub(crate) looks: u32,
    pub(crate) elapsed: Duration,
}

#[derive(Debug)]
pub(crate) enum Reason {
    Deadline,
    Hopeless,
    Failed(Error),
}

impl WaitError {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Box::new(inner))
    }

    /// How things stood at the last look.
    pub fn state(&self) -> &str {
        &self.0.state
    }

    /// Whether the time was up.
    pub fn timed_out(&self) -> bool {
        matches!(self.0.reason, Reason::Deadline)
    }

    /// Whether it cannot come about any more.
    pub fn is_hopeless(&self) -> bool {
        matches!(self.0.reason, Reason::Hopeless)
    }

    /// The error of the last look, if that ended the wait.
    pub fn error(&self) -> Option<&Error> {
        match &self.0.reason {
            Reason::Failed(error) => Some(error),
            Reason::Deadline | Reason::Hopeless => None,
        }
    }

    /// Number of looks.
    pub fn looks(&self) -> u32 {
        self.0.looks
    }

    /// Time from the first look to the end.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { action, reason, state, looks, elapsed } = &*self.0;
        let (seconds, plural) = (elapsed.as_secs(), if *looks == 1 { "" } else { "s" });
        match reason {
            Reason::Deadline => write!(
                f,
                "waited {seconds} s in vain, {looks} look{plural} by {action}; at the last one: {state}"
            ),
            Reason::Hopeless => write!(
                f,
                "waiting is of no use, says look {looks} by {action} after {seconds} s: {state}"
            ),
            Reason::Failed(_) => {
                write!(f, "waiting failed at look {looks} after {seconds} s: {state}")
            }
        }
    }
}

impl StdError for WaitError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error().map(|error| error as &(dyn StdError + 'static))
    }
}
