//! Bounds and the life of connections, over real sockets.

use std::{
    io::BufRead,
    time::{Duration, Instant},
};

use crate::{
    ManualClock,
    gateway::Gateway,
    server::{
        Fault, Sim,
        http1::{MAX_BODY, MAX_HEAD},
    },
    testing::client::{Client, header, name, update},
};

#[test]
fn a_connection_carries_many_requests() {
    let sim = Sim::start().expect("the simulator starts");
    let mut client = Client::new(&sim);
    for (index, name) in ["a", "b", "c"].into_iter().enumerate() {
        let response = client.update(name);
        assert_eq!((response.status, &response.json()["RetCode"]), (200, &0.into()));
        let id = format!("00000000-0000-4000-8000-{:012}", index + 1);
        assert_eq!(header(&response.head, "X-UCLOUD-REQUEST-UUID"), Some(id.as_str()));
        assert_eq!(sim.requests()[index].request_id, id);
    }
    assert_eq!((name(&sim).as_str(), sim.connections()), ("c", 1));
    assert!(Client::new(&sim).update("d").status == 200);
    let connections: Vec<usize> = sim.requests().iter().map(|seen| seen.connection).collect();
    assert_eq!(connections, [1, 1, 1, 2]);
    assert_eq!(sim.take_requests().len(), 4);
    assert!(sim.requests().is_empty());
}

#[test]
fn requests_may_come_in_pieces_or_all_at_once() {
    let sim = Sim::start().expect("the simulator starts");
    let mut client = Client::new(&sim);
    for byte in update("slow").chars() {
        client.send(&byte.to_string());
    }
    assert!(client.response().is_some());
    client.send(&(update("one") + &update("two")));
    assert!(client.response().is_some() && client.response().is_some());
    assert_eq!(name(&sim), "two");
}

#[test]
fn close_is_honoured() {
    let sim = Sim::start().expect("the simulator starts");
    let mut client = Client::new(&sim);
    client.send(&update("x").replace("host: sim", "Connection: Close"));
    let response = client.response().expect("a response");
    assert_eq!(header(&response.head, "connection"), Some("close"));
    assert!(client.is_closed());
    let mut client = Client::new(&sim);
    client.send(&update("x").replace("HTTP/1.1", "HTTP/1.0"));
    assert!(client.response().is_some() && client.is_closed());
}

#[test]
fn a_body_is_invited() {
    let sim = Sim::start().expect("the simulator starts");
    let mut client = Client::new(&sim);
    let text = update("invited").replace("host: sim", "Expect: 100-continue");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    client.send(&format!("{head}\r\n\r\n"));
    let mut invitation = String::new();
    client.stream.read_line(&mut invitation).expect("an invitation");
    assert_eq!(invitation, "HTTP/1.1 100 Continue\r\n");
    client.stream.read_line(&mut invitation).expect("its end");
    client.send(body);
    assert_eq!(client.response().map(|response| response.status), Some(200));
}

#[test]
fn what_is_too_large_or_broken_is_refused() {
    let sim = Sim::start().expect("the simulator starts");
    let status = |text: &str| {
        let mut client = Client::new(&sim);
        client.send(text);
        let response = client.response().expect("a response");
        assert_eq!(header(&response.head, "connection"), Some("close"));
        response.status
    };
    let post = "POST / HTTP/1.1\r\n";
    assert_eq!(status(&format!("{post}content-length: {}\r\n\r\n", MAX_BODY + 1)), 413);
    let endless = format!("{post}x: {}", "y".repeat(MAX_HEAD));
    assert_eq!(status(&endless[..MAX_HEAD]), 431);
    assert_eq!(status(&format!("{post}{}\r\n", "a: b\r\n".repeat(200))), 431);
    assert_eq!(status(&format!("{post}transfer-encoding: chunked\r\n\r\n0\r\n\r\n")), 411);
    assert_eq!(status(&format!("{post}content-length: 1\r\ncontent-length: 2\r\n\r\n")), 400);
    assert_eq!(status(&format!("{post}content-length: -1\r\n\r\n")), 400);
    assert_eq!(status("nonsense\r\n\r\n"), 400);
    assert!(sim.requests().is_empty());
    let mut client = Client::new(&sim);
    client.send("DELETE / HTTP/1.1\r\n\r\n");
    assert_eq!(client.response().map(|response| response.status), Some(405));
    client.send("HEAD / HTTP/1.1\r\n\r\n");
    let mut line = String::new();
    client.stream.read_line(&mut line).expect("a status line");
    assert_eq!(line, "HTTP/1.1 405 Method Not Allowed\r\n");
}

#[test]
fn dropping_ends_idle_and_stalled_connections() {
    let sim = Sim::start().expect("the simulator starts");
    let mut idle = Client::new(&sim);
    assert_eq!(idle.update("idle").status, 200);
    sim.fault(Fault::Stall(Duration::from_secs(3600)));
    let mut stalled = Client::new(&sim);
    stalled.send_update("new");
    while sim.requests().len() < 2 {
        std::thread::yield_now();
    }
    let mut silent = Client::new(&sim);
    let start = Instant::now();
    drop(sim);
    assert!(start.elapsed() < Duration::from_secs(10));
    assert!(stalled.is_closed() && idle.is_closed() && silent.is_closed());
}

#[test]
fn a_panic_over_the_gateway_breaks_nothing() {
    let sim = Sim::start().expect("the simulator starts");
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        sim.with_gateway(|_| panic!("on purpose"));
    }));
    assert!(panicked.is_err());
    assert_eq!(Client::new(&sim).update("new").json()["RetCode"], 0);
    assert_eq!(name(&sim), "new");
}

#[test]
fn the_clock_is_the_builders() {
    let clock = ManualClock::default();
    let read = clock.clone();
    let sim = Sim::builder().clock(move || read.now()).start().expect("the simulator starts");
    Client::new(&sim).update("a");
    clock.advance(Duration::from_secs(60));
    Client::new(&sim).update("b");
    let times: Vec<_> = sim.requests().iter().map(|seen| seen.time).collect();
    assert_eq!(times[1].duration_since(times[0]).ok(), Some(Duration::from_secs(60)));
    assert_eq!(times[1], clock.now());
}

#[test]
fn recording_can_be_left_out() {
    let sim = Sim::builder().record(false).start().expect("the simulator starts");
    Client::new(&sim).update("new");
    assert_eq!((sim.requests().len(), name(&sim).as_str()), (0, "new"));
}

#[test]
fn many_clients_are_served_at_once() {
    let sim = Sim::start().expect("the simulator starts");
    std::thread::scope(|scope| {
        for client in 0..8 {
            let mut connection = Client::new(&sim);
            scope.spawn(move || {
                for round in 0..20 {
                    let response = connection.update(&format!("{client}-{round}"));
                    assert_eq!(response.json()["RetCode"], 0);
                }
            });
        }
    });
    assert_eq!((sim.requests().len(), sim.connections()), (160, 8));
}

#[test]
fn a_simulator_can_be_shared_between_threads() {
    fn assert<T: Send + Sync>() {}
    assert::<(Sim, crate::server::Service, Fault, crate::gateway::RecordedRequest, ManualClock)>();
}

#[test]
fn quirks_are_the_builders() {
    let sim = Sim::builder().quirks(true).gateway(Gateway::empty()).start().expect("a simulator");
    let mut client = Client::new(&sim);
    let codes: Vec<String> =
        (0..3).map(|_| client.update("n").json()["RetCode"].to_string()).collect();
    assert_eq!(codes, ["\"230\"", "230", "230"]);
}
