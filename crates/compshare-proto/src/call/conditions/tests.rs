//! Conditions on paper: one response a poll, the last for ever.

use std::time::{Instant, SystemTime};

use bytes::Bytes;

use super::*;
use crate::{
    api::types::InstanceState,
    call::{
        machine::{Input, Machine, Output},
        poll::{Condition, Wait},
    },
    config::{Config, Credentials},
    error::WaitError,
};

/// Waits for a condition; gives the end, and what was sent for each poll.
fn sent<G: Condition>(
    condition: G,
    responses: &[&'static str],
) -> (Result<G::Done, WaitError>, Vec<String>) {
    let config = Config::new(Credentials::new("public", "private"));
    let config = config.region("cn-wlcb").zone("cn-wlcb-01");
    let mut wait = Wait::new(config, condition, SystemTime::UNIX_EPOCH, 1);
    let (mut now, mut sent) = (Instant::now(), Vec::new());
    let mut output = wait.step(now, Input::Start);
    loop {
        output = match output {
            Output::Transmit { request, .. } => {
                let body = responses[sent.len().min(responses.len() - 1)];
                sent.push(String::from_utf8_lossy(request.body()).into_owned());
                let response = http::Response::new(Bytes::from_static(body.as_bytes()));
                wait.step(now, Input::Response(response))
            }
            Output::Sleep(delay) => {
                now += delay;
                wait.step(now, Input::Woke)
            }
            Output::End(end) => return (end, sent),
        };
    }
}

/// Waits for a condition; gives the end, and the number of polls.
fn wait<G: Condition>(
    condition: G,
    responses: &[&'static str],
) -> (Result<G::Done, WaitError>, usize) {
    let (end, sent) = sent(condition, responses);
    (end, sent.len())
}

const NONE: &str = r#"{"RetCode":0,"TotalCount":0,"UHostSet":null}"#;
const STARTING: &str = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-a","State":"Starting"}]}"#;
const UNKNOWN: &str = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-a","State":""}]}"#;
const RUNNING: &str = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-a","State":"Running"}]}"#;
const FAILED: &str = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-a","State":"Install Fail"}]}"#;
const COUNTED: &str = r#"{"RetCode":0,"UHostSet":null,"TotalCount":1}"#;
const DELETED: &str = r#"{"RetCode":8039,"Message":"deleted"}"#;

/// Refusals that say "not found" of something else than the instance.
const OTHERS: [&str; 5] = [
    r#"{"RetCode":161,"Message":"Action not found"}"#,
    r#"{"RetCode":292,"Message":"no such project"}"#,
    r#"{"RetCode":17041,"Message":"no such disk"}"#,
    r#"{"RetCode":4210,"Message":"no such resource"}"#,
    r#"{"RetCode":8956,"Message":"no such image"}"#,
];

fn running() -> InstanceReaches {
    InstanceReaches::new("uhost-a", InstanceState::Running)
}

/// An instance in another place than the client's defaults.
fn away() -> CompShareInstanceSet {
    CompShareInstanceSet {
        uhost_id: "uhost-a".to_owned(),
        region: "cn-sh2".to_owned(),
        zone: "cn-sh2-02".to_owned(),
        ..CompShareInstanceSet::default()
    }
}

#[test]
fn an_instance_runs_in_the_end_though_it_is_not_listed_at_once() {
    for early in [NONE, DELETED] {
        let (end, polls) = wait(running(), &[early, STARTING, UNKNOWN, RUNNING]);
        assert_eq!(end.unwrap().uhost_id, "uhost-a");
        assert_eq!(polls, 4);
    }
}

#[test]
fn an_instance_that_fails_or_vanishes_is_failed() {
    let (end, polls) = wait(running(), &[STARTING, FAILED]);
    let error = end.unwrap_err();
    assert!(error.is_failed());
    assert_eq!((error.state(), polls), ("the state of uhost-a is Install Fail", 2));
    let (end, polls) = wait(running(), &[STARTING, NONE]);
    assert_eq!((end.unwrap_err().state(), polls), ("there is no instance uhost-a any more", 3));
    let (end, polls) = wait(running(), &[NONE]);
    let error = end.unwrap_err();
    assert!(error.is_failed() && error.state().contains("region"), "{error}");
    assert_eq!(polls, 5);
}

#[test]
fn an_instance_that_is_missing_from_one_poll_may_still_run() {
    assert!(wait(running(), &[STARTING, NONE, RUNNING]).0.is_ok());
    assert!(wait(running(), &[STARTING, COUNTED, COUNTED, COUNTED, RUNNING]).0.is_ok());
}

#[test]
fn an_instance_that_never_changes_ends_at_the_deadline() {
    let (end, _) = wait(running(), &[STARTING]);
    let error = end.unwrap_err();
    assert!(error.timed_out());
    assert_eq!(error.elapsed().as_secs(), 600);
}

#[test]
fn an_instance_is_gone_when_it_was_listed_and_is_not_any_more() {
    let gone = || InstanceGone::new("uhost-a");
    let (end, polls) = wait(gone(), &[RUNNING, NONE, RUNNING, NONE]);
    assert_eq!((end.is_ok(), polls), (true, 5), "one poll that does not list it is not enough");
    assert!(wait(gone(), &[RUNNING, DELETED]).0.is_ok());
    let (end, polls) = wait(InstanceGone::of(&away()), &[NONE]);
    assert_eq!((end.is_ok(), polls), (true, 2));
    assert!(wait(InstanceGone::of(&away()), &[DELETED]).0.is_ok());
}

#[test]
fn an_instance_is_not_gone_because_something_else_was_not_found() {
    for refusal in OTHERS {
        for gone in [InstanceGone::of(&away()), InstanceGone::new("uhost-a")] {
            let (end, _) = wait(gone, &[RUNNING, refusal]);
            let error = end.unwrap_err();
            assert!(error.error().is_some_and(|error| error.ret_code().is_some()), "{error}");
        }
        assert!(wait(running(), &[refusal]).0.unwrap_err().error().is_some(), "{refusal}");
    }
}

#[test]
fn an_id_that_was_never_listed_is_not_gone() {
    for response in [NONE, DELETED] {
        let (end, polls) = wait(InstanceGone::new("uhost-a"), &[response]);
        let error = end.unwrap_err();
        assert!(error.is_failed(), "{error}");
        assert!(error.state().contains("another region, zone or project"), "{error}");
        assert_eq!(polls, 5);
    }
}

#[test]
fn an_instance_is_not_gone_while_the_response_counts_what_it_does_not_list() {
    assert!(wait(InstanceGone::new("uhost-a"), &[COUNTED]).0.unwrap_err().timed_out());
    assert!(wait(InstanceGone::of(&away()), &[COUNTED]).0.unwrap_err().timed_out());
    let other = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-b","State":"Running"}]}"#;
    assert!(wait(InstanceGone::of(&away()), &[other]).0.unwrap_err().timed_out());
}

#[test]
fn a_condition_that_is_made_from_an_instance_polls_where_the_instance_is() {
    let there = |sent: &[String]| {
        sent.iter().all(|body| body.contains("Region=cn-sh2&") && body.contains("Zone=cn-sh2-02"))
    };
    assert!(there(&sent(InstanceGone::of(&away()), &[RUNNING, NONE]).1));
    let built = r#"{"RetCode":0,"Process":100}"#;
    assert!(there(&sent(ImageBuilt::new("image-a").at(&away()), &[built]).1));
    let disks = r#"{"RetCode":0,"DiskSet":[{"ResourceId":"bsm-a"}]}"#;
    let moved = sent(DiskMoved::away("bsm-a").at(&away()), &[disks]).1;
    assert!(moved[0].contains("Region=cn-sh2&"), "{moved:?}");
    // Rows without a region come from some sources.
    let bare = CompShareInstanceSet { region: String::new(), ..away() };
    assert!(there(&sent(InstanceReaches::of(&bare, InstanceState::Running), &[RUNNING]).1));
    let (_, sent) = sent(running().region("cn-bj2").zone("cn-bj2-03"), &[RUNNING]);
    assert!(sent[0].contains("Region=cn-bj2&") && sent[0].contains("Zone=cn-bj2-03"), "{sent:?}");
}

#[test]
fn an_image_is_built_at_a_hundred_percent_and_not_when_it_failed() {
    let half = r#"{"RetCode":0,"Process":"50","RemainingDuration":"30"}"#;
    let whole = r#"{"RetCode":0,"Percent":100}"#;
    assert_eq!(wait(ImageBuilt::new("image-a"), &[half, whole]).1, 2);
    let failed = r#"{"RetCode":0,"State":"Failed","Process":50}"#;
    let (end, polls) = wait(ImageBuilt::new("image-a"), &[half, failed]);
    assert_eq!((end.unwrap_err().state(), polls), ("the build's status is Failed", 2));
}

const TO: &str = r#"{"RetCode":0,"DiskSet":[{"ResourceId":"bsm-a","MountInstance":"uhost-a"}]}"#;

#[test]
fn a_disk_moves_to_an_instance_and_away() {
    let away = r#"{"RetCode":0,"DiskSet":[{"ResourceId":"bsm-a","MountInstance":""}]}"#;
    let leaving = r#"{"RetCode":0,"DiskSet":[{"ResourceId":"bsm-a","Status":"Detaching"}]}"#;
    let (end, polls) = wait(DiskMoved::to("bsm-a", "uhost-a"), &[away, TO]);
    assert_eq!((end.unwrap().resource_id.as_str(), polls), ("bsm-a", 2));
    assert_eq!(wait(DiskMoved::away("bsm-a"), &[TO, leaving, away]).1, 3);
}

#[test]
fn a_disk_that_is_not_listed_ends_the_wait_unless_the_list_is_cut() {
    let none = r#"{"RetCode":0,"DiskSet":[]}"#;
    let cut = r#"{"RetCode":0,"DiskSet":[{"ResourceId":"bsm-b"}],"TotalCount":2}"#;
    let (end, polls) = wait(DiskMoved::away("bsm-b"), &[TO]);
    let error = end.unwrap_err();
    assert!(error.is_failed() && error.state().contains("another region"), "{error}");
    assert_eq!(polls, 5);
    let (end, polls) = wait(DiskMoved::away("bsm-a"), &[TO, none]);
    assert_eq!((end.unwrap_err().state(), polls), ("there is no disk bsm-a any more", 3));
    assert!(wait(DiskMoved::away("bsm-a"), &[TO, cut]).0.unwrap_err().timed_out());
}

#[test]
fn a_response_that_says_nothing_does_not_prove_an_instance_gone() {
    const SILENT: &str = r#"{"RetCode":0}"#;
    const NULL_ROW: &str = r#"{"RetCode":0,"UHostSet":[null]}"#;
    for silent in [SILENT, NULL_ROW] {
        let error = wait(InstanceGone::of(&placed("cn-wlcb-01")), &[silent]).0.unwrap_err();
        assert!(error.timed_out(), "{silent}: {error}");
    }
    // What proves nothing in between begins the count again.
    let polls = [NONE, SILENT, NONE, SILENT, NONE, NONE];
    assert_eq!(wait(InstanceGone::of(&placed("cn-wlcb-01")), &polls).1, 6);
}

/// An instance whose place is unknown, or is overridden, must be listed before it can be gone.
#[test]
fn an_instance_polled_for_elsewhere_is_not_gone() {
    let elsewhere = [
        InstanceGone::of(&placed("")),
        InstanceGone::of(&placed("cn-wlcb-01")).region("cn-sh2"),
        InstanceGone::of(&placed("cn-wlcb-01")).zone("cn-sh2-02"),
    ];
    for gone in elsewhere {
        let error = wait(gone, &[NONE]).0.unwrap_err();
        assert!(error.to_string().contains("was never listed"), "{error}");
    }
    let gone = InstanceGone::of(&placed("cn-wlcb-01")).project_id("org-b");
    let (end, sent) = sent(gone, &[NONE]);
    assert!(end.is_ok() && sent[0].contains("ProjectId=org-b"), "{}", sent[0]);
}

fn placed(zone: &str) -> CompShareInstanceSet {
    CompShareInstanceSet {
        uhost_id: "uhost-a".to_owned(),
        zone: zone.to_owned(),
        ..CompShareInstanceSet::default()
    }
}
