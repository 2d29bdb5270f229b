//! `Retry-After`: seconds, or a moment in one of the three forms that HTTP knows.

use std::time::{Duration, SystemTime};

/// How long the server asks to wait, from `now`; a moment that is past is no wait.
pub(crate) fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number beyond all bounds is a wait beyond all bounds.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1994-11-06 08:49:37 UTC.
    const MOMENT: u64 = 784_111_777;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn seconds_however_many() {
        assert_eq!(parse("0", at(0)), Some(Duration::ZERO));
        assert_eq!(parse(" 120 ", at(MOMENT)), Some(Duration::from_secs(120)));
        let beyond = parse("99999999999999999999999", at(0));
        assert_eq!(beyond, Some(Duration::from_secs(u64::MAX)));
    }

    #[test]
    fn a_moment_in_each_form() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(parse(text, at(MOMENT - 90)), Some(Duration::from_secs(90)), "{text}");
            assert_eq!(parse(text, at(MOMENT)), Some(Duration::ZERO), "{text}");
            assert_eq!(parse(text, at(MOMENT + 5)), Some(Duration::ZERO), "{text}");
        }
        let late = at(MOMENT - 1) + Duration::from_millis(250);
        let wait = parse("Sun, 06 Nov 1994 08:49:37 GMT", late);
        assert_eq!(wait, Some(Duration::from_millis(750)));
    }

    #[test]
    fn days_of_leap_years() {
        for (text, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
            ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
            ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ] {
            assert_eq!(parse(text, at(0)), Some(Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn two_digits_of_a_year_mean_the_nearest() {
        let wait = parse("Wednesday, 01-Jan-25 00:00:00 GMT", at(1_700_000_000));
        assert_eq!(wait, Some(Duration::from_secs(1_735_689_600 - 1_700_000_000)));
        let wait = parse("Sunday, 06-Nov-94 08:49:37 GMT", at(0));
        assert_eq!(wait, Some(Duration::from_secs(MOMENT)));
    }

    #[test]
    fn anything_else_is_none() {
        for text in [
            "",
            "-1",
            "1.5",
            "soon",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nvm 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1900 08:49:37 GMT",
            "Sun, 06 Nov 199999999999 08:49:37 GMT",
        ] {
            assert_eq!(parse(text, at(0)), None, "{text}");
        }
    }
}
