//! `Proxies`: which requests go through which proxy, by curl's rules, but for what `Source::proxies` says.

use std::net::IpAddr;

use http::{Uri, uri::Scheme};
use ipnet::IpNet;

use crate::{config::is_loopback, error::ConfigError, value::secret::Secret};

/// The proxies of an environment, and the hosts that are reached without one.
///
/// The default is no proxy at all.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    http: Found,
    https: Found,
    exempt: Vec<Exempt>,
}

/// The proxy that a variable names, if one is set.
type Found = Option<Result<ProxyUrl, ConfigError>>;

impl Proxies {
    pub(super) fn new(http: Found, https: Found, exempt: &str) -> Self {
        let entries = exempt.split(|c: char| c == ',' || c.is_whitespace());
        let exempt = entries.filter(|entry| !entry.is_empty()).map(Exempt::parse).collect();
        Self { http, https, exempt }
    }

    /// The proxy that a request for that URI goes through; `None` for loopback and for what `NO_PROXY`
    /// names.
    ///
    /// A transport asks this for each request: the endpoint of a client can change after the transport
    /// was built.
    ///
    /// # Errors
    ///
    /// A proxy that cannot be used. The error names its variable, never its URL.
    pub fn of(&self, uri: &Uri) -> Result<Option<&ProxyUrl>, ConfigError> {
        let Some(host) = uri.host() else { return Ok(None) };
        let plain = uri.scheme() == Some(&Scheme::HTTP);
        let port = uri.port_u16().unwrap_or(if plain { 80 } else { 443 });
        let found = if plain { &self.http } else { &self.https };
        if is_loopback(host) || self.exempt.iter().any(|entry| entry.covers(host, port)) {
            return Ok(None);
        }
        found.as_ref().map(|found| found.as_ref().map_err(Clone::clone)).transpose()
    }
}

/// One entry of `NO_PROXY`.
#[derive(Clone, Debug)]
struct Exempt {
    hosts: Hosts,
    /// The one port that it is for.
    port: Option<u16>,
}

#[derive(Clone, Debug)]
enum Hosts {
    All,
    Network(IpNet),
    /// A domain and what is below it.
    Domain(String),
}

impl Exempt {
    fn parse(entry: &str) -> Self {
        if let Some(network) = network(entry) {
            return Self { hosts: Hosts::Network(network), port: None };
        }
        let port = |text: &str| text.parse().ok();
        let (host, port) = match entry.rsplit_once(':') {
            Some((host, digits)) if port(digits).is_some() => (host, port(digits)),
            _ => (entry, None),
        };
        let hosts = match network(host) {
            Some(network) => Hosts::Network(network),
            None if host == "*" => Hosts::All,
            None => {
                let domain = host.strip_prefix('*').unwrap_or(host);
                let domain = domain.strip_prefix('.').unwrap_or(domain);
                Hosts::Domain(without_dot(domain).to_ascii_lowercase())
            }
        };
        Self { hosts, port }
    }

    fn covers(&self, host: &str, port: u16) -> bool {
        if self.port.is_some_and(|only| only != port) {
            return false;
        }
        match (&self.hosts, address(host)) {
            (Hosts::All, _) => true,
            (Hosts::Network(network), Some(address)) => network.contains(&address),
            (Hosts::Domain(domain), None) => {
                let host = without_dot(host).to_ascii_lowercase();
                let rest = host.strip_suffix(domain.as_str());
                !domain.is_empty()
                    && rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }
            _ => false,
        }
    }
}

fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| address(text).map(IpNet::from))
}

/// The address that a host is, with or without the brackets of IPv6.
fn address(host: &str) -> Option<IpAddr> {
    let inner = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.unwrap_or(host).parse().ok()
}

/// A name without the dot that says that it is absolute.
fn without_dot(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}

/// The URL of a proxy, which may hold a password; Debug does not print it.
#[derive(Clone, Debug)]
pub struct ProxyUrl(Secret);

impl ProxyUrl {
    pub(super) fn parse(variable: &str, text: Secret) -> Result<Self, ConfigError> {
        let is_url = text.expose().contains("://");
        let url = if is_url { text } else { Secret::new(["http://", text.expose()].concat()) };
        let scheme = url.expose().split("://").next().unwrap_or_default().to_ascii_lowercase();
        let problem = match url.expose().parse::<Uri>() {
            _ if scheme.starts_with("socks") => {
                "is a SOCKS proxy, which is not supported: set it to an HTTP proxy \
                 (http://host:port), or unset it"
            }
            Ok(uri) if uri.scheme() == Some(&Scheme::HTTP) && uri.host().is_some() => {
                return Ok(Self(url));
            }
            _ => "is not a valid proxy: it must look like http://host:port",
        };
        Err(ConfigError::new(format!("{variable} {problem}")))
    }

    /// The URL: `http://`, perhaps a user and a password, a host, perhaps a port.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests;
