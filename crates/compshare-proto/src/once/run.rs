//! `Run`: what a `SendOnce` has to remember from its start to its end.

use std::time::Instant;

use super::{Markable, end::Left};
use crate::{Call, Error, Pages, Response};

/// What one run from `Start` to `End` has to remember.
pub(super) struct Run<A: Markable> {
    pub(super) started: Option<Instant>,
    pub(super) stage: Stage<A>,
    /// How often the action was handed to a call.
    pub(super) sends: u32,
    /// The answer to the last of them, if it named nothing.
    pub(super) answered: Option<Response<A::Response>>,
    /// The failure of the last of them.
    pub(super) lost: Option<(Error, Left)>,
    /// Looks since then that came through, and that did not.
    pub(super) whole: u32,
    pub(super) failed: u32,
    pub(super) look_error: Option<Error>,
    /// Whether the looks were too close together to prove anything.
    pub(super) hurried: bool,
    /// Ids of what carries the mark.
    pub(super) ids: Vec<String>,
}

/// What it waits for.
pub(super) enum Stage<A: Markable> {
    Pause,
    Send(Call<A>),
    Look(Pages<A::Look>),
}

impl<A: Markable> Run<A> {
    pub(super) fn new(started: Option<Instant>) -> Self {
        Self {
            started,
            stage: Stage::Pause,
            sends: 0,
            answered: None,
            lost: None,
            whole: 0,
            failed: 0,
            look_error: None,
            hurried: false,
            ids: Vec::new(),
        }
    }
}
