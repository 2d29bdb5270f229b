//! `Pools`: kept connections, each used on the runtime that made it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;
use compshare_proto::{Failure, HEAD_LIMIT};
use http::uri::Scheme;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::Client,
    rt::{TokioExecutor, TokioTimer},
};
use tokio::runtime::{Handle, Id};

use crate::{
    body,
    connect::{Connector, Ways},
    host_limits::HostLimits,
};

/// Connections are not kept longer than this without use, so that the server is not first to close.
const MAX_IDLE: Duration = Duration::from_secs(15);

/// Most fields of an answer's head, the same as the blocking client takes.
const HEADERS: usize = 128;

/// A pool for each runtime.
///
/// The runtime that made a connection has to run for it to move: on another one, a request over it would
/// hang, perhaps half sent.
pub(crate) struct Pools {
    ways: Arc<Ways>,
    connect_timeout: Duration,
    limit: usize,
    by_runtime: Mutex<HashMap<Id, Used>>,
}

struct Used {
    pool: Arc<Pool>,
    last: Instant,
}

/// The connections of one runtime.
pub(crate) struct Pool {
    client: Client<Connector, Full<Bytes>>,
    /// Requests that are under way; the connector bounds the connections themselves.
    pub(crate) limits: HostLimits,
}

impl Pools {
    pub(crate) fn new(ways: Arc<Ways>, connect_timeout: Duration, limit: usize) -> Self {
        Self { ways, connect_timeout, limit, by_runtime: Mutex::default() }
    }

    /// The pool of the runtime that this is called on.
    pub(crate) fn here(&self) -> Arc<Pool> {
        let (runtime, last) = (Handle::current().id(), Instant::now());
        let mut pools = self.by_runtime.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(used) = pools.get_mut(&runtime) {
            used.last = last;
            return Arc::clone(&used.pool);
        }
        // Runtimes come and go. Without use for so long, a pool has no connection that would be kept.
        pools.retain(|_, used| Arc::strong_count(&used.pool) > 1 || used.last.elapsed() < MAX_IDLE);
        let pool = Arc::new(self.pool());
        pools.insert(runtime, Used { pool: Arc::clone(&pool), last });
        pool
    }

    fn pool(&self) -> Pool {
        let connector = Connector {
            ways: Arc::clone(&self.ways),
            timeout: self.connect_timeout,
            limits: HostLimits::new(self.limit),
        };
        let client = Client::builder(TokioExecutor::new())
            .http1_max_buf_size(HEAD_LIMIT)
            .http1_max_headers(HEADERS)
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(MAX_IDLE)
            .pool_max_idle_per_host(self.limit)
            .build(connector);
        Pool { client, limits: HostLimits::new(self.limit) }
    }
}

impl Pool {
    pub(crate) async fn request(
        &self,
        request: http::Request<Full<Bytes>>,
    ) -> Result<http::Response<Incoming>, Failure> {
        let is_plain = request.uri().scheme() == Some(&Scheme::HTTP);
        // Lets the runtime see first which of the kept connections the server has closed: a request on
        // one of those would be lost.
        tokio::task::yield_now().await;
        body::bounded(self.client.request(request).await.map_err(body::failed)?, is_plain)
    }
}
