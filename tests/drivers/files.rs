//! Files as responses: written as they arrive, JSON in their place, and what breaks on the way.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use compshare_proto::{
    Delivery,
    actions::{CreateCompShareTeam, DescribeCompShareImages, DownloadTeamOrder},
};

use crate::adapter::{Adapter, config, each, report};

/// Serves one response again and again, and counts the requests.
fn serve(head: &'static str, body: Vec<u8>, promised: usize) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let count = requests.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
            while !seen.windows(10).any(|bytes| bytes == b"Signature=") {
                let read = stream.read(&mut buffer).unwrap();
                assert!(read > 0, "the request is cut");
                seen.extend_from_slice(&buffer[..read]);
            }
            count.fetch_add(1, Ordering::SeqCst);
            let head = format!("HTTP/1.1 200 OK\r\n{head}Content-Length: {promised}\r\n\r\n");
            // A client that has seen enough closes the connection.
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    (endpoint, requests)
}

const CSV: &str = "Content-Type: text/csv; charset=utf-8\r\n\
                   Content-Disposition: attachment; filename=\"orders.csv\"\r\n";

#[test]
fn a_file_larger_than_the_limit_is_passed_on_with_its_name() {
    let content: Vec<u8> = "订单号,金额\n1,10.00\n".bytes().cycle().take(3 << 20).collect();
    let (endpoint, _) = serve(CSV, content.clone(), content.len());
    for adapter in Adapter::both(&config(&endpoint).max_response(1 << 20)) {
        let mut written = Vec::new();
        let response = adapter.download(DownloadTeamOrder::new(1001), &mut written).unwrap();
        assert_eq!(response.name(), Some("orders.csv"));
        assert!(response.content().is_empty());
        assert!(written == content, "{} bytes of {}", written.len(), content.len());
    }
}

#[test]
fn json_in_the_files_place_is_an_error_and_writes_nothing() {
    let body = br#"{"RetCode":299,"Message":"No permission"}"#.to_vec();
    let (endpoint, requests) =
        serve("Content-Type: application/json\r\n", body.clone(), body.len());
    for adapter in Adapter::both(&config(&endpoint)) {
        let mut written = Vec::new();
        let error = adapter.download(DownloadTeamOrder::new(1001), &mut written).unwrap_err();
        assert_eq!(error.ret_code().unwrap().number(), 299);
        assert!(written.is_empty());
    }
    assert_eq!(requests.load(Ordering::SeqCst), 2);
}

#[test]
fn a_file_that_breaks_off_is_not_written_twice() {
    let (endpoint, requests) = serve(CSV, b"1,10.00\n".to_vec(), 1000);
    for adapter in Adapter::both(&config(&endpoint)) {
        let before = requests.load(Ordering::SeqCst);
        let mut written = Vec::new();
        let error = adapter.download(DownloadTeamOrder::new(1001), &mut written).unwrap_err();
        assert_eq!(error.delivery(), Delivery::Answered, "{}", report(&error));
        assert_eq!(
            error.to_string(),
            "DownloadTeamOrder got a response that was rejected",
            "{}",
            report(&error)
        );
        assert_eq!(written, b"1,10.00\n");
        assert_eq!(requests.load(Ordering::SeqCst) - before, 1);
    }
}

#[test]
fn a_writer_that_fails_ends_the_call() {
    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is full"))
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let (endpoint, requests) = serve(CSV, b"1,10.00\n".to_vec(), 8);
    let client = compshare_blocking::Client::new(config(&endpoint)).unwrap();
    let error = client.download(DownloadTeamOrder::new(1001), &mut Full).unwrap_err();
    assert!(report(&error).ends_with("the disk is full"), "{}", report(&error));
    assert_eq!(requests.load(Ordering::SeqCst), 1);
}

/// `{"RetCode":0}`, as gzip has it.
const GZIP: &[u8] =
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\x56\x0a\x4a\x2d\x71\xce\x4f\x49\x55\
                      \xb2\x32\xa8\x05\x00\x5d\xd3\x5c\x89\x0d\x00\x00\x00";

#[test]
fn a_response_that_is_compressed_unasked_is_named_as_such() {
    let json = "Content-Type: application/json\r\nContent-Encoding: gzip\r\n";
    let csv = "Content-Type: text/csv\r\nContent-Encoding: gzip\r\n";
    for head in [json, csv] {
        let (endpoint, _) = serve(head, GZIP.to_vec(), GZIP.len());
        for adapter in Adapter::both(&config(&endpoint)) {
            let mut written = Vec::new();
            let once = adapter.send(CreateCompShareTeam::new("a team")).map(drop).unwrap_err();
            let sent = adapter.send(DownloadTeamOrder::new(1001)).map(drop).unwrap_err();
            let saved = adapter.download(DownloadTeamOrder::new(1001), &mut written);
            for error in [once, sent, saved.map(drop).unwrap_err()] {
                let said = format!("{} {error}", adapter.name());
                let expected = "the response is compressed (gzip), which was not requested; check \
                                the endpoint and any proxy";
                assert!(said.contains(expected), "{said}");
                assert_eq!(error.delivery(), Delivery::Answered, "{said}");
                assert!(error.may_have_acted(), "{said}");
            }
            assert!(written.is_empty());
        }
    }
}

#[test]
fn no_compression_is_asked_for() {
    each(|sim, adapter| {
        adapter.send(DescribeCompShareImages::new()).unwrap();
        let seen = sim.take_requests().pop().unwrap();
        let asked: Vec<_> = seen.headers.get_all("accept-encoding").iter().collect();
        assert_eq!(asked, ["identity"]);
    });
}
