//! What a client takes in memory while it refuses a response of 1 GiB: the limit and a constant at most.
//!
//! A test binary of its own, since it brings its own allocator, which counts for each thread.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on is a test that fails"
)]

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use allocation_counter::measure;
use compshare_proto::{Config, Credentials, Delivery, Error, Raw};

const HUGE: usize = 1 << 30;
const LIMIT: usize = 8 << 20;
/// Buffers, a block, the call itself.
const CONSTANT: u64 = 2 << 20;

/// Serves every connection one response of 1 GiB, as far as the client takes it.
fn serve(head: &'static str, chunked: bool) -> Config {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that has seen enough closes the connection.
            let _ = pour(stream, head, chunked);
        }
    });
    Config::new(Credentials::new("public", "private"))
        .max_response(LIMIT)
        .endpoint(endpoint)
        .unwrap()
}

fn pour(mut stream: TcpStream, head: &str, chunked: bool) -> std::io::Result<()> {
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    while !seen.windows(10).any(|bytes| bytes == b"Signature=") {
        let read = stream.read(&mut buffer)?;
        seen.extend_from_slice(buffer.get(..read).unwrap_or_default());
    }
    write!(stream, "HTTP/1.1 200 OK\r\n{head}\r\n\r\n")?;
    let block = vec![b' '; 1 << 20];
    for _ in 0..HUGE / block.len() {
        if chunked {
            write!(stream, "{:x}\r\n", block.len())?;
        }
        stream.write_all(&block)?;
        if chunked {
            stream.write_all(b"\r\n")?;
        }
    }
    Ok(())
}

/// Most bytes that a refused call holds at a time on this thread, which does all the work.
fn held(send: impl Fn() -> Error) -> u64 {
    send(); // What is set up once is not counted.
    let info = measure(|| {
        let error = send();
        assert_eq!(error.delivery(), Delivery::Answered, "{error:?}");
        assert_eq!(error.attempts(), 1, "{error:?}");
    });
    info.bytes_max
}

fn check(head: &'static str, chunked: bool, most: u64) {
    let config = serve(head, chunked);
    let list = || Raw::new("DescribeCompShareImages").param("Region", "cn-wlcb");

    let blocking = compshare_blocking::Client::new(config.clone()).unwrap();
    let held_by_blocking = held(|| blocking.send(list()).unwrap_err());

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let hyper = compshare_hyper::Client::new(config).unwrap();
    let held_by_hyper = held(|| runtime.block_on(hyper.send(list())).unwrap_err());

    println!("{head:?}: blocking {held_by_blocking}, async {held_by_hyper} bytes");
    assert!(held_by_blocking <= most, "blocking: {held_by_blocking}");
    assert!(held_by_hyper <= most, "async: {held_by_hyper}");
}

#[test]
fn a_length_beyond_the_limit_is_refused_unread() {
    check("Content-Length: 1073741824", false, CONSTANT);
}

#[test]
fn chunks_beyond_the_limit_take_no_more_than_it() {
    check("Transfer-Encoding: chunked", true, LIMIT as u64 + CONSTANT);
}

#[test]
fn a_response_without_a_length_takes_no_more_than_the_limit() {
    check("Connection: close", false, LIMIT as u64 + CONSTANT);
}
