//! Times: local unless they say otherwise, echoed before they are sent, refused where they are not meant.

use std::time::SystemTime;

use compshare_blocking::{Client, Config, Credentials, Raw};
use compshare_sim::Sim;

use crate::{Cli, only, server::responding, sorted, words};

const PLAN: [&str; 5] =
    ["UpdateCompShareStopScheduler", "--UHostId", "uhost-xxxx", "--project-id", "org-xxxx"];

fn now() -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    i64::try_from(now.as_secs()).expect("a time")
}

fn cli(sim: &Sim, zone: &str) -> Cli {
    Cli::of(sim).set("TZ", zone).set("COMPSHARE_ZONE", "cn-wlcb-01")
}

/// The time that is sent for a text, and what is printed about it.
fn sent(zone: &str, text: &str) -> (i64, String) {
    let sim = Sim::start().expect("a simulator");
    let ended = cli(&sim, zone).run(&words(&PLAN, &["--SchedulerStopTime", text]));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let seen = only(&sim);
    (sorted(&seen)["SchedulerStopTime"].parse().expect("a number"), ended.stderr)
}

/// A day from now at noon of that offset, as a person writes it and in Unix seconds.
fn tomorrow(offset: i64) -> (String, i64) {
    let seconds = (now() + 86_400) / 86_400 * 86_400 + 12 * 3600;
    let days = seconds / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * month + 2) / 5 + 1, (month + 2) % 12 + 1);
    let year = era * 400 + year + i64::from(month <= 2);
    (format!("{year:04}-{month:02}-{day:02} 12:00"), seconds - offset * 3600)
}

#[test]
fn a_time_without_a_zone_is_local_and_is_echoed_with_its_offset() {
    let (text, seconds) = tomorrow(8);
    let (planned, said) = sent("Asia/Shanghai", &text);
    assert_eq!(planned, seconds);
    let echo = format!("--SchedulerStopTime: {text}:00 +08:00, in ");
    assert!(said.starts_with(&echo), "{said}");
    let (text, seconds) = tomorrow(0);
    assert_eq!(sent("UTC", &text).0, seconds);
    assert_eq!(sent("Asia/Shanghai", &format!("{text}Z")).0, seconds);
    assert_eq!(sent("Asia/Shanghai", &seconds.to_string()).0, seconds);
}

#[test]
fn a_duration_is_counted_from_now() {
    for (text, seconds) in [("2h", 7200), ("+2h", 7200), ("1h30m", 5400), ("3d", 259_200)] {
        let before = now();
        let (planned, said) = sent("Asia/Shanghai", text);
        assert!((before + seconds..=now() + seconds).contains(&planned), "{text}: {planned}");
        assert!(said.contains(" +08:00, in "), "{said}");
    }
}

#[test]
fn an_implausible_stop_is_not_sent() {
    let sim = Sim::start().expect("a simulator");
    let milliseconds = (now() + 7200).to_string() + "000";
    for (text, cause) in [
        (milliseconds.as_str(), " looks like milliseconds; use Unix seconds, such as "),
        ("2024-05-06 03:00", "is in the past (2024-05-06 03:00:00 +08:00, "),
        (
            "1712649600",
            "; a number without a unit is Unix seconds, and a duration has a unit, such as 2h\n",
        ),
        ("2096-05-06 03:00", "is more than a year ahead (2096-05-06 03:00:00 +08:00, in "),
    ] {
        let ended = cli(&sim, "Asia/Shanghai").run(&words(&PLAN, &["--SchedulerStopTime", text]));
        assert_eq!(ended.code, Some(2), "{text}");
        assert!(ended.stderr.starts_with("error: --SchedulerStopTime: "), "{}", ended.stderr);
        assert!(ended.stderr.contains(cause), "{}", ended.stderr);
    }
    assert!(sim.requests().is_empty());
}

