//! `HttpTransport`: HTTP/1.1 and TLS by hyper and rustls.

use std::{
    fmt, io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use compshare_proto::{Config, ConfigError, Failure, profile::Proxies};
use http_body_util::Full;
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};

use tokio::io::AsyncWrite;

use crate::{Transport, body, connect::Ways, pool::Pools};

/// The usual transport: connections are reused, certificates are checked, redirects are not followed.
pub struct HttpTransport {
    pools: Pools,
    max_response: usize,
}

impl HttpTransport {
    /// A transport of that configuration's limits.
    ///
    /// Trusts `root_certificates` (DER), else the platform's. Each request goes through the proxy that
    /// [`Proxies::of`] names for it, if there is one. Each runtime has connections of its own.
    ///
    /// # Errors
    ///
    /// A proxy for the configuration's endpoint that cannot be used, a root certificate that is none, and
    /// a platform without root certificates where the endpoint needs them.
    pub fn new(
        config: &Config,
        root_certificates: Option<Vec<Vec<u8>>>,
        proxies: Proxies,
    ) -> Result<Self, ConfigError> {
        let ways = Ways::new(root_certificates, proxies, config.uri())?;
        let pools = Pools::new(ways.into(), config.connect_within(), config.connection_limit());
        Ok(Self { pools, max_response: config.response_limit() })
    }

    async fn attempt(
        &self,
        request: http::Request<Full<Bytes>>,
    ) -> Result<http::Response<Bytes>, Failure> {
        let pool = self.pools.here();
        let _permit = pool.limits.permit(request.uri()).await;
        let response = pool.request(request).await?;
        body::read(response, self.max_response).await
    }

    async fn attempt_into(
        &self,
        request: http::Request<Full<Bytes>>,
        accept: for<'a> fn(&'a http::HeaderMap) -> bool,
        writer: &mut (dyn AsyncWrite + Send + Unpin),
    ) -> Result<http::Response<Bytes>, Failure> {
        let pool = self.pools.here();
        let _permit = pool.limits.permit(request.uri()).await;
        let response = pool.request(request).await?;
        if !response.status().is_success() || !accept(response.headers()) {
            return body::read(response, self.max_response).await;
        }
        body::pass_on(response, writer).await
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
        attempt.unwrap_or_else(|_| Err(timed_out(&connection).passed_on(written.bytes > 0)))
    }
}

/// Without a connection there was nothing to send the request on.
fn timed_out(connection: &CaptureConnection) -> Failure {
    if connection.connection_metadata().is_none() {
        Failure::connect_timed_out()
    } else {
        Failure::no_response_in_time()
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
