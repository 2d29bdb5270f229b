//! Lists: what is left out of them is said, and `--all` leaves out nothing.

use compshare_sim::Sim;
use serde_json::{Value, json};

use crate::{
    Cli,
    server::{responding, responding_with, sent},
    words,
};

const INSTANCES: [&str; 1] = ["DescribeCompShareInstance"];

/// A server with so many instances that refuses pages from that offset on.
fn cli(total: usize, refused_from: usize) -> Cli {
    let cli = responding_with(move |request| {
        let number = |name: &str| sent(request, name).map(|text| text.parse().expect("a number"));
        let (offset, limit) = (number("Offset").unwrap_or(0), number("Limit").unwrap_or(20));
        if offset >= refused_from {
            return json!({ "RetCode": 230, "Message": "no such page" });
        }
        let rows = offset..total.min(offset + limit);
        let rows: Value =
            rows.map(|row| json!({ "UHostId": format!("uhost-{row:02}"), "Name": "n" })).collect();
        json!({
            "RetCode": 0, "Action": "DescribeCompShareInstanceResponse", "TotalCount": total,
            "Page": offset, "UHostSet": rows,
        })
    });
    cli.unset("COMPSHARE_REGION").unset("COMPSHARE_ZONE")
}

fn ids(document: &Value) -> Vec<String> {
    let rows = document["UHostSet"].as_array().expect("a list");
    rows.iter().map(|row| row["UHostId"].as_str().expect("an id").to_owned()).collect()
}

fn expected(rows: std::ops::Range<usize>) -> Vec<String> {
    rows.map(|row| format!("uhost-{row:02}")).collect()
}

#[test]
fn one_page_of_a_longer_list_says_how_many_rows_of_how_many() {
    let note = "20 of 45 rows; use --all to list every row\n";
    let ended = cli(45, 99).run(&INSTANCES);
    assert_eq!((ended.code, &*ended.stderr), (Some(0), note));
    assert!(ended.stdout.contains("UHostSet: 20 rows"), "{}", ended.stdout);
    let ended = cli(45, 99).run(&words(&INSTANCES, &["--json"]));
    assert_eq!((ids(&ended.json()), &*ended.stderr), (expected(0..20), note));
    assert_eq!(cli(20, 99).run(&INSTANCES).stderr, "");
    // A list that does not say how many rows it has may go on where a page is full.
    let hosts = |rows: usize| {
        let cli = responding_with(move |_| {
            let row = |row| json!({ "ULHostId": format!("ulhost-{row}") });
            json!({ "RetCode": 0, "ULHostInstanceSets": (0..rows).map(row).collect::<Value>() })
        });
        cli.run(&["DescribeULHostInstance", "--region", "cn-wlcb", "--Limit", "5"]).stderr
    };
    assert_eq!(hosts(5), "5 rows, possibly more; use --all to list every row\n");
    assert_eq!(hosts(4), "");
}

#[test]
fn all_shows_every_row() {
    let ended = cli(45, 99).run(&words(&INSTANCES, &["--all", "--Limit", "20"]));
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    assert!(ended.stdout.contains("UHostSet: 45 rows"), "{}", ended.stdout);
    for id in expected(0..45) {
        assert!(ended.stdout.contains(&format!("\n  {id}  n\n")), "{id}\n{}", ended.stdout);
    }
    let ended = cli(45, 99).run(&words(&INSTANCES, &["--all", "--json", "--Limit", "20"]));
    let document = ended.json();
    assert_eq!((ids(&document), &*ended.stderr), (expected(0..45), ""));
    assert_eq!((&document["TotalCount"], &document["Page"]), (&45.into(), &0.into()));
    let called = ["call", INSTANCES[0], "--all", "--json", "--param", "Limit=20"];
    assert_eq!(ids(&cli(45, 99).run(&called).json()), expected(0..45));
}

