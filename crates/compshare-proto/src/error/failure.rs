//! `Failure`: why a transport has no response.

use std::{error::Error, fmt};

use crate::retry::Delivery;

/// Why a transport has no response.
#[derive(Debug)]
pub struct Failure {
    /// How far the request got; [`Delivery::MaybeSent`] if that is not known.
    pub delivery: Delivery,
    /// Whether the time was up.
    pub timed_out: bool,
    /// What happened.
    pub source: Box<dyn Error + Send + Sync>,
    /// What to do about a failure that another attempt does not change. Such a failure ends the call.
    pub advice: Option<&'static str>,
}

impl Failure {
    /// The request was not sent: name not found, connection refused, TLS handshake failed.
    pub fn not_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Delivery::NotSent, source.into())
    }

    /// The request may have arrived: connection broken, response cut.
    pub fn maybe_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Delivery::MaybeSent, source.into())
    }

    /// A response came that the transport rejects, such as one that is too large.
    pub fn answered(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Delivery::Answered, source.into())
    }

    /// The request was not sent, for a reason that another attempt does not change: a proxy that asks
    /// for a password, no certificates to trust. The call is not retried, and its error says what to do:
    /// `advice` is a sentence without a capital or a full stop.
    pub fn permanent(
        source: impl Into<Box<dyn Error + Send + Sync>>,
        advice: &'static str,
    ) -> Self {
        Self { advice: Some(advice), ..Self::not_sent(source) }
    }

    /// The connection was not established in time.
    pub fn connect_timed_out() -> Self {
        Self::not_sent("no connection in time").timed_out()
    }

    /// The request was sent, and no response came in time.
    pub fn no_response_in_time() -> Self {
        Self::maybe_sent("no response in time").timed_out()
    }

    /// The response's head is beyond [`HEAD_LIMIT`](crate::config::HEAD_LIMIT), or has too many fields.
    pub fn head_too_large() -> Self {
        Self::answered("the response's head is too large")
    }

    /// The response's body is larger than `limit` bytes.
    pub fn response_too_large(limit: usize) -> Self {
        Self::answered(format!(
            "the response is larger than {limit} bytes; Config::max_response sets the limit"
        ))
    }

    /// A file came without a length and without TLS, so a cut would go unnoticed.
    pub fn file_without_length() -> Self {
        Self::answered("the file has no length, so without TLS a cut would go unnoticed")
    }

    /// The proxy cannot be used.
    pub fn unusable_proxy(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::permanent(source, "set another proxy, or add the host to NO_PROXY")
    }

    /// The proxy asks for a user and a password (HTTP 407).
    pub fn proxy_password() -> Self {
        Self::permanent(
            "the proxy asks for a user and a password (HTTP 407)",
            "give the proxy's user and password in HTTPS_PROXY, as http://user:password@host:port",
        )
    }

    /// The system has no certificate authority that could vouch for the server.
    pub fn no_root_certificates(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::permanent(
            source,
            "install the system's root certificates (on Linux, the ca-certificates package)",
        )
    }

    fn new(delivery: Delivery, source: Box<dyn Error + Send + Sync>) -> Self {
        Self { delivery, timed_out: false, source, advice: None }
    }

    /// Notes that the time was up.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.timed_out = true;
        self
    }

    /// Notes whether a part of the body was passed on before it broke off. If so, the call is not
    /// retried, since the part would be written twice.
    #[must_use]
    pub fn passed_on(mut self, any: bool) -> Self {
        if any {
            self.delivery = Delivery::Answered;
        }
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}
