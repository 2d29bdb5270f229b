//! `Tunnel`: an HTTP proxy that knows CONNECT, and keeps what it was asked.

use std::{
    io::{self, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use crate::http::Message;

/// A proxy that tunnels every CONNECT to one port of this machine.
pub(crate) struct Tunnel {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Tunnel {
    /// Responds to each CONNECT with that status; it tunnels if that is 200.
    pub(crate) fn start(port: u16, status: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                thread::spawn(move || drop(serve(stream, port, status, &log)));
            }
        });
        Self { address, asked }
    }

    /// The heads of the requests so far; forgets them.
    pub(crate) fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn serve(
    mut client: TcpStream,
    port: u16,
    status: &str,
    log: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let Some(request) = Message::read(&mut client)? else { return Ok(()) };
    log.lock().unwrap().push(String::from_utf8_lossy(&request.bytes).into_owned());
    write!(client, "HTTP/1.1 {status}\r\n\r\n")?;
    if !status.starts_with("200") {
        return Ok(());
    }
    let mut server = TcpStream::connect(("127.0.0.1", port))?;
    let (mut up, mut to_server) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || {
        drop(io::copy(&mut up, &mut to_server));
        drop(to_server.shutdown(std::net::Shutdown::Write));
    });
    io::copy(&mut server, &mut client).map(drop)
}