#[test]
fn all_starts_at_the_offset_that_is_given() {
    let flags = ["--all", "--json", "--Offset", "5", "--Limit", "20"];
    assert_eq!(ids(&cli(45, 99).run(&words(&INSTANCES, &flags)).json()), expected(5..45));
}

#[test]
fn an_error_on_the_way_comes_after_the_rows_that_came() {
    let ended = cli(45, 40).run(&words(&INSTANCES, &["--all", "--Limit", "20"]));
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.contains("DescribeCompShareInstance: not all rows"), "{}", ended.stdout);
    assert!(ended.stdout.contains("UHostSet: 40 rows"), "{}", ended.stdout);
    let text = "error: DescribeCompShareInstance refused: no such page (RetCode 230)";
    assert!(ended.stderr.starts_with(text), "{}", ended.stderr);
    let ended = cli(45, 40).run(&words(&INSTANCES, &["--all", "--json", "--Limit", "20"]));
    let document = ended.json();
    assert_eq!((ended.code, &document["error"]["ret_code"]), (Some(1), &230.into()));
    assert_eq!(ids(&document["response"]), expected(0..40));
    let ended = cli(45, 0).run(&words(&INSTANCES, &["--all", "--json"]));
    assert_eq!((ended.code, ended.json().get("response")), (Some(1), None));
}

#[test]
fn all_walks_lists_that_the_server_pages_one_by_one() {
    let cli = responding_with(|request| {
        let kind = sent(request, "ImageType").expect("a type");
        let rows = if kind == "Game" { 0 } else { 2 };
        let row = |row| json!({ "CompShareImageId": format!("{kind}-{row}") });
        json!({ "RetCode": 0, "TotalCount": rows, "ImageSet": (0..rows).map(row).collect::<Value>() })
    });
    let ended = cli.run(&["DescribeCompShareImages", "--all", "--json"]);
    let document = ended.json();
    let rows = document["ImageSet"].as_array().expect("a list");
    let ids: Vec<&str> = rows.iter().filter_map(|row| row["CompShareImageId"].as_str()).collect();
    assert_eq!(ids, ["System-0", "System-1", "App-0", "App-1", "Other-0", "Other-1"]);
    assert_eq!(document["TotalCount"], 6);
    let ended = cli.run(&["DescribeCompShareImages", "--all", "--json", "--ImageType", "App"]);
    assert_eq!(ended.json()["ImageSet"].as_array().map(Vec::len), Some(2));
}

#[test]
fn all_is_refused_for_actions_without_pages() {
    let sim = Sim::start().expect("a simulator");
    for (flags, text) in [
        (
            ["ListCompShareTeam", "--all"].to_vec(),
            "--all applies only to paged lists, and this action does not return one; remove it",
        ),
        (
            ["DownloadTeamOrder", "--TeamId", "1001", "--all", "--output", "x.csv"].to_vec(),
            "--all applies only to paged lists, and this action does not return one; remove it",
        ),
        (
            words(&INSTANCES, &["--all", "--dry-run"]),
            "--dry-run shows one request and --all sends several; use only one of them",
        ),
    ] {
        let ended = Cli::of(&sim).run(&flags);
        assert_eq!((ended.code, ended.stderr), (Some(2), format!("error: {text}\n")));
    }
    assert!(sim.requests().is_empty());
}

#[test]
fn a_list_limited_by_the_environment_says_so() {
    let sim = Sim::start().expect("a simulator");
    let everywhere = Cli::of(&sim).unset("COMPSHARE_REGION").run(&words(&INSTANCES, &["--json"]));
    assert_eq!((everywhere.code, &*everywhere.stderr), (Some(0), ""));
    let cli = Cli::of(&sim);
    let note = "note: the list is limited to Region cn-wlcb (COMPSHARE_REGION); unset this \
                variable to list all\n";
    for flags in [&[][..], &["--json"]] {
        let ended = cli.run(&words(&INSTANCES, flags));
        assert_eq!((ended.code, &*ended.stderr), (Some(0), note));
    }
    let here = cli.run(&words(&INSTANCES, &["--json"])).json();
    assert!(ids(&here).len() < ids(&everywhere.json()).len());
    let ended = Cli::of(&sim).set("COMPSHARE_ZONE", "cn-wlcb-01").run(&INSTANCES);
    let note = "note: the list is limited to Region cn-wlcb (COMPSHARE_REGION) and Zone \
                cn-wlcb-01 (COMPSHARE_ZONE); unset these variables to list all\n";
    assert_eq!((ended.code, &*ended.stderr), (Some(0), note));
}

