//! Many calls at a time: bounded connections, everyone's turn, memory of a call that waits.
//!
//! A test binary of its own, since it brings its own allocator.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on is a test that fails"
)]

#[path = "../soak/http.rs"]
#[allow(dead_code, reason = "made for another binary of tests")]
mod http;
mod server;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use compshare_proto::{
    Config, Credentials, Delivery, Error, RetryPolicy, actions::DescribeCompShareImages,
};
use server::Server;
use tokio::runtime::{Builder, Runtime};

const CALLS: usize = 10_000;
const LIMIT: usize = 50;

fn config(server: &Server) -> Config {
    Config::new(Credentials::new("public", "private"))
        .region("cn-wlcb")
        .zone("cn-wlcb-01")
        .endpoint(server.endpoint())
        .unwrap()
        .connect_timeout(Duration::from_secs(60))
        .attempt_timeout(Duration::from_secs(120))
        .call_timeout(Duration::from_secs(120))
        .max_connections(LIMIT)
}

fn look() -> DescribeCompShareImages {
    DescribeCompShareImages::new()
}

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Starts so many calls; each says when it ended, counted in ends.
async fn in_flight(client: &compshare_hyper::Client, calls: usize) -> Vec<Call> {
    let (begun, ended) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut tasks = Vec::with_capacity(calls);
    for _ in 0..calls {
        let (client, begun, ended) = (client.clone(), Arc::clone(&begun), Arc::clone(&ended));
        tasks.push(tokio::spawn(async move {
            begun.fetch_add(1, Ordering::SeqCst);
            client.send(look()).await?;
            Ok(ended.fetch_add(1, Ordering::SeqCst))
        }));
    }
    while begun.load(Ordering::SeqCst) < calls {
        tokio::task::yield_now().await;
    }
    tasks
}

type Call = tokio::task::JoinHandle<Result<usize, Error>>;

#[test]
fn ten_thousand_calls_share_the_connections_and_each_has_its_turn() {
    for threads in [1, 2] {
        let server = Server::start();
        let runtime = match threads {
            1 => one_thread(),
            _ => Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap(),
        };
        let client = compshare_hyper::Client::builder(config(&server)).build().unwrap();
        let start = Instant::now();
        let mut worst = 0;
        runtime.block_on(async {
            let calls = in_flight(&client, CALLS).await;
            assert!(calls.iter().all(|call| !call.is_finished()));
            let waiting = server.requests();
            assert!(waiting <= LIMIT, "{waiting} requests at a time");
            server.open_gate();
            for (place, call) in calls.into_iter().enumerate() {
                worst = worst.max(call.await.unwrap().unwrap().saturating_sub(place));
            }
        });
        println!(
            "{CALLS} calls, {threads} thread(s): {:?}, {} connections, at most {} at a time, none later \
             than {worst} after its turn",
            start.elapsed(),
            server.accepted(),
            server.peak()
        );
        assert!(server.peak() <= LIMIT, "{} connections at a time", server.peak());
        assert_eq!(server.requests(), CALLS);
        // On one thread calls begin in order, and only those under way together overtake each other.
        assert!(threads > 1 || worst <= 10 * LIMIT, "one call was overtaken by {worst}");
    }
}

#[test]
fn a_waiting_call_takes_little_memory() {
    let server = Server::start();
    let taken = allocation_counter::measure(|| {
        let runtime = one_thread();
        let client = compshare_hyper::Client::builder(config(&server)).build().unwrap();
        runtime.block_on(async {
            let calls = in_flight(&client, CALLS).await;
            server.open_gate();
            for call in calls {
                call.await.unwrap().unwrap();
            }
        });
    });
    let each = taken.bytes_max / CALLS as u64;
    println!("{each} bytes at most for each of {CALLS} calls in flight");
    assert!(each <= 16 << 10, "{each} bytes for each call in flight");
}

