//! Parses and formats times: local, with the offset from UTC.

use compshare_blocking::{
    Effect,
    metadata::{ActionInfo, Kind},
};
use jiff::{Span, SpanRound, Timestamp, Unit, civil, tz::TimeZone};

/// Purpose of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Something is to happen then.
    Plan,
    /// It filters past or future events.
    Filter,
}

/// Purpose of a parameter that takes a time; an action that only reads plans nothing.
pub(crate) fn purpose(info: &ActionInfo, kind: Kind) -> Option<Purpose> {
    let is_datetime = matches!(kind, Kind::Timestamp);
    let purpose = if info.effect == Effect::Read { Purpose::Filter } else { Purpose::Plan };
    is_datetime.then_some(purpose)
}

/// Now, and the local zone where it is known.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    pub(crate) now: Timestamp,
    pub(crate) zone: Option<TimeZone>,
}

impl Clock {
    /// That of this machine: `TZ`, else the system's zone.
    pub(crate) fn system() -> Self {
        Self { now: Timestamp::now(), zone: TimeZone::try_system().ok() }
    }

    fn here(&self) -> TimeZone {
        self.zone.clone().unwrap_or(TimeZone::UTC)
    }
}

/// Most seconds that a plan lies ahead.
const YEAR: i64 = 366 * 86_400;
/// Seconds of the year 5138, and milliseconds of the year 1973.
const TOO_LARGE: u64 = 100_000_000_000;

const FORMS: &str = "use 2h, 2026-11-26 03:00, 2026-11-26T03:00+08:00 or Unix seconds";

/// Unix seconds of a text, and how they are understood, such as `2026-11-26 03:00:00 +08:00, in 2h 5m`.
///
/// The text is a duration from now, a date with or without a time of day, which is local without an
/// offset, or Unix seconds.
///
/// # Errors
///
/// The text is not a time, or not a plausible one. The message says why and what to use.
pub(crate) fn parse(text: &str, purpose: Purpose, clock: &Clock) -> Result<(i64, String), String> {
    let timestamp = parse_timestamp(text, clock)?;
    let seconds = timestamp.as_second();
    let ahead = seconds.saturating_sub(clock.now.as_second());
    let understood = understood(timestamp, clock);
    if purpose == Purpose::Plan && ahead < 0 {
        let cause = if text.parse::<i64>().is_ok() {
            "a number without a unit is Unix seconds, and a duration has a unit, such as 2h"
        } else {
            "use a future time, such as 2h, and check the date and the offset"
        };
        return Err(format!("{text:?} is in the past ({understood}); {cause}"));
    }
    if purpose == Purpose::Plan && ahead > YEAR {
        return Err(format!(
            "{text:?} is more than a year ahead ({understood}); check the year and the number of \
             digits"
        ));
    }
    Ok((seconds, understood))
}

/// Formats Unix seconds in local time, such as `2024-05-06 15:08 +08:00`.
pub(crate) fn format(seconds: i64, clock: &Clock) -> String {
    let Ok(timestamp) = Timestamp::from_second(seconds) else { return seconds.to_string() };
    timestamp.to_zoned_datetime(clock.here()).strftime("%Y-%m-%d %H:%M %:z").to_string()
}

fn understood(timestamp: Timestamp, clock: &Clock) -> String {
    let here = timestamp.to_zoned_datetime(clock.here());
    let far = timestamp.duration_since(clock.now);
    // The two greatest units are enough.
    let round = |unit| SpanRound::new().largest(Unit::Day).smallest(unit).days_are_24_hours();
    let unit = match far.as_secs().unsigned_abs() {
        0..3600 => Unit::Second,
        3600..172_800 => Unit::Minute,
        172_800..1_728_000 => Unit::Hour,
        _ => Unit::Day,
    };
    let span = Span::try_from(far.abs()).and_then(|span| span.round(round(unit)));
    let span = span.map_or_else(|_| "far".to_owned(), |span| format!("{span:#}"));
    let span = if far.is_negative() { format!("{span} ago") } else { format!("in {span}") };
    format!("{}, {span}", here.strftime("%Y-%m-%d %H:%M:%S %:z"))
}

fn parse_timestamp(text: &str, clock: &Clock) -> Result<Timestamp, String> {
    let wrong = || format!("{text:?} is not a valid time; {FORMS}");
    if let Ok(number) = text.parse::<i64>() {
        return seconds(text, number);
    }
    if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'))
        && text.ends_with(|c: char| c.is_ascii_lowercase())
    {
        let span: Span = text.parse().map_err(|_| wrong())?;
        let now = clock.now.to_zoned_datetime(clock.here());
        return now.checked_add(span).map(|then| then.timestamp()).map_err(|_| wrong());
    }
    let known = |c: char| c.is_ascii_digit() || "-+: TZUC".contains(c);
    if !text.chars().all(known) || !text.contains('-') {
        return Err(wrong());
    }
    let (day, rest) = text.split_at_checked("2026-11-24".len()).ok_or_else(wrong)?;
    let rest = rest
        .strip_suffix("UTC")
        .map_or_else(|| rest.to_owned(), |rest| format!("{}Z", rest.trim_end()));
    let rest = rest.replace(" +", "+").replace(" -", "-");
    let text = format!("{day}{rest}");
    if let Ok(timestamp) = text.parse() {
        return Ok(timestamp);
    }
    local(text.parse().map_err(|_| wrong())?, clock)
}

/// The timestamp of a local time.
fn local(shown: civil::DateTime, clock: &Clock) -> Result<Timestamp, String> {
    let zone = clock.zone.clone().ok_or_else(|| {
        "the local time zone is unknown; add an offset, such as 2026-11-26T03:00+08:00, or set TZ"
            .to_owned()
    })?;
    let timestamp = zone.to_ambiguous_timestamp(shown).unambiguous();
    timestamp.map_err(|_| {
        "the local time is ambiguous or skipped because the clocks change; add an offset, such \
         as 2026-11-26T03:00+08:00"
            .to_owned()
    })
}

/// The timestamp of Unix seconds, if they are plausible.
fn seconds(text: &str, number: i64) -> Result<Timestamp, String> {
    let large = number.unsigned_abs();
    let finer =
        [(1_000, "milliseconds"), (1_000_000, "microseconds"), (1_000_000_000, "nanoseconds")];
    if large >= TOO_LARGE {
        let fits = finer.into_iter().find(|(each, _)| large / each < TOO_LARGE);
        return Err(match fits {
            Some((each, unit)) => {
                format!("{text} looks like {unit}; use Unix seconds, such as {}", large / each)
            }
            None => format!("{text} is not a valid time; {FORMS}"),
        });
    }
    if text.len() == 8 && civil::Date::strptime("%Y%m%d", text).is_ok() {
        return Err(format!("{text} looks like a date but would be read as Unix seconds; {FORMS}"));
    }
    Timestamp::from_second(number).map_err(|_| format!("{text} is not a valid time; {FORMS}"))
}

#[cfg(test)]
mod tests;
