//! `PollPolicy`: how often and how long to poll.

use std::time::Duration;

/// How often and how long to poll: of a wait, and of [`SendOnce`](crate::machine::SendOnce).
///
/// ```
/// use compshare_proto::PollPolicy;
/// use std::time::Duration;
///
/// let policy = PollPolicy::until(Duration::from_secs(300));
/// assert_eq!(policy.first_interval, Duration::from_secs(1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollPolicy {
    /// Time from the first poll of a wait to its last; 10 minutes unless set. `SendOnce` ends by
    /// [`Config::call_timeout`](crate::Config::call_timeout) instead.
    pub deadline: Duration,
    /// Time between the first two polls; 1 second unless set. It grows by half with each poll of a wait.
    /// `SendOnce` polls after 500 ms unless set, and doubles the interval.
    pub first_interval: Duration,
    /// Longest time between two polls of a wait; 15 seconds unless set. The probes of `SendOnce` are few, and
    /// their intervals are not limited.
    pub longest_interval: Duration,
    /// How many probes of `SendOnce` must find nothing before it concludes that nothing was created, at
    /// least 1; 4 unless set. It gives up after as many that fail.
    pub probes: u32,
    /// Time for which the server may go on working on a request of `SendOnce`; 2 minutes unless set. The
    /// gateway gives up after one, and the service behind it may take longer.
    ///
    /// Until that time has passed since the request was sent, a probe that finds nothing proves nothing,
    /// and the action is not sent again.
    pub in_flight: Duration,
}

impl Default for PollPolicy {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(600),
            first_interval: Duration::from_secs(1),
            longest_interval: Duration::from_secs(15),
            probes: 4,
            in_flight: Duration::from_secs(120),
        }
    }
}

impl PollPolicy {
    /// The default intervals with another deadline.
    pub fn until(deadline: Duration) -> Self {
        Self { deadline, ..Self::default() }
    }

    /// The default of [`SendOnce`](crate::machine::SendOnce): its first probe comes after 500 ms, and the
    /// last of 4 comes 7.5 seconds after the first interval began.
    pub fn once() -> Self {
        Self { first_interval: Duration::from_millis(500), ..Self::default() }
    }

    /// How many probes must find nothing.
    pub(in crate::call) fn probes(&self) -> u32 {
        self.probes.max(1)
    }

    /// The interval before the probe of that index while the request may be in flight: bounded, since
    /// there may be many.
    pub(in crate::call) fn early_interval(&self, index: u32) -> Duration {
        self.interval(index.min(4))
    }

    /// The interval before the probe of that index.
    pub(in crate::call) fn interval(&self, index: u32) -> Duration {
        self.first_interval.saturating_mul(1 << index.min(30))
    }
}
