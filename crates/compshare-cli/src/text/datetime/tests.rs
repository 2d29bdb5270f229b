//! Times as they are parsed and formatted.

use super::*;

/// 2026-11-26 00:55 in Beijing.
fn clock(zone: &str) -> Clock {
    let now = "2026-11-25T16:55:00Z".parse().unwrap();
    Clock { now, zone: Some(TimeZone::get(zone).unwrap()) }
}

fn beijing(text: &str) -> Result<String, String> {
    parse(text, Purpose::Plan, &clock("Asia/Shanghai")).map(|(_, understood)| understood)
}

#[test]
fn a_time_without_a_zone_is_local() {
    let at_three = "2026-11-26 03:00:00 +08:00, in 2h 5m";
    for text in [
        "2026-11-26 03:00",
        "2026-11-26 03:00:00",
        "2026-11-26T03:00",
        "2026-11-26T03:00+08:00",
        "2026-11-26 03:00 +08:00",
        "2026-11-25 19:00Z",
        "2026-11-25 19:00 UTC",
        "2026-11-25T14:00-05:00",
        "1795633200",
        "2h5m",
        "+2h5m",
        "125m",
    ] {
        assert_eq!(beijing(text).as_deref(), Ok(at_three), "{text}");
    }
    assert_eq!(beijing("2026-11-27").as_deref(), Ok("2026-11-27 00:00:00 +08:00, in 23h 5m"));
    let elsewhere = parse("2026-11-26 03:00", Purpose::Plan, &clock("America/New_York"));
    assert_eq!(elsewhere.unwrap().0, 1_795_633_200 + 13 * 3600);
}

#[test]
fn a_duration_is_from_now() {
    for (text, seconds) in [
        ("30m", 1800),
        ("2h", 7200),
        ("+2h", 7200),
        ("1h30m", 5400),
        ("3d", 259_200),
        ("90s", 90),
        ("90 min", 5400),
    ] {
        let clock = clock("Asia/Shanghai");
        let (then, _) = parse(text, Purpose::Plan, &clock).unwrap();
        assert_eq!(then - clock.now.as_second(), seconds, "{text}");
    }
    let ago = parse("-1d", Purpose::Filter, &clock("UTC")).unwrap();
    assert_eq!(ago.1, "2026-11-24 16:55:00 +00:00, 1d ago");
}

#[test]
fn an_implausible_plan_is_refused_with_the_likely_cause() {
    for (text, reason) in [
        (
            "1795633200000",
            "1795633200000 looks like milliseconds; use Unix seconds, such as 1795633200",
        ),
        (
            "1795633200000000",
            "1795633200000000 looks like microseconds; use Unix seconds, such as 1795633200",
        ),
        (
            "20261126",
            "20261126 looks like a date but would be read as Unix seconds; use 2h, 2026-11-26 \
             03:00, 2026-11-26T03:00+08:00 or Unix seconds",
        ),
        (
            "7200",
            "\"7200\" is in the past (1970-01-01 10:00:00 +08:00, 20783d ago); a number without \
             a unit is Unix seconds, and a duration has a unit, such as 2h",
        ),
        (
            "2026-11-25 03:00",
            "\"2026-11-25 03:00\" is in the past (2026-11-25 03:00:00 +08:00, 21h 55m ago); use a future time, such as 2h, and check the date and the offset",
        ),
        (
            "2062-11-26 03:00",
            "\"2062-11-26 03:00\" is more than a year ahead (2062-11-26 03:00:00 +08:00, in \
             13149d); check the year and the number of digits",
        ),
        (
            "17956332000",
            "\"17956332000\" is more than a year ahead (2539-01-06 06:00:00 +08:00, in 187045d); \
             check the year and the number of digits",
        ),
    ] {
        assert_eq!(beijing(text).unwrap_err(), reason);
    }
}

#[test]
fn a_filter_may_lie_anywhere_but_is_never_in_milliseconds() {
    let clock = clock("Asia/Shanghai");
    for text in ["0", "1700000000", "2020-01-01", "2030-01-01", "-60"] {
        parse(text, Purpose::Filter, &clock).unwrap();
    }
    let error = parse("1700000000000", Purpose::Filter, &clock).unwrap_err();
    assert!(error.contains("looks like milliseconds"), "{error}");
}

#[test]
fn a_time_that_local_clocks_skip_or_repeat_needs_an_offset() {
    let clock = clock("America/New_York");
    for text in ["2026-03-08 02:30", "2026-11-01 01:30"] {
        let error = parse(text, Purpose::Filter, &clock).unwrap_err();
        assert!(error.contains("add an offset"), "{error}");
    }
}

#[test]
fn without_a_local_zone_an_offset_is_needed() {
    let clock = Clock { zone: None, ..clock("UTC") };
    let error = parse("2026-11-26 03:00", Purpose::Plan, &clock).unwrap_err();
    assert!(error.starts_with("the local time zone is unknown"), "{error}");
    assert!(parse("2026-11-26 03:00Z", Purpose::Plan, &clock).is_ok());
    assert!(parse("2h", Purpose::Plan, &clock).is_ok());
}

#[test]
fn times_are_formatted_in_local_time_and_parsed_back() {
    let clock = clock("Asia/Shanghai");
    assert_eq!(format(1_714_979_280, &clock), "2024-05-06 15:08 +08:00");
    assert_eq!(format(i64::MAX, &clock), i64::MAX.to_string());
    for seconds in [0, -60, 951_782_400, 1_714_979_280, 4_107_542_340] {
        let text = format(seconds, &clock);
        assert_eq!(parse(&text, Purpose::Filter, &clock).unwrap().0, seconds, "{text}");
    }
}

#[test]
fn what_is_not_a_time_is_refused() {
    for text in [
        "",
        "now",
        "08:00",
        "2026-02-29",
        "2026-13-01",
        "2026-11-31",
        "2026-1-24",
        "26-11-24",
        "2026/11/24",
        "2026-11-24T",
        "2026-11-24T8:00",
        "2026-11-24T08:60",
        "2026-11-24T08:00CST",
        "2026-11-24T08:00[Asia/Shanghai]",
        "二〇二六-11-24",
        "1.5",
        "2x",
        "2h-",
        "h",
    ] {
        let error = parse(text, Purpose::Filter, &clock("Asia/Shanghai")).unwrap_err();
        let expected = format!(
            "{text:?} is not a valid time; use 2h, 2026-11-26 03:00, 2026-11-26T03:00+08:00 or \
             Unix seconds"
        );
        assert_eq!(error, expected);
    }
}
