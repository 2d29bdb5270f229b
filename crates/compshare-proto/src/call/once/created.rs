//! `Created`: what a call that must act once has created.

use crate::{api::marker::Marker, codec::response::Response};

/// The call has created something.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Created<R> {
    /// Ids of what was created, by the response or by what carries the marker; one at least.
    ///
    /// Fewer than [`asked`](Self::requested) if the server created fewer; more if a request that was taken
    /// for lost came through after all.
    pub ids: Vec<String>,
    /// How many were asked for.
    pub requested: usize,
    /// The marker that they carry.
    pub marker: Marker,
    /// Whether no response named the ids, so that they come from looks alone.
    pub found_by_marker: bool,
    /// How often the action was sent, not counting requests that the server cannot have acted on; zero
    /// if an earlier call had created it.
    pub sends: u32,
    /// Whether a request before the last may still have created, or may yet create, something that is
    /// not among the ids: look for [`marker`](Self::marker) once more.
    pub in_doubt: bool,
    /// The response; `None` if it was lost.
    pub response: Option<Response<R>>,
}
