//! Bounds that both clients keep alike: the head of a response, and the wait that a server asks for.

use std::time::{Duration, Instant};

use compshare_proto::{Delivery, Effect, Error, config::HEAD_LIMIT, error::Stop, retry::TABLE};

use super::{
    Cell, EFFECTS,
    server::{GOOD, Server, Step, response},
};

fn cell(which: usize, effect: Effect) -> Cell<'static> {
    Cell { row: &TABLE[0], effect, which }
}

/// Sends one call to a server of that script; also how often it was seen.
fn send(which: usize, effect: Effect, script: Vec<Step>) -> (Result<(), Error>, usize) {
    let server = Server::start(script);
    let cell = cell(which, effect);
    let client = cell.client(&server.endpoint(), |config| config);
    (client.send(cell.probe()).map(drop), server.seen())
}

#[test]
fn heads_up_to_the_limit_are_accepted() {
    let long = |length: usize| format!("X-Long: {}", "x".repeat(length));
    let many = |count: usize| vec!["X-Many: x"; count].join("\r\n");
    for (line, taken) in [
        (long(HEAD_LIMIT - 200), true),
        (long(HEAD_LIMIT + 200), false),
        (long(HEAD_LIMIT * 10), false),
        // One more is the body's length.
        (many(127), true),
        (many(128), false),
    ] {
        for which in 0..2 {
            let script = vec![Step::Respond(response(200, &line, GOOD))];
            let (sent, seen) = send(which, Effect::Read, script);
            assert_eq!((sent.is_ok(), seen), (taken, 1), "{which} {} {sent:?}", line.len());
            if let Err(error) = sent {
                assert_eq!(error.delivery(), Delivery::Answered);
                assert!(
                    crate::adapter::report(&error).ends_with("the response's head is too large")
                );
            }
        }
    }
}

#[test]
fn a_wait_beyond_the_time_of_the_call_ends_it_at_once() {
    for retry_after in ["86400", "99999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        for effect in EFFECTS {
            for which in 0..2 {
                let line = format!("Retry-After: {retry_after}");
                let started = Instant::now();
                let script = vec![Step::Respond(response(429, &line, ""))];
                let (sent, seen) = send(which, effect, script);
                assert!(started.elapsed() < Duration::from_secs(20));
                match sent {
                    Err(Error::Api(error)) => assert_eq!(error.stop(), Stop::Deadline),
                    other => panic!("{other:?}"),
                }
                assert_eq!(seen, 1);
            }
        }
    }
}

#[test]
fn a_wait_that_the_server_asks_for_is_kept() {
    for which in 0..2 {
        let busy = Step::Respond(response(503, "Retry-After: 1", ""));
        let started = Instant::now();
        let script = vec![busy, Step::Respond(response(200, "", GOOD))];
        let (sent, seen) = send(which, Effect::Idempotent, script);
        sent.unwrap();
        assert_eq!(seen, 2);
        assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
    }
}
