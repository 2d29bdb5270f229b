//! Each fault over a real socket: what the client gets, and whether the gateway acted.

use std::time::{Duration, Instant};

use bytes::Bytes;

use crate::{
    gateway::RecordedRequest,
    model::{PRIVATE_KEY, PUBLIC_KEY},
    server::{Fault, Sim},
    testing::{
        client::{Client, header, name, request},
        form,
    },
};

/// Whether the only request was acted on, and the RetCode that the gateway gave.
fn outcome(sim: &Sim) -> (bool, Option<i64>) {
    let requests = sim.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    let RecordedRequest { executed, ret_code, ref action, .. } = requests[0];
    assert_eq!(action, "UpdateCompShareImage");
    assert_eq!(name(sim) == "new", executed);
    (executed, ret_code)
}

fn sim_with(fault: Fault) -> Sim {
    let sim = Sim::start().expect("the simulator starts");
    sim.fault(fault);
    sim
}

#[test]
fn a_fault_on_an_action_waits_for_that_action() {
    let sim = Sim::start().expect("the simulator starts");
    sim.fault_on("UpdateCompShareImage", Fault::ActThenClose);
    sim.fault_on("StopCompShareInstance", Fault::ret_code(1, "first"));
    sim.fault_on("StopCompShareInstance", Fault::ret_code(2, "second"));
    let stop = request(&form(&[("Action", "StopCompShareInstance")], PUBLIC_KEY, PRIVATE_KEY));
    let mut client = Client::new(&sim);
    for expected in [1, 2, 220] {
        client.send(&stop);
        assert_eq!(client.response().expect("a response").json()["RetCode"], expected);
    }
    assert_eq!(sim.faults_left(), 1);
    client.send_update("new");
    assert!(client.is_closed());
    assert_eq!((name(&sim).as_str(), sim.faults_left()), ("new", 0));
    assert_eq!(Client::new(&sim).update("newer").json()["RetCode"], 0);
}

#[test]
fn a_fault_for_any_request_does_not_wait_behind_one_on_an_action() {
    let sim = Sim::start().expect("the simulator starts");
    sim.fault_on("StopCompShareInstance", Fault::Html);
    sim.fault(Fault::CloseBeforeReading);
    let mut client = Client::new(&sim);
    client.send_update("new");
    assert!(client.is_closed());
    assert_eq!((sim.requests().len(), sim.faults_left()), (0, 1));
    assert_eq!(Client::new(&sim).update("new").json()["RetCode"], 0);
}

#[test]
fn a_status_does_not_act() {
    let body = Bytes::from_static(b"slow down");
    let sim = sim_with(Fault::Status { status: 429, retry_after: Some(7), body });
    let response = Client::new(&sim).update("new");
    assert_eq!((response.status, &*response.body), (429, &b"slow down"[..]));
    assert_eq!(header(&response.head, "retry-after"), Some("7"));
    assert_eq!(outcome(&sim), (false, None));
    sim.fault(Fault::status(42));
    let response = Client::new(&sim).update("new");
    assert_eq!((response.status, header(&response.head, "retry-after")), (500, None));
}

#[test]
fn html_does_not_act() {
    let sim = sim_with(Fault::Html);
    let response = Client::new(&sim).update("new");
    assert_eq!(response.status, 200);
    assert_eq!(header(&response.head, "content-type"), Some("text/html; charset=utf-8"));
    assert!(response.body.starts_with(b"<!DOCTYPE html>"));
    assert_eq!(outcome(&sim), (false, None));
}

#[test]
fn a_ret_code_does_not_act() {
    let sim = sim_with(Fault::ret_code(153, "too many requests"));
    let response = Client::new(&sim).update("new");
    let expected =
        r#"{"Action":"UpdateCompShareImageResponse","Message":"too many requests","RetCode":153}"#;
    assert_eq!(response.body, expected.as_bytes());
    assert_eq!(
        header(&response.head, "x-ucloud-request-uuid"),
        Some(sim.requests()[0].request_id.as_str())
    );
    assert_eq!(outcome(&sim), (false, Some(153)));
}

#[test]
fn closing_before_reading_does_not_act() {
    let sim = sim_with(Fault::CloseBeforeReading);
    let mut client = Client::new(&sim);
    client.send("P");
    assert!(client.is_closed());
    assert!(sim.requests().is_empty());
    assert_eq!((sim.connections(), sim.faults_left()), (1, 0));
}

