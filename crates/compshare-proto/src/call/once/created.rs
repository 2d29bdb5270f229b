//! `Created`: what a call that must act once has created.

use crate::{api::marker::Marker, codec::response::Response};

/// The call has created something.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Created<R> {
    /// Ids of what was created, from the response or from what carries the marker; at least one.
    ///
    /// Fewer than [`asked`](Self::requested) if the server created fewer; more if a request that was taken
    /// for lost came through after all.
    pub ids: Vec<String>,
    /// Number of things that were requested.
    pub requested: usize,
    /// The marker that they carry.
    pub marker: Marker,
    /// Whether the ids come from probes alone, because no response named them.
    pub found_by_marker: bool,
    /// How often the action was sent, not counting requests on which the server cannot have acted; zero if an
    /// earlier call had created the things.
    pub sends: u32,
    /// Whether a request before the last may have created, or may still create, something that is not among
    /// the ids. If so, list what carries [`marker`](Self::marker) once more.
    pub in_doubt: bool,
    /// The response; `None` if it was lost.
    pub response: Option<Response<R>>,
}
