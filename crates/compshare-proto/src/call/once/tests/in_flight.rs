//! Requests that are carried out long after they were sent, as time passes on the hand-held clock.

use super::*;

const MINUTE: Duration = Duration::from_secs(60);

fn hand(change: impl FnOnce(Config) -> Config) -> Hand {
    let mut hand = Hand::with(create(), change);
    hand.machine = hand.machine.poll_policy(PollPolicy::once());
    hand
}

/// A server that carries requests out late, and lists them from then on.
struct Server {
    /// When each request creates its instance after it was sent, and whether it is answered in time.
    requests: Vec<(Duration, bool)>,
    there: Vec<(Instant, String)>,
}

impl Server {
    fn new(requests: impl IntoIterator<Item = (u64, bool)>) -> Self {
        let requests =
            requests.into_iter().map(|(after, responses)| (Duration::from_secs(after), responses));
        Self { requests: requests.collect(), there: Vec::new() }
    }

    /// Drives a machine to its end; returns the times of the creations that were sent as well.
    fn drive(mut self, hand: &mut Hand) -> (End<CreateCompShareInstance>, Vec<Duration>) {
        let (mut input, mut sent) = (Input::Start, Vec::new());
        loop {
            input = match hand.machine.step(hand.now, input) {
                Output::Sleep(delay) => {
                    hand.now += delay;
                    Input::Woke
                }
                Output::End(end) => return (end, sent),
                Output::Transmit { request, timeout } => {
                    let body = String::from_utf8(request.into_body().to_vec()).unwrap();
                    if body.contains("Action=CreateCompShareInstance&") {
                        let (after, responses) = self.requests[sent.len()];
                        sent.push(hand.now - hand.start);
                        let id = format!("uhost-{}", sent.len());
                        self.there.push((hand.now + after, id.clone()));
                        if responses && after <= timeout {
                            hand.now += after;
                            hand.exchange(response(&[&id]), timeout)
                        } else {
                            hand.exchange(Exchange::Silence, timeout)
                        }
                    } else {
                        let there = self.there.iter().filter(|(at, _)| *at <= hand.now);
                        let found: Vec<_> = there.map(|(_, id)| (id.as_str(), "m-1")).collect();
                        hand.exchange(rows(&found), timeout)
                    }
                }
            };
        }
    }
}

#[test]
fn a_creation_that_takes_up_to_ninety_seconds_is_sent_once() {
    for seconds in [0, 5, 19, 20, 21, 27, 28, 40, 59, 60, 61, 75, 90, 119] {
        for responses in [true, false] {
            let mut hand = hand(|config| config);
            let (end, sent) = Server::new([(seconds, responses)]).drive(&mut hand);
            let created = end.unwrap();
            assert_eq!(created.ids, ["uhost-1"], "{seconds}");
            assert_eq!((created.sends, created.in_doubt, sent.len()), (1, false, 1), "{seconds}");
            // It is found soon after it is there.
            let late = (hand.now - hand.start).saturating_sub(Duration::from_secs(seconds.max(20)));
            assert!(late <= Duration::from_secs(9), "{seconds}: {late:?}");
        }
    }
}

#[test]
fn nothing_is_sent_again_while_the_first_request_may_be_in_flight() {
    // The first request creates nothing.
    let (end, sent) =
        Server::new([(1_000_000, false), (3, true)]).drive(&mut hand(|config| config));
    let created = end.unwrap();
    assert_eq!((created.ids.as_slice(), created.sends), (&["uhost-2".to_owned()][..], 2));
    assert!(!created.in_doubt && !created.found_by_marker);
    assert!(sent[1] >= 2 * MINUTE, "{sent:?}");
}

#[test]
fn after_a_second_request_every_probe_is_made_before_it_reports() {
    // The first request is carried out after all, once the second is sent.
    let (end, sent) = Server::new([(131, false), (3, true)]).drive(&mut hand(|config| config));
    let created = end.unwrap();
    assert_eq!(sent.len(), 2);
    assert_eq!(created.ids, ["uhost-2", "uhost-1"], "both are told of");
    assert_eq!((created.requested, created.sends, created.in_doubt), (1, 2, false));
}