#[test]
fn closing_after_reading_does_not_act() {
    let sim = sim_with(Fault::CloseAfterReading);
    let mut client = Client::new(&sim);
    client.send_update("new");
    assert!(client.is_closed());
    assert_eq!(outcome(&sim), (false, None));
}

#[test]
fn acting_and_closing_acts() {
    let sim = sim_with(Fault::ActThenClose);
    let mut client = Client::new(&sim);
    client.send_update("new");
    assert!(client.is_closed());
    assert_eq!(outcome(&sim), (true, Some(0)));
}

#[test]
fn answering_and_closing_acts() {
    let sim = sim_with(Fault::RespondThenClose);
    let mut client = Client::new(&sim);
    let response = client.update("new");
    assert_eq!(
        (&response.json()["RetCode"], header(&response.head, "connection")),
        (&0.into(), None)
    );
    assert!(client.is_closed());
    assert_eq!(outcome(&sim), (true, Some(0)));
}

#[test]
fn a_cut_response_acts() {
    let sim = sim_with(Fault::CutHead { bytes: 15 });
    let mut client = Client::new(&sim);
    client.send_update("new");
    assert_eq!(client.rest(), b"HTTP/1.1 200 OK");
    assert_eq!(outcome(&sim), (true, Some(0)));

    let sim = sim_with(Fault::CutBody { bytes: 4 });
    let mut client = Client::new(&sim);
    client.send_update("new");
    let text = String::from_utf8(client.rest()).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    assert_eq!((header(head, "content-length"), body), (Some("53"), "{\"Ac"));
    assert_eq!(outcome(&sim), (true, Some(0)));
}

#[test]
fn a_stall_acts_before_it_responses() {
    let sim = sim_with(Fault::Stall(Duration::from_millis(80)));
    let mut client = Client::new(&sim);
    let start = Instant::now();
    assert_eq!(client.update("new").status, 200);
    assert!(start.elapsed() >= Duration::from_millis(80));
    assert_eq!(outcome(&sim), (true, Some(0)));
}

#[test]
fn a_redirect_does_not_act() {
    let sim = sim_with(Fault::Redirect { location: "http://127.0.0.1:9/".to_owned() });
    let response = Client::new(&sim).update("new");
    assert_eq!(
        (response.status, header(&response.head, "location")),
        (307, Some("http://127.0.0.1:9/"))
    );
    assert_eq!(outcome(&sim), (false, None));
}

#[test]
fn an_empty_body_acts() {
    let sim = sim_with(Fault::EmptyBody);
    let response = Client::new(&sim).update("new");
    assert_eq!((response.status, response.body.len()), (200, 0));
    assert_eq!(outcome(&sim), (true, Some(0)));
}

#[test]
fn a_huge_body_does_not_act() {
    let sim = sim_with(Fault::HugeBody { bytes: 3_000_000 });
    sim.fault(Fault::HugeBody { bytes: 3 });
    let mut client = Client::new(&sim);
    let response = client.update("new");
    assert_eq!(response.body.len(), 3_000_000);
    assert_eq!(response.json()["Padding"].as_str().map(str::len), Some(2_999_974));
    assert_eq!(outcome(&sim), (false, None));
    assert_eq!(client.update("new").body, b"{\"R");
}

#[test]
fn a_response_without_ret_code_acts() {
    let sim = sim_with(Fault::NoRetCode);
    let response = Client::new(&sim).update("new");
    assert_eq!(response.body, br#"{"Action":"UpdateCompShareImageResponse"}"#);
    assert_eq!(outcome(&sim), (true, Some(0)));
}

#[test]
fn faults_are_taken_in_turn() {
    let sim = sim_with(Fault::status(502));
    sim.fault(Fault::CloseAfterReading);
    sim.fault(Fault::CloseBeforeReading);
    let mut client = Client::new(&sim);
    assert_eq!(client.update("new").status, 502);
    client.send_update("new");
    assert!(client.is_closed());
    let mut client = Client::new(&sim);
    client.send("P");
    assert!(client.is_closed());
    assert_eq!(sim.faults_left(), 0);
    assert_eq!(Client::new(&sim).update("new").json()["RetCode"], 0);
}