/// Maps and lists of texts, and lists in one region at a time.
#[test]
fn every_list_limited_by_the_environment_says_so() {
    let sim = Sim::start().expect("a simulator");
    let zone = "note: the list is limited to Zone cn-wlcb-01 (COMPSHARE_ZONE); unset this \
                variable to list all\n";
    let region = "note: the list is limited to Region cn-wlcb (COMPSHARE_REGION); use --region \
                  to change it\n";
    let cli = Cli::of(&sim).set("COMPSHARE_ZONE", "cn-wlcb-01");
    let ended = cli.run(&["DescribeCompShareGpuInventory"]);
    assert_eq!((ended.code, ended.stderr), (Some(0), format!("{zone}{region}")));
    let ended = Cli::of(&sim).run(&["DescribeCompShareCustomImages", "--Limit", "5"]);
    assert_eq!((ended.code, &*ended.stderr), (Some(0), region));
    let ended = Cli::of(&sim).run(&["DescribeCompShareImageTags"]);
    assert!(ended.stderr.contains("Region cn-wlcb (COMPSHARE_REGION)"), "{}", ended.stderr);
    let ended = Cli::bare().run(&["DescribeCompShareCustomImages", "--sim"]);
    assert!(!ended.stderr.contains("note: "), "{}", ended.stderr);
}

/// Whatever name it comes under, and however it is written.
#[test]
fn a_total_is_read_under_each_of_its_names() {
    for (name, total) in
        [("Total", json!(45)), ("TotalCount", json!(45.0)), ("TotalCount", json!("45"))]
    {
        let cli = move || {
            let total = total.clone();
            responding_with(move |request| {
                let number =
                    |name| sent(request, name).map_or(0, |text| text.parse().expect("a number"));
                let rows =
                    number("Offset")..45.min(number("Offset") + number("Limit").clamp(1, 20));
                let rows: Value =
                    rows.map(|row| json!({ "Content": format!("log {row}") })).collect();
                json!({ "RetCode": 0, name: total, "Logs": rows })
            })
        };
        let log =
            ["ListCompShareTeamOperateLog", "--TeamId", "7", "--Limit", "20", "--region=cn-wlcb"];
        let ended = cli().run(&log);
        assert_eq!(ended.stderr, "20 of 45 rows; use --all to list every row\n", "{name}");
        let ended = cli().run(&words(&log, &["--all", "--json"]));
        assert_eq!(ended.json()["Logs"].as_array().map(Vec::len), Some(45), "{}", ended.stderr);
        // An empty page is not asked for, which this total says is needless.
        let cut = responding_with(|request| {
            let is_first = sent(request, "Offset") == Some("0");
            let rows: Value = (0..20).map(|row| json!({ "Content": row.to_string() })).collect();
            let rows = if is_first { rows } else { json!([]) };
            json!({ "RetCode": 0, "TotalCount": 45.0, "Logs": rows })
        });
        let ended = cut.run(&words(&log, &["--all"]));
        assert_ne!(ended.code, Some(0), "{}", ended.stderr);
        assert!(ended.stderr.contains("20 of 45 rows were returned"), "{}", ended.stderr);
    }
}

