//! `HttpTransport`: HTTP/1.1 and TLS by hyper and rustls.

use std::{fmt, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use compshare_proto::{Config, error::ConfigError, machine::Failure, profile::Proxies};
use http::uri::Scheme;
use tokio::io::AsyncWrite;

use crate::{
    body,
    connect::Connector,
    driver::Writer,
    pool::{Pools, Progress},
    transport::Transport,
};

/// The usual transport: it reuses connections, checks certificates, and does not follow redirects.
pub struct HttpTransport {
    connector: Connector,
    pools: Pools,
    max_response: usize,
}

impl HttpTransport {
    /// Returns a transport with the limits of that configuration.
    ///
    /// It trusts `root_certificates` (DER), else the platform's. Each request goes through the proxy that
    /// [`Proxies::of`] returns for it, if any. Each runtime has its own connections.
    ///
    /// # Errors
    ///
    /// The proxy for the configuration's endpoint cannot be used, a root certificate is invalid, or the
    /// endpoint needs root certificates and the platform has none.
    pub fn new(
        config: &Config,
        root_certificates: Option<Vec<Vec<u8>>>,
        proxies: Proxies,
    ) -> Result<Self, ConfigError> {
        let connector = Connector::new(config, root_certificates, proxies)?;
        let pools = Pools::new(config.settings().max_connections);
        Ok(Self { connector, pools, max_response: config.settings().max_response })
    }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, Failure> {
        self.attempt(request, timeout, None).await
    }

    async fn exchange_into(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
        accept: for<'a> fn(&'a http::HeaderMap) -> bool,
        writer: &mut (dyn AsyncWrite + Send + Unpin),
    ) -> Result<http::Response<Bytes>, Failure> {
        self.attempt(request, timeout, Some((accept, writer))).await
    }
}

/// Which responses are passed on, by their headers, and where to.
type PassOn<'a> = (fn(&http::HeaderMap) -> bool, Writer<'a>);

impl HttpTransport {
    async fn attempt(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
        pass_on: Option<PassOn<'_>>,
    ) -> Result<http::Response<Bytes>, Failure> {
        let mut progress = Progress::default();
        let attempt = async {
            let is_plain = request.uri().scheme() == Some(&Scheme::HTTP);
            let mut lease = self.pools.host(request.uri()).permit().await;
            let response = lease.send(request, &self.connector, &mut progress).await?;
            let response = body::bounded(response, is_plain)?;
            let response = match pass_on {
                Some((accept, writer))
                    if response.status().is_success() && accept(response.headers()) =>
                {
                    body::pass_on(response, writer, &mut progress.is_passed_on).await?
                }
                _ => body::read(response, self.max_response).await?,
            };
            lease.done();
            Ok(response)
        };
        match tokio::time::timeout(timeout, attempt).await {
            Ok(exchanged) => exchanged,
            Err(_) if !progress.is_sent => Err(Failure::connect_timed_out()),
            Err(_) => Err(Failure::no_response_in_time().passed_on(progress.is_passed_on)),
        }
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport")
            .field("max_response", &self.max_response)
            .finish_non_exhaustive()
    }
}
