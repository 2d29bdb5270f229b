//! The same for numbers with a unit, durations, scheduled stops and rates.

use compshare_proto::{
    Action,
    actions::{
        DescribeCompShareInstance, GetCompShareImageCreateProgress, GetCompShareShareBandwidthPrice,
    },
    types::{CompShareInstanceSet, UHostDiskSet},
};

use super::{Place, REFUSED, check, check_at};

/// Checks a field of an instance.
fn check_instance(
    path: &'static str,
    refused: &str,
    show: fn(CompShareInstanceSet) -> String,
    cells: &[(&str, &str)],
) {
    let place = Place { before: r#"{"RetCode":0,"UHostSet":[{"#, path, after: "}]}" };
    let show = |mut response: <DescribeCompShareInstance as Action>::Response| {
        show(response.uhost_set.remove(0))
    };
    check_at::<DescribeCompShareInstance>(&place, refused, show, cells);
}

const WHOLE: &str = " was left out: expected a whole number, or one as text";
const NUMBER: &str = " was left out: expected a number, or one as text";

#[test]
fn yuan() {
    check_instance(
        "UHostSet[0].InstancePrice",
        NUMBER,
        |instance| format!("{:?}", instance.instance_price),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            ("0", "Some(Cny(0.0))"),
            ("1.5", "Some(Cny(1.5))"),
            ("-3", "Some(Cny(-3.0))"),
            (r#""10.00""#, "Some(Cny(10.0))"),
            (r#""-0.01""#, "Some(Cny(-0.01))"),
            ("1e2", "Some(Cny(100.0))"),
            (r#""10 CNY""#, REFUSED),
            (r#""NaN""#, REFUSED),
            ("true", REFUSED),
            ("[]", REFUSED),
            ("{}", REFUSED),
        ],
    );
}

#[test]
fn fen() {
    let place = Place { before: "{\"RetCode\":0,", path: "TotalPrice", after: "\"New\":0}" };
    let cells = [
        ("null,", "None"),
        (r#""","#, "None"),
        ("1250,", "Some(Fen(1250))"),
        ("-1250,", "Some(Fen(-1250))"),
        ("1250.0,", "Some(Fen(1250))"),
        (r#""1250","#, "Some(Fen(1250))"),
        ("12.5,", REFUSED),
        (r#""12.50","#, REFUSED),
        ("false,", REFUSED),
        ("[1],", REFUSED),
    ];
    let show = |response: <GetCompShareShareBandwidthPrice as Action>::Response| {
        format!("{:?}", response.total_price)
    };
    check_at::<GetCompShareShareBandwidthPrice>(&place, WHOLE, show, &cells);
}

#[test]
fn megabytes() {
    check_instance(
        "UHostSet[0].Memory",
        WHOLE,
        |instance| format!("{:?}", instance.memory),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            ("65536", "Some(Mb(65536))"),
            (r#""65536""#, "Some(Mb(65536))"),
            ("65536.0", "Some(Mb(65536))"),
            (r#""64 GB""#, REFUSED),
            ("0.5", REFUSED),
            ("{}", REFUSED),
        ],
    );
}

#[test]
fn gigabytes() {
    fn first(instance: CompShareInstanceSet) -> UHostDiskSet {
        instance.disk_set.into_iter().next().unwrap()
    }
    let place = Place {
        before: r#"{"RetCode":0,"UHostSet":[{"DiskSet":[{"#,
        path: "UHostSet[0].DiskSet[0].Size",
        after: "}]}]}",
    };
    let show = |mut response: <DescribeCompShareInstance as Action>::Response| {
        format!("{:?}", first(response.uhost_set.remove(0)).size)
    };
    let cells = [
        ("missing", "None"),
        ("null", "None"),
        (r#""""#, "None"),
        ("60", "Some(Gb(60))"),
        (r#""60""#, "Some(Gb(60))"),
        (r#""60G""#, REFUSED),
        ("true", REFUSED),
    ];
    check_at::<DescribeCompShareInstance>(&place, WHOLE, show, &cells);
}

#[test]
fn seconds() {
    let cells = [
        ("missing", "None"),
        ("null", "None"),
        (r#""""#, "None"),
        ("0", "Some(0ns)"),
        ("90", "Some(90s)"),
        (r#""90""#, "Some(90s)"),
        ("1.5", "Some(1.5s)"),
    ];
    let place = Place { before: "{\"RetCode\":0", path: "RemainingDuration", after: "}" };
    let show = |response: <GetCompShareImageCreateProgress as Action>::Response| {
        format!("{:?}", response.remaining_duration)
    };
    let with_comma = Place { before: "{\"RetCode\":0,", ..place };
    check_at::<GetCompShareImageCreateProgress>(&with_comma, "", show, &cells[1..]);
    check_at::<GetCompShareImageCreateProgress>(&place, "", show, &cells[..1]);
    let refused = " was left out: expected a number of seconds from 0 on";
    let cells = [("-1", REFUSED), (r#""-0.5""#, REFUSED), ("1e300", REFUSED)];
    check_at::<GetCompShareImageCreateProgress>(&with_comma, refused, show, &cells);
    let cells = [(r#""soon""#, REFUSED), ("true", REFUSED), ("{}", REFUSED)];
    check_at::<GetCompShareImageCreateProgress>(&with_comma, NUMBER, show, &cells);
}

#[test]
fn hours() {
    check(
        "ImageUseTime",
        " was left out: expected a number of hours from 0 on",
        |image| format!("{:?}", image.image_use_time.map(|time| time.as_secs())),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            ("2", "Some(7200)"),
            (r#""2""#, "Some(7200)"),
            (r#""0.5""#, "Some(1800)"),
            ("-1", REFUSED),
        ],
    );
}

/// No stop is scheduled where there is nothing, or zero.
#[test]
fn scheduled_stops() {
    check_instance(
        "UHostSet[0].SchedulerStopTime",
        WHOLE,
        |instance| format!("{:?}", instance.scheduler_stop_time),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            (r#"" ""#, "None"),
            ("1700000000", "Some(Timestamp(1700000000))"),
            (r#""1700000000""#, "Some(Timestamp(1700000000))"),
            (r#""tomorrow""#, REFUSED),
            ("{}", REFUSED),
            ("0", "None"),
            (r#""0""#, "None"),
        ],
    );
}

/// The SDKs' name for it.
#[test]
fn scheduled_stops_by_another_name() {
    let place = Place {
        before: r#"{"RetCode":0,"UHostSet":[{"SchedulerStopTime":null,"#,
        path: "UHostSet[0].StopSchedulerTime",
        after: "}]}",
    };
    let show = |mut response: <DescribeCompShareInstance as Action>::Response| {
        format!("{:?}", response.uhost_set.remove(0).scheduler_stop_time)
    };
    let cells = [("1700000000", "Some(Timestamp(1700000000))"), ("null", "None")];
    check_at::<DescribeCompShareInstance>(&place, WHOLE, show, &cells);
}

#[test]
fn rates() {
    let place = Place {
        before: r#"{"RetCode":0,"UHostSet":[{"MonitorMessages":{"#,
        path: "UHostSet[0].MonitorMessages.CpuUsageRate",
        after: "}}]}",
    };
    let show = |mut response: <DescribeCompShareInstance as Action>::Response| {
        format!("{:?}", response.uhost_set.remove(0).monitor_messages.unwrap().cpu_usage_rate)
    };
    let cells = [
        ("missing", "None"),
        ("null", "None"),
        (r#""""#, "None"),
        ("12.5", "Some(12.5)"),
        (r#""12.5""#, "Some(12.5)"),
        (r#""12%""#, "Some(12.0)"),
        (r#""12.5%""#, "Some(12.5)"),
        (r#""12.5 %""#, "Some(12.5)"),
        (r#""0%""#, "Some(0.0)"),
    ];
    check_at::<DescribeCompShareInstance>(&place, NUMBER, show, &cells);
    for refused in [r#""%""#, r#""high""#, r#""12%%""#, "{}"] {
        check_at::<DescribeCompShareInstance>(&place, NUMBER, show, &[(refused, REFUSED)]);
    }
}

/// A price is no rate.
#[test]
fn only_rates_take_a_percent_sign() {
    check_instance(
        "UHostSet[0].InstancePrice",
        NUMBER,
        |instance| format!("{:?}", instance.instance_price),
        &[(r#""12%""#, REFUSED)],
    );
}

#[test]
fn anything() {
    check_instance(
        "UHostSet[0].KeyPair",
        "",
        |instance| instance.key_pair.to_string(),
        &[
            ("missing", "null"),
            ("null", "null"),
            (r#""""#, r#""""#),
            ("{}", "{}"),
            (r#"{"a":[1,null,"x"]}"#, r#"{"a":[1,null,"x"]}"#),
            ("9007199254740993", "9007199254740993"),
            ("[true]", "[true]"),
        ],
    );
}

#[test]
fn states() {
    check_instance(
        "UHostSet[0].State",
        " was left out: expected text",
        |instance| format!("{:?}", instance.state),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            (r#""Running""#, "Some(Running)"),
            (r#""Install Fail""#, "Some(InstallFail)"),
            (r#""Melting""#, r#"Some(Unknown("Melting"))"#),
            ("{}", REFUSED),
        ],
    );
}

#[test]
fn booleans_of_every_spelling() {
    for (json, expected) in
        [(r#""Yes""#, "Some(true)"), (r#""No""#, "Some(false)"), ("true", "Some(true)")]
    {
        let show = |instance: CompShareInstanceSet| format!("{:?}", instance.auto_renew);
        check_instance("UHostSet[0].AutoRenew", "", show, &[(json, expected)]);
        let show = |instance: CompShareInstanceSet| format!("{:?}", instance.is_expire);
        check_instance("UHostSet[0].IsExpire", "", show, &[(json, expected)]);
    }
    let place = Place {
        before: r#"{"RetCode":0,"UHostSet":[{"DiskSet":[{"#,
        path: "UHostSet[0].DiskSet[0].IsBoot",
        after: "}]}]}",
    };
    let show = |mut response: <DescribeCompShareInstance as Action>::Response| {
        format!("{:?}", response.uhost_set.remove(0).disk_set[0].is_boot)
    };
    let cells = [
        (r#""True""#, "Some(true)"),
        (r#""False""#, "Some(false)"),
        ("true", "Some(true)"),
        (r#""""#, "None"),
    ];
    check_at::<DescribeCompShareInstance>(&place, "", show, &cells);
}
