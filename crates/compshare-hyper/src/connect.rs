//! `Connector`: TCP, a proxy's tunnel if there is one, then TLS, all within one timeout.

use std::{
    error::Error as StdError,
    iter,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
    time::Duration,
};

use base64::Engine as _;
use compshare_proto::{
    Config,
    error::ConfigError,
    machine::Failure,
    profile::{Proxies, ProxyUrl},
};
use http::{HeaderValue, Uri, uri::Scheme};
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

/// The text of the tunnel's error for HTTP 407, which has no type.
const PROXY_WANTS_PASSWORD: &str = "tunnel error: proxy authorization required";

type BoxError = Box<dyn StdError + Send + Sync>;
type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// The TLS settings. They trust these certificates (DER), else the platform's. The crypto provider is not
/// the process's default, which the program may set.
fn tls(roots: Option<Vec<Vec<u8>>>) -> Result<ClientConfig, ConfigError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ConfigError::new(format!("TLS cannot be set up: {error}")))?;
    let builder = match roots {
        None => builder.with_platform_verifier().map_err(|error| {
            ConfigError::new(format!(
                "the platform's root certificates cannot be used: {error} (on Linux, install the \
                 ca-certificates package)"
            ))
        })?,
        Some(certificates) => {
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

/// Makes connections: by a proxy or directly, with TLS or without.
pub(crate) struct Connector {
    dial: Dial,
    tls: OnceLock<Result<HttpsConnector<Dial>, ConfigError>>,
    timeout: Duration,
}

impl Connector {
    /// Prepares TLS if there are certificates to trust, or if the endpoint needs the platform's.
    pub(crate) fn new(
        config: &Config,
        roots: Option<Vec<Vec<u8>>>,
        proxies: Proxies,
    ) -> Result<Self, ConfigError> {
        let endpoint = &config.settings().endpoint;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let dial = Dial { tcp, proxies: proxies.into() };
        dial.tunnel(endpoint)?;
        let timeout = config.settings().connect_timeout;
        let connector = Self { dial, tls: OnceLock::new(), timeout };
        // Plain http needs no certificates, so the platform may have none.
        if roots.is_some() || endpoint.scheme() != Some(&Scheme::HTTP) {
            connector.secured(roots)?;
        }
        Ok(connector)
    }

    fn secured(&self, roots: Option<Vec<Vec<u8>>>) -> Result<HttpsConnector<Dial>, ConfigError> {
        let made = self.tls.get_or_init(|| {
            let builder = HttpsConnectorBuilder::new().with_tls_config(tls(roots)?);
            Ok(builder.https_or_http().enable_http1().wrap_connector(self.dial.clone()))
        });
        made.clone()
    }

    /// Makes a connection that is ready for HTTP.
    pub(crate) async fn connect(
        &self,
        uri: Uri,
    ) -> Result<MaybeHttpsStream<TokioIo<TcpStream>>, Failure> {
        self.dial.tunnel(&uri).map_err(Failure::unusable_proxy)?;
        let connecting = async {
            if uri.scheme() == Some(&Scheme::HTTP) {
                let stream = self.dial.clone().call(uri).await.map_err(not_connected)?;
                return Ok(MaybeHttpsStream::Http(stream));
            }
            let mut tls = self.secured(None).map_err(Failure::no_root_certificates)?;
            tls.call(uri).await.map_err(not_connected)
        };
        let connected = tokio::time::timeout(self.timeout, connecting).await;
        connected.unwrap_or_else(|_| Err(Failure::connect_timed_out()))
    }
}

fn not_connected(error: BoxError) -> Failure {
    let first: &(dyn StdError + 'static) = &*error;
    let mut causes = iter::successors(Some(first), |&error| error.source());
    if causes.any(|cause| cause.to_string() == PROXY_WANTS_PASSWORD) {
        Failure::proxy_password()
    } else {
        Failure::not_sent(error)
    }
}

/// The tunnel through a proxy, with its `Proxy-Authorization`; the error must not hold the password.
fn tunnel(proxy: &ProxyUrl, tcp: HttpConnector) -> Result<Tunnel<HttpConnector>, ConfigError> {
    let unusable = || ConfigError::new("the proxy's URL cannot be used");
    let uri: Uri = proxy.expose().parse().map_err(|_| unusable())?;
    let authority = uri.authority().ok_or_else(unusable)?.as_str();
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    let address = format!("http://{host}/").parse().map_err(|_| unusable())?;
    let tunnel = Tunnel::new(address, tcp);
    let Some(user) = user else { return Ok(tunnel) };
    let colon = if user.contains(':') { "" } else { ":" };
    let user: Vec<u8> = percent_decode_str(user).chain(colon.bytes()).collect();
    let basic = format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(user));
    Ok(tunnel.with_auth(HeaderValue::try_from(basic).map_err(|_| unusable())?))
}

/// Opens the TCP connection, through a proxy's tunnel if there is one for that server.
#[derive(Clone)]
struct Dial {
    tcp: HttpConnector,
    proxies: Arc<Proxies>,
}

impl Dial {
    fn tunnel(&self, uri: &Uri) -> Result<Option<Tunnel<HttpConnector>>, ConfigError> {
        self.proxies.of(uri)?.map(|proxy| tunnel(proxy, self.tcp.clone())).transpose()
    }
}

impl Service<Uri> for Dial {
    type Response = TokioIo<TcpStream>;
    type Error = BoxError;
    type Future = BoxFuture<Self::Response>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let mut dial = self.clone();
        Box::pin(async move {
            match dial.tunnel(&uri)? {
                Some(mut tunnel) => tunnel.call(with_port(uri)?).await.map_err(Into::into),
                None => dial.tcp.call(uri).await.map_err(Into::into),
            }
        })
    }
}

/// A URI with the port of plain http, since a tunnel's default is 443.
fn with_port(uri: Uri) -> Result<Uri, BoxError> {
    match uri.host() {
        Some(host) if uri.scheme() == Some(&Scheme::HTTP) && uri.port().is_none() => {
            Ok(format!("http://{host}:80/").parse()?)
        }
        _ => Ok(uri),
    }
}
