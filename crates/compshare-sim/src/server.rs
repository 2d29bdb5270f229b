//! `Sim`: the gateway on a loopback socket.

use std::{
    fmt, io,
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, Weak},
    thread::{self, JoinHandle},
    time::{Duration, SystemTime},
};

mod clock;
mod connection;
mod fault;
mod http1;
mod service;

pub use clock::ManualClock;
pub use connection::serve_connection;
pub use fault::Fault;
pub use service::Service;

use service::{Clock, lock};

use crate::gateway::{Gateway, RecordedRequest};

/// A gateway on a loopback socket, for as long as the value lives.
///
/// See the [crate's documentation](crate) for an example.
pub struct Sim {
    endpoint: String,
    address: SocketAddr,
    service: Service,
    streams: Arc<Streams>,
    listener: Option<JoinHandle<()>>,
}

/// The open connections, to be closed from outside; those that have ended are gone.
type Streams = Mutex<Vec<Weak<TcpStream>>>;

/// Settings of a simulator, before it starts.
pub struct Builder {
    address: SocketAddr,
    gateway: Gateway,
    clock: Clock,
    record: bool,
    quirks: bool,
}

impl Builder {
    /// Sets the address to listen on; a free port of 127.0.0.1 by default.
    #[must_use]
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Sets the gateway; [`Gateway::new`] by default.
    #[must_use]
    pub fn gateway(mut self, gateway: Gateway) -> Self {
        self.gateway = gateway;
        self
    }

    /// Sets whether responses take every form seen in production, as [`Gateway::quirks`] does.
    #[must_use]
    pub fn quirks(mut self, quirks: bool) -> Self {
        self.quirks = quirks;
        self
    }

    /// Sets the clock; the system clock by default.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Sets a clock that starts at the present and advances that many times as fast as the system clock,
    /// so that instances start and stop in seconds.
    #[must_use]
    pub fn clock_speed(self, factor: u32) -> Self {
        let start = SystemTime::now();
        self.clock(move || start + start.elapsed().unwrap_or_default() * factor)
    }

    /// Sets whether requests are recorded; they are by default. The record grows with every request, so
    /// turn it off in a simulator that runs for long.
    #[must_use]
    pub fn record(mut self, record: bool) -> Self {
        self.record = record;
        self
    }

    /// Starts listening.
    ///
    /// # Errors
    ///
    /// The address is in use, or no thread can be created.
    pub fn start(self) -> io::Result<Sim> {
        let listener = TcpListener::bind(self.address)?;
        let address = listener.local_addr()?;
        let gateway = if self.quirks { self.gateway.quirks(true) } else { self.gateway };
        let service = Service::build(gateway, self.clock, self.record);
        let streams = Arc::<Streams>::default();
        let thread = spawn({
            let (service, streams) = (service.clone(), Arc::clone(&streams));
            move || listen(&listener, &service, &streams)
        })?;
        let endpoint = format!("http://{address}/");
        Ok(Sim { endpoint, address, service, streams, listener: Some(thread) })
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("address", &self.address)
            .field("record", &self.record)
            .finish_non_exhaustive()
    }
}

impl Sim {
    /// Starts a simulator with fixtures on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// No port is free, or no thread can be created.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Starts from the default settings.
    pub fn builder() -> Builder {
        Builder {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            gateway: Gateway::new(),
            clock: Box::new(SystemTime::now),
            record: true,
            quirks: false,
        }
    }

    /// URL of the gateway, such as `http://127.0.0.1:40123/`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the connections share. With [`serve_connection`], it serves a stream of your own.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The requests so far, in the order in which the gateway received them.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.service.requests()
    }

    /// Like [`requests`](Self::requests), and clears the record.
    pub fn take_requests(&self) -> Vec<RecordedRequest> {
        self.service.take_requests()
    }

    /// Number of connections accepted so far.
    pub fn connections(&self) -> usize {
        self.service.connections()
    }

    /// Queues a fault for the next request: each request takes the first fault that applies to it.
    pub fn fault(&self, fault: Fault) {
        self.service.fault(fault);
    }

    /// Queues a fault for the next request of an action, such as `CreateCompShareInstance`; requests of
    /// other actions leave it. See [`Service::fault_on`].
    pub fn fault_on(&self, action: impl Into<String>, fault: Fault) {
        self.service.fault_on(action, fault);
    }

    /// Faults that no request has taken yet.
    pub fn faults_left(&self) -> usize {
        self.service.faults_left()
    }

    /// Gives access to the gateway between requests.
    pub fn with_gateway<T>(&self, work: impl FnOnce(&mut Gateway) -> T) -> T {
        self.service.with_gateway(work)
    }
}

impl fmt::Debug for Sim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sim")
            .field("endpoint", &self.endpoint)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

impl Drop for Sim {
    /// Closes every connection and ends every thread.
    fn drop(&mut self) {
        self.service.stop();
        for stream in lock(&self.streams).iter().filter_map(Weak::upgrade) {
            // One that the peer has closed already cannot be shut down.
            drop(stream.shutdown(Shutdown::Both));
        }
        let Some(listener) = self.listener.take() else { return };
        if listener.is_finished() || wake(self.address) {
            // A panic of that thread has been printed already.
            drop(listener.join());
        }
    }
}

/// Wakes a listener that waits for a connection.
fn wake(mut address: SocketAddr) -> bool {
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok()
}

fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name("compshare-sim".to_owned()).spawn(work)
}

/// Accepts connections until the service stops; then waits for their threads.
fn listen(listener: &TcpListener, service: &Service, streams: &Streams) {
    let mut threads: Vec<JoinHandle<()>> = Vec::new();
    while !service.is_stopped() {
        match listener.accept() {
            Ok((stream, _)) => {
                threads.retain(|thread| !thread.is_finished());
                threads.extend(serve(stream, service, streams));
            }
            // Most likely out of file descriptors: give others time to free some.
            Err(_) => {
                service.pause(Duration::from_millis(10));
            }
        }
    }
    for thread in threads {
        drop(thread.join());
    }
}

/// Serves a connection on its own thread; drops it if the service has stopped or no thread can be created.
fn serve(stream: TcpStream, service: &Service, streams: &Streams) -> Option<JoinHandle<()>> {
    stream.set_nodelay(true).ok()?;
    let stream = Arc::new(stream);
    let mut open = lock(streams);
    if service.is_stopped() {
        return None;
    }
    open.retain(|stream| stream.strong_count() > 0);
    open.push(Arc::downgrade(&stream));
    let service = service.clone();
    // A peer may disconnect at any time.
    spawn(move || drop(serve_connection(&service, &*stream))).ok()
}

#[cfg(test)]
mod tests;
