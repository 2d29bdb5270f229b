//! `Failure`: why a transport has no response.

use std::{error::Error, fmt};

use crate::retry::Delivery;

/// Why a transport has no answer.
#[derive(Debug)]
pub struct Failure {
    /// How far the request got; [`Delivery::MaybeSent`] where in doubt.
    pub delivery: Delivery,
    /// Whether the time was up.
    pub timed_out: bool,
    /// What happened.
    pub source: Box<dyn Error + Send + Sync>,
    /// What to do about a failure that another attempt does not change. Such a failure ends the call.
    pub advice: Option<&'static str>,
}

impl Failure {
    /// The request did not leave: name not found, refused, TLS not agreed.
    pub fn not_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Delivery::NotSent, source.into())
    }

    /// The request may have arrived: connection broken, answer cut.
    pub fn maybe_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Delivery::MaybeSent, source.into())
    }

    /// An answer came that the transport does not take, such as one that is too large.
    pub fn answered(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Delivery::Answered, source.into())
    }

    /// The request did not leave, for a reason that another attempt does not change: a proxy that asks
    /// for a password, no certificates to trust. The call is not retried, and its error says what to do:
    /// `advice` is a sentence without a capital or a full stop.
    pub fn permanent(
        source: impl Into<Box<dyn Error + Send + Sync>>,
        advice: &'static str,
    ) -> Self {
        Self { advice: Some(advice), ..Self::not_sent(source) }
    }

    /// A proxy asks for a user and a password (HTTP 407).
    pub fn proxy_password() -> Self {
        Self::permanent(
            "the proxy asks for a user and a password (HTTP 407)",
            "give the proxy's user and password in HTTPS_PROXY, as http://user:password@host:port",
        )
    }

    /// No certificate authority is known that could vouch for the server.
    pub fn no_root_certificates(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::permanent(
            source,
            "install the system's root certificates (on Linux, the ca-certificates package)",
        )
    }

    fn new(delivery: Delivery, source: Box<dyn Error + Send + Sync>) -> Self {
        Self { delivery, timed_out: false, source, advice: None }
    }

    /// Says that the time was up.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.timed_out = true;
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}
