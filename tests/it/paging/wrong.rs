//! Servers that page wrongly: totals that lie, pages that are null, limits and offsets not heeded.

use bytes::Bytes;
use compshare_blocking::Client;
use compshare_proto::machine::Failure;
use serde_json::{Value, json};

use super::{
    DescribeCommunityImages, DescribeCompShareInstance, DescribeTeamMemberOrder,
    DescribeULHostInstance, ROWS, Server, TOO_MANY, Walk, walk,
};
use crate::{reference::parse_form, support::config};

fn with(total: fn(&Server) -> Option<Value>) -> [Walk; 3] {
    let server = || Server { total, ..Server::new() };
    [
        walk(server(), DescribeCompShareInstance::new()),
        walk(server(), DescribeCommunityImages::new()),
        walk(server(), DescribeTeamMemberOrder::new(1001, 0)),
    ]
}

#[test]
fn a_total_that_is_too_big_ends_with_the_rows_and_an_error() {
    let totals: [fn(&Server) -> Option<Value>; 3] = [
        |server| Some(json!(server.rows.len() + 1)),
        |_| Some(json!(1_000_000_000)),
        |_| Some(json!(i64::MAX)),
    ];
    for total in totals {
        for walk in with(total) {
            walk.assert_met();
            assert_eq!(walk.end.map(|(rows, _)| rows), Some(ROWS as u64));
            assert!(walk.requests() <= 110, "{}", walk.requests());
        }
    }
}

#[test]
fn a_total_that_is_missing_or_null_or_text_costs_one_request_at_most() {
    let totals: [fn(&Server) -> Option<Value>; 4] = [
        |_| None,
        |_| Some(Value::Null),
        |_| Some(json!("")),
        |server| Some(json!(server.rows.len().to_string())),
    ];
    for total in totals {
        for walk in with(total) {
            walk.assert_whole();
            assert!(walk.requests() <= 101, "{}", walk.requests());
        }
    }
}

/// More rows came than there are said to be: so the number is wrong, and says nothing of an end.
#[test]
fn a_total_that_the_rows_prove_wrong_hides_no_rows() {
    let totals: [fn(&Server) -> Option<Value>; 4] = [
        |_| Some(json!(0)),
        |_| Some(json!(-1)),
        |_| Some(json!(7)),
        |server| Some(json!(server.asked.len() * 100 - 50)),
    ];
    for total in totals {
        for walk in with(total) {
            walk.assert_whole();
            assert!(walk.requests() <= 101, "{}", walk.requests());
        }
    }
}

/// Nothing tells this from a list that ends there.
#[test]
fn a_total_that_is_too_small_ends_the_walk_and_loses_no_row_before_it() {
    for walk in with(|_| Some(json!(4_200))) {
        assert!(walk.ids.len() >= 4_200, "{}", walk.ids.len());
        assert!(walk.requests() <= 101);
    }
}

/// Where a total says that there are more rows, a page without one is not the end.
#[test]
fn a_page_that_is_null_is_the_end_where_no_total_says_otherwise() {
    for null_pages in [vec![1], vec![3], vec![100]] {
        let server = || Server { null_pages: null_pages.clone(), ..Server::new() };
        let found = walk(server(), DescribeULHostInstance::new());
        assert_eq!(found.requests(), null_pages[0]);
        assert_eq!(found.ids.len(), 100 * (null_pages[0] - 1));
        let found = walk(server(), DescribeCompShareInstance::new());
        assert_eq!(found.ids.len(), ROWS - 100);
        assert!(found.requests() <= 101, "{}", found.requests());
        assert_eq!(found.end, Some((ROWS as u64 - 100, Some(ROWS as u64))));
    }
}

#[test]
fn an_empty_list_takes_one_request() {
    let totals: [fn(&Server) -> Option<Value>; 3] =
        [|_| Some(json!(0)), |_| None, |_| Some(json!(5))];
    for total in totals {
        let server = || Server { total, rows: Vec::new(), ..Server::new() };
        assert_eq!(walk(server(), DescribeCompShareInstance::new()).requests(), 1);
        assert_eq!(walk(server(), DescribeULHostInstance::new()).requests(), 1);
    }
}

