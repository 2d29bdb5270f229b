//! What proves that something was created, and what does not prove that nothing was.

use super::*;
use crate::api::action::Action as _;

/// Of several, some may be there where the rest is refused for want of stock, quota or money.
#[test]
fn a_code_that_ends_the_making_of_several_is_probed_into() {
    for number in [226_604, 8095, 8104] {
        let mut hand = Hand::new(create().max_count(3));
        let some = || rows(&[("uhost-1", "m-1"), ("uhost-2", "m-1")]);
        let created = hand.run([code(number), some(), some(), some(), some()]).unwrap();
        assert_eq!((created.ids.len(), created.requested), (2, 3), "{number}");
        let mut hand = Hand::new(create().max_count(1));
        assert_eq!(not_created(hand.run([code(number)])).ret_code(), Some(RetCode::new(number)));
    }
}

/// A 4xx may come from something in between, while the gateway carries the request out.
#[test]
fn a_client_error_without_a_code_is_probed_into() {
    for status in [400, 403, 404, 409, 423, 444, 451, 460, 499] {
        let mut hand = Hand::new(create());
        let exchanges = [Exchange::Status(status, "no".to_owned()), rows(&[("uhost-1", "m-1")])];
        assert_eq!(hand.run(exchanges).unwrap().ids, ["uhost-1"], "{status}");
    }
}

#[test]
fn a_success_that_names_nothing_is_probed_for_and_never_sent_again() {
    let mut hand = Hand::new(create());
    let created = hand.run([response(&[]), none(), rows(&[("uhost-1", "m-1")])]).unwrap();
    assert_eq!(created.ids, ["uhost-1"]);
    assert!(created.response.is_some());
    let mut hand = Hand::new(create());
    let unknown = unknown(hand.run([response(&[]), none(), none(), none(), none()]));
    assert_eq!(
        unknown.error.to_string(),
        "CreateCompShareInstance: the response has no id of what was created"
    );
    assert_eq!(hand.counts(), (1, 4));
}

/// The server says that it has acted, in a response that cannot be read to its end.
#[test]
fn a_stated_success_is_never_denied_and_never_sent_again() {
    let named = r#"{"RetCode":0,"UHostIds":["uhost-1"]}"#;
    for (status, body) in [(302, named), (400, named), (425, named), (429, named), (503, named)] {
        let mut hand = Hand::new(create());
        let exchanges = [Exchange::Status(status, body.to_owned()), none(), none(), none(), none()];
        unknown(hand.run(exchanges));
        assert_eq!(hand.counts(), (1, 4), "{status}");
    }
    for body in [
        r#"{"RetCode":226604,"UHostIds":["uhost-1"]}"#,
        r#"{"UHostIds":["uhost-1"]}"#,
        r#"{"RetCode":0,"UHostIds":[""]}"#,
        r#"{"RetCode":0,"UHostIds":7.5}"#,
        r#"{"RetCode":0,"UHostIds":["uho"#,
        r#"{"RetCode":"0","UHostIds":["uho"#,
        r#"{"Action":"CreateCompShareInstanceResponse","RetCode":0"#,
    ] {
        let mut hand = Hand::new(create());
        let exchanges = [Exchange::Status(200, body.to_owned()), none(), none(), none(), none()];
        unknown(hand.run(exchanges));
        assert_eq!(hand.counts(), (1, 4), "{body}");
    }
}

/// A code that may be said of work that goes on, or that nobody can tell the meaning of.
#[test]
fn a_refusal_that_does_not_say_that_nothing_was_done_is_probed_into() {
    for number in [210, 1001, 8918] {
        let mut hand = Hand::new(create());
        let created = hand.run([code(number), rows(&[("uhost-1", "m-1")])]).unwrap();
        assert_eq!(created.ids, ["uhost-1"], "{number}");
    }
}

