//! A server on loopback that does what a script says, once for each request, and counts.

use std::{
    collections::VecDeque,
    fmt,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use socket2::SockRef;

/// What the server does with one request.
#[derive(Clone)]
pub(crate) enum Step {
    /// Reads it, acts, and sends this response.
    Respond(Vec<u8>),
    /// Reads it, acts, and closes after a part of a response, or none.
    RespondThenClose(Vec<u8>),
    /// Resets the connection before it reads anything.
    ResetBefore,
    /// Reads the head, and resets the connection while the body comes.
    ResetDuring,
    /// Reads it, acts, and resets the connection.
    ResetAfter,
    /// Reads it, acts, and says nothing until the client goes.
    Silence,
    /// Acts and sends a success, then closes the connection when [`Server::end_kept`] says so.
    CloseKept,
    /// Acts and sends a success, then resets the connection when [`Server::end_kept`] says so.
    ResetKept,
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Respond(bytes) | Self::RespondThenClose(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                return write!(f, "{:?}", text.chars().take(100).collect::<String>());
            }
            Self::ResetBefore => "ResetBefore",
            Self::ResetDuring => "ResetDuring",
            Self::ResetAfter => "ResetAfter",
            Self::Silence => "Silence",
            Self::CloseKept => "CloseKept",
            Self::ResetKept => "ResetKept",
        })
    }
}

/// A success.
pub(crate) const GOOD: &str = r#"{"RetCode":0,"Rows":[]}"#;

/// A response with a status, a further line of the head, and a body.
pub(crate) fn response(status: u16, line: &str, body: &str) -> Vec<u8> {
    let line = if line.is_empty() { String::new() } else { format!("{line}\r\n") };
    let length = body.len();
    format!("HTTP/1.1 {status} Some\r\n{line}Content-Length: {length}\r\n\r\n{body}").into()
}

fn good() -> Vec<u8> {
    response(200, "", GOOD)
}

struct Shared {
    /// The steps of the next requests; the last one stays.
    script: Mutex<VecDeque<Step>>,
    /// Requests of which anything was read.
    seen: Mutex<usize>,
    /// Requests that were read whole, and acted on.
    acted: Mutex<usize>,
    end: Mutex<Receiver<()>>,
    ended: Mutex<Sender<()>>,
}

/// The server; its threads end with the connections.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    end: Sender<()>,
    ended: Receiver<()>,
}

impl Server {
    /// Starts one that goes through the script and stays with its last step.
    pub(crate) fn start(script: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        // A large request does not fit in between.
        SockRef::from(&listener).set_recv_buffer_size(4096).unwrap();
        let address = listener.local_addr().unwrap();
        let (end, to_end) = channel();
        let (to_ended, ended) = channel();
        let shared = Arc::new(Shared {
            script: Mutex::new(script.into_iter().collect()),
            seen: Mutex::default(),
            acted: Mutex::default(),
            end: Mutex::new(to_end),
            ended: Mutex::new(to_ended),
        });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&serving);
                thread::spawn(move || {
                    let stream = stream.unwrap();
                    let kept = shared.serve(&stream);
                    drop(stream);
                    if kept.is_some() {
                        shared.ended.lock().unwrap().send(()).unwrap();
                    }
                });
            }
        });
        Self { address, shared, end, ended }
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Requests of which anything was read.
    pub(crate) fn seen(&self) -> usize {
        *self.shared.seen.lock().unwrap()
    }

    /// Requests that were acted on.
    pub(crate) fn acted(&self) -> usize {
        *self.shared.acted.lock().unwrap()
    }

    /// Ends the connection that is kept open until now, and comes back once that is done.
    pub(crate) fn end_kept(&self) {
        self.end.send(()).unwrap();
        self.ended.recv_timeout(Duration::from_secs(20)).unwrap();
    }
}

impl Shared {
    fn next(&self) -> Step {
        let mut script = self.script.lock().unwrap();
        if script.len() > 1 { script.pop_front().unwrap() } else { script[0].clone() }
    }

    /// Takes the next step if that is a reset before anything is read.
    fn resets_before(&self) -> bool {
        let first = matches!(self.script.lock().unwrap()[0], Step::ResetBefore);
        first && matches!(self.next(), Step::ResetBefore)
    }

    /// Serves a connection to its end; `Some` if [`Server::end_kept`] asked for that.
    fn serve(&self, mut stream: &TcpStream) -> Option<()> {
        if self.resets_before() {
            reset(stream);
            return None;
        }
        let mut read = Vec::new();
        // A client that goes ends the connection.
        loop {
            let length = read_head(stream, &mut read)?;
            *self.seen.lock().unwrap() += 1;
            let step = self.next();
            if matches!(step, Step::ResetDuring) {
                reset(stream);
                return None;
            }
            read_body(stream, &mut read, length)?;
            *self.acted.lock().unwrap() += 1;
            match step {
                Step::Respond(bytes) => stream.write_all(&bytes).ok()?,
                Step::RespondThenClose(bytes) => {
                    let _ = stream.write_all(&bytes);
                    return None;
                }
                Step::Silence => {
                    let _ = stream.read(&mut [0]);
                    return None;
                }
                Step::CloseKept | Step::ResetKept => {
                    stream.write_all(&good()).unwrap();
                    self.end.lock().unwrap().recv().ok()?;
                    if matches!(step, Step::ResetKept) {
                        reset(stream);
                    }
                    return Some(());
                }
                Step::ResetBefore | Step::ResetDuring | Step::ResetAfter => {
                    reset(stream);
                    return None;
                }
            }
        }
    }
}

/// Makes the stream's close a reset.
fn reset(stream: &TcpStream) {
    SockRef::from(stream).set_linger(Some(Duration::ZERO)).unwrap();
}

/// Reads a head; returns the length of the body.
fn read_head(mut stream: &TcpStream, read: &mut Vec<u8>) -> Option<usize> {
    let mut block = [0; 4096];
    loop {
        if let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let head = String::from_utf8(read.drain(..end + 4).collect()).unwrap().to_lowercase();
            let (_, length) = head.split_once("content-length: ").unwrap();
            return length.lines().next().unwrap().parse().ok();
        }
        let length = stream.read(&mut block).ok().filter(|length| *length > 0)?;
        read.extend_from_slice(&block[..length]);
    }
}

fn read_body(mut stream: &TcpStream, read: &mut Vec<u8>, length: usize) -> Option<()> {
    let mut block = vec![0; 64 << 10];
    while read.len() < length {
        let count = stream.read(&mut block).ok().filter(|count| *count > 0)?;
        read.extend_from_slice(&block[..count]);
    }
    read.drain(..length);
    Some(())
}
