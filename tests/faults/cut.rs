//! Responses that break off, in every framing that HTTP has: none is taken for whole.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};

use compshare_proto::{
    CsvFile, Error, Response,
    actions::{DescribeCompShareImages, DownloadTeamOrder},
};
use rustls::{ServerConfig, ServerConnection};
use socket2::SockRef;

use crate::{
    adapter::{Adapter, Route, config, report},
    http::Message,
    identity::Authority,
};

/// How a connection ends after the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// As it should: with TLS, it says so first.
    Clean,
    /// Closed, without a word in TLS.
    Closed,
    Reset,
}

/// Sends those bytes to each request, and ends the connection.
fn serve(tls: Option<Arc<ServerConfig>>, response: String, end: End) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that has seen enough closes the connection.
            drop(respond(stream, tls.clone(), response.as_bytes(), end));
        }
    });
    port
}

fn respond(
    mut tcp: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    response: &[u8],
    end: End,
) -> io::Result<()> {
    match tls.map(ServerConnection::new).transpose().map_err(io::Error::other)? {
        None => exchange(&mut tcp, response)?,
        Some(mut tls) => {
            exchange(&mut rustls::Stream::new(&mut tls, &mut tcp), response)?;
            if end == End::Clean {
                tls.send_close_notify();
                tls.complete_io(&mut tcp)?;
            }
        }
    }
    match end {
        End::Clean | End::Closed => tcp.shutdown(Shutdown::Both),
        End::Reset => SockRef::from(&tcp).set_linger(Some(Duration::ZERO)),
    }
}

fn exchange(stream: &mut (impl Read + Write), response: &[u8]) -> io::Result<()> {
    Message::read(stream)?;
    stream.write_all(response)?;
    stream.flush()
}

const CSV: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n";
const HALF: &str = "order,amount\n1,10.00\n2,2";

/// Half a file in each framing.
fn halves() -> [String; 3] {
    [
        format!("{CSV}Content-Length: 1000\r\n\r\n{HALF}"),
        format!("{CSV}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{HALF}\r\n", HALF.len()),
        format!("{CSV}Connection: close\r\n\r\n{HALF}"),
    ]
}

/// What each client says of it, asked by `send` and by `download`; with what was written.
fn ask(response: &str, end: End, is_secure: bool) -> Vec<(String, Result<CsvFile, Error>)> {
    let authority = Authority::new("of the tests");
    let identity = authority.sign("localhost", |_| {}).server_config();
    let port = serve(is_secure.then_some(identity), response.to_owned(), end);
    let scheme = if is_secure { "https" } else { "http" };
    let config = config(&format!("{scheme}://localhost:{port}/"));
    let route = Route { root_certificates: Some(vec![authority.root()]), ..Route::default() };
    let mut ends = Vec::new();
    for adapter in Adapter::both_by(&config, &route) {
        let name = |by| format!("{} {by}, {scheme}, {end:?}: {response:?}", adapter.name());
        let sent = adapter.send(DownloadTeamOrder::new(1001)).map(Response::into_body);
        ends.push((name("send"), sent));
        let mut written = Vec::new();
        let saved = adapter.download(DownloadTeamOrder::new(1001), &mut written);
        ends.push((name("download"), saved.map(|_| CsvFile::new(None, written))));
    }
    ends
}

#[test]
fn a_file_that_breaks_off_is_never_complete() {
    for half in halves() {
        for (end, is_secure) in
            [(End::Closed, true), (End::Reset, true), (End::Closed, false), (End::Reset, false)]
        {
            for (case, sent) in ask(&half, end, is_secure) {
                let error = sent.expect_err(&case);
                assert!(matches!(error, Error::Transport(_)), "{case}: {}", report(&error));
            }
        }
    }
    // A promise that is not kept is none, however politely it ends.
    for half in &halves()[..2] {
        for (case, sent) in ask(half, End::Clean, true) {
            assert!(matches!(sent.expect_err(&case), Error::Transport(_)), "{case}");
        }
    }
}

#[test]
fn a_file_that_ends_with_its_connection_is_whole_where_tls_says_so() {
    let [_, _, file] = halves();
    for (case, sent) in ask(&file, End::Clean, true) {
        assert_eq!(sent.expect(&case).content(), HALF.as_bytes(), "{case}");
    }
    // In plain text nobody says so.
    for (case, sent) in ask(&file, End::Clean, false) {
        let said = report(&sent.expect_err(&case));
        assert!(said.ends_with("so without TLS a cut would go unnoticed"), "{case}: {said}");
    }
}

#[test]
fn json_that_ends_with_its_connection_is_complete_or_an_error() {
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    for (body, is_whole) in [("{\"RetCode\":0}", true), ("{\"RetCode\":0,\"ImageSet\":[", false)] {
        let port = serve(None, format!("{head}{body}"), End::Clean);
        for adapter in Adapter::both(&config(&format!("http://localhost:{port}/"))) {
            let sent = adapter.send(DescribeCompShareImages::new());
            assert_eq!(sent.is_ok(), is_whole, "{}: {body}", adapter.name());
        }
    }
}