#[test]
fn the_simulator_refuses_an_implausible_stop() {
    let sim = Sim::start().expect("a simulator");
    for time in [
        format!("{}000", now() + 7200),
        (now() + 400 * 86_400).to_string(),
        "1712649600".to_owned(),
    ] {
        let raw = Raw::new(PLAN[0])
            .param("UHostId", "uhost-xxxx")
            .param("ProjectId", "org-xxxx")
            .param("SchedulerStopTime", time);
        let keys = Credentials::new(compshare_sim::PUBLIC_KEY, compshare_sim::PRIVATE_KEY);
        let config = Config::new(keys).endpoint(sim.endpoint()).expect("an endpoint");
        let client = Client::new(config.region("cn-wlcb").zone("cn-wlcb-01")).expect("a client");
        let error = client.send(raw).expect_err("a time that is not meant");
        assert!(error.to_string().contains("(RetCode 230"), "{error}");
    }
}

/// By `--param` and by `call` as by its flag.
#[test]
fn a_time_is_read_the_same_however_it_is_given() {
    let sim = Sim::start().expect("a simulator");
    let called = words(&["call"], &PLAN[..1]);
    let called = words(&called, &["--param", "UHostId=uhost-xxxx", "--project-id", "org-xxxx"]);
    for given in [&PLAN[..], &called] {
        let milliseconds = format!("SchedulerStopTime={}000", now() + 7200);
        let ended = cli(&sim, "UTC").run(&words(given, &["--param", &milliseconds]));
        assert_eq!((ended.code, sim.requests().len()), (Some(2), 0), "{}", ended.stderr);
        let text = "error: --param SchedulerStopTime: ";
        assert!(ended.stderr.starts_with(text), "{}", ended.stderr);
        assert!(ended.stderr.contains(" looks like milliseconds; "), "{}", ended.stderr);
    }
    let (text, seconds) = tomorrow(8);
    for given in [&PLAN[..], &called] {
        let sim = Sim::start().expect("a simulator");
        let local = format!("SchedulerStopTime={text}");
        let ended = cli(&sim, "Asia/Shanghai").run(&words(given, &["--param", &local]));
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let echo = format!("--param SchedulerStopTime: {text}:00 +08:00, in ");
        assert!(ended.stderr.starts_with(&echo), "{}", ended.stderr);
        assert_eq!(sorted(&only(&sim))["SchedulerStopTime"], seconds.to_string());
    }
}

#[test]
fn a_time_that_only_filters_may_be_past() {
    let sim = Sim::start().expect("a simulator");
    let words = ["ListCompShareTeamOperateLog", "--TeamId", "1001", "--BeginTime", "2024-05-06"];
    let ended = cli(&sim, "Asia/Shanghai").run(&words);
    let said = "--BeginTime: 2024-05-06 00:00:00 +08:00, ";
    assert!(ended.stderr.contains(said), "{}", ended.stderr);
    assert_eq!((ended.code, sorted(&only(&sim))["BeginTime"]), (Some(0), "1714924800"));
}

#[test]
fn times_are_shown_local_with_their_offset() {
    let body = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-1","CreateTime":1795507200}]}"#;
    for (zone, shown) in [
        ("Asia/Shanghai", "2026-11-24 16:00 +08:00"),
        ("America/New_York", "2026-11-24 03:00 -05:00"),
        ("UTC", "2026-11-24 08:00 +00:00"),
    ] {
        let cli = responding("Content-Type: application/json", body).set("TZ", zone);
        let ended = cli.run(&["DescribeCompShareInstance"]);
        assert!(ended.stdout.contains(&format!("CreateTime: {shown}\n")), "{}", ended.stdout);
    }
}

#[test]
fn a_zone_that_is_not_known_is_not_taken_for_another() {
    let sim = Sim::start().expect("a simulator");
    let cli = cli(&sim, "Asia/Nowhere");
    let ended = cli.run(&words(&PLAN, &["--SchedulerStopTime", &tomorrow(0).0]));
    let text =
        "error: --SchedulerStopTime: the local time zone is unknown; add an offset, such as ";
    assert!(ended.stderr.starts_with(text), "{}", ended.stderr);
    assert_eq!((ended.code, sim.requests().len()), (Some(2), 0));
}
