//! `Time`: the simulator's clock, which stands unless a case lets it pass.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use compshare_sim::ManualClock;

/// The simulator's clock; clones show the same time.
#[derive(Clone)]
pub(crate) struct Time {
    clock: ManualClock,
    /// Seconds that pass with each poll.
    step: Arc<AtomicU64>,
}

impl Time {
    /// Begins now, as the official CLI compares some times with the real one.
    pub(crate) fn new() -> Self {
        Self { clock: ManualClock::at(SystemTime::now()), step: Arc::default() }
    }

    /// The time as a request finds it.
    pub(crate) fn look(&self) -> SystemTime {
        self.pass(self.step.load(Ordering::Relaxed));
        self.clock.now()
    }

    /// Lets seconds pass.
    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Lets that many seconds pass with each poll from here on.
    pub(crate) fn hurry(&self, seconds: u64) {
        self.step.store(seconds, Ordering::Relaxed);
    }
}
