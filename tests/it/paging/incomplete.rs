//! Lists that come to less than their total, or seem to: what comes, and how they end.

use bytes::Bytes;
use compshare_blocking::Client;
use compshare_proto::{
    Action, Error,
    actions::{DescribeCompShareImages, DescribeCompShareInstance, ListCompShareTeamOperateLog},
    machine::Failure,
};
use serde_json::{Value, json};

use super::{Server, walk};
use crate::{
    reference::{parse_form, value},
    support::config,
};

fn server(rows: u64) -> Server {
    Server { rows: (0..rows).collect(), next: rows, ..Server::new() }
}

/// The server cuts a page out of all rows, and then hides some of them.
#[test]
fn a_list_whose_rows_are_hidden_page_by_page_is_met_but_for_them() {
    let visible: Vec<u64> = (0..45).filter(|row| row % 4 != 3).collect();
    for limit in [1, 2, 3, 5, 7, 20, 44, 45, 100] {
        let hiding = Server { hidden: |row| row % 4 == 3, ..server(45) };
        let found = walk(hiding, DescribeCompShareInstance::new().limit(limit));
        assert_eq!(found.ids, visible, "in pages of {limit}");
        assert_eq!(found.end, Some((34, Some(45))), "in pages of {limit}");
        // Two for each page at most, of which one shows that rows are hidden, and one for the end.
        assert!(found.requests() <= 45_usize.div_ceil(limit as usize) * 2 + 1, "{:?}", found.asked);
    }
    // Whole pages of them, at the start, in the middle, and at the end.
    for hidden in [|row| row < 200, |row| (500..900).contains(&row), |row| row >= 9_500] {
        let found = walk(Server { hidden, ..Server::new() }, DescribeCompShareInstance::new());
        let shown: Vec<u64> = (0..10_000).filter(|&row| !hidden(row)).collect();
        assert!(found.requests() <= 101, "{}", found.requests());
        assert_eq!(
            (found.ids, found.end),
            (shown.clone(), Some((shown.len() as u64, Some(10_000))))
        );
    }
    // So few that each page has one row: steps that start small, so as to jump over none, take more.
    let sparse = Server { hidden: |row| row % 100 != 50, ..Server::new() };
    let found = walk(sparse, DescribeCompShareInstance::new());
    assert_eq!(found.end, Some((100, Some(10_000))));
    assert!(found.requests() <= 900, "{}", found.requests());
}

/// The total counts what is shown: then the list is whole.
#[test]
fn a_list_whose_total_leaves_out_what_is_hidden_ends_well() {
    let hiding = Server {
        hidden: |row| row % 4 == 3,
        total: |server| Some(json!(server.rows.iter().filter(|&&row| row % 4 != 3).count())),
        ..server(45)
    };
    let found = walk(hiding, DescribeCompShareInstance::new().limit(20));
    assert_eq!((found.ids.len(), found.end), (34, None));
}

#[test]
fn an_empty_page_in_the_middle_is_passed_over() {
    let found = walk(
        Server { null_pages: vec![2], ..server(45) },
        DescribeCompShareInstance::new().limit(20),
    );
    assert_eq!(found.asked, [(0, 20), (20, 20), (40, 20), (45, 20)]);
    assert_eq!((found.ids.len(), found.end), (25, Some((25, Some(45)))));
    // One that says that there is nothing at all is no better proof of it.
    let found = walk(
        Server {
            null_pages: vec![2],
            total: |server| Some(json!(if server.asked.len() == 2 { 0 } else { 45 })),
            ..server(45)
        },
        DescribeCompShareInstance::new().limit(20),
    );
    assert_eq!((found.ids.len(), found.end), (25, Some((25, Some(45)))));
}

#[test]
fn rows_come_once_though_pages_overlap() {
    let found = walk(
        Server { change: |server| server.insert(0), ..server(45) },
        DescribeCompShareInstance::new().limit(10),
    );
    assert_eq!(found.ids, (0..45).collect::<Vec<_>>());
    assert_eq!(found.end, None, "what came meanwhile is not missing");
}

#[test]
fn a_walk_from_an_offset_counts_from_there() {
    let hiding = Server { hidden: |row| row == 42, ..server(45) };
    let found = walk(hiding, DescribeCompShareInstance::new().offset(40).limit(20));
    assert_eq!((found.ids, found.end), (vec![40, 41, 43, 44], Some((4, Some(5)))));
}

/// Rows without an id: two that are equal are two.
#[test]
fn rows_without_an_id_are_never_taken_for_each_other() {
    let transport = |request: http::Request<Bytes>, _| {
        let form = parse_form(request.body());
        let number = |name| value(&form, name).parse::<usize>().unwrap();
        let rows = number("Offset")..250.min(number("Offset") + number("Limit"));
        let rows: Value = rows.map(|row| json!({"Content": format!("{}", row / 60)})).collect();
        let response = json!({"RetCode": 0, "Total": 250, "Logs": rows});
        Ok::<_, Failure>(http::Response::new(Bytes::from(response.to_string())))
    };
    let client = Client::builder(config()).transport(transport).build().unwrap();
    let logs: Result<Vec<_>, _> = client.items(ListCompShareTeamOperateLog::new(7)).collect();
    assert_eq!(logs.unwrap().len(), 250);
}