#[test]
fn dropped_futures_harm_no_other() {
    const FEW: usize = 8;
    let server = Server::start();
    let client = compshare_hyper::Client::builder(config(&server).max_connections(FEW));
    let client = client.build().unwrap();
    one_thread().block_on(async {
        let calls = in_flight(&client, 1000).await;
        while server.requests() < FEW {
            tokio::task::yield_now().await;
        }
        // Some that have a connection, and some that wait for one.
        let (dropped, kept): (Vec<_>, Vec<_>) =
            calls.into_iter().enumerate().partition(|(place, _)| place % 3 == 0);
        dropped.iter().for_each(|(_, call)| call.abort());
        for (_, call) in dropped {
            assert!(call.await.unwrap_err().is_cancelled());
        }
        server.open_gate();
        for (place, call) in kept {
            call.await.unwrap().unwrap_or_else(|error| panic!("call {place}: {error}"));
        }
    });
}

#[test]
fn sixty_four_threads_share_a_blocking_client() {
    for limit in [1, 16, 64] {
        let server = Server::start();
        server.open_gate();
        let client = compshare_blocking::Client::builder(config(&server).max_connections(limit));
        let client = client.build().unwrap();
        let start = Instant::now();
        thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| (0..50).for_each(|_| drop(client.send(look()).unwrap())));
            }
        });
        println!(
            "64 threads, {limit} connections: {:?} for 3,200 calls, {} connections made",
            start.elapsed(),
            server.accepted()
        );
        assert!(server.accepted() <= limit, "{} of {limit} connections", server.accepted());
        assert_eq!(server.requests(), 3200);
    }
}

#[test]
fn a_call_whose_turn_does_not_come_in_time_was_not_sent() {
    let check = |error: &Error, server: &Server| {
        let Error::Transport(failed) = error else { panic!("{error:?}") };
        assert!(failed.timed_out());
        assert_eq!(failed.delivery(), Delivery::NotSent);
        assert_eq!(server.requests(), 1);
    };
    let config = |server: &Server| config(server).max_connections(1);
    let hasty = |config: Config| config.call_timeout(Duration::from_millis(100));

    let server = Server::start();
    let client = compshare_blocking::Client::builder(config(&server)).build().unwrap();
    thread::scope(|scope| {
        let first = scope.spawn(|| client.send(look()).map(drop));
        server.wait_for_requests(1);
        check(&client.clone().with(hasty).send(look()).unwrap_err(), &server);
        server.open_gate();
        first.join().unwrap().unwrap();
    });

    let server = Server::start();
    let client = compshare_hyper::Client::builder(config(&server)).build().unwrap();
    one_thread().block_on(async {
        let first = in_flight(&client, 1).await;
        while server.requests() < 1 {
            tokio::task::yield_now().await;
        }
        check(&client.clone().with(hasty).send(look()).await.unwrap_err(), &server);
        server.open_gate();
        for call in first {
            call.await.unwrap().unwrap();
        }
    });
}

#[test]
fn calls_that_time_out_give_their_connections_back() {
    let impatient = |config: Config| {
        let mut retry = RetryPolicy::default();
        retry.attempts = 1;
        config.retry(retry).attempt_timeout(Duration::from_millis(300)).max_connections(2)
    };
    let sent = |error: Error| assert_eq!(error.delivery(), Delivery::MaybeSent, "{error}");

    let server = Server::start();
    let config_of = |server: &Server| impatient(config(server));
    let client = compshare_blocking::Client::builder(config_of(&server)).build().unwrap();
    (0..4).for_each(|_| sent(client.send(look()).unwrap_err()));
    server.wait_for_requests(4);

    let server = Server::start();
    let client = compshare_hyper::Client::builder(config_of(&server)).build().unwrap();
    one_thread().block_on(async {
        for _ in 0..4 {
            sent(client.send(look()).await.unwrap_err());
        }
    });
    server.wait_for_requests(4);
}
