//! `Connector`: TCP, perhaps a proxy's tunnel, then TLS, all within one timeout.

use std::{
    error::Error as StdError,
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use base64::Engine as _;
use compshare_proto::{ConfigError, profile::ProxyUrl};
use http::{HeaderValue, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::{
    client::legacy::connect::{HttpConnector, proxy::Tunnel},
    rt::TokioIo,
};
use percent_encoding::percent_decode_str;
use rustls::{ClientConfig, RootCertStore, pki_types::CertificateDer};
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::net::TcpStream;
use tower_service::Service;

use crate::slots::{Held, Slots};

type BoxError = Box<dyn StdError + Send + Sync>;
type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// Which certificates a connection trusts.
pub(crate) enum Roots {
    /// The platform's.
    Platform,
    /// These (DER) alone.
    These(Vec<Vec<u8>>),
}

impl Roots {
    /// The TLS settings, with the crypto provider given rather than taken from the process.
    pub(crate) fn into_config(self) -> Result<ClientConfig, ConfigError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| ConfigError::new(format!("TLS cannot be set up: {error}")))?;
        let builder = match self {
            Self::Platform => builder.with_platform_verifier().map_err(|error| {
                ConfigError::new(format!(
                    "the platform's root certificates cannot be used: {error} (on Linux, install the \
                     ca-certificates package)"
                ))
            })?,
            Self::These(certificates) => {
                let mut roots = RootCertStore::empty();
                for certificate in certificates {
                    roots.add(CertificateDer::from(certificate)).map_err(|error| {
                        ConfigError::new(format!("a root certificate cannot be used: {error}"))
                    })?;
                }
                builder.with_root_certificates(roots)
            }
        };
        Ok(builder.with_no_client_auth())
    }
}

/// Makes a connection ready for HTTP.
#[derive(Clone)]
pub(crate) struct Connector {
    tls: HttpsConnector<Dial>,
    timeout: Duration,
    slots: Slots,
}

impl Connector {
    pub(crate) fn new(
        tls: ClientConfig,
        timeout: Duration,
        slots: Slots,
        proxy: Option<&ProxyUrl>,
    ) -> Result<Self, ConfigError> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let dial = match proxy {
            None => Dial::Direct(tcp),
            Some(proxy) => Dial::Tunnel(tunnel(proxy, tcp)?),
        };
        let tls = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(dial);
        Ok(Self { tls, timeout, slots })
    }
}

/// The proxy's tunnel; an error must not hold its password.
fn tunnel(proxy: &ProxyUrl, tcp: HttpConnector) -> Result<Tunnel<HttpConnector>, ConfigError> {
    let unusable = || ConfigError::new("the proxy's URL cannot be used");
    let uri: Uri = proxy.expose().parse().map_err(|_| unusable())?;
    let authority = uri.authority().ok_or_else(unusable)?.as_str();
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    let address = Uri::builder().scheme("http").authority(host).path_and_query("/").build();
    let tunnel = Tunnel::new(address.map_err(|_| unusable())?, tcp);
    let Some(user) = user else { return Ok(tunnel) };
    let user = match user.split_once(':') {
        Some((name, password)) => [decoded(name), decoded(password)].join(&b':'),
        None => [decoded(user), Vec::new()].join(&b':'),
    };
    let basic = format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(user));
    let mut basic = HeaderValue::try_from(basic).map_err(|_| unusable())?;
    basic.set_sensitive(true);
    Ok(tunnel.with_auth(basic))
}

fn decoded(text: &str) -> Vec<u8> {
    percent_decode_str(text).collect()
}

/// The connection did not stand in time.
#[derive(Debug)]
pub(crate) struct ConnectTimedOut;

impl fmt::Display for ConnectTimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no connection in time")
    }
}

impl StdError for ConnectTimedOut {}

impl Service<Uri> for Connector {
    type Response = Held<MaybeHttpsStream<TokioIo<TcpStream>>>;
    type Error = BoxError;
    type Future = BoxFuture<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tls.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (slots, timeout) = (self.slots.clone(), self.timeout);
        let mut tls = self.tls.clone();
        Box::pin(async move {
            let connecting = async {
                let slot = slots.take(&uri).await;
                Ok(Held::new(tls.call(uri).await?, slot))
            };
            match tokio::time::timeout(timeout, connecting).await {
                Ok(connected) => connected,
                Err(_) => Err(ConnectTimedOut.into()),
            }
        })
    }
}

/// Opens the TCP connection, through a proxy's tunnel if there is one.
#[derive(Clone)]
enum Dial {
    Direct(HttpConnector),
    Tunnel(Tunnel<HttpConnector>),
}

impl Service<Uri> for Dial {
    type Response = TokioIo<TcpStream>;
    type Error = BoxError;
    type Future = BoxFuture<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(match self {
            Self::Direct(tcp) => ready!(tcp.poll_ready(context)).map_err(Into::into),
            Self::Tunnel(tunnel) => ready!(tunnel.poll_ready(context)).map_err(Into::into),
        })
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        match self {
            Self::Direct(tcp) => {
                let connecting = tcp.call(uri);
                Box::pin(async move { connecting.await.map_err(Into::into) })
            }
            Self::Tunnel(tunnel) => {
                let connecting = tunnel.call(uri);
                Box::pin(async move { connecting.await.map_err(Into::into) })
            }
        }
    }
}
