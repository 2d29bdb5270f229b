//! `Machine`: something that takes more than one step, without doing any I/O itself.
//!
//! A driver calls [`Machine::step`] and does what the [`Output`] says; each output wants exactly one
//! [`Input`] back, until the machine ends:
//!
//! ```text
//!            Start
//!              │
//!              ▼       Response, Failed
//!   ┌──── Transmit ◄───────────────┐
//!   │          │                   │
//!   │          ▼      Woke         │
//!   │        Sleep ────────────────┘
//!   ▼
//!  End
//! ```
//!
//! A call by hand, with a server that throttles once:
//!
//! ```
//! use bytes::Bytes;
//! use compshare_proto::{Config, Credentials, Raw, machine::{Call, Input, Machine, Output}};
//! use std::time::{Duration, Instant, SystemTime};
//!
//! let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
//! let action = Raw::new("DescribeCompShareImages");
//! let mut call = Call::new(config, action, SystemTime::now(), 42);
//! let mut now = Instant::now();
//!
//! let Output::Transmit { request, timeout } = call.step(now, Input::Start) else { panic!() };
//! assert_eq!(request.uri(), "https://api.compshare.cn/");
//! assert_eq!(timeout, Duration::from_secs(20));
//!
//! let busy = http::Response::builder().status(429).body(Bytes::new())?;
//! let Output::Sleep(delay) = call.step(now, Input::Response(busy)) else { panic!() };
//! assert!(delay <= Duration::from_millis(200));
//!
//! now += delay;
//! let Output::Transmit { .. } = call.step(now, Input::Woke) else { panic!() };
//! let response = http::Response::new(Bytes::from(r#"{"RetCode":0,"TotalCount":7}"#));
//! let Output::End(Ok(response)) = call.step(now, Input::Response(response)) else { panic!() };
//! assert_eq!(response["TotalCount"], 7);
//! # Ok::<(), http::Error>(())
//! ```

use std::{
    error::Error,
    fmt,
    time::{Duration, Instant},
};

use bytes::Bytes;

use crate::Delivery;

/// Something that takes turns with a driver.
pub trait Machine {
    /// What it ends with.
    type End;

    /// Takes the input that the last output asked for, and returns what to do next.
    fn step(&mut self, now: Instant, input: Input) -> Output<Self::End>;
}

/// What a driver does next.
#[expect(clippy::large_enum_variant, reason = "one at a time, on the driver's stack")]
pub enum Output<T> {
    /// Send the request and return [`Input::Response`] or [`Input::Failed`].
    Transmit {
        /// The signed request.
        ///
        /// Where logging is enabled, its extensions hold the call's `tracing::Span`: a driver that enters
        /// it during the exchange puts what the transport logs into the call.
        request: http::Request<Bytes>,
        /// Time that the whole exchange may take.
        timeout: Duration,
    },
    /// Wait that long and return [`Input::Woke`].
    Sleep(Duration),
    /// The machine has ended.
    End(T),
}

/// What a driver reports.
pub enum Input {
    /// Begin.
    Start,
    /// A response came, of any status.
    Response(http::Response<Bytes>),
    /// No response came.
    Failed(Failure),
    /// The time to wait is over.
    Woke,
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("Start"),
            Self::Response(response) => {
                write!(f, "Response({}, {} bytes)", response.status(), response.body().len())
            }
            Self::Failed(failure) => write!(f, "Failed({failure:?})"),
            Self::Woke => f.write_str("Woke"),
        }
    }
}

impl<T> fmt::Debug for Output<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transmit { request, timeout } => {
                write!(f, "Transmit({} bytes, {timeout:?})", request.body().len())
            }
            Self::Sleep(delay) => write!(f, "Sleep({delay:?})"),
            Self::End(_) => f.write_str("End(..)"),
        }
    }
}

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
