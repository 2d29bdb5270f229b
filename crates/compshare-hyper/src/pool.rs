//! `Pools`: connections to each host, within the limit, each used on the runtime that made it.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use compshare_proto::{config::HEAD_LIMIT, machine::Failure};
use http::{HeaderValue, Request, Response, Uri, header::HOST};
use http_body_util::Full;
use hyper::{
    body::Incoming,
    client::conn::http1::{Builder, SendRequest},
};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinHandle,
    time::Instant,
};

use crate::{body, connect::Connector};

/// Unused connections are closed after this time, before the server closes them.
const MAX_IDLE: Duration = Duration::from_secs(15);

/// Longest time to close a connection in order.
const CLOSING: Duration = Duration::from_secs(1);

/// Most fields of a response's head, the same as in the blocking client.
const HEADERS: usize = 128;

/// The hosts of each runtime.
///
/// The runtime that made a connection drives it: a request over it from another runtime could stall half
/// sent.
pub(crate) struct Pools {
    limit: usize,
    /// Few, so that finding one takes no hash and no copy of its name.
    hosts: Mutex<Vec<Arc<Host>>>,
}

/// The connections to one host.
///
/// A connection is in use by the holder of a permit, or it is idle and a permit is free. So there are
/// never more connections than permits, and whoever holds one may connect. hyper-util's pool cannot
/// guarantee that: it connects while it waits, and a request ends before its connection is idle.
pub(crate) struct Host {
    runtime: Handle,
    /// Where it is; the path means nothing.
    uri: Uri,
    /// The `Host` header.
    name: HeaderValue,
    permits: Arc<Semaphore>,
    idle: Mutex<Idle>,
}

#[derive(Default)]
struct Idle {
    /// The oldest first.
    connections: Vec<(Instant, Connection)>,
    /// Whether a task closes those that are too old.
    is_watched: bool,
}

struct Connection {
    sender: SendRequest<Full<Bytes>>,
    /// Ends when the connection is closed.
    task: JoinHandle<()>,
}

impl Connection {
    async fn close(mut self) {
        drop(self.sender);
        // A server that reads nothing more would hold it open.
        if tokio::time::timeout(CLOSING, &mut self.task).await.is_err() {
            self.task.abort();
            let _ = self.task.await;
        }
    }
}

/// How far an exchange has got, for when its time is up.
#[derive(Default)]
pub(crate) struct Progress {
    pub(crate) is_sent: bool,
    pub(crate) is_passed_on: bool,
}

impl Pools {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit: limit.clamp(1, Semaphore::MAX_PERMITS), hosts: Mutex::default() }
    }

    /// The host of that URI on the current runtime.
    pub(crate) fn host(&self, uri: &Uri) -> Arc<Host> {
        let runtime = Handle::current();
        let mut hosts = lock(&self.hosts);
        if let Some(host) = hosts.iter().find(|host| host.is_at(uri, &runtime)) {
            return Arc::clone(host);
        }
        // Hosts without a request or an idle connection, and those of runtimes that have ended.
        hosts.retain(|host| Arc::strong_count(host) > 1);
        let permits = Arc::new(Semaphore::new(self.limit));
        let (uri, name) = (uri.clone(), name(uri));
        let host = Arc::new(Host { runtime, uri, name, permits, idle: Mutex::default() });
        hosts.push(Arc::clone(&host));
        host
    }
}

impl Host {
    fn is_at(&self, uri: &Uri, runtime: &Handle) -> bool {
        self.runtime.id() == runtime.id()
            && self.uri.scheme() == uri.scheme()
            && self.uri.authority() == uri.authority()
    }

    /// The request as the server takes it: with the path alone, and the host in a header.
    fn in_origin_form<B>(&self, mut request: Request<B>) -> Request<B> {
        request.headers_mut().entry(HOST).or_insert_with(|| self.name.clone());
        let path = request.uri().path_and_query().cloned();
        *request.uri_mut() = path.map_or_else(|| Uri::from_static("/"), Uri::from);
        request
    }

    /// Waits for a permit; requests get theirs in the order in which they came.
    pub(crate) async fn permit(self: Arc<Self>) -> Lease {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        // It only fails for a closed semaphore, and this one is never closed.
        Lease { host: self, permit: permit.ok(), connection: None, is_whole: false }
    }

