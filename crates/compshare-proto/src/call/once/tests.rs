//! `SendOnce` on paper: a hand-held clock and one test for each way that a call can go.

mod again;
mod in_flight;
mod names;
mod proofs;
mod raw;

use bytes::Bytes;
use serde_json::json;

use super::*;
use crate::{
    api::{
        actions::{CreateCompShareInstance, CreateCompShareInstanceRequired},
        ret_code::RetCode,
        types::{ChargeType, DiskType, InstanceDisk},
    },
    config::Credentials,
    error::OutcomeUnknown,
    retry::RetryPolicy,
    value::units::{Gb, Mb},
};
use raw::Shown;

struct Hand {
    machine: SendOnce<CreateCompShareInstance>,
    now: Instant,
    start: Instant,
    /// Times of the creations and of the probes that were sent.
    created: Vec<Duration>,
    probed: Vec<Duration>,
    bodies: Vec<String>,
}

/// What comes of a request.
enum Exchange {
    Status(u16, String),
    Lost,
    NotSent,
    /// No response within the timeout.
    Silence,
}

fn create() -> CreateCompShareInstance {
    CreateCompShareInstance::new(CreateCompShareInstanceRequired {
        gpu_type: "4090".to_owned(),
        gpu: 1,
        cpu: 16,
        memory: Mb(65_536),
        compshare_image_id: "compshareImage-xxxx".to_owned(),
        disks: vec![InstanceDisk::new(true, DiskType::CloudSsd, Gb(100))],
        charge_type: ChargeType::Postpay,
    })
}

fn ok(body: &serde_json::Value) -> Exchange {
    Exchange::Status(200, body.to_string())
}

fn response(ids: &[&str]) -> Exchange {
    ok(&json!({ "RetCode": 0, "UHostIds": ids }))
}

fn code(code: i64) -> Exchange {
    ok(&json!({ "RetCode": code, "Message": "no" }))
}

fn none() -> Exchange {
    ok(&json!({ "RetCode": 0, "TotalCount": 0, "UHostSet": [] }))
}

fn rows(rows: &[(&str, &str)]) -> Exchange {
    let rows: Vec<_> =
        rows.iter().map(|(id, remark)| json!({ "UHostId": id, "Remark": remark })).collect();
    ok(&json!({ "RetCode": 0, "TotalCount": rows.len(), "UHostSet": rows }))
}

impl Hand {
    fn new(action: CreateCompShareInstance) -> Self {
        Self::with(action, |config| config)
    }

    fn with(action: CreateCompShareInstance, change: impl FnOnce(Config) -> Config) -> Self {
        let config = Config::new(Credentials::new("public", "private"));
        let config = change(config.region("cn-wlcb").zone("cn-wlcb-01"));
        let (system_time, now) = (SystemTime::UNIX_EPOCH, now());
        // What is lost has ended at once: `in_flight` tests what has not.
        let policy = PollPolicy { in_flight: Duration::ZERO, ..PollPolicy::once() };
        let machine =
            SendOnce::new(config, action, system_time, 7).marked(marker()).poll_policy(policy);
        Self { machine, now, start: now, created: vec![], probed: vec![], bodies: vec![] }
    }

    fn resumed(mut self) -> Self {
        self.machine = self.machine.resumed(marker());
        self
    }

    /// Drives it with these exchanges to its requests, in their order; all must be used.
    fn run(
        &mut self,
        exchanges: impl IntoIterator<Item = Exchange>,
    ) -> End<CreateCompShareInstance> {
        let mut exchanges = exchanges.into_iter();
        let mut input = Input::Start;
        loop {
            input = match self.machine.step(self.now, input) {
                Output::Sleep(delay) => {
                    self.now += delay;
                    Input::Woke
                }
                Output::End(end) => {
                    assert_eq!(exchanges.count(), 0, "exchanges are left over");
                    return end;
                }
                Output::Transmit { request, timeout } => {
                    let body = String::from_utf8(request.into_body().to_vec()).unwrap();
                    let sent = if body.contains("Action=CreateCompShareInstance&") {
                        &mut self.created
                    } else {
                        &mut self.probed
                    };
                    sent.push(self.now - self.start);
                    self.bodies.push(body);
                    self.exchange(exchanges.next().expect("a request too many"), timeout)
                }
            };
        }
    }