#[test]
fn a_list_that_is_not_whole_proves_nothing() {
    let page = |page: &str| Exchange::Status(200, page.to_owned());
    let row = r#"{"UHostId":"uhost-7","Remark":""}"#;
    let full: Vec<_> = (100..200).map(|id| format!(r#"{{"UHostId":"uhost-{id}"}}"#)).collect();
    let full = full.join(",");
    let lists = [
        // Each probe is one page, or one and the empty one at its end.
        vec![r#"{"RetCode":0}"#.to_owned()],
        vec![r#"{"RetCode":0,"UHostSet":null}"#.to_owned()],
        vec![r#"{"RetCode":0,"TotalCount":1}"#.to_owned()],
        vec![r#"{"RetCode":0,"TotalCount":3,"UHostSet":null}"#.to_owned()],
        vec![
            format!(r#"{{"RetCode":0,"TotalCount":3,"UHostSet":[{row}]}}"#),
            r#"{"RetCode":0,"TotalCount":3,"UHostSet":[]}"#.to_owned(),
        ],
        vec![
            format!(r#"{{"RetCode":0,"TotalCount":2,"UHostSet":[{row},{row}]}}"#),
            r#"{"RetCode":0,"TotalCount":2,"UHostSet":[]}"#.to_owned(),
        ],
        // A row has gone between the pages, so that another may have slipped through.
        vec![
            format!(r#"{{"RetCode":0,"TotalCount":102,"UHostSet":[{full}]}}"#),
            r#"{"RetCode":0,"TotalCount":101,"UHostSet":[{"UHostId":"uhost-8"}]}"#.to_owned(),
        ],
    ];
    for list in lists {
        let mut hand = Hand::new(create());
        let probes = (0..4).flat_map(|_| list.iter().map(|body| page(body)));
        let unknown = unknown(hand.run([Exchange::Lost].into_iter().chain(probes)));
        assert!(
            matches!(unknown.poll_error, Some(Error::Decode(_))),
            "{list:?}: {:?}",
            unknown.poll_error
        );
        assert_eq!(hand.created.len(), 1, "{list:?}");
    }
    // A row that cannot be read, or whose marker or id cannot, may be the one.
    for row in ["7", r#"{"UHostId":"uhost-1","Remark":{}}"#, r#"{"UHostId":[],"Remark":"m-2"}"#] {
        let mut hand = Hand::new(create());
        let list = format!(r#"{{"RetCode":0,"UHostSet":[{{"UHostId":"uhost-8"}},{row}]}}"#);
        let end = r#"{"RetCode":0,"UHostSet":[]}"#;
        let probes = (0..4).flat_map(|_| [page(&list), page(end)]);
        let unknown = unknown(hand.run([Exchange::Lost].into_iter().chain(probes)));
        let text = unknown.poll_error.unwrap().to_string();
        assert!(text.contains("a row cannot be read"), "{row}: {text}");
        assert_eq!(hand.created.len(), 1, "{row}");
    }
    // Any other value may be odd.
    let mut hand = Hand::new(create());
    let odd = r#"{"RetCode":0,"TotalCount":1,"UHostSet":[{"UHostId":"uhost-8","CPU":1.5}]}"#;
    let probes = || (0..4).map(|_| page(odd));
    let exchanges = [Exchange::Lost].into_iter().chain(probes()).chain([response(&["uhost-9"])]);
    assert!(hand.run(exchanges.chain(probes())).is_ok());
    let mut hand = Hand::new(create());
    let lists = (0..4).map(|_| page(r#"{"RetCode":0,"TotalCount":2}"#));
    let unknown = unknown(hand.run([Exchange::Lost].into_iter().chain(lists)));
    assert_eq!(
        unknown.poll_error.unwrap().to_string(),
        "DescribeCompShareInstance: the list is incomplete: 0 of 2 rows were returned"
    );
}

/// A code that leaves it open does so whatever the status.
#[test]
fn a_status_does_not_outrank_a_code_that_leaves_it_open() {
    for (number, probes) in [(8033, true), (150, true), (226_604, false)] {
        let mut hand = Hand::new(create());
        let body = json!({ "RetCode": number, "Message": "no" }).to_string();
        let found = probes.then(|| rows(&[("uhost-1", "m-1")]));
        let end = hand.run([Exchange::Status(400, body)].into_iter().chain(found));
        assert_eq!(end.is_ok(), probes, "{number}");
    }
}

#[test]
fn what_carries_the_marker_and_has_no_id_is_something() {
    let mut hand = Hand::new(create());
    let nameless = || rows(&[("", "m-1")]);
    let exchanges = [Exchange::Lost, nameless(), nameless(), nameless(), nameless()];
    assert!(unknown(hand.run(exchanges)).ids.is_empty());
    assert_eq!(hand.created.len(), 1);
}

/// The probes go where the creation went.
#[test]
fn added_parameters_say_where_to_probe_and_how_many_are_asked_for() {
    let action = create().with("Region", "cn-sh2").with("Zone", "cn-sh2-02");
    let action = action.with("ProjectId", "org-1").with("MaxCount", 2);
    let (extra, body) = action.probe(Shown).unwrap();
    assert_eq!(requested(&action), 2);
    assert_eq!(extra, ["Region", "Zone", "ProjectId"]);
    for part in ["Region=cn-sh2&", "Zone=cn-sh2-02", "ProjectId=org-1"] {
        assert!(body.contains(part), "{body}");
    }
    assert_eq!(body.matches("Region=").count(), 1, "{body}");
}

/// Of three that were asked for, probes that fail leave open whether there are more than the one found.
#[test]
fn a_part_is_not_taken_for_all_where_probes_fail() {
    let mut hand = Hand::new(create().max_count(3));
    let exchanges = [response(&[]), rows(&[("uhost-1", "m-1")])];
    let failing = (0..4).map(|_| code(299));
    assert_eq!(unknown(hand.run(exchanges.into_iter().chain(failing))).ids, ["uhost-1"]);
}

/// Half of the time is kept for probes: with less than 23 seconds in all they are too close together.
#[test]
fn a_silent_attempt_leaves_time_for_probes_that_prove_something() {
    for (seconds, proves) in [(23, true), (22, false)] {
        let time = Duration::from_secs(seconds);
        let mut hand = Hand::with(create(), |config| config.call_timeout(time));
        let end = hand.run([Exchange::Silence, none(), none(), none(), none()]);
        assert_eq!(matches!(end, Err(OnceError::NotCreated(_))), proves, "{end:?}");
    }
}
