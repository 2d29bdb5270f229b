//! `Config`: the settings of a client.

pub mod profile;

mod credentials;
mod proxy;

use std::{sync::Arc, time::Duration};

use http::{HeaderValue, Uri};

use crate::{
    api::{effect::Encoding, metadata::ActionInfo},
    error::ConfigError,
    retry::RetryPolicy,
};

pub use credentials::Credentials;

/// The production endpoint.
pub const ENDPOINT: &str = "https://api.compshare.cn/";

/// Maximum size of a response's head in bytes, including the status line, that a transport accepts.
pub const HEAD_LIMIT: usize = 64 << 10;

/// Time for a call, and for a `SendOnce`, unless set.
const CALL: Duration = Duration::from_secs(60);
const ONCE: Duration = Duration::from_secs(300);

const USER_AGENT: &str = concat!("compshare-rust/", env!("CARGO_PKG_VERSION"));

/// Credentials, endpoint, defaults and limits; clones are cheap.
///
/// Any duration is a valid timeout, including `Duration::MAX`. The blocking client ends an attempt after at most
/// a year.
///
/// ```
/// use compshare_proto::{Config, Credentials};
/// use std::time::Duration;
///
/// let config = Config::new(Credentials::new("public", "private"))
///     .region("cn-wlcb")
///     .zone("cn-wlcb-01")
///     .call_timeout(Duration::from_secs(30));
/// assert_eq!(config.settings().region.as_deref(), Some("cn-wlcb"));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Config(Arc<Settings>);

/// What a [`Config`] holds, for a transport to read; each field is set by the method of its name.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    credentials: Credentials,
    /// Where calls go.
    pub endpoint: Uri,
    /// Whether [`Config::endpoint`] accepts plain `http` to any host.
    pub allow_plain_http: bool,
    /// Region of actions that take one and set none.
    pub region: Option<String>,
    /// Zone of actions that take one and set none.
    pub zone: Option<String>,
    /// Project of actions that take one and set none.
    pub project_id: Option<String>,
    /// Encoding of every action; `None` for each action's own.
    pub encoding: Option<Encoding>,
    /// The `User-Agent` header.
    pub user_agent: HeaderValue,
    /// Time for establishing a connection.
    pub connect_timeout: Duration,
    /// Time for one attempt.
    pub attempt_timeout: Duration,
    /// Time for a call with all its attempts; `None` for the default, which differs between calls and
    /// [`SendOnce`](crate::machine::SendOnce).
    pub call_timeout: Option<Duration>,
    /// How often and after how long a call is retried.
    pub retry: RetryPolicy,
    /// Most bytes of a response that a transport reads.
    pub max_response: usize,
    /// Most connections to one host at a time.
    pub max_connections: usize,
    /// Most pages of a list.
    pub max_pages: u32,
}

impl Config {
    /// The default settings with these credentials: the production endpoint and no region.
    pub fn new(credentials: Credentials) -> Self {
        Self(Arc::new(Settings {
            credentials,
            endpoint: Uri::from_static(ENDPOINT),
            allow_plain_http: false,
            region: None,
            zone: None,
            project_id: None,
            encoding: None,
            user_agent: HeaderValue::from_static(USER_AGENT),
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(20),
            call_timeout: None,
            retry: RetryPolicy::default(),
            max_response: 64 << 20,
            max_connections: 64,
            max_pages: 10_000,
        }))
    }

    fn edit(mut self, edit: impl FnOnce(&mut Settings)) -> Self {
        edit(Arc::make_mut(&mut self.0));
        self
    }

    /// Sets other credentials.
    pub fn with_credentials(self, credentials: Credentials) -> Self {
        self.edit(|settings| settings.credentials = credentials)
    }

    /// Sets the region of actions that take one and set none, such as `cn-wlcb`.
    pub fn region(self, region: impl Into<String>) -> Self {
        self.edit(|settings| settings.region = given(region))
    }

    /// Sets the zone of actions that take one and set none, such as `cn-wlcb-01`.
    pub fn zone(self, zone: impl Into<String>) -> Self {
        self.edit(|settings| settings.zone = given(zone))
    }

    /// Sets the project of actions that take one and set none; by default the account's default project.
    pub fn project_id(self, project_id: impl Into<String>) -> Self {
        self.edit(|settings| settings.project_id = given(project_id))
    }

    /// Sets another endpoint, such as a simulator's.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a URL, or if it is plain `http` to another host and
    /// [`Config::allow_plain_http`] was not called before.
    pub fn endpoint(self, endpoint: impl AsRef<str>) -> Result<Self, ConfigError> {
        let uri = parse_endpoint(endpoint.as_ref(), self.0.allow_plain_http)?;
        Ok(self.edit(|settings| settings.endpoint = uri))
    }

    /// Lets [`Config::endpoint`] accept plain `http` to any host, so that anyone on the way can read the calls.
    pub fn allow_plain_http(self) -> Self {
        self.edit(|settings| settings.allow_plain_http = true)
    }

    /// Sends the parameters of every action in that encoding instead of the action's own.
    pub fn encoding(self, encoding: Encoding) -> Self {
        self.edit(|settings| settings.encoding = Some(encoding))
    }

    /// Prepends a product to the `User-Agent`, such as `my-scheduler/1.2`.
    ///
    /// # Errors
    ///
    /// Fails if the text has characters that are invalid in a header.
    pub fn user_agent(self, product: &str) -> Result<Self, ConfigError> {
        let invalid = "the user agent has a character that no header may hold: use ASCII text";
        let value = HeaderValue::from_str(&format!("{product} {USER_AGENT}"));
        let value = value.map_err(|_| ConfigError::new(invalid))?;
        Ok(self.edit(|settings| settings.user_agent = value))
    }

