//! `HttpTransport`: HTTP/1.1 and TLS by hyper and rustls.

use std::{
    fmt, io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use compshare_proto::{Config, ConfigError, Failure, HEAD_LIMIT, profile::ProxyUrl};
use http::uri::Scheme;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{
        Client,
        connect::{CaptureConnection, capture_connection},
    },
    rt::{TokioExecutor, TokioTimer},
};

use tokio::io::AsyncWrite;

use crate::{
    Transport, answer,
    connect::{ConnectTimedOut, Connector, Roots},
    slots::Slots,
};

/// Connections are not kept longer than this without use, so that the server is not first to close.
const MAX_IDLE: Duration = Duration::from_secs(15);

/// Most fields of an answer's head, the same as the blocking client takes.
const HEADERS: usize = 128;

/// The usual transport: connections are reused, certificates are checked, redirects are not followed.
pub struct HttpTransport {
    client: Client<Connector, Full<Bytes>>,
    /// Requests that are under way; the connector bounds the connections themselves.
    slots: Slots,
    max_response: usize,
}

impl HttpTransport {
    /// A transport of that configuration's limits.
    ///
    /// Trusts `root_certificates` (DER), else the platform's, and goes through `proxy` if there is one.
    ///
    /// # Errors
    ///
    /// A proxy that cannot be used, and a platform without root certificates where the endpoint needs
    /// them.
    pub fn new(
        config: &Config,
        root_certificates: Option<Vec<Vec<u8>>>,
        proxy: Option<&ProxyUrl>,
    ) -> Result<Self, ConfigError> {
        let roots = match root_certificates {
            Some(certificates) => Roots::These(certificates),
            // Plain http has no use for certificates, so the platform need not have any.
            None if config.uri().scheme() == Some(&Scheme::HTTP) => Roots::These(Vec::new()),
            None => Roots::Platform,
        };
        let limit = config.connection_limit();
        let (tls, slots) = (roots.into_config()?, Slots::new(limit));
        let connector = Connector::new(tls, config.connect_within(), slots, proxy)?;
        let client = Client::builder(TokioExecutor::new())
            .http1_max_buf_size(HEAD_LIMIT)
            .http1_max_headers(HEADERS)
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(MAX_IDLE)
            .pool_max_idle_per_host(limit)
            .build(connector);
        Ok(Self { client, slots: Slots::new(limit), max_response: config.response_limit() })
    }

    async fn request(
        &self,
        request: http::Request<Full<Bytes>>,
    ) -> Result<http::Response<Incoming>, Failure> {
        // Lets the runtime see first which of the kept connections the server has closed: a request on
        // one of those would be lost.
        tokio::task::yield_now().await;
        answer::bounded(self.client.request(request).await.map_err(answer::failed)?)
    }

    async fn attempt(
        &self,
        request: http::Request<Full<Bytes>>,
    ) -> Result<http::Response<Bytes>, Failure> {
        let _slot = self.slots.take(request.uri()).await;
        let response = self.request(request).await?;
        answer::read(response, self.max_response).await
    }

    async fn attempt_into(
        &self,
        request: http::Request<Full<Bytes>>,
        accept: for<'a> fn(&'a http::HeaderMap) -> bool,
        writer: &mut (dyn AsyncWrite + Send + Unpin),
    ) -> Result<http::Response<Bytes>, Failure> {
        let _slot = self.slots.take(request.uri()).await;
        let response = self.request(request).await?;
        if !response.status().is_success() || !accept(response.headers()) {
            return answer::read(response, self.max_response).await;
        }
        answer::pass_on(response, writer).await
    }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, Failure> {
        let mut request = request.map(Full::new);
        let connection = capture_connection(&mut request);
        let attempt = tokio::time::timeout(timeout, self.attempt(request)).await;
        attempt.unwrap_or_else(|_| Err(timed_out(&connection)))
    }

    async fn exchange_into(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
        accept: for<'a> fn(&'a http::HeaderMap) -> bool,
        writer: &mut (dyn AsyncWrite + Send + Unpin),
    ) -> Result<http::Response<Bytes>, Failure> {
        let mut request = request.map(Full::new);
        let connection = capture_connection(&mut request);
        let mut written = Counted { writer, bytes: 0 };
        let attempt = self.attempt_into(request, accept, &mut written);
        let attempt = tokio::time::timeout(timeout, attempt).await;
        attempt.unwrap_or_else(|_| {
            let failure = timed_out(&connection);
            let begun = written.bytes > 0;
            Err(if begun { Failure::answered(failure.source).timed_out() } else { failure })
        })
    }
}

/// Without a connection there was nothing to send the request on.
fn timed_out(connection: &CaptureConnection) -> Failure {
    if connection.connection_metadata().is_none() {
        Failure::not_sent(ConnectTimedOut).timed_out()
    } else {
        Failure::maybe_sent("no answer in time").timed_out()
    }
}

/// A writer that counts what goes through it.
struct Counted<'a> {
    writer: &'a mut (dyn AsyncWrite + Send + Unpin),
    bytes: usize,
}

impl AsyncWrite for Counted<'_> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.writer).poll_write(context, bytes))?;
        self.bytes += written;
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writer).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writer).poll_shutdown(context)
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport")
            .field("max_response", &self.max_response)
            .finish_non_exhaustive()
    }
}
