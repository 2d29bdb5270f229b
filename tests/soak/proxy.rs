//! `FaultProxy`: a loopback proxy in front of a server, which makes trouble by plan.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use rustls::{ServerConfig, ServerConnection};
use socket2::{Domain, SockRef, Socket, Type};

use crate::{http::Message, identity::Identity, trouble::Trouble};

/// What becomes of a new connection, by its number, and of each request on it.
pub(crate) trait Plan: Send + Sync + 'static {
    /// Whether a connection is served; it is reset at once otherwise.
    fn takes(&self, _connection: usize) -> bool {
        true
    }

    /// What happens to a request.
    fn trouble(&self, request: &Message) -> Trouble;

    /// What happens before the first request of a connection is read.
    fn before(&self, _connection: usize) -> Option<Trouble> {
        None
    }
}

impl<F: Fn(&Message) -> Trouble + Send + Sync + 'static> Plan for F {
    fn trouble(&self, request: &Message) -> Trouble {
        self(request)
    }
}

/// A proxy for as long as the value lives.
pub(crate) struct FaultProxy {
    address: SocketAddr,
    /// Bound and not yet listening: connections are refused.
    refusing: Option<Socket>,
    shared: Arc<Shared>,
}

struct Shared {
    server: SocketAddr,
    /// What clients speak to it over TLS with, if they do.
    tls: Option<Arc<ServerConfig>>,
    plan: Box<dyn Plan>,
    stopped: AtomicBool,
    connections: AtomicUsize,
    open: Mutex<usize>,
    closed: Condvar,
}

impl FaultProxy {
    /// A proxy in front of that server; to its clients it speaks TLS if it has an identity.
    pub(crate) fn start(server: SocketAddr, plan: impl Plan, identity: Option<&Identity>) -> Self {
        let mut proxy = Self::refusing(server, plan, identity);
        proxy.listen();
        proxy
    }

    /// A proxy that has its port already, and refuses connections until [`listen`](Self::listen).
    pub(crate) fn refusing(
        server: SocketAddr,
        plan: impl Plan,
        identity: Option<&Identity>,
    ) -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
        let address = socket.local_addr().unwrap().as_socket().unwrap();
        let shared = Shared {
            server,
            tls: identity.map(Identity::server_config),
            plan: Box::new(plan),
            stopped: AtomicBool::new(false),
            connections: AtomicUsize::new(0),
            open: Mutex::default(),
            closed: Condvar::new(),
        };
        Self { address, refusing: Some(socket), shared: Arc::new(shared) }
    }

    /// Takes connections from now on.
    pub(crate) fn listen(&mut self) {
        let Some(socket) = self.refusing.take() else { return };
        socket.listen(1024).unwrap();
        let (listener, shared) = (TcpListener::from(socket), Arc::clone(&self.shared));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.stopped.load(Ordering::SeqCst) {
                    break;
                }
                let number = shared.connections.fetch_add(1, Ordering::SeqCst);
                if !shared.plan.takes(number) {
                    drop(reset(&stream));
                    continue;
                }
                let open = Open::new(&shared);
                // A side that goes away ends the connection, and is what is tested here.
                thread::spawn(move || drop(open.0.serve(stream, number)));
            }
        });
    }

    /// Its URL.
    pub(crate) fn endpoint(&self) -> String {
        let scheme = if self.shared.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}/", self.address)
    }

    /// Connections so far.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Waits until everything that clients sent before has come to its end, so that what the server
    /// did can be counted. The clients must be gone.
    pub(crate) fn settle(&self) {
        // Connections are taken in order: once this one has ended, all before it were taken.
        let mut last = TcpStream::connect(self.address).unwrap();
        drop(last.shutdown(Shutdown::Write));
        drop(last.read(&mut [0]));
        let mut open = lock(&self.shared.open);
        while *open > 0 {
            open = self.shared.closed.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Makes the listener look up.
        drop(TcpStream::connect(self.address));
    }
}

/// Counts a connection as open.
struct Open(Arc<Shared>);

impl Open {
    fn new(shared: &Arc<Shared>) -> Self {
        *lock(&shared.open) += 1;
        Self(Arc::clone(shared))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        *lock(&self.0.open) -= 1;
        self.0.closed.notify_all();
    }
}