#[test]
fn rows_that_are_not_a_list_are_an_error() {
    for later in [false, true] {
        let cli = responding_with(move |request| {
            let is_list = later && sent(request, "Offset") == Some("0");
            let row = json!({ "ULHostId": "ulhost-a" });
            let rows = if is_list { json!([row]) } else { json!({ "0": row }) };
            json!({ "RetCode": 0, "ULHostInstanceSets": rows })
        });
        let ended = cli.run(&["DescribeULHostInstance", "--all", "--Limit", "1"]);
        assert_eq!(ended.code, Some(3), "{}", ended.stderr);
        let text =
            "error: DescribeULHostInstance: ULHostInstanceSets cannot be read: expected a list";
        assert!(ended.stderr.contains(text), "{}", ended.stderr);
        assert_eq!(ended.stdout.contains("ulhost-a"), later, "{}", ended.stdout);
    }
}

#[test]
fn all_refuses_what_one_page_refuses() {
    let sim = Sim::start().expect("a simulator");
    let twice = ["--Tag", "Default", "--param", "Tag=training"];
    for all in [&[][..], &["--all"]] {
        let ended = Cli::of(&sim).run(&words(&words(&INSTANCES, &twice), all));
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        assert!(ended.stderr.contains("Tag is given twice"), "{}", ended.stderr);
    }
    assert!(sim.requests().is_empty());
}

#[test]
fn an_empty_list_of_several_parts_is_shown() {
    let cli = responding_with(|_| json!({ "RetCode": 0, "TotalCount": 0, "ImageSet": [] }));
    let ended = cli.run(&["DescribeCompShareImages", "--all", "--Name", "zzzzz", "--json"]);
    assert_eq!((ended.code, &ended.json()["ImageSet"]), (Some(0), &json!([])), "{}", ended.stdout);
}

#[test]
fn a_list_that_the_caller_narrows_says_nothing() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    for flags in [
        ["DescribeCompShareInstance", "--region", "cn-wlcb"],
        ["DescribeCompShareInstance", "--Region", "cn-wlcb"],
        ["DescribeCompShareInstance", "--param", "Region=cn-wlcb"],
        ["DescribeCompShareCustomImages", "--region", "cn-wlcb"],
    ] {
        let ended = cli.run(&flags);
        assert_eq!((ended.code, &*ended.stderr), (Some(0), ""), "{flags:?}");
    }
}

#[test]
fn the_simulator_of_one_command_lists_all_regions() {
    let ended = Cli::bare().run(&words(&INSTANCES, &["--sim", "--json", "--all"]));
    let document = ended.json();
    let rows = document["UHostSet"].as_array().expect("a list");
    let in_region = |region: &str| rows.iter().any(|row| row["Region"] == region);
    assert!(in_region("cn-wlcb") && in_region("cn-sh2"), "{}", ended.stdout);
    assert!(!ended.stderr.contains("note: "), "{}", ended.stderr);
}

/// A name that was cut inside an emoji, as an escape, and one that was cut inside a character.
#[test]
fn a_list_with_a_broken_name_is_shown_with_a_warning() {
    for name in [&br"\ud83d"[..], b"\xe6\xb7"] {
        let body = [
            &br#"{"RetCode":0,"TotalCount":2,"UHostSet":[{"UHostId":"uhost-aa","Name":"cut "#[..],
            name,
            br#""},{"UHostId":"uhost-bb","Name":"b"}]}"#,
        ];
        let cli = responding("Content-Type: application/json", body.concat());
        for all in [&[][..], &["--all"]] {
            let ended = cli.run(&words(&["DescribeCompShareInstance", "--region", "cn-wlcb"], all));
            assert_eq!(ended.code, Some(0), "{}", ended.stderr);
            for id in ["uhost-aa", "uhost-bb"] {
                assert!(ended.stdout.contains(id), "{}", ended.stdout);
            }
            let warning = "warning: UHostSet[0].Name was repaired: ";
            assert!(ended.stderr.contains(warning), "{}", ended.stderr);
        }
    }
}