/// Logs that come page by page, as the server of `rows` gives them.
fn logs(
    limit: i64,
    rows: impl Fn(usize) -> Value + Send + Sync + 'static,
    total: usize,
) -> Vec<String> {
    let transport = move |request: http::Request<Bytes>, _| {
        let form = parse_form(request.body());
        let number = |name| value(&form, name).parse::<usize>().unwrap();
        let page = number("Offset")..total.min(number("Offset") + number("Limit"));
        let rows: Value = page.map(&rows).collect();
        let response = json!({"RetCode": 0, "Total": total, "Logs": rows});
        Ok::<_, Failure>(http::Response::new(Bytes::from(response.to_string())))
    };
    let client = Client::builder(config()).transport(transport).build().unwrap();
    let logs = client.items(ListCompShareTeamOperateLog::new(7).limit(limit));
    logs.map(|log| log.unwrap().content).collect()
}

#[test]
fn rows_without_an_id_that_look_alike_are_all_met() {
    assert_eq!(logs(1, |_| json!({"Content": "started"}), 5).len(), 5);
    // Pages whose first and last rows are equal.
    let rows = |row: usize| json!({"Content": if row % 3 == 1 { row.to_string() } else { "x".to_owned() }});
    assert_eq!(logs(3, rows, 9), ["x", "1", "x", "x", "4", "x", "x", "7", "x"]);
}

/// One list or several: an empty one has one page.
#[test]
fn an_empty_list_has_one_page_without_rows() {
    let empty = r#"{"RetCode":0,"TotalCount":0,"ImageSet":[]}"#;
    let transport =
        |_, _| Ok::<_, Failure>(http::Response::new(Bytes::from_static(empty.as_bytes())));
    let client = Client::builder(config()).transport(transport).build().unwrap();
    for action in [DescribeCompShareImages::new(), DescribeCompShareImages::new().image_type("App")]
    {
        let pages: Vec<_> =
            client.pages(action).map(|page| page.unwrap().image_set.len()).collect();
        assert_eq!(pages, [0]);
    }
}

/// A part that is incomplete does not end the parts behind it.
#[test]
fn every_part_of_a_list_comes_before_the_error() {
    let transport = |request: http::Request<Bytes>, _| {
        let form = parse_form(request.body());
        let kind = value(&form, "ImageType");
        let rows: Value =
            (0..4).map(|row| json!({"CompShareImageId": format!("{kind}-{row}")})).collect();
        let total = if kind == "App" || kind == "Game" { 6 } else { 4 };
        let response = json!({"RetCode": 0, "TotalCount": total, "ImageSet": rows});
        Ok::<_, Failure>(http::Response::new(Bytes::from(response.to_string())))
    };
    let client = Client::builder(config()).transport(transport).build().unwrap();
    let mut images: Vec<_> = client.items(DescribeCompShareImages::new()).collect();
    let Some(Err(Error::Decode(error))) = images.pop() else { panic!("it ends well") };
    assert_eq!(error.rows(), Some((8, Some(12))));
    assert_eq!(images.iter().flatten().count(), 16);
}

/// The other client says the same.
#[test]
fn both_clients_give_the_rows_and_then_the_error() {
    let response = |request: http::Request<Bytes>| {
        let form = parse_form(request.body());
        assert_eq!(value(&form, "Action"), DescribeCompShareInstance::INFO.name);
        let rows = if value(&form, "Offset") == "0" { 2 } else { 0 };
        let rows: Value = (0..rows).map(|row| json!({"UHostId": row.to_string()})).collect();
        let response = json!({"RetCode": 0, "TotalCount": 3, "UHostSet": rows});
        http::Response::new(Bytes::from(response.to_string()))
    };
    let text = "DescribeCompShareInstance: the list is incomplete: 2 of 3 rows were returned";

    let blocking = Client::builder(config())
        .transport(move |request, _| Ok::<_, Failure>(response(request)))
        .build()
        .unwrap();
    let mut items: Vec<_> = blocking.items(DescribeCompShareInstance::new()).collect();
    assert_eq!(items.pop().unwrap().unwrap_err().to_string(), text);
    assert_eq!(items.iter().flatten().count(), 2);
    let mut pages: Vec<_> = blocking.pages(DescribeCompShareInstance::new()).collect();
    assert_eq!(pages.pop().unwrap().unwrap_err().to_string(), text);
    assert_eq!(pages.len(), 1);

    let hyper = compshare_hyper::Client::builder(config())
        .transport(move |request, _| async move { Ok::<_, Failure>(response(request)) })
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut items = hyper.items(DescribeCompShareInstance::new());
        assert!(items.next().await.unwrap().is_ok() && items.next().await.unwrap().is_ok());
        assert_eq!(items.next().await.unwrap().unwrap_err().to_string(), text);
        assert!(items.next().await.is_none());
    });
}
