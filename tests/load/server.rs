//! `Server`: answers every request alike once its gate is open, and counts its connections.

use std::{
    io::{self, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::http::Message;

const ANSWER: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 28\r\n\r\n{\"RetCode\":0,\"TotalCount\":7}";

/// A server as light as can be.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    open: AtomicUsize,
    peak: AtomicUsize,
    accepted: AtomicUsize,
    gate: Mutex<Gate>,
    changed: Condvar,
}

#[derive(Default)]
struct Gate {
    is_open: bool,
    requests: usize,
}

impl Server {
    /// Starts with its gate shut.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::<Shared>::default();
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                shared.accepted.fetch_add(1, Ordering::SeqCst);
                let open = shared.open.fetch_add(1, Ordering::SeqCst) + 1;
                shared.peak.fetch_max(open, Ordering::SeqCst);
                thread::spawn(move || {
                    drop(shared.serve(stream));
                    shared.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, shared }
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Lets answers out from now on.
    pub(crate) fn open_gate(&self) {
        self.shared.gate.lock().unwrap().is_open = true;
        self.shared.changed.notify_all();
    }

    /// Waits until that many requests have come.
    pub(crate) fn wait_for_requests(&self, count: usize) {
        let mut gate = self.shared.gate.lock().unwrap();
        while gate.requests < count {
            gate = self.shared.changed.wait(gate).unwrap();
        }
    }

    /// Requests so far.
    pub(crate) fn requests(&self) -> usize {
        self.shared.gate.lock().unwrap().requests
    }

    /// Most connections that were open at a time.
    pub(crate) fn peak(&self) -> usize {
        self.shared.peak.load(Ordering::SeqCst)
    }

    /// Connections so far.
    pub(crate) fn accepted(&self) -> usize {
        self.shared.accepted.load(Ordering::SeqCst)
    }
}

impl Shared {
    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        while Message::read(&mut stream)?.is_some() {
            let mut gate = self.gate.lock().unwrap();
            gate.requests += 1;
            self.changed.notify_all();
            while !gate.is_open {
                gate = self.changed.wait(gate).unwrap();
            }
            drop(gate);
            stream.write_all(ANSWER)?;
        }
        Ok(())
    }
}
