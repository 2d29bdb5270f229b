//! A server that answers every request in the same way, for responses that the simulator never gives.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY};
use serde_json::Value;

use crate::Cli;

/// A command whose requests get that response: headers one a line, and a body.
pub(crate) fn responding(headers: &'static str, body: impl Into<Vec<u8>>) -> Cli {
    let body = body.into();
    let length = body.len();
    sending(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n{headers}"), body)
}

/// A command whose requests get that head and that body, whether they fit together or not.
pub(crate) fn sending(head: String, body: Vec<u8>) -> Cli {
    serving(move |_| (head.clone(), body.clone()))
}

/// A command whose requests are answered in JSON as their bodies ask.
pub(crate) fn responding_with(exchange: impl Fn(&str) -> Value + Send + 'static) -> Cli {
    serving(move |request| {
        let body = exchange(request).to_string().into_bytes();
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n");
        (format!("{head}Content-Type: application/json"), body)
    })
}

/// The value of a parameter in the body of a request; none of those that are looked at is escaped.
pub(crate) fn sent<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let pairs = request.split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find_map(|(known, value)| (known == name).then_some(value))
}

fn serving(exchange: impl Fn(&str) -> (String, Vec<u8>) + Send + 'static) -> Cli {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}/", listener.local_addr().expect("its address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            drop(response(stream, &exchange));
        }
    });
    Cli::bare()
        .set("COMPSHARE_PUBLIC_KEY", PUBLIC_KEY)
        .set("COMPSHARE_PRIVATE_KEY", PRIVATE_KEY)
        .set("COMPSHARE_ENDPOINT", &endpoint)
        .set("COMPSHARE_REGION", "cn-wlcb")
        .set("COMPSHARE_ZONE", "cn-wlcb-01")
}

fn response(
    mut stream: TcpStream,
    exchange: impl Fn(&str) -> (String, Vec<u8>),
) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    while !is_whole(&request) {
        match stream.read(&mut piece)? {
            0 => return Ok(()),
            read => request.extend_from_slice(&piece[..read]),
        }
    }
    let text = String::from_utf8_lossy(&request);
    let (head, body) = exchange(text.split_once("\r\n\r\n").map_or("", |(_, body)| body));
    write!(stream, "{}\r\nConnection: close\r\n\r\n", head.trim_end())?;
    stream.write_all(&body)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.is_some_and(|length| length.trim().parse() == Ok(body.len()))
}
