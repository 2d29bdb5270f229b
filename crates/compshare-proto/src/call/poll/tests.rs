//! `Wait` on paper: a hand-held clock, answers by the row.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use bytes::Bytes;
use serde_json::Value;

use super::*;
use crate::{api::raw::Raw, config::Credentials, error::Failure};

struct Running;

impl Condition for Running {
    type Action = Raw;
    type Done = &'static str;

    fn action(&self) -> Raw {
        Raw::new("DescribeCompShareImages")
    }

    fn judge(&mut self, response: &Response<Value>) -> PollState<&'static str> {
        match response["State"].as_str().unwrap_or_default() {
            "Running" => PollState::Ready("it runs"),
            "Install Fail" => PollState::Failed("the state is Install Fail".to_owned()),
            state => PollState::Pending(format!("the state is {state}")),
        }
    }

    fn judge_refusal(&mut self, refusal: &ApiError) -> Option<PollState<&'static str>> {
        (refusal.message() == "gone").then(|| PollState::Failed("it is gone".to_owned()))
    }
}

/// Drives a wait with one response per poll, the last of them for ever; gives the end, the time of
/// each poll, and the time of the end.
fn drive(
    policy: PollPolicy,
    responses: &[&'static str],
) -> (Result<&'static str, WaitError>, Vec<Duration>, Duration) {
    let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
    let config = config
        .retry(crate::retry::RetryPolicy { attempts: 1, ..crate::retry::RetryPolicy::default() });
    let mut wait = Wait::new(config, Running, SystemTime::UNIX_EPOCH, 3).poll_policy(policy);
    let start = Instant::now();
    let (mut now, mut polls) = (start, Vec::new());
    let mut output = wait.step(now, Input::Start);
    loop {
        output = match output {
            Output::Transmit { timeout, .. } => {
                assert!(timeout <= Duration::from_secs(20));
                let response = responses[polls.len().min(responses.len() - 1)];
                polls.push(now - start);
                now += Duration::from_millis(10);
                let input = match response {
                    "lost" => Input::Failed(Failure::maybe_sent("reset")),
                    "busy" => {
                        let response = http::Response::builder().status(503);
                        Input::Response(response.body(Bytes::new()).unwrap())
                    }
                    body => {
                        Input::Response(http::Response::new(Bytes::from_static(body.as_bytes())))
                    }
                };
                wait.step(now, input)
            }
            Output::Sleep(delay) => {
                now += delay;
                wait.step(now, Input::Woke)
            }
            Output::End(end) => return (end, polls, now - start),
        };
        assert!(polls.len() < 1000, "it does not end");
    }
}

const STARTING: &str = r#"{"RetCode":0,"State":"Starting"}"#;
const RUNNING: &str = r#"{"RetCode":0,"State":"Running"}"#;
const FAILED: &str = r#"{"RetCode":0,"State":"Install Fail"}"#;

#[test]
fn it_ends_when_the_condition_holds_and_polls_at_growing_intervals() {
    let (end, polls, _) = drive(PollPolicy::default(), &[STARTING, STARTING, STARTING, RUNNING]);
    assert_eq!(end.unwrap(), "it runs");
    let gaps: Vec<_> = polls.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(gaps.len(), 3);
    for (gap, interval) in gaps.iter().zip([1000, 1500, 2250]) {
        let (least, most) = (interval * 4 / 5, interval + 10);
        assert!((least..=most).contains(&gap.as_millis()), "{gap:?} of {interval} ms");
    }
}

#[test]
fn a_failed_condition_ends_the_wait_at_once() {
    let (end, polls, elapsed) = drive(PollPolicy::default(), &[FAILED]);
    let error = end.unwrap_err();
    assert!(error.is_failed());
    assert_eq!(polls.len(), 1);
    assert!(elapsed < Duration::from_secs(1));
    assert_eq!(
        error.to_string(),
        "stopped waiting after 0 s (poll 1, DescribeCompShareImages): the state is Install Fail"
    );
}

#[test]
fn a_condition_that_never_holds_ends_at_the_deadline() {
    let (end, polls, elapsed) = drive(PollPolicy::until(Duration::from_secs(60)), &[STARTING]);
    let error = end.unwrap_err();
    assert!(error.timed_out());
    assert_eq!(error.state(), "the state is Starting");
    assert!(elapsed >= Duration::from_secs(60) && elapsed < Duration::from_secs(61), "{elapsed:?}");
    assert!(polls.len() > 5 && polls.len() < 20, "{}", polls.len());
    assert!(error.to_string().starts_with("timed out after 60 s (11 polls"), "{error}");
}

#[test]
fn a_poll_that_fails_temporarily_does_not_end_the_wait_and_a_refused_one_does() {
    let (end, ..) = drive(PollPolicy::default(), &["lost", "busy", RUNNING]);
    assert_eq!(end.unwrap(), "it runs");
    let refused = r#"{"RetCode":171,"Message":"Signature VerifyAC Error"}"#;
    let (end, polls, _) = drive(PollPolicy::default(), &[STARTING, refused]);
    let error = end.unwrap_err();
    assert_eq!(polls.len(), 2);
    assert_eq!(error.error().unwrap().ret_code().unwrap().number(), 171);
    let text = error.to_string();
    assert!(text.starts_with("poll 2 failed after 0 s: DescribeCompShareImages refused"));
}

#[test]
fn a_response_that_cannot_be_read_does_not_end_it() {
    for unreadable in ["<html>", "", r#"{"RetCode":0,"State":"Run"#, r#"{"RetCode":NaN}"#, "{}"] {
        let (end, polls, _) = drive(PollPolicy::default(), &[STARTING, unreadable, RUNNING]);
        assert_eq!((end.unwrap(), polls.len()), ("it runs", 3), "{unreadable}");
        let policy = PollPolicy::until(Duration::from_secs(60));
        let error = drive(policy, &[STARTING, unreadable]).0.unwrap_err();
        assert!(error.timed_out(), "{error}");
        assert!(error.state().starts_with("DescribeCompShareImages: the response "), "{error}");
    }
    // An odd value beside the state costs nothing at all.
    let odd = r#"{"RetCode":0,"State":"Running","CPU":NaN,"Name":"\ud83d"}"#;
    assert_eq!(drive(PollPolicy::default(), &[odd]).0.unwrap(), "it runs");
}

#[test]
fn a_condition_may_judge_a_refusal() {
    let (end, ..) = drive(PollPolicy::default(), &[r#"{"RetCode":230,"Message":"gone"}"#]);
    let error = end.unwrap_err();
    assert!(error.is_failed());
    assert_eq!(error.state(), "it is gone");
}

#[test]
fn the_watcher_gets_the_state_after_each_pending_poll() {
    let told = Arc::new(AtomicU32::new(0));
    let count = told.clone();
    let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
    let wait = Wait::new(config, Running, SystemTime::UNIX_EPOCH, 3);
    let mut wait = wait.on_progress(move |progress| {
        assert_eq!(progress.state, "the state is Starting");
        count.store(progress.polls, Ordering::SeqCst);
    });
    let now = Instant::now();
    wait.step(now, Input::Start);
    let response = http::Response::new(Bytes::from_static(STARTING.as_bytes()));
    assert!(matches!(wait.step(now, Input::Response(response)), Output::Sleep(_)));
    assert_eq!(told.load(Ordering::SeqCst), 1);
}