    fn exchange(&mut self, exchange: Exchange, timeout: Duration) -> Input {
        match exchange {
            Exchange::Status(status, body) => {
                let response = http::Response::builder().status(status).body(Bytes::from(body));
                Input::Response(response.unwrap())
            }
            Exchange::Lost => Input::Failed(Failure::maybe_sent("reset")),
            Exchange::NotSent => Input::Failed(Failure::not_sent("refused")),
            Exchange::Silence => {
                self.now += timeout;
                Input::Failed(Failure::maybe_sent("no response").timed_out())
            }
        }
    }

    fn counts(&self) -> (usize, usize) {
        (self.created.len(), self.probed.len())
    }
}

fn now() -> Instant {
    Instant::now()
}

fn marker() -> Marker {
    Marker::new("m-1").unwrap()
}

fn unknown(end: End<CreateCompShareInstance>) -> OutcomeUnknown {
    match end {
        Err(OnceError::Unknown(unknown)) => *unknown,
        other => panic!("{other:?}"),
    }
}

fn not_created(end: End<CreateCompShareInstance>) -> Error {
    match end {
        Err(OnceError::NotCreated(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_response_ends_it() {
    let mut hand = Hand::new(create().remark("driver:535"));
    let created = hand.run([response(&["uhost-1"])]).unwrap();
    assert_eq!(
        (created.ids.as_slice(), created.found_by_marker),
        (&["uhost-1".to_owned()][..], false)
    );
    assert_eq!(created.response.unwrap().uhost_ids, ["uhost-1"]);
    assert!(hand.bodies[0].contains("Remark=driver%3A535+m-1"), "{}", hand.bodies[0]);
    assert_eq!(hand.counts(), (1, 0));
}

#[test]
fn what_was_created_under_a_lost_response_is_found() {
    let others = rows(&[("uhost-0", "m-10"), ("uhost-1", "driver:535 m-1")]);
    let mut hand = Hand::new(create().zone("cn-sh2-02").region("cn-sh2"));
    let created = hand.run([Exchange::Lost, none(), others]).unwrap();
    assert_eq!(
        (created.ids.as_slice(), created.found_by_marker),
        (&["uhost-1".to_owned()][..], true)
    );
    assert!(created.response.is_none());
    assert_eq!(hand.counts(), (1, 2));
    let ms: Vec<_> = hand.probed.iter().map(Duration::as_millis).collect();
    assert_eq!(ms, [500, 1500]);
    let probe = hand.bodies.last().unwrap();
    assert!(probe.contains("Region=cn-sh2&") && probe.contains("Zone=cn-sh2-02"), "{probe}");
}

#[test]
fn it_is_sent_again_only_after_every_probe_found_nothing() {
    let mut hand = Hand::new(create());
    let probes = || (0..4).map(|_| none());
    let exchanges = [Exchange::Lost].into_iter().chain(probes()).chain([response(&["uhost-2"])]);
    let created = hand.run(exchanges.chain(probes())).unwrap();
    assert_eq!(
        (created.ids.as_slice(), created.found_by_marker),
        (&["uhost-2".to_owned()][..], false)
    );
    assert_eq!(hand.created[1], Duration::from_millis(7500));
    assert_eq!(hand.counts(), (2, 8));
    assert_eq!(hand.bodies[0].matches("m-1").count(), hand.bodies[5].matches("m-1").count());
}

#[test]
fn it_is_sent_no_more_often_than_calls_are_tried() {
    let retry = RetryPolicy { attempts: 2, ..RetryPolicy::default() };
    let mut hand = Hand::with(create(), |config| config.retry(retry));
    let round = || [Exchange::Lost, none(), none(), none(), none()];
    let error = not_created(hand.run(round().into_iter().chain(round())));
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert_eq!(hand.counts(), (2, 8));
}

#[test]
fn a_refusal_is_believed() {
    for (exchange, left) in [(code(171), 171), (code(226_604), 226_604)] {
        let mut hand = Hand::new(create());
        let error = not_created(hand.run([exchange]));
        assert_eq!(error.ret_code(), Some(RetCode::new(left)));
        assert_eq!(hand.counts(), (1, 0));
    }
    let mut hand = Hand::with(create(), |config| config.retry(RetryPolicy::default()));
    assert!(not_created(hand.run([code(153), code(153), code(153), code(153)])).attempts() == 4);
    let mut hand = Hand::new(create());
    let end =
        hand.run([Exchange::NotSent, Exchange::NotSent, Exchange::NotSent, Exchange::NotSent]);
    assert_eq!(not_created(end).delivery(), crate::retry::Delivery::NotSent);
}

#[test]
fn a_request_that_cannot_be_built_is_not_sent() {
    let mut hand = Hand::new(create());
    hand.machine.config = Config::new(Credentials::new("public", "private"));
    assert!(matches!(not_created(hand.run([])), Error::Invalid(_)));
}

#[test]
fn what_may_have_acted_is_probed_for_and_what_would_fail_again_is_not_sent_again() {
    let nothing = || (0..4).map(|_| none());
    // Codes of a failure half-way and codes unknown, HTML, a redirect, a response of the wrong type.
    let doubtful = [
        code(8033),
        code(987_654),
        Exchange::Status(200, "<html>".to_owned()),
        Exchange::Status(307, String::new()),
        Exchange::Status(403, "no".to_owned()),
        ok(&json!({ "Message": "fine" })),
    ];
    for exchange in doubtful {
        let mut hand = Hand::new(create());
        not_created(hand.run([exchange].into_iter().chain(nothing())));
        assert_eq!(hand.counts(), (1, 4));
    }
    for exchange in [code(150), code(110), Exchange::Status(503, String::new()), ok(&json!(""))] {
        let mut hand = Hand::new(create());
        let is_text = matches!(&exchange, Exchange::Status(200, body) if body.starts_with('"'));
        let again = (!is_text).then(|| [response(&["uhost-2"])].into_iter().chain(nothing()));
        let end =
            hand.run([exchange].into_iter().chain(nothing()).chain(again.into_iter().flatten()));
        assert_eq!(end.is_ok(), !is_text);
    }
    for cut in ["", "{\"RetCode\":0,\"UHostIds\":[\"uho"] {
        let mut hand = Hand::new(create());
        let exchanges = [Exchange::Status(200, cut.to_owned()), rows(&[("uhost-1", "m-1")])];
        assert_eq!(hand.run(exchanges).unwrap().ids, ["uhost-1"]);
    }
}

#[test]
fn probes_that_fail_prove_nothing() {
    let mut hand = Hand::new(create());
    let mut exchanges = vec![Exchange::Lost, none()];
    exchanges.extend((0..4).map(|_| code(299)));
    let unknown = unknown(hand.run(exchanges));
    assert_eq!(unknown.marker, marker());
    assert!(matches!(unknown.error, Error::Transport(_)));
    assert_eq!(unknown.poll_error.as_ref().and_then(Error::ret_code), Some(RetCode::new(299)));
    let text = OnceError::Unknown(Box::new(unknown)).to_string();
    assert_eq!(
        text,
        "CreateCompShareInstance may have created something: search Remark for m-1 before you send \
         it again"
    );
    assert_eq!(hand.created.len(), 1);
}

#[test]
fn probes_that_fail_do_not_keep_others_from_finding_it() {
    let mut hand = Hand::new(create());
    let exchanges = [Exchange::Lost, code(299), code(299), rows(&[("uhost-1", "m-1")])];
    assert_eq!(hand.run(exchanges).unwrap().ids, ["uhost-1"]);
}

#[test]
fn every_page_is_probed_through() {
    let page = |total: usize, marked: Option<usize>, ids: std::ops::Range<usize>| {
        let rows: Vec<_> = ids
            .map(|row| {
                let remark = if Some(row) == marked { "m-1" } else { "" };
                json!({ "UHostId": format!("uhost-{row}"), "Remark": remark })
            })
            .collect();
        ok(&json!({ "RetCode": 0, "TotalCount": total, "UHostSet": rows }))
    };
    let mut hand = Hand::new(create());
    let exchanges = [
        Exchange::Lost,
        page(250, None, 0..100),
        page(250, None, 100..200),
        page(250, Some(249), 200..250),
    ];
    assert_eq!(hand.run(exchanges).unwrap().ids, ["uhost-249"]);
    assert!(hand.bodies[3].contains("Offset=200"), "{}", hand.bodies[3]);
}

#[test]
fn fewer_and_more_than_asked_are_told_exactly() {
    let two = || rows(&[("uhost-1", "m-1"), ("uhost-2", "m-1")]);
    let mut hand = Hand::new(create().max_count(3));
    let created = hand.run([Exchange::Lost, two(), two(), two(), two()]).unwrap();
    assert_eq!((created.ids.len(), created.requested), (2, 3));
    assert_eq!(hand.counts(), (1, 4));

    let mut hand = Hand::new(create().max_count(2));
    assert_eq!(hand.run([Exchange::Lost, two()]).unwrap().ids, ["uhost-1", "uhost-2"]);

    let mut hand = Hand::new(create().max_count(3));
    let created = hand.run([response(&["uhost-1"])]).unwrap();
    assert_eq!((created.ids.len(), created.requested, created.found_by_marker), (1, 3, false));

    let mut hand = Hand::new(create());
    assert_eq!(hand.run([Exchange::Lost, two()]).unwrap().ids.len(), 2);

    let mut hand = Hand::new(create().max_count(3));
    let failing = (0..4).map(|_| code(299));
    let unknown = unknown(hand.run([Exchange::Lost, two()].into_iter().chain(failing)));
    assert_eq!(unknown.ids, ["uhost-1", "uhost-2"]);
    assert!(
        unknown.to_string().contains("uhost-1, uhost-2 and may have created more"),
        "{unknown}"
    );
}

#[test]
fn a_refusal_after_a_lost_attempt_is_probed_into() {
    let mut hand = Hand::new(create());
    // The second is refused because the first came through late: one more than the account may have.
    let exchanges = [Exchange::Lost, none(), none(), none(), none(), code(8303)];
    let exchanges = exchanges.into_iter().chain([rows(&[("uhost-1", "m-1")])]);
    assert_eq!(hand.run(exchanges).unwrap().ids, ["uhost-1"]);
}

#[test]
fn the_deadline_covers_all_of_it() {
    let mut hand = Hand::with(create(), |config| {
        let second = Duration::from_secs(1);
        config.call_timeout(10 * second).attempt_timeout(20 * second)
    });
    // The attempt leaves half of the time for probes, none of which is answered.
    let mut exchanges = vec![Exchange::Silence];
    exchanges.extend((0..1).map(|_| Exchange::Silence));
    let unknown = unknown(hand.run(exchanges));
    assert!(matches!(&unknown.error, Error::Transport(error) if error.timed_out()));
    assert_eq!(hand.probed, [Duration::from_millis(5500)]);
    assert_eq!(hand.now - hand.start, Duration::from_secs(10));
}

#[test]
fn probes_that_the_deadline_crowds_prove_nothing() {
    let mut hand = Hand::with(create(), |config| config.call_timeout(Duration::from_secs(4)));
    let unknown = unknown(hand.run([Exchange::Silence, none(), none(), none(), none()]));
    assert_eq!(hand.counts(), (1, 4));
    assert!(unknown.poll_error.is_none() && hand.now - hand.start < Duration::from_secs(4));
}

#[test]
fn it_is_not_sent_again_if_no_time_is_left_to_probe() {
    let mut hand = Hand::with(create(), |config| {
        config.call_timeout(Duration::from_secs(28)).attempt_timeout(Duration::from_secs(10))
    });
    not_created(hand.run([Exchange::Silence, none(), none(), none(), none()]));
    assert_eq!(hand.counts(), (1, 4));
}
