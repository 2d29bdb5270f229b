//! `--once`: each of its endings, told by line and exit code.

use compshare_sim::{Fault, Sim};

use crate::Cli;

pub(crate) const CREATE: [&str; 20] = [
    "CreateCompShareInstance",
    "--zone",
    "cn-wlcb-01",
    "--GpuType",
    "4090",
    "--GPU=1",
    "--CPU=16",
    "--Memory",
    "64GB",
    "--CompShareImageId",
    "compshareImage-xxxx",
    "--Disks.0.IsBoot=true",
    "--Disks.0.Type",
    "CLOUD_SSD",
    "--Disks.0.Size",
    "60GB",
    "--ChargeType",
    "Postpay",
    "--Remark",
    "driver:535",
];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&CREATE, more].concat()
}

fn remarks(sim: &Sim) -> Vec<String> {
    sim.with_gateway(|gateway| {
        let remarks = gateway.instances().iter().map(|instance| instance.remark.clone());
        remarks.filter(|remark| remark.contains("once-")).collect()
    })
}

/// The marker that the first line tells.
fn marker_of(stderr: &str) -> &str {
    let line = stderr.lines().next().expect("a line");
    line.strip_prefix("sending once with marker ").expect("a marker")
}

#[test]
fn a_response_that_was_lost_is_made_up_for() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    sim.fault(Fault::ActThenClose);
    let ended = cli.run(&with(&["--once", "--json"]));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let id = ended.json()["UHostIds"][0].as_str().map(str::to_owned).expect("an id");
    let marker = marker_of(&ended.stderr);
    assert!(marker.starts_with("once-"), "{marker}");
    let lines = format!(
        "sending once with marker {marker}\n\
         created {id}, found by the marker {marker}\n"
    );
    assert_eq!(ended.stderr, lines);
    assert_eq!(remarks(&sim).len(), 1);
    assert!(remarks(&sim)[0].starts_with("driver:535 once-"), "{:?}", remarks(&sim));
}

#[test]
fn a_marker_is_used_once() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    let first = cli.run(&with(&["--once"]));
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    let marker = marker_of(&first.stderr);
    let again = cli.run(&with(&["--marker", marker]));
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    assert!(again.stderr.contains("found by the marker"), "{}", again.stderr);
    assert!(again.stdout.contains("done, although the response was lost"), "{}", again.stdout);
    assert_eq!(remarks(&sim).len(), 1);
}

#[test]
fn a_refusal_created_nothing() {
    let sim = Sim::start().expect("a simulator");
    sim.fault(Fault::ret_code(226_604, "not enough resources"));
    let ended = Cli::of(&sim).run(&with(&["--once"]));
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    let line = "\nerror: nothing was created; you can send it again\n  caused by: ";
    assert!(ended.stderr.contains(line), "{}", ended.stderr);
}

#[test]
fn an_unknown_outcome_names_the_marker() {
    let sim = Sim::start().expect("a simulator");
    sim.fault(Fault::ActThenClose);
    for _ in 0..8 {
        sim.fault(Fault::ret_code(299, "No permission"));
    }
    let cli = Cli::of(&sim);
    let ended = cli.run(&with(&["--once", "--json", "--timeout", "2"]));
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    assert_eq!(ended.json()["error"]["kind"], "unknown");
    let text = "\n\
                error: CreateCompShareInstance may have created something: search Remark for once-";
    assert!(ended.stderr.contains(text), "{}", ended.stderr);
    assert!(ended.stderr.contains("hint: use --marker once-"), "{}", ended.stderr);
    assert_eq!(remarks(&sim).len(), 1);
}

#[test]
fn other_actions_and_other_markers_are_refused() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    for (words, why) in [
        (vec!["DescribeCompShareInstance", "--once"], "--once and --marker apply only to Create"),
        (with(&["--marker", "a b"]), "--marker: the marker is not 1 to 64"),
        (with(&["--once", "--param", "Remark=x"]), "Remark"),
    ] {
        let ended = cli.run(&words);
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        assert!(ended.stderr.contains(why), "{}", ended.stderr);
    }
    assert!(sim.requests().is_empty());
}

#[test]
fn by_name_it_is_created_once_as_well() {
    let sim = Sim::start().expect("a simulator");
    sim.fault(Fault::ActThenClose);
    sim.fault(Fault::ActThenClose);
    let mut words = vec!["call", CREATE[0], "--effect", "once", "--once", "--zone", "cn-wlcb-01"];
    for parameter in [
        "GpuType=4090",
        "GPU=1",
        "CPU=16",
        "Memory=65536",
        "CompShareImageId=compshareImage-xxxx",
        "Disks.0.IsBoot=true",
        "Disks.0.Type=CLOUD_SSD",
        "Disks.0.Size=60",
        "ChargeType=Postpay",
    ] {
        words.extend(["--param", parameter]);
    }
    let ended = Cli::of(&sim).run(&words);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("found by the marker"), "{}", ended.stderr);
    assert_eq!(remarks(&sim).len(), 1);
}

#[test]
fn an_image_is_found_by_its_name() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    let words = ["CreateCompShareCustomImage", "--zone", "cn-wlcb-01", "--UHostId", "uhost-xxxx"];
    let words = [&words[..], &["--Name", "我的镜像"]].concat();
    let first = cli.run(&[&words[..], &["--once", "--json"]].concat());
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert!(first.stderr.starts_with("sending once with marker 我的镜像\n"), "{}", first.stderr);
    let taken = cli.run(&[&words[..], &["--once"]].concat());
    assert_eq!(taken.code, Some(2), "{}", taken.stderr);
    assert!(taken.stderr.contains("Name is the name of "), "{}", taken.stderr);
    let again = cli.run(&[&words[..], &["--marker", "我的镜像", "--json"]].concat());
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    assert_eq!(again.json()["CompShareImageId"], first.json()["CompShareImageId"]);
    let other = cli.run(&[&words[..], &["--marker", "mine"]].concat());
    assert_eq!(other.code, Some(2), "{}", other.stderr);
}