    /// Sets the time for establishing a connection, from the DNS lookup to TLS; 10 seconds unless set.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.edit(|settings| settings.connect_timeout = timeout)
    }

    /// Sets the time for one attempt; 20 seconds by default.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.edit(|settings| settings.attempt_timeout = timeout)
    }

    /// Lets one attempt take as long as the whole call.
    pub fn attempt_timeout_from_call(self) -> Self {
        self.edit(|settings| settings.attempt_timeout = settings.call_timeout.unwrap_or(CALL))
    }

    /// Sets the time for a call with all its attempts and delays; 60 seconds by default.
    ///
    /// [`SendOnce`](crate::machine::SendOnce) takes no longer either, including its probes; if this is not set, it
    /// takes up to 5 minutes.
    pub fn call_timeout(self, timeout: Duration) -> Self {
        self.edit(|settings| settings.call_timeout = Some(timeout))
    }

    /// Sets how often a call is retried, and after which delays.
    pub fn retry(self, retry: RetryPolicy) -> Self {
        self.edit(|settings| settings.retry = retry)
    }

    /// Sets the maximum size of a response in bytes; 64 MiB by default.
    ///
    /// Decoded, its values take at most 32 times as much memory as the body has bytes, and no more than
    /// 192 MiB or three times as much as the body, whichever is larger; 32 MiB come on top. A response
    /// that would take more is an [`Error::Decode`](crate::Error::Decode). Rows as they come take a third
    /// of that or less.
    pub fn max_response(self, bytes: usize) -> Self {
        self.edit(|settings| settings.max_response = bytes)
    }

    /// Sets the maximum number of connections to one host; 64 by default, and at least one. For an async client
    /// it applies to each runtime that uses it.
    ///
    /// Further calls queue in order. Queueing counts toward the attempt's timeout; an attempt that times out in
    /// the queue was not sent.
    pub fn max_connections(self, connections: usize) -> Self {
        self.edit(|settings| settings.max_connections = connections.max(1))
    }

    /// Sets the maximum number of pages of a list; 10,000 by default, and at least one.
    ///
    /// A longer list ends in an error after the rows of those pages.
    pub fn max_pages(self, pages: u32) -> Self {
        self.edit(|settings| settings.max_pages = pages.max(1))
    }

    /// Credentials that calls are signed with.
    pub fn credentials(&self) -> &Credentials {
        &self.0.credentials
    }

    /// Every setting, by the name of the method that sets it.
    pub fn settings(&self) -> &Settings {
        &self.0
    }

    pub(crate) fn call_timeout_or_default(&self) -> Duration {
        self.0.call_timeout.unwrap_or(CALL)
    }

    /// Time for all of a [`SendOnce`](crate::machine::SendOnce).
    pub(crate) fn once_timeout(&self) -> Duration {
        self.0.call_timeout.unwrap_or(ONCE)
    }

    pub(crate) fn encoding_of(&self, info: &ActionInfo) -> Encoding {
        self.0.encoding.unwrap_or(info.encoding)
    }
}

/// A default that is set; an empty one is as good as none.
fn given(text: impl Into<String>) -> Option<String> {
    Some(text.into()).filter(|text| !text.is_empty())
}

fn parse_endpoint(text: &str, allow_plain_http: bool) -> Result<Uri, ConfigError> {
    let shape = "the endpoint must look like https://api.compshare.cn/";
    let uri: Uri = text.parse().map_err(|_| ConfigError::new(shape))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(ConfigError::new(shape));
    };
    let problem = match scheme {
        _ if authority.as_str().contains('@') => "the endpoint must hold no user or password",
        _ if uri.query().is_some() => "the endpoint must hold no query",
        "https" => return Ok(uri),
        "http" if allow_plain_http || is_loopback(authority.host()) => return Ok(uri),
        "http" => {
            "the endpoint is plain http, which anyone in between can read: use https (http is for loopback)"
        }
        _ => shape,
    };
    Err(ConfigError::new(problem))
}

/// Whether a host is this machine, by its name or number.
pub fn is_loopback(host: &str) -> bool {
    let number = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || number.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(text: &str) -> Result<String, String> {
        let config = Config::new(Credentials::new("public", "private"));
        match config.endpoint(text) {
            Ok(config) => Ok(config.settings().endpoint.to_string()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn endpoints_that_are_taken() {
        for (text, uri) in [
            ("https://api.ucloud.cn", "https://api.ucloud.cn/"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("http://localhost:1/x", "http://localhost:1/x"),
            ("http://[::1]:80/", "http://[::1]:80/"),
        ] {
            assert_eq!(endpoint(text).as_deref(), Ok(uri));
        }
    }

    #[test]
    fn endpoints_that_are_refused_and_why() {
        for (text, reason) in [
            ("api.compshare.cn", "must look like"),
            ("ftp://api.compshare.cn", "must look like"),
            ("", "must look like"),
            ("https://user:pass@api.compshare.cn", "no user or password"),
            ("https://api.compshare.cn/?a=b", "no query"),
            ("http://api.compshare.cn", "plain http"),
            ("http://127.0.0.1.example.com", "plain http"),
            ("http://10.0.0.1", "plain http"),
        ] {
            let error = endpoint(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
            assert!(!error.contains("pass@"), "{error}");
        }
    }

    #[test]
    fn plain_http_to_another_host_is_a_callers_word() {
        let config = Config::new(Credentials::new("public", "private")).allow_plain_http();
        let config = config.endpoint("http://gateway.internal/").unwrap();
        assert_eq!(config.settings().endpoint, "http://gateway.internal/");
    }
}
