//! `Looks`: how often to look for what a lost answer may have created.

use std::time::Duration;

/// How often to look for what a lost answer may have created.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Looks {
    /// How many looks must find nothing before nothing is taken to be there, at least 1; 4 unless set.
    /// As many may fail before it is given up.
    pub number: u32,
    /// Time before the first look; it doubles with each one. 500 ms unless set, so that the last of
    /// 4 looks is 7.5 seconds after the first interval began.
    pub first_interval: Duration,
    /// Time for which the server may go on working on a request; 2 minutes unless set. The gateway gives
    /// up after one, and the service behind it may take longer.
    ///
    /// Until that time has passed since the request was sent, a look that finds nothing proves nothing,
    /// and the action is not sent again.
    pub in_flight: Duration,
}

impl Default for Looks {
    fn default() -> Self {
        Self {
            number: 4,
            first_interval: Duration::from_millis(500),
            in_flight: Duration::from_secs(120),
        }
    }
}

impl Looks {
    /// How many must find nothing.
    pub(in crate::call) fn number(&self) -> u32 {
        self.number.max(1)
    }

    /// The interval before the look of that index while the request may be in flight: bounded, since
    /// there may be many.
    pub(in crate::call) fn early_interval(&self, index: u32) -> Duration {
        self.interval(index.min(4))
    }

    /// The interval before the look of that index.
    pub(in crate::call) fn interval(&self, index: u32) -> Duration {
        self.first_interval.saturating_mul(1 << index.min(30))
    }
}
