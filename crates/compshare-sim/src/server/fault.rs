//! `Fault`: what goes wrong with a request, on purpose.

use std::time::Duration;

use bytes::Bytes;

/// What goes wrong with one request; queue it with [`Sim::fault`](crate::Sim::fault) or
/// [`Sim::fault_on`](crate::Sim::fault_on).
///
/// Each fault says whether the gateway acts on the request, which a client that lost the response cannot
/// know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Responds with an HTTP status, as a proxy in front of the gateway would. **Does not act.**
    Status {
        /// HTTP status code; one that is not between 200 and 999 becomes 500.
        status: u16,
        /// Seconds for a `Retry-After` header.
        retry_after: Option<u64>,
        /// Body.
        body: Bytes,
    },
    /// Responds with an HTML page with status 200. **Does not act.**
    Html,
    /// Responds with a RetCode. **Does not act.**
    RetCode {
        /// The RetCode.
        code: i64,
        /// The message.
        message: String,
    },
    /// Closes the connection as soon as a request begins to arrive. **Does not act**; the request is not
    /// read, so it is not among [`Sim::requests`](crate::Sim::requests).
    ///
    /// A TCP connection closed with unread data is usually reset.
    CloseBeforeReading,
    /// Reads the request and closes the connection without a response. **Does not act.**
    CloseAfterReading,
    /// **Acts**, and closes the connection without a response.
    ActThenClose,
    /// **Acts**, responds, and closes the connection unannounced: what a client finds when it
    /// reuses a connection that was idle for too long.
    RespondThenClose,
    /// **Acts**, and closes the connection after some bytes of the response's head.
    CutHead {
        /// Bytes that are sent, counted from the status line.
        bytes: usize,
    },
    /// **Acts**, and closes the connection after some bytes of the response's body, whose full length the
    /// head has promised.
    CutBody {
        /// Bytes of the body that are sent.
        bytes: usize,
    },
    /// **Acts**, then responds after that time.
    Stall(Duration),
    /// Responds with 307 to another URL. **Does not act.**
    Redirect {
        /// Value of the `Location` header.
        location: String,
    },
    /// **Acts**, then responds with 200 and an empty body.
    EmptyBody,
    /// Responds with 200 and a JSON body of that many bytes, which is made as it is sent. **Does not act.**
    HugeBody {
        /// Length of the body.
        bytes: u64,
    },
    /// **Acts**, then responds without `RetCode`.
    NoRetCode,
}

impl Fault {
    /// An HTTP status with no `Retry-After` and a short text. **Does not act.**
    pub fn status(status: u16) -> Self {
        Self::Status { status, retry_after: None, body: Bytes::from_static(b"upstream failure") }
    }

    /// A RetCode with its message. **Does not act.**
    pub fn ret_code(code: i64, message: impl Into<String>) -> Self {
        Self::RetCode { code, message: message.into() }
    }
}

#[cfg(test)]
mod tests;
