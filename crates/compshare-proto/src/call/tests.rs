//! `Call` on paper: a hand-held clock, a fixed seed, one test per way that a call can go.

use super::*;
use crate::{api::raw::Raw, config::Credentials};

struct Hand {
    call: Call<Raw>,
    now: Instant,
}

impl Hand {
    fn new(action: &str) -> Self {
        Self::with(action, |config| config)
    }

    fn with(action: &str, change: impl FnOnce(Config) -> Config) -> Self {
        let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
        let system_time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let action = Raw::new(action).param("CompShareImageId", "compshareImage-xxxx");
        Self { call: Call::new(change(config), action, system_time, 7), now: Instant::now() }
    }

    fn step(&mut self, input: Input) -> Output<<Call<Raw> as Machine>::End> {
        self.call.step(self.now, input)
    }

    fn sent(&mut self, input: Input) -> (http::Request<Bytes>, Duration) {
        match self.step(input) {
            Output::Transmit { request, timeout } => (request, timeout),
            other => panic!("{other:?}"),
        }
    }

    fn slept(&mut self, input: Input) -> Duration {
        match self.step(input) {
            Output::Sleep(delay) => delay,
            other => panic!("{other:?}"),
        }
    }

    fn error(&mut self, input: Input) -> Error {
        match self.step(input) {
            Output::End(Err(error)) => error,
            other => panic!("{other:?}"),
        }
    }
}

fn lost() -> Input {
    Input::Failed(Failure::maybe_sent("connection reset"))
}

fn response(status: u16, body: &'static str) -> Input {
    let response = http::Response::builder().status(status).body(Bytes::from(body));
    Input::Response(response.unwrap())
}

