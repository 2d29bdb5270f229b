//! `Run`: what a `SendOnce` has to remember from its start to its end.

use std::{collections::BTreeSet, time::Instant};

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
    /// Whether something may be there from a request before the one that is under way.
    pub(super) doubt: bool,
    /// Rows that the look that is under way has met, as hashes, and the most that there are said to be.
    pub(super) rows: BTreeSet<u64>,
    pub(super) total: Option<u64>,
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
    /// Nothing: it has ended.
    Over,
}

impl<A: Markable> Run<A> {
    pub(super) fn new(started: Option<Instant>, doubt: bool) -> Self {
        Self {
            started,
            stage: Stage::Pause,
            sends: 0,
            answered: None,
            lost: None,
            doubt,
            rows: BTreeSet::new(),
            total: None,
            whole: 0,
            failed: 0,
            look_error: None,
            hurried: false,
            ids: Vec::new(),
        }
    }
}
