//! What the clients log: a span for each call, an event for each attempt, and what is in them.

use compshare_proto::{
    actions::{DescribeCompShareCustomImages, PublishCompShareImage},
    machine::Failure,
};

use crate::{
    canary::config,
    clients::{Client, Exchanged, Script, response},
    recorder::{entered, recorded},
};

/// What each client logs of a call of its own modules, without the time that it took.
fn logged(
    responses: impl Fn() -> Vec<Exchanged>,
    send: impl Fn(&Client) -> bool,
    succeeds: bool,
) -> Vec<String> {
    let [blocking, hyper] = [0, 1].map(|which| {
        let script = Script::new(responses());
        let client = &Client::both_over(&config(), move |request| script.exchange(request))[which];
        let (succeeded, log) = recorded(|| send(client));
        assert_eq!(succeeded, succeeds);
        log.own.into_iter().map(|line| without_times(&line)).collect::<Vec<_>>()
    });
    assert_eq!(blocking, hyper, "both clients log the same");
    blocking
}

/// A line whose times are `_`.
fn without_times(line: &str) -> String {
    let words = line.split(' ').map(|word| match word.split_once('=') {
        Some((name @ ("elapsed_ms" | "delay_ms"), _)) => format!("{name}=_"),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_read_that_is_repeated_until_it_is_answered() {
    let exchanges = || {
        vec![
            Err(Failure::maybe_sent("connection reset")),
            response(503, "busy"),
            response(200, r#"{"RetCode":0,"ImageSet":[]}"#),
        ]
    };
    let send = |client: &Client| client.send(DescribeCompShareCustomImages::new()).is_ok();
    assert_eq!(
        logged(exchanges, send, true),
        [
            "DEBUG compshare.call: action=\"DescribeCompShareCustomImages\" region=\"cn-wlcb\" \
             effect=read",
            "WARN compshare_proto: message=no response \
             action=\"DescribeCompShareCustomImages\" attempt=1 delivery=MaybeSent \
             error=\"connection reset\" elapsed_ms=_ delay_ms=_",
            "WARN compshare_proto: message=response, to be retried \
             action=\"DescribeCompShareCustomImages\" attempt=2 delivery=Answered status=503 \
             request_id=\"id-6f1c\" elapsed_ms=_ delay_ms=_",
            "DEBUG compshare_proto: message=response \
             action=\"DescribeCompShareCustomImages\" attempt=3 delivery=Answered status=200 \
             ret_code=0 request_id=\"id-6f1c\" elapsed_ms=_",
        ]
    );
}

#[test]
fn a_call_that_may_not_be_repeated() {
    let send = |client: &Client| {
        client.send(PublishCompShareImage::new("compshareImage-1", "v1").region("cn-sh2")).is_ok()
    };
    assert_eq!(
        logged(|| vec![Err(Failure::maybe_sent("no response in time").timed_out())], send, false),
        [
            "DEBUG compshare.call: action=\"PublishCompShareImage\" region=\"cn-sh2\" effect=once",
            "WARN compshare_proto: message=no response action=\"PublishCompShareImage\" \
             attempt=1 delivery=MaybeSent error=\"no response in time\" elapsed_ms=_",
        ]
    );
    assert_eq!(
        logged(|| vec![response(200, r#"{"RetCode":230,"Message":"no"}"#)], send, false)[1],
        "DEBUG compshare_proto: message=response action=\"PublishCompShareImage\" attempt=1 \
         delivery=Answered status=200 ret_code=230 request_id=\"id-6f1c\" elapsed_ms=_"
    );
}

#[test]
fn a_transport_logs_within_the_span_of_the_call() {
    let transport = |_| response(200, format!(r#"{{"RetCode":0,"TotalCount":{}}}"#, entered()));
    for client in &Client::both_over(&config(), transport) {
        let send = || client.send(DescribeCompShareCustomImages::new()).unwrap();
        assert_eq!(recorded(send).0.total_count, Some(1));
        assert_eq!(send().total_count, Some(0), "without a subscriber");
    }
}
