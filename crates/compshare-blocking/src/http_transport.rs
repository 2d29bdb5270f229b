//! `HttpTransport`: HTTP/1.1 and TLS by ureq and rustls.

use std::{
    fmt,
    io::{self, Write},
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use compshare_proto::{
    Config,
    config::HEAD_LIMIT,
    error::ConfigError,
    machine::Failure,
    profile::{Proxies, ProxyUrl},
};
use http::uri::Scheme;
use ureq::{
    Agent, Proxy,
    tls::{Certificate, RootCerts, TlsConfig, TlsProvider},
    unversioned::resolver::{DefaultResolver, Resolver},
};

use crate::{
    body,
    connect::{Connect, Later},
    host_limits::HostLimits,
    transport::Transport,
};

/// Unused connections are closed after this time, before the server closes them.
const MAX_IDLE: Duration = Duration::from_secs(15);

/// Longest time of an exchange: a clock cannot hold times in the far future.
const MAX_TIME: Duration = Duration::from_secs(366 * 24 * 60 * 60);

/// The usual transport: it reuses connections, checks certificates, and does not follow redirects.
pub struct HttpTransport {
    agent: Agent,
    proxies: Proxies,
    limits: HostLimits,
    connect_timeout: Duration,
    max_response: usize,
}

impl HttpTransport {
    /// Returns a transport with the limits of that configuration.
    ///
    /// It trusts `root_certificates` (DER), else the platform's. Each request goes through the proxy that
    /// [`Proxies::of`] returns for it, if any.
    ///
    /// # Errors
    ///
    /// The proxy for the configuration's endpoint cannot be used.
    pub fn new(
        config: &Config,
        root_certificates: Option<Vec<Vec<u8>>>,
        proxies: Proxies,
    ) -> Result<Self, ConfigError> {
        Self::of(config, root_certificates, proxies, Connect::with(DefaultResolver::default()))
    }

    fn of(
        config: &Config,
        root_certificates: Option<Vec<Vec<u8>>>,
        proxies: Proxies,
        connect: Connect<impl Resolver>,
    ) -> Result<Self, ConfigError> {
        proxies.of(&config.settings().endpoint)?.map(usable).transpose()?;
        let roots = match root_certificates {
            None => RootCerts::PlatformVerifier,
            Some(certificates) => {
                certificates.iter().map(|der| Certificate::from_der(der).to_owned()).into()
            }
        };
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .root_certs(roots)
            .build();
        let agent = ureq::config::Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(HEAD_LIMIT)
            .proxy(None)
            .tls_config(tls)
            .max_idle_age(MAX_IDLE)
            .max_idle_connections_per_host(config.settings().max_connections)
            .max_idle_connections(config.settings().max_connections)
            .build();
        Ok(Self {
            agent: Agent::with_parts(agent, connect, Later),
            proxies,
            limits: HostLimits::new(config.settings().max_connections),
            connect_timeout: config.settings().connect_timeout,
            max_response: config.settings().max_response,
        })
    }

    fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<ureq::Body>, Failure> {
        let proxy = self.proxies.of(request.uri()).and_then(|url| url.map(usable).transpose());
        let proxy = proxy.map_err(Failure::unusable_proxy)?;
        let is_plain = request.uri().scheme() == Some(&Scheme::HTTP);
        let (parts, body) = request.into_parts();
        let request = http::Request::from_parts(parts, &body[..]);
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(Some(timeout))
            .proxy(proxy)
            .timeout_connect(Some(self.connect_timeout.min(timeout)))
            .build();
        body::bounded(self.agent.run(request).map_err(body::failed)?, is_plain)
    }
}

/// The proxy for the HTTP library; the error must not hold its password.
fn usable(url: &ProxyUrl) -> Result<Proxy, ConfigError> {
    Proxy::new(url.expose()).map_err(|_| ConfigError::new("the proxy's URL cannot be used"))
}

impl Transport for HttpTransport {
    fn exchange(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, Failure> {
        self.exchange_into(request, timeout, &|_| false, &mut io::sink())
    }

    fn exchange_into(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
        accept: &dyn Fn(&http::HeaderMap) -> bool,
        writer: &mut dyn Write,
    ) -> Result<http::Response<Bytes>, Failure> {
        let (start, timeout) = (Instant::now(), timeout.min(MAX_TIME));
        let Some(_permit) = self.limits.permit(request.uri(), timeout) else {
            return Err(Failure::not_sent("no connection was free in time").timed_out());
        };
        let response = self.send(request, timeout.saturating_sub(start.elapsed()))?;
        if !response.status().is_success() || !accept(response.headers()) {
            return body::read(response, self.max_response);
        }
        body::pass_on(response, writer)
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport")
            .field("connect_timeout", &self.connect_timeout)
            .field("max_response", &self.max_response)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use compshare_proto::{Credentials, Delivery};
    use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};
    use ureq::{
        Error, Timeout,
        unversioned::{resolver::ResolvedSocketAddrs, transport::NextTimeout},
    };

    use super::*;
    use crate::{Client, actions::DescribeCompShareImages};

    /// A resolver without a response, which times out as the usual one does.
    #[derive(Debug, Default)]
    struct Silent;

    impl Resolver for Silent {
        fn resolve(
            &self,
            _: &http::Uri,
            _: &ureq::config::Config,
            timeout: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, Error> {
            std::thread::sleep(*timeout.after);
            Err(Error::Timeout(Timeout::Resolve))
        }
    }

    #[derive(Debug)]
    struct Counting(Arc<AtomicUsize>);

    impl Resolver for Counting {
        fn resolve(
            &self,
            uri: &http::Uri,
            config: &ureq::config::Config,
            timeout: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, Error> {
            self.0.fetch_add(1, Ordering::SeqCst);
            DefaultResolver::default().resolve(uri, config, timeout)
        }
    }

    fn client(config: Config, names: impl Resolver) -> Client {
        let connect = Connect::with(names);
        let transport = HttpTransport::of(&config, None, Proxies::default(), connect).unwrap();
        Client::builder(config).transport(transport).build().unwrap()
    }

    fn config(endpoint: &str) -> Config {
        let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).region("cn-wlcb");
        config.endpoint(endpoint).unwrap()
    }

    #[test]
    fn resolving_a_name_counts_toward_the_connect_timeout() {
        let mut retry = compshare_proto::RetryPolicy::default();
        retry.attempts = 1;
        let config = config("https://compshare.test/")
            .retry(retry)
            .connect_timeout(Duration::from_millis(50));
        let error = client(config, Silent).send(DescribeCompShareImages::new()).unwrap_err();
        let compshare_proto::Error::Transport(failed) = &error else { panic!("{error:?}") };
        assert!(failed.timed_out(), "{error:?}");
        assert_eq!(failed.delivery(), Delivery::NotSent);
        // The attempt has 20 s.
        assert!(failed.elapsed() < Duration::from_secs(5), "{:?}", failed.elapsed());
    }

    #[test]
    fn a_name_is_resolved_once_per_connection() {
        let sim = Sim::start().unwrap();
        let endpoint = format!("http://localhost:{}/", sim.address().port());
        let count = Arc::new(AtomicUsize::new(0));
        let client = client(config(&endpoint), Counting(Arc::clone(&count)));
        for _ in 0..5 {
            client.send(DescribeCompShareImages::new()).unwrap();
        }
        assert_eq!((count.load(Ordering::SeqCst), sim.connections()), (1, 1));
    }
}