#[test]
fn created_says_what_is_left_in_doubt() {
    let mut hand = Hand::new(create());
    let mut exchanges = vec![Exchange::Lost];
    exchanges.extend((0..4).map(|_| none()));
    exchanges.push(response(&["uhost-2"]));
    exchanges.extend((0..4).map(|_| code(299)));
    let created = hand.run(exchanges).unwrap();
    assert_eq!((created.ids.as_slice(), created.sends), (&["uhost-2".to_owned()][..], 2));
    assert!(created.in_doubt, "the probes after the second request failed");
    // Driven again, it makes up for them.
    let found = || rows(&[("uhost-1", "m-1"), ("uhost-2", "m-1")]);
    let created = hand.run([found(), found(), found(), found()]).unwrap();
    assert_eq!((created.ids.len(), created.sends, created.in_doubt), (2, 0, false));
}

#[test]
fn without_time_to_find_out_it_ends_as_unknown_and_sends_nothing_again() {
    for seconds in [30, 60, 120] {
        let mut hand = hand(|config| config.call_timeout(Duration::from_secs(seconds)));
        let (end, sent) = Server::new([(1_000_000, false)]).drive(&mut hand);
        unknown(end);
        assert_eq!(sent.len(), 1);
        assert!(hand.now - hand.start <= Duration::from_secs(seconds));
    }
    let mut hand = hand(|config| config.call_timeout(Duration::from_secs(140)));
    let (end, sent) = Server::new([(1_000_000, false)]).drive(&mut hand);
    not_created(end);
    assert_eq!(sent.len(), 1, "there is no time to find out about a second one");
}

/// The times that the documentation states.
#[test]
fn it_takes_135_seconds_to_find_out_and_270_to_send_again() {
    for (seconds, sends, proves) in
        [(125, 1, false), (135, 1, true), (255, 1, true), (270, 2, true)]
    {
        let mut hand = hand(|config| config.call_timeout(Duration::from_secs(seconds)));
        let (end, sent) = Server::new([(1_000_000, false), (3, true)]).drive(&mut hand);
        let is_unknown = matches!(end, Err(OnceError::Unknown(_)));
        assert_eq!((sent.len(), !is_unknown), (sends, proves), "{seconds}: {end:?}");
    }
}

#[test]
fn a_resumed_call_waits_for_what_the_earlier_one_may_have_sent() {
    let mut hand = hand(|config| config).resumed();
    let mut server = Server::new([(3, true)]);
    server.there.push((hand.now + Duration::from_secs(90), "uhost-0".to_owned()));
    let (end, sent) = server.drive(&mut hand);
    let created = end.unwrap();
    assert_eq!((created.ids.as_slice(), created.sends), (&["uhost-0".to_owned()][..], 0));
    assert!(sent.is_empty());

    let mut hand = self::hand(|config| config).resumed();
    let (end, sent) = Server::new([(3, true)]).drive(&mut hand);
    assert_eq!(end.unwrap().ids, ["uhost-1"]);
    assert!(sent[0] >= 2 * MINUTE, "{sent:?}");
}

#[test]
fn any_interval_and_time_end() {
    for first_interval in [Duration::ZERO, Duration::from_nanos(1), Duration::MAX] {
        for in_flight in [Duration::ZERO, MINUTE, Duration::MAX] {
            for time in [Duration::ZERO, MINUTE, 10 * MINUTE] {
                let mut hand = Hand::with(create(), |config| config.call_timeout(time));
                let policy = PollPolicy { first_interval, in_flight, ..PollPolicy::once() };
                hand.machine = hand.machine.poll_policy(policy);
                let (end, _) = Server::new([(1_000_000_000, false); 4]).drive(&mut hand);
                assert!(end.is_err(), "{first_interval:?} {in_flight:?} {time:?}");
            }
        }
    }
}
