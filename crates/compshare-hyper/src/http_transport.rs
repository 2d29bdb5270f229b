//! `HttpTransport`: HTTP/1.1 and TLS by hyper and rustls.

use std::{
    error::Error as StdError,
    fmt, io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use compshare_proto::{Config, ConfigError, Failure, profile::ProxyUrl};
use http::uri::Scheme;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{
        Client, Error,
        connect::{CaptureConnection, capture_connection},
    },
    rt::{TokioExecutor, TokioTimer},
};

use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use crate::{
    Transport,
    connect::{ConnectTimedOut, Connector, Roots},
    slots::Slots,
};

/// Connections are not kept longer than this without use, so that the server is not first to close.
const MAX_IDLE: Duration = Duration::from_secs(15);

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
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(MAX_IDLE)
            .pool_max_idle_per_host(limit)
            .build(connector);
        Ok(Self { client, slots: Slots::new(limit), max_response: config.response_limit() })
    }

    async fn attempt(
        &self,
        request: http::Request<Full<Bytes>>,
    ) -> Result<http::Response<Bytes>, Failure> {
        let _slot = self.slots.take(request.uri()).await;
        let response = self.client.request(request).await.map_err(failed)?;
        self.read(response).await
    }

    async fn attempt_into(
        &self,
        request: http::Request<Full<Bytes>>,
        accept: for<'a> fn(&'a http::HeaderMap) -> bool,
        writer: &mut (dyn AsyncWrite + Send + Unpin),
    ) -> Result<http::Response<Bytes>, Failure> {
        let _slot = self.slots.take(request.uri()).await;
        let response = self.client.request(request).await.map_err(failed)?;
        if !response.status().is_success() || !accept(response.headers()) {
            return self.read(response).await;
        }
        let (parts, mut body) = response.into_parts();
        while let Some(frame) = body.frame().await {
            if let Ok(data) = frame.map_err(Failure::answered)?.into_data() {
                writer.write_all(&data).await.map_err(Failure::answered)?;
            }
        }
        writer.flush().await.map_err(Failure::answered)?;
        Ok(http::Response::from_parts(parts, Bytes::new()))
    }

    async fn read(
        &self,
        response: http::Response<Incoming>,
    ) -> Result<http::Response<Bytes>, Failure> {
        let (parts, body) = response.into_parts();
        match Limited::new(body, self.max_response).collect().await {
            Ok(body) => Ok(http::Response::from_parts(parts, body.to_bytes())),
            Err(error) if error.is::<LengthLimitError>() => Err(Failure::answered(format!(
                "the answer is larger than {} bytes; the limit is Config::max_response",
                self.max_response
            ))),
            Err(error) => Err(Failure::maybe_sent(error)),
        }
    }
}

/// What a failure of the HTTP library means for delivery; in doubt, the server may have acted.
fn failed(error: Error) -> Failure {
    if error.is_connect() {
        let timed_out = causes(&error).any(|cause| cause.is::<ConnectTimedOut>());
        let failure = Failure::not_sent(error);
        return if timed_out { failure.timed_out() } else { failure };
    }
    let never_sent = causes(&error)
        .filter_map(|cause| cause.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_canceled);
    if never_sent { Failure::not_sent(error) } else { Failure::maybe_sent(error) }
}

/// An error and everything below it.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
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
