//! `Retry-After`: seconds, or a moment in one of the three forms that HTTP knows.

use std::time::{Duration, SystemTime};

/// How long the server asks to wait, from `now`; a moment that is past is no wait.
pub(crate) fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number beyond all bounds is a wait beyond all bounds.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let since = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Some(Duration::from_secs(moment(value, since.as_secs())?).saturating_sub(since))
}

/// Seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
/// `Sun Nov  6 08:49:37 1994`.
fn moment(text: &str, now: u64) -> Option<u64> {
    let words: Vec<&str> = text.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let (day, month, year, time) = match *words.as_slice() {
        [weekday, day, month, year, time, "GMT"] if weekday.ends_with(',') => {
            (day, month, year, time)
        }
        [_, month, day, time, year] => (day, month, year, time),
        _ => return None,
    };
    let year = match (year.len(), number(year)?) {
        (4, year) => year,
        (2, year) => nearest_century(year, now),
        _ => return None,
    };
    let month = 1 + u64::try_from(MONTHS.iter().position(|name| *name == month)?).ok()?;
    let day = number(day).filter(|day| (1..=31).contains(day))?;
    let mut clock = time.split(':').map(number);
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    if clock.next().is_some() || hour > 23 || minute > 59 || second > 60 || year < 1970 {
        return None;
    }
    Some(days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn number(text: &str) -> Option<u64> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// The year of two digits that is not more than 50 years ahead.
fn nearest_century(year: u64, now: u64) -> u64 {
    let this_year = 1970 + now / 31_556_952;
    let year = this_year / 100 * 100 + year;
    if year > this_year + 50 { year.saturating_sub(100) } else { year }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, from 1970 on.
fn days(year: u64, month: u64, day: u64) -> u64 {
    // Years that begin in March end in the leap day.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 719_469
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
            assert_eq!(moment(text, 0), Some(seconds), "{text}");
        }
    }

    #[test]
    fn two_digits_of_a_year_mean_the_nearest() {
        let now = 1_700_000_000;
        assert_eq!(moment("Wednesday, 01-Jan-25 00:00:00 GMT", now), Some(1_735_689_600));
        assert_eq!(moment("Sunday, 06-Nov-94 08:49:37 GMT", now), Some(MOMENT));
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