impl Shared {
    fn serve(&self, client: TcpStream, number: usize) -> io::Result<()> {
        client.set_nodelay(true)?;
        let mut server = None;
        match self.plan.before(number) {
            Some(Trouble::Hang(time)) => {
                thread::sleep(time);
                return reset(&client);
            }
            Some(_) => {
                // Waits for the request to begin, or the handshake, and leaves it there.
                client.peek(&mut [0])?;
                return reset(&client);
            }
            None => {}
        }
        let mut client = Side::new(client, self.tls.clone())?;
        while let Some(request) = Message::read(&mut client)? {
            match self.plan.trouble(&request) {
                Trouble::None => client.write_all(&self.ask(&mut server, &request)?.bytes)?,
                Trouble::ResetUnread => return reset(&client.tcp),
                Trouble::CutRequest { bytes, reset } => {
                    let end = bytes.min(request.bytes.len() - 1);
                    TcpStream::connect(self.server)?.write_all(&request.bytes[..end])?;
                    return close(&client.tcp, reset);
                }
                Trouble::CutAnswer { bytes, reset } => {
                    let response = self.ask(&mut server, &request)?.bytes;
                    client.write_all(&response[..bytes.min(response.len() - 1)])?;
                    return close(&client.tcp, reset);
                }
                Trouble::DelayRequest(time) => {
                    thread::sleep(time);
                    client.write_all(&self.ask(&mut server, &request)?.bytes)?;
                }
                Trouble::Slow { time, limit } => {
                    thread::sleep(time.min(limit));
                    if time > limit {
                        // Whether or not it is heard, the server goes on.
                        let heard = client.write_all(&Trouble::gave_up());
                        thread::sleep(time - limit);
                        self.ask(&mut server, &request)?;
                        heard?;
                    } else {
                        client.write_all(&self.ask(&mut server, &request)?.bytes)?;
                    }
                }
                Trouble::DelayAnswer(time) => {
                    let response = self.ask(&mut server, &request)?;
                    thread::sleep(time);
                    client.write_all(&response.bytes)?;
                }
                Trouble::Duplicate => {
                    self.ask(&mut None, &request)?;
                    client.write_all(&self.ask(&mut server, &request)?.bytes)?;
                }
                Trouble::Response { bytes, acts } => {
                    if acts {
                        self.ask(&mut server, &request)?;
                    }
                    client.write_all(&bytes)?;
                    return close(&client.tcp, false);
                }
                Trouble::Huge { bytes } => return huge(&mut client, bytes),
                Trouble::Drip(time) => {
                    for byte in self.ask(&mut server, &request)?.bytes {
                        client.write_all(&[byte])?;
                        thread::sleep(time);
                    }
                }
                Trouble::Hang(time) => {
                    thread::sleep(time);
                    return reset(&client.tcp);
                }
            }
        }
        Ok(())
    }

    /// Hands a request to the server over a connection that is kept.
    fn ask(&self, server: &mut Option<TcpStream>, request: &Message) -> io::Result<Message> {
        let mut stream = match server.take() {
            Some(stream) => stream,
            None => TcpStream::connect(self.server)?,
        };
        stream.set_nodelay(true)?;
        stream.write_all(&request.bytes)?;
        let response = Message::read(&mut stream)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        *server = Some(stream);
        Ok(response)
    }
}

/// The client's side of a connection.
struct Side {
    tcp: TcpStream,
    tls: Option<ServerConnection>,
}

impl Side {
    fn new(tcp: TcpStream, tls: Option<Arc<ServerConfig>>) -> io::Result<Self> {
        let tls = tls.map(ServerConnection::new).transpose().map_err(io::Error::other)?;
        Ok(Self { tcp, tls })
    }

    /// Both sides go on with their handshake, if there is one, as soon as something is read or written.
    fn stream(&mut self) -> Box<dyn ReadWrite + '_> {
        match &mut self.tls {
            None => Box::new(&mut self.tcp),
            Some(tls) => Box::new(rustls::Stream::new(tls, &mut self.tcp)),
        }
    }
}

trait ReadWrite: Read + Write {}

impl<S: Read + Write> ReadWrite for S {}

impl Read for Side {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream().read(buffer)
    }
}

impl Write for Side {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream().flush()
    }
}

/// A response that is made on the way, for as long as the client takes it.
fn huge(client: &mut Side, bytes: u64) -> io::Result<()> {
    write!(client, "HTTP/1.1 200 OK\r\ncontent-length: {bytes}\r\n\r\n{{\"RetCode\":0,\"A\":\"")?;
    io::copy(&mut io::repeat(b'x').take(bytes), client).map(drop)
}

fn close(client: &TcpStream, hard: bool) -> io::Result<()> {
    if hard { reset(client) } else { client.shutdown(Shutdown::Both) }
}

/// Makes the close of a connection a reset.
fn reset(client: &TcpStream) -> io::Result<()> {
    SockRef::from(client).set_linger(Some(Duration::ZERO))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
