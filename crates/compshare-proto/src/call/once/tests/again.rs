//! Runs after runs: markers that may be in use, machines that are driven again, and inputs after the end.

use super::*;

#[test]
fn a_marker_that_may_be_in_use_is_probed_for_first() {
    let mut hand = Hand::new(create()).resumed();
    let created = hand.run([rows(&[("uhost-1", "m-1")])]).unwrap();
    assert_eq!(
        (created.ids.as_slice(), created.found_by_marker),
        (&["uhost-1".to_owned()][..], true)
    );
    assert_eq!(hand.counts(), (0, 1));

    let mut hand = Hand::new(create()).resumed();
    let probes = || (0..4).map(|_| none());
    let exchanges = probes().chain([response(&["uhost-1"])]).chain(probes());
    assert!(!hand.run(exchanges).unwrap().found_by_marker);
    assert_eq!(hand.counts(), (1, 8));
    assert_eq!(hand.created[0], Duration::from_millis(7500));

    let mut hand = Hand::new(create()).resumed();
    let unknown = unknown(hand.run((0..4).map(|_| code(299))));
    assert_eq!(unknown.error.ret_code(), Some(RetCode::new(299)));
    assert_eq!(hand.counts(), (0, 4));
}

#[test]
fn a_refusal_under_a_marker_in_use_is_probed_into() {
    let mut hand = Hand::new(create()).resumed();
    // It may be refused for what the earlier call has created.
    let exchanges = [none(), none(), none(), none(), code(8303), rows(&[("uhost-1", "m-1")])];
    assert_eq!(hand.run(exchanges).unwrap().ids, ["uhost-1"]);
    assert_eq!(hand.counts(), (1, 5));
}

#[test]
fn it_can_run_again() {
    let mut hand = Hand::new(create());
    assert!(hand.run([code(171)]).is_err());
    assert_eq!(hand.run([response(&["uhost-1"])]).unwrap().ids, ["uhost-1"]);
}

#[test]
fn a_run_after_one_that_ended_otherwise_probes_first() {
    let mut hand = Hand::new(create());
    let failing = (0..4).map(|_| code(299));
    unknown(hand.run([Exchange::Lost].into_iter().chain(failing)));
    assert_eq!(hand.run([rows(&[("uhost-1", "m-1")])]).unwrap().ids, ["uhost-1"]);
    assert_eq!(hand.created.len(), 1);
    // What was created once is found by every other run.
    assert!(hand.run([rows(&[("uhost-1", "m-1")])]).unwrap().found_by_marker);
    assert_eq!(hand.created.len(), 1);

    let mut hand = Hand::new(create());
    assert!(!hand.run([response(&["uhost-1"])]).unwrap().found_by_marker);
    assert!(hand.run([rows(&[("uhost-1", "m-1")])]).unwrap().found_by_marker);
    assert_eq!(hand.created.len(), 1);
}

#[test]
fn a_run_after_one_that_was_given_up_probes_first() {
    let mut hand = Hand::new(create());
    // A future that is dropped, a cancelled call: nobody tells what came of the request.
    assert!(matches!(hand.machine.step(hand.now, Input::Start), Output::Transmit { .. }));
    assert_eq!(hand.run([rows(&[("uhost-1", "m-1")])]).unwrap().ids, ["uhost-1"]);
    assert!(hand.created.is_empty());
}

#[test]
fn after_its_end_nothing_is_sent_before_another_start() {
    let ends = [
        vec![response(&["uhost-1"])],
        vec![Exchange::Lost, rows(&[("uhost-1", "m-1")])],
        vec![code(171)],
        [Exchange::Lost].into_iter().chain((0..4).map(|_| code(299))).collect(),
    ];
    for exchanges in ends {
        let mut hand = Hand::new(create());
        drop(hand.run(exchanges));
        let strays = [
            Input::Woke,
            Input::Failed(Failure::not_sent("refused")),
            Input::Response(http::Response::new(Bytes::from_static(b"{\"RetCode\":153}"))),
        ];
        for stray in strays {
            let output = hand.machine.step(hand.now, stray);
            assert!(matches!(output, Output::End(Err(OnceError::Unknown(_)))), "{output:?}");
        }
    }
}

#[test]
fn what_is_known_to_be_created_is_never_denied_by_a_later_run() {
    let nothing = || (0..4).map(|_| none());
    let mut hand = Hand::new(create());
    hand.run([response(&["uhost-1"])]).unwrap();
    let unknown = unknown(hand.run(nothing()));
    let text = "CreateCompShareInstance: what was created is not in the list";
    assert_eq!(unknown.error.to_string(), text);
    let mut hand = Hand::new(create());
    assert!(hand.run([response(&[])].into_iter().chain(nothing())).is_err());
    assert!(matches!(hand.run(nothing()), Err(OnceError::Unknown(_))));
    assert_eq!(hand.created.len(), 1);
}

#[test]
fn a_run_after_one_that_was_in_doubt_probes_first() {
    let retry = RetryPolicy { attempts: 1, ..RetryPolicy::default() };
    let mut hand = Hand::with(create(), |config| config.retry(retry));
    not_created(hand.run([Exchange::Lost, none(), none(), none(), none()]));
    assert!(hand.run([rows(&[("uhost-1", "m-1")])]).unwrap().found_by_marker);
    assert_eq!(hand.created.len(), 1);
}

#[test]
fn what_is_not_known_is_said_of_the_action_that_creates() {
    let mut hand = Hand::new(create()).resumed();
    let error = hand.run((0..4).map(|_| code(299))).unwrap_err();
    let text = "CreateCompShareInstance may have created something: ";
    assert!(error.to_string().starts_with(text), "{error}");
}
