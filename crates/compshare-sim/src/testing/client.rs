//! A client over a real socket, for tests of the server.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

use super::form;
use crate::{
    model::{PRIVATE_KEY, PUBLIC_KEY},
    server::Sim,
};

/// A client that knows as much HTTP as the tests need.
pub(crate) struct Client {
    pub(crate) stream: BufReader<TcpStream>,
}

pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}

impl Client {
    pub(crate) fn new(sim: &Sim) -> Self {
        let stream = TcpStream::connect(sim.address()).expect("the simulator listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
        Self { stream: BufReader::new(stream) }
    }

    pub(crate) fn send(&mut self, text: &str) {
        self.stream.get_mut().write_all(text.as_bytes()).expect("the request can be sent");
    }

    pub(crate) fn send_update(&mut self, name: &str) {
        self.send(&update(name));
    }

    /// Sends an update and reads the response.
    pub(crate) fn update(&mut self, name: &str) -> Response {
        self.send_update(name);
        self.response().expect("a response")
    }

    /// Reads a response; `None` if there is none.
    pub(crate) fn response(&mut self) -> Option<Response> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut head).ok()? == 0 {
                return None;
            }
        }
        let length: u64 = header(&head, "content-length")?.parse().ok()?;
        let mut body = Vec::new();
        let came = (&mut self.stream).take(length).read_to_end(&mut body).ok()?;
        let status = head.get(9..12)?.parse().ok()?;
        (u64::try_from(came) == Ok(length)).then_some(Response { status, head, body })
    }

    /// Everything until the other side closes.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        // A reset after the data is as good as an end.
        drop(self.stream.read_to_end(&mut rest));
        rest
    }

    pub(crate) fn is_closed(&mut self) -> bool {
        self.rest().is_empty()
    }
}

pub(crate) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut rows = head.lines().filter_map(|row| row.split_once(": "));
    rows.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

pub(crate) fn update(name: &str) -> String {
    request(&form(
        &[
            ("Action", "UpdateCompShareImage"),
            ("CompShareImageId", "compshareImage-xxxx"),
            ("Name", name),
            ("Region", "cn-wlcb"),
        ],
        PUBLIC_KEY,
        PRIVATE_KEY,
    ))
}

pub(crate) fn request(body: &str) -> String {
    format!(
        "POST / HTTP/1.1\r\nhost: sim\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

pub(crate) fn name(sim: &Sim) -> String {
    sim.with_gateway(|gateway| gateway.image("compshareImage-xxxx").map(|image| image.name.clone()))
        .expect("the image is there")
}