#[test]
fn a_read_is_repeated_and_signed_afresh() {
    let mut hand = Hand::new("DescribeCompShareImages");
    let (first, _) = hand.sent(Input::Start);
    assert_eq!(first.headers()["u-timestamp-ms"], "1700000000000");
    let delay = hand.slept(lost());
    assert!(delay <= Duration::from_millis(200), "{delay:?}");
    hand.now += Duration::from_secs(3);
    let (second, _) = hand.sent(Input::Woke);
    assert_eq!(second.headers()["u-timestamp-ms"], "1700000003000");
    assert_eq!(second.body(), first.body());
    match hand.step(response(200, r#"{"RetCode":0,"TotalCount":3}"#)) {
        Output::End(Ok(response)) => assert_eq!(response["TotalCount"], 3),
        other => panic!("{other:?}"),
    }
}

#[test]
fn once_is_never_repeated_after_it_may_have_been_sent() {
    for input in [lost(), response(503, ""), response(200, ""), response(200, "{\"RetCode\":")] {
        let mut hand = Hand::new("PublishCompShareImage");
        hand.call.action = hand.call.action.clone().param("VersionName", "v1.0");
        hand.sent(Input::Start);
        let error = hand.error(input);
        assert_eq!(error.attempts(), 1);
        let text = error.to_string();
        assert!(text.contains("not retried: the server may have acted on it"), "{text}");
    }
}

/// The first call may have moved it into the recycle bin, which a second one would empty.
#[test]
fn a_lost_terminate_is_not_repeated() {
    for (action, id) in
        [("TerminateCompShareInstance", "UHostId"), ("TerminateULHostInstance", "ULHostId")]
    {
        let mut hand = Hand::new(action);
        hand.call.action = Raw::new(action).param(id, "x-1").param("Zone", "cn-wlcb-01");
        hand.sent(Input::Start);
        assert_eq!(hand.error(lost()).attempts(), 1, "{action}");
    }
}

#[test]
fn once_is_repeated_where_nothing_was_sent() {
    let mut hand = Hand::new("SomethingNew");
    hand.sent(Input::Start);
    hand.slept(Input::Failed(Failure::not_sent("connection refused")));
    hand.sent(Input::Woke);
    hand.slept(response(429, ""));
    hand.sent(Input::Woke);
    let error = hand.error(lost());
    assert_eq!(error.attempts(), 3);
    assert_eq!(error.delivery(), Delivery::MaybeSent);
}

/// A throttled call is sent again, but not one that is said to have succeeded.
#[test]
fn once_is_not_repeated_after_a_success_whatever_its_status() {
    for status in [302, 400, 425, 429, 503] {
        let mut hand = Hand::new("SomethingNew");
        hand.sent(Input::Start);
        let error = hand.error(response(status, r#"{"RetCode":0}"#));
        assert!(error.may_have_acted(), "{error}");
        let mut hand = Hand::new("SomethingNew");
        hand.call.effect = Some(Effect::Read);
        hand.sent(Input::Start);
        let again = hand.step(response(status, r#"{"RetCode":0}"#));
        assert_eq!(matches!(again, Output::Sleep(_)), status > 400, "{again:?}");
    }
}

#[test]
fn attempts_run_out_and_what_may_have_been_sent_stays_so() {
    let mut hand = Hand::new("DescribeCompShareImages");
    hand.sent(Input::Start);
    hand.slept(lost());
    for _ in 0..2 {
        hand.sent(Input::Woke);
        hand.slept(Input::Failed(Failure::not_sent("connection refused")));
    }
    hand.sent(Input::Woke);
    let error = hand.error(Input::Failed(Failure::not_sent("connection refused")));
    assert_eq!(error.delivery(), Delivery::MaybeSent);
    assert_eq!(error.to_string(), "DescribeCompShareImages got no response after 4 attempts");
}

#[test]
fn the_deadline_trims_timeouts_and_ends_the_call() {
    let mut hand = Hand::with("DescribeCompShareImages", |config| {
        config.call_timeout(Duration::from_secs(30))
    });
    let (_, timeout) = hand.sent(Input::Start);
    assert_eq!(timeout, Duration::from_secs(20));
    hand.now += Duration::from_secs(20);
    hand.slept(Input::Failed(Failure::maybe_sent("timed out").timed_out()));
    let (_, timeout) = hand.sent(Input::Woke);
    assert_eq!(timeout, Duration::from_secs(10));
    hand.now += Duration::from_secs(10);
    let error = hand.error(Input::Failed(Failure::maybe_sent("timed out").timed_out()));
    assert_eq!(
        error.to_string(),
        "DescribeCompShareImages timed out after 2 attempts; no time was left for another"
    );
}

#[test]
fn a_driver_that_slept_too_long_gets_the_last_error() {
    let mut hand = Hand::new("DescribeCompShareImages");
    hand.sent(Input::Start);
    hand.slept(lost());
    hand.now += Duration::from_secs(61);
    let error = hand.error(Input::Woke);
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.delivery(), Delivery::MaybeSent);
}

fn busy(retry_after: &str) -> Input {
    let response = http::Response::builder().status(503).header("Retry-After", retry_after);
    Input::Response(response.body(Bytes::new()).unwrap())
}

#[test]
fn retry_after_is_waited_for() {
    let mut hand = Hand::new("DescribeCompShareImages");
    hand.sent(Input::Start);
    let delay = hand.slept(busy("5"));
    assert!(delay >= Duration::from_secs(5), "{delay:?}");
}

#[test]
fn retry_after_may_be_a_moment_by_the_given_clock() {
    let mut hand = Hand::new("DescribeCompShareImages");
    hand.sent(Input::Start);
    hand.now += Duration::from_secs(2);
    // The call began at 22:13:20.
    let delay = hand.slept(busy("Tue, 14 Nov 2023 22:13:30 GMT"));
    assert!((8000..8201).contains(&delay.as_millis()), "{delay:?}");
}

#[test]
fn a_retry_after_beyond_the_time_of_the_call_ends_it_at_once() {
    for retry_after in ["86400", "99999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let mut hand = Hand::new("DescribeCompShareImages");
        hand.sent(Input::Start);
        match hand.error(busy(retry_after)) {
            Error::Api(error) => assert_eq!(error.stop(), Stop::Deadline),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_request_that_cannot_be_built_is_not_sent() {
    let mut hand = Hand::new("DescribeCompShareImages");
    hand.call.action = Raw::new("DescribeCompShareImages").param("Limit", f64::NAN);
    let error = hand.error(Input::Start);
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert!(error.to_string().contains("Limit is NaN or infinite"), "{error}");
}

#[test]
fn a_refusal_is_final() {
    let mut hand = Hand::new("DescribeCompShareImages");
    hand.sent(Input::Start);
    let error =
        hand.error(response(200, r#"{"RetCode":171,"Message":"Signature VerifyAC Error"}"#));
    assert_eq!(error.ret_code().map(crate::api::ret_code::RetCode::number), Some(171));
    assert_eq!(error.attempts(), 1);
}

#[test]
fn a_stray_input_after_the_end_sends_nothing() {
    let mut hand = Hand::new("SomethingNew");
    hand.sent(Input::Start);
    assert_eq!(hand.error(lost()).delivery(), Delivery::MaybeSent);
    for input in [Input::Woke, lost(), response(429, "")] {
        let error = hand.error(input);
        assert!(error.to_string().contains("could not reach the server"), "{error}");
    }
    hand.sent(Input::Start);
}

#[test]
fn an_earlier_attempt_that_may_have_been_carried_out_is_told_of() {
    let mut hand = Hand::new("TerminateCompShareCustomImage");
    hand.call.action = hand.call.action.clone().param("Zone", "cn-wlcb-01");
    hand.sent(Input::Start);
    hand.slept(lost());
    hand.sent(Input::Woke);
    let error = hand.error(response(200, r#"{"RetCode":230,"Message":"no such image"}"#));
    assert!(error.may_have_acted());
    assert!(
        error.to_string().ends_with("; an earlier attempt may have been carried out"),
        "{error}"
    );
}