/// Rows are counted, not asked-for rows.
#[test]
fn a_server_that_gives_less_than_is_asked_for_is_walked_whole() {
    let server = || Server { cap: 30, ..Server::new() };
    let found = walk(server(), DescribeCompShareInstance::new());
    found.assert_whole();
    assert_eq!(found.requests(), ROWS.div_ceil(30));
    let found = walk(server(), DescribeCompShareInstance::new().limit(1_000));
    found.assert_whole();
}

/// The documented limit is 100; that a page has no more than that does not make it the last.
#[test]
fn neither_is_more_than_the_documented_limit_an_end_where_there_is_no_total() {
    let server = Server { cap: 100, ..Server::new() };
    walk(server, DescribeULHostInstance::new().limit(1_000)).assert_whole();
}

/// A page that is short says nothing where no total does: only an empty one is the end.
#[test]
fn a_server_that_gives_less_and_states_no_total_is_walked_whole() {
    let server = Server { cap: 30, ..Server::new() };
    walk(server, DescribeULHostInstance::new()).assert_whole();
}

#[test]
fn a_server_that_gives_more_than_is_asked_for_ends() {
    let server = Server { heeds_offset: false, ..Server::new() };
    let found = walk(server, DescribeCompShareInstance::new().limit(20_000));
    found.assert_whole();
    assert_eq!(found.requests(), 1);
}

#[test]
fn the_same_page_for_ever_ends_in_an_error() {
    let server = || Server { heeds_offset: false, ..Server::new() };
    let walks = [
        walk(server(), DescribeCompShareInstance::new()),
        walk(server(), DescribeTeamMemberOrder::new(1001, 0)),
        walk(server(), DescribeULHostInstance::new()),
        walk(Server { total: |_| None, ..server() }, DescribeCompShareInstance::new()),
        walk(
            Server { total: |_| Some(json!(i64::MAX)), ..server() },
            DescribeCommunityImages::new(),
        ),
        // A response of its own each time, as with a clock in it, makes no difference.
        walk(Server { clock: true, ..server() }, DescribeCompShareInstance::new()),
    ];
    for walk in walks {
        assert_eq!(walk.ids, (0..100).collect::<Vec<_>>(), "each row once");
        assert_eq!(walk.end.map(|(rows, _)| rows), Some(100));
        assert_eq!(walk.requests(), 11);
    }
}

/// Rows that are new each time: no end but the bound, and that is no silent one.
#[test]
fn a_list_without_an_end_ends_at_the_bound_and_says_so() {
    for (pages, rows) in [(7, 700), (1, 100), (0, 100)] {
        let transport = |request: http::Request<Bytes>, _| {
            let form = parse_form(request.body());
            let offset = form.iter().find(|(name, _)| name == "Offset");
            let first: usize = offset.map_or(0, |(_, offset)| offset.parse().unwrap());
            let rows: Vec<_> = (first..first + 100)
                .map(|id| json!({ "UHostId": format!("uhost-{id}") }))
                .collect();
            let response = json!({ "RetCode": 0, "TotalCount": i64::MAX, "UHostSet": rows });
            Ok::<_, Failure>(http::Response::new(Bytes::from(response.to_string())))
        };
        let client =
            Client::builder(config().max_pages(pages)).transport(transport).build().unwrap();
        let items = client.items(DescribeCompShareInstance::new());
        let mut items: Vec<_> = items.take(TOO_MANY).collect();
        let error = items.pop().unwrap().unwrap_err();
        let expected = format!(
            "DescribeCompShareInstance: the list does not end after {} pages; Config::max_pages \
             sets the limit",
            pages.max(1)
        );
        assert_eq!(error.to_string(), expected.replace("1 pages", "1 page"));
        assert_eq!(items.iter().filter(|item| item.is_ok()).count(), rows);
        assert_eq!(items.len(), rows, "rows, one error, and nothing after it");
    }
}

#[test]
fn a_list_that_ends_where_the_bound_is_ends_well() {
    let transport = |_: http::Request<Bytes>, _| {
        let response = r#"{"RetCode":0,"TotalCount":1,"UHostSet":[{"UHostId":"uhost-1"}]}"#;
        Ok::<_, Failure>(http::Response::new(Bytes::from(response)))
    };
    let client = Client::builder(config().max_pages(1)).transport(transport).build().unwrap();
    let items: Vec<_> = client.items(DescribeCompShareInstance::new()).collect();
    assert!(items.len() == 1 && items[0].is_ok(), "{items:?}");
}
