//! `TransportError`: no response came.

use std::{error::Error, fmt, time::Duration};

use super::{Delivery, Failure, Stop, write_attempts};

/// The transport has no response, or rejected it. The cause is in [`source`](Error::source).
#[derive(Debug)]
pub struct TransportError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    action: String,
    failure: Failure,
    attempts: u32,
    elapsed: Duration,
    stop: Stop,
}

impl TransportError {
    pub(crate) fn new(
        action: &str,
        failure: Failure,
        attempts: u32,
        elapsed: Duration,
        stop: Stop,
    ) -> Self {
        Self(Box::new(Inner { action: action.to_owned(), failure, attempts, elapsed, stop }))
    }

    /// How far the request got, over all attempts; see [`Error::may_have_acted`](crate::Error::may_have_acted).
    pub fn delivery(&self) -> Delivery {
        self.0.failure.delivery
    }

    /// Whether the last attempt ran out of time.
    pub fn timed_out(&self) -> bool {
        self.0.failure.timed_out
    }

    /// Time from the first attempt to the end.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// What to do about a failure that a retry does not fix, such as a proxy that requires a password. It is
    /// part of the text.
    pub fn advice(&self) -> Option<&'static str> {
        self.0.failure.advice
    }
}

call_error!(TransportError: action, attempts, stop);

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { action, failure, attempts, stop, .. } = &*self.0;
        let what = match (failure.delivery, failure.timed_out) {
            (Delivery::NotSent, false) => "could not reach the server",
            (Delivery::NotSent, true) => "could not reach the server in time",
            (Delivery::MaybeSent, true) => "timed out",
            (Delivery::MaybeSent, false) => "got no response",
            (Delivery::Answered, _) => "got a response that was rejected",
        };
        write!(f, "{action} {what}")?;
        write_attempts(f, *attempts, *stop)?;
        failure.advice.map_or(Ok(()), |advice| write!(f, ": {advice}"))
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.0.failure.source.as_ref())
    }
}
