//! `ManualClock`: a clock that moves only when a test moves it.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use crate::server::service::lock;

/// A clock that moves only when a test moves it; clones share the time.
///
/// ```
/// use std::time::Duration;
///
/// use compshare_sim::{ManualClock, Sim};
///
/// let clock = ManualClock::default();
/// let sim = Sim::builder().clock({ let clock = clock.clone(); move || clock.now() }).start()?;
/// clock.advance(Duration::from_secs(60)); // what takes a minute is done
/// # drop(sim);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ManualClock {
    now: Arc<Mutex<SystemTime>>,
}

impl ManualClock {
    /// Creates a clock that shows that time.
    pub fn at(now: SystemTime) -> Self {
        Self { now: Arc::new(Mutex::new(now)) }
    }

    /// The time that it shows.
    pub fn now(&self) -> SystemTime {
        *lock(&self.now)
    }

    /// Moves it forward.
    ///
    /// A step beyond what the platform can represent is ignored.
    pub fn advance(&self, by: Duration) {
        let mut now = lock(&self.now);
        *now = now.checked_add(by).unwrap_or(*now);
    }
}

impl Default for ManualClock {
    /// Shows 2026-01-01 00:00:00 UTC.
    fn default() -> Self {
        Self::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_move_together() {
        let clock = ManualClock::default();
        let start = clock.now();
        clock.clone().advance(Duration::from_secs(5));
        assert_eq!(clock.now(), start + Duration::from_secs(5));
    }
}