    fn keep(self: &Arc<Self>, connection: Connection) {
        let mut idle = lock(&self.idle);
        idle.connections.push((Instant::now(), connection));
        if !std::mem::replace(&mut idle.is_watched, true) {
            self.runtime.spawn(Arc::clone(self).watch());
        }
    }

    /// Closes idle connections when they are too old, until there are none.
    async fn watch(self: Arc<Self>) {
        loop {
            let oldest = {
                let mut idle = lock(&self.idle);
                let oldest = idle.connections.first().map(|(since, _)| *since);
                idle.is_watched = oldest.is_some();
                oldest
            };
            let Some(oldest) = oldest else { return };
            tokio::time::sleep_until(oldest + MAX_IDLE).await;
            // Until it is closed it counts.
            let _permit = self.permits.acquire().await;
            let expired = {
                let connections = &mut lock(&self.idle).connections;
                let is_expired = connections.first().is_some_and(|(since, _)| is_old(*since));
                is_expired.then(|| connections.remove(0).1)
            };
            if let Some(connection) = expired {
                connection.close().await;
            }
        }
    }
}

fn is_old(since: Instant) -> bool {
    since.elapsed() >= MAX_IDLE
}

/// The right to use one connection of a host.
///
/// When it is dropped, its connection becomes idle if the response was read whole, else it is closed.
/// The permit is free after that.
pub(crate) struct Lease {
    host: Arc<Host>,
    permit: Option<OwnedSemaphorePermit>,
    connection: Option<Connection>,
    is_whole: bool,
}

impl Lease {
    /// Sends a request over an idle connection, or over a new one.
    pub(crate) async fn send(
        &mut self,
        request: Request<Bytes>,
        connector: &Connector,
        progress: &mut Progress,
    ) -> Result<Response<Incoming>, Failure> {
        let mut request = self.host.in_origin_form(request.map(Full::new));
        loop {
            // Lets the runtime see first which idle connections the server has closed.
            tokio::task::yield_now().await;
            // The one that was used last.
            let idle = lock(&self.host.idle).connections.pop();
            let is_reused = idle.is_some();
            let mut connection = match idle {
                Some((since, connection)) if is_old(since) || connection.sender.is_closed() => {
                    connection.close().await;
                    continue;
                }
                Some((_, connection)) => connection,
                None => self.connect(connector).await?,
            };
            progress.is_sent = true;
            let sending = connection.sender.try_send_request(request);
            self.connection = Some(connection);
            let mut error = match sending.await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            let Some(unsent) = error.take_message() else {
                return Err(body::failed(error.into_error()));
            };
            // No byte of it was written.
            progress.is_sent = false;
            if !is_reused {
                return Err(Failure::not_sent(error.into_error()));
            }
            request = unsent;
            if let Some(connection) = self.connection.take() {
                connection.close().await;
            }
        }
    }

    async fn connect(&self, connector: &Connector) -> Result<Connection, Failure> {
        let stream = connector.connect(self.host.uri.clone()).await?;
        let mut builder = Builder::new();
        builder.max_buf_size(HEAD_LIMIT).max_headers(HEADERS);
        let (sender, connection) = builder.handshake(stream).await.map_err(Failure::not_sent)?;
        let task = self.host.runtime.spawn(async {
            // The request that it breaks says so.
            let _ = connection.await;
        });
        Ok(Connection { sender, task })
    }

    /// Notes that the response was read whole, so that its connection can be used again.
    pub(crate) fn done(mut self) {
        self.is_whole = true;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        let (host, permit) = (Arc::clone(&self.host), self.permit.take());
        if self.is_whole && connection.sender.is_ready() {
            return host.keep(connection);
        }
        let is_whole = self.is_whole;
        self.host.runtime.spawn(async move {
            if is_whole && connection.sender.ready().await.is_ok() {
                host.keep(connection);
            } else {
                connection.close().await;
            }
            drop(permit);
        });
    }
}

/// The `Host` header for a URI, without the port that its scheme implies.
fn name(uri: &Uri) -> HeaderValue {
    let host = uri.host().unwrap_or_default();
    let name = match (uri.port_u16(), uri.scheme_str()) {
        (None, _) | (Some(443), Some("https")) | (Some(80), Some("http")) => host.to_owned(),
        (Some(port), _) => format!("{host}:{port}"),
    };
    // A URI's host has no character that a header may not have.
    HeaderValue::try_from(name).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
