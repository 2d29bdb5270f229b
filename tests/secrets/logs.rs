//! What the clients log: a span for each call, an event for each attempt, and what is in them.

use compshare_proto::{
    actions::{DescribeCompShareCustomImages, PublishCompShareImage},
    machine::Failure,
};

use crate::{
    canary::config,
    clients::{Client, Exchanged, Script, answer},
    recorder::recorded,
};

/// What each client logs of a call of its own modules, without the time that it took.
fn logged(
    answers: impl Fn() -> Vec<Exchanged>,
    send: impl Fn(&Client) -> bool,
    succeeds: bool,
) -> Vec<String> {
    let mut all = [0, 1].map(|which| {
        let script = Script::new(answers());
        let client = &Client::both_over(&config(), move |request| script.exchange(request))[which];
        let (succeeded, log) = recorded(|| send(client));
        assert_eq!(succeeded, succeeds);
        log.own.into_iter().map(|line| without_times(&line)).collect::<Vec<_>>()
    });
    all[1].iter_mut().for_each(|line| *line = line.replace("_hyper", "_blocking"));
    assert_eq!(all[0], all[1], "both clients log the same");
    all[0].clone()
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
    let answers = || {
        vec![
            Err(Failure::maybe_sent("connection reset")),
            answer(503, "busy"),
            answer(200, r#"{"RetCode":0,"ImageSet":[]}"#),
        ]
    };
    let send = |client: &Client| client.send(DescribeCompShareCustomImages::new()).is_ok();
    assert_eq!(
        logged(answers, send, true),
        [
            "DEBUG compshare.call: action=\"DescribeCompShareCustomImages\" region=\"cn-wlcb\" \
             effect=read",
            "WARN compshare_blocking::log: message=no answer \
             action=\"DescribeCompShareCustomImages\" attempt=1 delivery=MaybeSent \
             error=\"connection reset\" elapsed_ms=_ delay_ms=_",
            "WARN compshare_blocking::log: message=answered, to be sent again \
             action=\"DescribeCompShareCustomImages\" attempt=2 delivery=Answered status=503 \
             request_id=\"id-6f1c\" elapsed_ms=_ delay_ms=_",
            "DEBUG compshare_blocking::log: message=answered \
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
        logged(|| vec![Err(Failure::maybe_sent("no answer in time").timed_out())], send, false),
        [
            "DEBUG compshare.call: action=\"PublishCompShareImage\" region=\"cn-sh2\" effect=once",
            "WARN compshare_blocking::log: message=no answer action=\"PublishCompShareImage\" \
             attempt=1 delivery=MaybeSent error=\"no answer in time\" elapsed_ms=_",
        ]
    );
    assert_eq!(
        logged(|| vec![answer(200, r#"{"RetCode":230,"Message":"no"}"#)], send, false)[1],
        "DEBUG compshare_blocking::log: message=answered action=\"PublishCompShareImage\" attempt=1 \
         delivery=Answered status=200 ret_code=230 request_id=\"id-6f1c\" elapsed_ms=_"
    );
}
