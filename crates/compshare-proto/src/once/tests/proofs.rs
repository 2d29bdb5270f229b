//! What proves that something was created, and what does not prove that nothing was.

use super::*;

#[test]
fn a_success_that_names_nothing_is_looked_for_and_never_sent_again() {
    let mut hand = Hand::new(create());
    let created = hand.run([answer(&[]), none(), rows(&[("uhost-1", "[m-1]")])]).unwrap();
    assert_eq!(created.ids, ["uhost-1"]);
    assert!(created.response.is_some());
    let mut hand = Hand::new(create());
    let unknown = unknown(hand.run([answer(&[]), none(), none(), none(), none()]));
    assert_eq!(
        unknown.error.to_string(),
        "CreateCompShareInstance was answered, but without an id of what it created"
    );
    assert_eq!(hand.counts(), (1, 4));
}

/// The server says that it has acted, in an answer that cannot be read to its end.
#[test]
fn a_stated_success_is_never_denied_and_never_sent_again() {
    for body in [
        r#"{"RetCode":0,"UHostIds":7.5}"#,
        r#"{"RetCode":0,"UHostIds":["uho"#,
        r#"{"RetCode":"0","UHostIds":["uho"#,
        r#"{"Action":"CreateCompShareInstanceResponse","RetCode":0"#,
    ] {
        let mut hand = Hand::new(create());
        let replies = [Reply::Status(200, body.to_owned()), none(), none(), none(), none()];
        let unknown = unknown(hand.run(replies));
        assert!(matches!(unknown.error, Error::Decode(_)), "{:?}", unknown.error);
        assert_eq!(hand.counts(), (1, 4), "{body}");
    }
}

/// A code that may be said of work that goes on, or that nobody can tell the meaning of.
#[test]
fn a_refusal_that_does_not_say_that_nothing_was_done_is_looked_into() {
    for number in [210, 1001, 8918] {
        let mut hand = Hand::new(create());
        let created = hand.run([code(number), rows(&[("uhost-1", "[m-1]")])]).unwrap();
        assert_eq!(created.ids, ["uhost-1"], "{number}");
    }
}

#[test]
fn a_list_that_is_not_whole_proves_nothing() {
    let page = |page: &str| Reply::Status(200, page.to_owned());
    let row = r#"{"UHostId":"uhost-7","Remark":""}"#;
    let full = vec![row; 100].join(",");
    let lists = [
        // Each look is one page, or one and the empty one at its end.
        vec![r#"{"RetCode":0}"#.to_owned()],
        vec![r#"{"RetCode":0,"UHostSet":null}"#.to_owned()],
        vec![r#"{"RetCode":0,"TotalCount":1}"#.to_owned()],
        vec![r#"{"RetCode":0,"TotalCount":3,"UHostSet":null}"#.to_owned()],
        vec![
            format!(r#"{{"RetCode":0,"TotalCount":3,"UHostSet":[{row}]}}"#),
            r#"{"RetCode":0,"TotalCount":3,"UHostSet":[]}"#.to_owned(),
        ],
        // A row has gone between the pages, so that another may have slipped through.
        vec![
            format!(r#"{{"RetCode":0,"TotalCount":102,"UHostSet":[{full}]}}"#),
            format!(r#"{{"RetCode":0,"TotalCount":101,"UHostSet":[{row}]}}"#),
        ],
    ];
    for list in lists {
        let mut hand = Hand::new(create());
        let looks = (0..4).flat_map(|_| list.iter().map(|body| page(body)));
        let unknown = unknown(hand.run([Reply::Lost].into_iter().chain(looks)));
        assert!(matches!(unknown.look, Some(Error::Decode(_))), "{list:?}: {:?}", unknown.look);
        assert_eq!(hand.created.len(), 1, "{list:?}");
    }
    let mut hand = Hand::new(create());
    let lists = (0..4).map(|_| page(r#"{"RetCode":0,"TotalCount":2}"#));
    let unknown = unknown(hand.run([Reply::Lost].into_iter().chain(lists)));
    assert_eq!(
        unknown.look.unwrap().to_string(),
        "DescribeCompShareInstance was answered, but with 0 of the 2 rows that there are"
    );
}
