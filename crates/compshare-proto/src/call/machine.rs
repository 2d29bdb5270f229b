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
    fmt,
    time::{Duration, Instant},
};

use bytes::Bytes;

pub use super::{Call, once::SendOnce, pages::Pages, poll::Wait};
pub use crate::error::Failure;

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
