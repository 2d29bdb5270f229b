//! `Timestamp`: a moment as the API writes it.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use serde::{Serialize, Serializer, ser::Error as _};

use crate::value::fields::Absent;

/// A moment, in whole seconds since 1970-01-01 00:00:00 UTC.
///
/// ```
/// use compshare_proto::Timestamp;
/// use std::time::SystemTime;
///
/// let created = Timestamp::from_unix_seconds(1_700_000_000);
/// assert_eq!(created.unix_seconds(), 1_700_000_000);
/// assert!(SystemTime::from(created) > SystemTime::UNIX_EPOCH);
/// assert_eq!(created.to_string(), "2023-11-14T22:13:20Z");
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

/// Shows the moment in UTC as RFC 3339 has it: `2023-11-14T22:13:20Z`. A year that does not have four
/// digits gets a sign, as in ISO 8601.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, seconds) = (self.0.div_euclid(86_400), self.0.rem_euclid(86_400));
        // Years begin on the first of March, so that leap days come last, and are counted in cycles of
        // 400, the first of which begins in the year 0.
        let days = days + 719_468;
        let (cycle, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let year = 400 * cycle + year + i64::from(month >= 10);
        let month = (month + 2) % 12 + 1;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let has_sign = !(0..10_000).contains(&year);
        let year = if has_sign { format!("{year:+05}") } else { format!("{year:04}") };
        f.pad(&format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
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

impl From<SystemTime> for Timestamp {
    /// Converts; parts of a second are dropped, towards the past.
    fn from(moment: SystemTime) -> Self {
        let seconds = match moment.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(error) => {
                let before = error.duration();
                let begun = u64::from(before.subsec_nanos() > 0);
                i64::try_from(before.as_secs().saturating_add(begun))
                    .map_or(i64::MIN, |seconds| -seconds)
            }
        };
        Self(seconds)
    }
}

/// Seconds of the year 5138, and milliseconds of the year 1973: a moment as far from 1970 as that is
/// not in seconds.
const NOT_SECONDS: u64 = 100_000_000_000;

/// Travels as the number of seconds. A number that can only be in milliseconds is refused, so that
/// nothing is planned for the year 58,000.
impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.unsigned_abs() >= NOT_SECONDS {
            return Err(S::Error::custom(
                "it looks like milliseconds: a time is sent in seconds since 1970",
            ));
        }
        serializer.serialize_i64(self.0)
    }
}

impl Absent for Timestamp {}

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

    #[test]
    fn system_times_lose_parts_of_a_second() {
        let seconds = |moment| Timestamp::from(moment).unix_seconds();
        assert_eq!(seconds(SystemTime::UNIX_EPOCH + Duration::from_millis(1900)), 1);
        assert_eq!(seconds(SystemTime::UNIX_EPOCH - Duration::from_millis(1900)), -2);
        assert_eq!(seconds(SystemTime::UNIX_EPOCH - Duration::from_secs(60)), -60);
    }

    #[test]
    fn it_shows_in_utc() {
        for (seconds, shown) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_799, "2000-02-29T23:59:59Z"),
            (1_709_164_800, "2024-02-29T00:00:00Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (253_402_300_800, "+10000-01-01T00:00:00Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z"),
            (-62_167_219_201, "-0001-12-31T23:59:59Z"),
            (i64::MAX, "+292277026596-12-04T15:30:07Z"),
            (i64::MIN, "-292277022657-01-27T08:29:52Z"),
        ] {
            assert_eq!(Timestamp::from_unix_seconds(seconds).to_string(), shown);
        }
        let padded = format!("{:>22}|", Timestamp::from_unix_seconds(0));
        assert_eq!(padded, "  1970-01-01T00:00:00Z|");
    }

    #[test]
    fn it_is_debugged_by_its_number() {
        let moment = Timestamp::from_unix_seconds(1_700_000_000);
        assert_eq!(format!("{moment:?}"), "Timestamp(1700000000)");
    }

    #[test]
    fn it_travels_as_a_number() {
        let value = serde_json::to_value(Timestamp::from_unix_seconds(1_700_000_000)).unwrap();
        assert_eq!(value, serde_json::json!(1_700_000_000));
    }

    #[test]
    fn milliseconds_are_not_sent_as_seconds() {
        use crate::{
            api::actions::UpdateCompShareStopScheduler,
            codec::encode::encode,
            config::{Config, Credentials},
        };

        let config = Config::new(Credentials::new("public", "private"))
            .region("cn-wlcb")
            .zone("cn-wlcb-01")
            .project_id("org-1");
        let sent = |seconds| {
            let then = Timestamp::from_unix_seconds(seconds);
            let action = UpdateCompShareStopScheduler::new("uhost-1", then);
            encode(&config, &action, SystemTime::UNIX_EPOCH)
        };
        assert!(sent(1_795_633_200).is_ok() && sent(99_999_999_999).is_ok());
        for milliseconds in [1_795_633_200_000, -1_795_633_200_000, i64::MAX, i64::MIN] {
            assert_eq!(
                sent(milliseconds).unwrap_err().to_string(),
                "UpdateCompShareStopScheduler was not sent: SchedulerStopTime cannot be sent: it looks \
                 like milliseconds: a time is sent in seconds since 1970"
            );
        }
    }
}
