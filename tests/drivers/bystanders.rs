//! What goes on around a call: runtimes, dropped futures, threads, secrets.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use bytes::Bytes;
use compshare_proto::{Raw, actions::DescribeCompShareImages, machine::Failure};
use compshare_sim::{Fault, Sim};

use crate::adapter::{Adapter, config, config_of, report, response};

#[tokio::test]
async fn the_blocking_client_works_within_a_runtime() {
    let sim = Sim::start().unwrap();
    let client = compshare_blocking::Client::new(config(sim.endpoint())).unwrap();
    let response = client.send(DescribeCompShareImages::new()).unwrap();
    assert!(!response.image_set.is_empty());
}

#[tokio::test]
async fn a_dropped_future_ends_its_call_and_no_other() {
    let sim = Sim::start().unwrap();
    let client = compshare_hyper::Client::new(config(sim.endpoint())).unwrap();
    sim.fault(Fault::Stall(Duration::from_secs(5)));
    let call = client.send(DescribeCompShareImages::new());
    tokio::time::timeout(Duration::from_millis(200), call).await.unwrap_err();
    client.send(DescribeCompShareImages::new()).await.unwrap();
}

#[test]
fn a_client_is_shared_between_threads() {
    let sim = Sim::start().unwrap();
    let client = compshare_blocking::Client::new(config(sim.endpoint())).unwrap();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..25 {
                    client.send(DescribeCompShareImages::new()).unwrap();
                }
            });
        }
    });
    assert_eq!(sim.requests().len(), 200);
}

/// The first connection takes nothing, and its end must not hold up the only permit.
#[test]
fn a_server_that_stops_reading_does_not_block_the_next_attempt() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let config = config(&format!("http://{}/", listener.local_addr().unwrap()))
        .attempt_timeout(Duration::from_secs(3))
        .max_connections(1);
    thread::spawn(move || {
        for _ in 0..2 {
            let _stuck = listener.accept().unwrap();
            let (mut stream, _) = listener.accept().unwrap();
            thread::spawn(move || {
                let body = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"RetCode\":0}";
                let _ = stream.read(&mut [0; 64]);
                let _ = stream.write_all(body.as_bytes());
                let _ = std::io::copy(&mut stream, &mut std::io::sink());
            });
        }
        thread::park();
    });
    for adapter in Adapter::both(&config) {
        let large = "x".repeat(16 << 20);
        let sent = adapter.send(Raw::new("DescribeCompShareImages").param("Name", large));
        sent.unwrap_or_else(|error| panic!("{}: {}", adapter.name(), report(&error)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_of_one_async_client_overlap() {
    let sim = Sim::start().unwrap();
    let client = compshare_hyper::Client::new(config(sim.endpoint())).unwrap();
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(DescribeCompShareImages::new()).await.is_ok() })
        })
        .collect();
    for call in calls {
        assert!(call.await.unwrap());
    }
    assert_eq!(sim.requests().len(), 50);
}

#[tokio::test]
async fn a_closure_carries_the_calls_of_either_client() {
    let sent = Arc::new(AtomicUsize::new(0));
    let config = config("http://127.0.0.1:9/");

    let counter = sent.clone();
    let blocking = move |request: http::Request<Bytes>, _: Duration| {
        assert!(request.body().starts_with(b"Action=DescribeCompShareImages&"));
        match counter.fetch_add(1, Ordering::SeqCst) {
            0 => Err(Failure::not_sent("not this time")),
            _ => Ok(response(r#"{"RetCode":0,"TotalCount":1}"#)),
        }
    };
    let client = compshare_blocking::Client::builder(config.clone()).transport(blocking);
    let images = client.build().unwrap().send(Raw::new("DescribeCompShareImages")).unwrap();
    assert_eq!(images["TotalCount"], 1);
    assert_eq!(sent.load(Ordering::SeqCst), 2);

    let hyper = |_: http::Request<Bytes>, _: Duration| async {
        Ok(response(r#"{"RetCode":0,"TotalCount":2}"#))
    };
    let client = compshare_hyper::Client::builder(config).transport(hyper).build().unwrap();
    let images = client.send(Raw::new("DescribeCompShareImages")).await.unwrap();
    assert_eq!(images["TotalCount"], 2);
}

#[test]
fn a_key_is_in_no_error_and_no_debug_of_either_client() {
    const CANARY: &str = "canary-5f2e8d";
    let sim = Sim::start().unwrap();
    let mut printed = Vec::new();
    let faults = [
        None,
        Some(Fault::Html),
        Some(Fault::status(404)),
        Some(Fault::NoRetCode),
        Some(Fault::Redirect { location: "http://127.0.0.1:9/".to_owned() }),
        Some(Fault::HugeBody { bytes: 1 << 22 }),
    ];
    for endpoint in [sim.endpoint(), "http://127.0.0.1:9/"] {
        let config = config_of(endpoint, CANARY).max_response(1 << 20);
        for adapter in Adapter::both(&config) {
            match &adapter {
                Adapter::Blocking(client) => printed.push(format!("{client:?} {client:#?}")),
                Adapter::Hyper(_, client) => printed.push(format!("{client:?} {client:#?}")),
            }
            for fault in &faults {
                if endpoint == sim.endpoint() {
                    fault.iter().cloned().for_each(|fault| sim.fault(fault));
                }
                let action = Raw::new("DescribeCompShareImages").param("Name", "a name");
                let error = adapter.send(action).unwrap_err();
                printed.push(format!("{} {error:?}", report(&error)));
            }
        }
    }
    let signatures: Vec<_> = sim
        .requests()
        .iter()
        .filter_map(|seen| seen.parameter("Signature").map(str::to_owned))
        .collect();
    assert!(signatures.len() >= 10 && printed.len() >= 20);
    for text in printed {
        assert!(!text.contains(CANARY), "{text}");
        assert!(signatures.iter().all(|signature| !text.contains(signature)), "{text}");
    }
}
