//! `Timestamp`: a moment as the API writes it.

use std::time::{Duration, SystemTime};

/// A moment, in whole seconds since 1970-01-01 00:00:00 UTC.
///
/// ```
/// use compshare_proto::Timestamp;
/// use std::time::SystemTime;
///
/// let created = Timestamp::from_unix_seconds(1_700_000_000);
/// assert_eq!(created.unix_seconds(), 1_700_000_000);
/// assert!(SystemTime::from(created) > SystemTime::UNIX_EPOCH);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment that many seconds after 1970-01-01 00:00:00 UTC.
    pub const fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01 00:00:00 UTC.
    pub const fn unix_seconds(self) -> i64 {
        self.0
    }
}

impl From<Timestamp> for SystemTime {
    /// Converts; a moment that the platform cannot hold becomes the Unix epoch.
    fn from(timestamp: Timestamp) -> Self {
        let distance = Duration::from_secs(timestamp.0.unsigned_abs());
        let moment = if timestamp.0 < 0 {
            Self::UNIX_EPOCH.checked_sub(distance)
        } else {
            Self::UNIX_EPOCH.checked_add(distance)
        };
        moment.unwrap_or(Self::UNIX_EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_both_sides_of_the_epoch() {
        let after = SystemTime::from(Timestamp::from_unix_seconds(60));
        assert_eq!(after, SystemTime::UNIX_EPOCH + Duration::from_secs(60));
        let before = SystemTime::from(Timestamp::from_unix_seconds(-60));
        assert_eq!(before, SystemTime::UNIX_EPOCH - Duration::from_secs(60));
    }
}
