//! Moments: as a person reads and writes them, always in UTC unless an offset is given.

/// A moment of Unix seconds, such as `2024-05-06 07:08 UTC`.
pub(crate) fn shown(seconds: i64) -> String {
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let minute = seconds.rem_euclid(86_400) / 60;
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", minute / 60, minute % 60)
}

/// Unix seconds of a text: seconds as digits, or a date with or without a time of day, such as
/// `2026-11-24T08:00Z`, `2026-11-24 08:00`, `2026-11-24 08:00:30 UTC` or `2026-11-24T16:00+08:00`.
pub(crate) fn parse(text: &str) -> Option<i64> {
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let (day, rest) = text.split_at_checked("2026-11-24".len())?;
    let midnight = 86_400 * day_number(numbers(day, '-', [4, 2, 2])?)?;
    if rest.is_empty() {
        return Some(midnight);
    }
    let (time, offset) = offset(rest.strip_prefix(['T', ' '])?)?;
    Some(midnight + time_of_day(time)? - offset)
}

/// The time without its offset, and the offset in seconds.
fn offset(text: &str) -> Option<(&str, i64)> {
    for suffix in [" UTC", "UTC", "Z"] {
        if let Some(time) = text.strip_suffix(suffix) {
            return Some((time, 0));
        }
    }
    let Some(sign) = text.find(['+', '-']) else { return Some((text, 0)) };
    let (time, offset) = text.split_at_checked(sign)?;
    let [hours, minutes] = numbers(offset.get(1..)?, ':', [2, 2])?;
    let seconds = (hours < 24 && minutes < 60).then_some(hours * 3600 + minutes * 60)?;
    Some((time, if offset.starts_with('-') { -seconds } else { seconds }))
}

fn time_of_day(text: &str) -> Option<i64> {
    let [hour, minute, second] = match numbers(text, ':', [2, 2]) {
        Some([hour, minute]) => [hour, minute, 0],
        None => numbers(text, ':', [2, 2, 2])?,
    };
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

/// Numbers of so many digits each, with the separator between them and nothing else.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        let fits = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        *number = fits.then(|| part.parse().ok())??;
    }
    parts.next().is_none().then_some(numbers)
}

/// The date of a day counted from 1970-01-01, by eras of 400 years that begin in March.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

/// The reverse of [`date`]; `None` for a day that no calendar has.
fn day_number([year, month, day]: [i64; 3]) -> Option<i64> {
    let from_march = (month + 9) % 12;
    let years = if month <= 2 { year - 1 } else { year };
    let leap_days = years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    let days = 365 * years + leap_days + (153 * from_march + 2) / 5 + day - 1 - 719_468;
    (date(days) == (year, month, day)).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_dates_in_utc() {
        for (seconds, text) in [
            (0, "1970-01-01 00:00 UTC"),
            (-60, "1969-12-31 23:59 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_714_979_280, "2024-05-06 07:08 UTC"),
            (4_107_542_340, "2100-02-28 23:59 UTC"),
            (4_107_542_400, "2100-03-01 00:00 UTC"),
        ] {
            assert_eq!(shown(seconds), text);
            assert_eq!(parse(text), Some(seconds));
        }
        assert_eq!(shown(-1), "1969-12-31 23:59 UTC");
        assert_eq!(shown(1_714_979_299), "2024-05-06 07:08 UTC");
    }

    #[test]
    fn every_day_of_some_centuries_is_read_as_it_is_shown() {
        for day in -100_000..100_000 {
            let seconds = day * 86_400;
            assert_eq!(parse(&shown(seconds)), Some(seconds), "{}", shown(seconds));
        }
    }

    #[test]
    fn times_may_have_seconds_and_an_offset() {
        for text in [
            "1795507200",
            "2026-11-24T08:00Z",
            "2026-11-24T08:00",
            "2026-11-24 08:00",
            "2026-11-24 08:00:00",
            "2026-11-24 08:00 UTC",
            "2026-11-24T16:00:00+08:00",
            "2026-11-24T05:30-02:30",
        ] {
            assert_eq!(parse(text), Some(1_795_507_200), "{text}");
        }
        assert_eq!(parse("2026-11-24"), Some(1_795_478_400));
        assert_eq!(parse("2026-11-24 08:00:59Z"), Some(1_795_507_259));
        assert_eq!(parse("-60"), Some(-60));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "now",
            "08:00",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-11-00",
            "2026-11-31",
            "2026-1-24",
            "26-11-24",
            "2026/11/24",
            "2026-11-24T",
            "2026-11-24T8:00",
            "2026-11-24T24:00",
            "2026-11-24T08:60",
            "2026-11-24T08:00:60",
            "2026-11-24T08:00+8",
            "2026-11-24T08:00+24:00",
            "2026-11-24  08:00",
            "2026-11-24T08:00CST",
            "2026-11-24T08:00Z ",
            "二〇二六-11-24",
            "1.5",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
