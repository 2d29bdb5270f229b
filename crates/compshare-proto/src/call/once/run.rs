//! `Run`: what a `SendOnce` has to remember from its start to its end.

use std::{collections::BTreeSet, time::Instant};

use super::{next_step::NextStep, walk::Walk};
use crate::{api::create_once::CreateOnce, call::Call, codec::response::Response, error::Error};

/// What one run from `Start` to `End` has to remember.
pub(super) struct Run<A: CreateOnce> {
    pub(super) started: Option<Instant>,
    pub(super) stage: Stage<A>,
    /// Whether the probe that is under way asks if the name is taken, before anything is sent.
    pub(super) is_taken: bool,
    /// Requests that the server may have acted on.
    pub(super) sends: u32,
    /// The response to the last of them, and whether it named what it created.
    pub(super) answered: Option<Response<A::Response>>,
    pub(super) named: bool,
    /// The failure of the last of them.
    pub(super) lost: Option<(Error, NextStep)>,
    /// Rows that the probe that is under way has met, as hashes, and the most that there are said to be.
    pub(super) rows: BTreeSet<u64>,
    pub(super) total: Option<u64>,
    /// Whether the probe that is under way proves something if it finds nothing.
    pub(super) counts: bool,
    /// Probes since then that were too early to prove anything; of the others, those that succeeded and
    /// those that failed.
    pub(super) early: u32,
    pub(super) whole: u32,
    pub(super) failed: u32,
    pub(super) probe_error: Option<Error>,
    /// Whether the probes were too close together to prove anything.
    pub(super) hurried: bool,
    /// Ids of what carries the marker.
    pub(super) ids: Vec<String>,
}

/// What it waits for.
#[expect(clippy::large_enum_variant, reason = "one for each machine")]
pub(super) enum Stage<A: CreateOnce> {
    Pause,
    Send(Call<A>),
    Probe(Box<dyn Walk>),
    /// Nothing: it has ended.
    Over,
}

impl<A: CreateOnce> Run<A> {
    pub(super) fn new(started: Option<Instant>) -> Self {
        Self {
            started,
            stage: Stage::Pause,
            is_taken: false,
            sends: 0,
            answered: None,
            named: false,
            lost: None,
            rows: BTreeSet::new(),
            total: None,
            counts: false,
            early: 0,
            whole: 0,
            failed: 0,
            probe_error: None,
            hurried: false,
            ids: Vec::new(),
        }
    }

    /// Forgets the probes for an earlier request.
    pub(super) fn begin_probes(&mut self) {
        (self.lost, self.probe_error) = (None, None);
        (self.early, self.whole, self.failed) = (0, 0, 0);
    }

    /// Notes that a probe has ended, with all rows or without.
    pub(super) fn probed(&mut self, is_whole: bool) {
        let probes = match (self.counts, is_whole) {
            (false, _) => &mut self.early,
            (true, true) => &mut self.whole,
            (true, false) => &mut self.failed,
        };
        *probes = probes.saturating_add(1);
    }

    /// Adds ids of what carries the marker.
    pub(super) fn add(&mut self, ids: Vec<String>) {
        for id in ids {
            if !self.ids.contains(&id) {
                self.ids.push(id);
            }
        }
    }
}
