//! `Delivery` and `Stop`: how far a request got, and why the last attempt was the last.

/// What became of the request, as far as the transport can tell.
///
/// This does not say whether the server acted: a server that responds may or may not have done so. See
/// [`Error::may_have_acted`](crate::Error::may_have_acted) for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// It never left, or never arrived whole.
    NotSent,
    /// It may have arrived, and no response came back.
    MaybeSent,
    /// The server, or something in between, answered.
    Answered,
}

/// Why the last attempt was the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stop {
    /// Trying again would end the same way.
    Permanent,
    /// The server may have acted, and the action may not be sent twice.
    NotIdempotent,
    /// The attempts were used up.
    Attempts,
    /// The time was used up.
    Deadline,
}
