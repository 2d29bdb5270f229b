//! The probes of a `SendOnce`: a listing, walked page by page, for what carries the marker.

use std::time::Instant;

use super::{
    End, SendOnce, Stage, unreadable,
    walk::{Begin, Page, Walk},
};
use crate::{
    api::create_once::CreateOnce,
    call::machine::{Input, Output},
    error::{Error, Problem},
    retry::random::next_random,
    value::request_id::RequestId,
};

impl<A: CreateOnce> SendOnce<A> {
    /// Begins a probe.
    pub(super) fn probe(&mut self, now: Instant) -> Output<End<A>> {
        let (system_time, seed) = (self.system_time(now), next_random(&mut self.random));
        self.run.counts = self.run.hurried || self.in_flight(now).is_zero();
        self.run.rows.clear();
        self.run.total = None;
        let begin = Begin { config: self.config.clone(), system_time, seed, marker: &self.marker };
        match self.action.probe(begin) {
            Some(walk) => self.turn(now, walk),
            None => self.give_up(now),
        }
    }

    /// Goes on to the next page.
    fn turn(&mut self, now: Instant, mut walk: Box<dyn Walk>) -> Output<End<A>> {
        let left = self.left(now);
        if left.is_zero() {
            return self.give_up(now);
        }
        walk.limit(left);
        let output = walk.step(now, Input::Start);
        self.probed(now, walk, output)
    }

    /// Passes the listing's outputs on, and notes what its pages show.
    pub(super) fn probed(
        &mut self,
        now: Instant,
        walk: Box<dyn Walk>,
        output: Output<Option<Result<Page, Error>>>,
    ) -> Output<End<A>> {
        match output {
            Output::Transmit { request, timeout } => {
                self.run.stage = Stage::Probe(walk);
                Output::Transmit { request, timeout: timeout.min(self.left(now)) }
            }
            Output::Sleep(delay) => {
                self.run.stage = Stage::Probe(walk);
                Output::Sleep(delay.min(self.left(now)))
            }
            Output::End(Some(Ok(page))) => {
                self.run.total = self.run.total.max(page.total);
                for (hash, found) in page.rows {
                    self.run.rows.insert(hash);
                    match found {
                        // Something is there, and nobody can say what.
                        Some(id) if id.is_empty() => self.done = true,
                        Some(id) => self.run.add(vec![id]),
                        None => {}
                    }
                }
                self.turn(now, walk)
            }
            Output::End(Some(Err(error))) => self.failed(now, error),
            // What cannot be read may be the one that matters.
            Output::End(None) if walk.hides() => {
                let error = unreadable(walk.name(), Problem::Hidden, RequestId::default());
                self.failed(now, error)
            }
            Output::End(None) => {
                let rows = u64::try_from(self.run.rows.len()).unwrap_or(u64::MAX);
                let total = self.run.total;
                // A list with fewer rows than it says may lack the one that matters. So may one that
                // should say how many there are and says nothing at all.
                let is_stated = walk.reports_total();
                let proves = total.map_or(rows > 0 || !is_stated, |total| rows >= total);
                if !proves {
                    let problem = Problem::Short { rows, total };
                    let error = unreadable(walk.name(), problem, RequestId::default());
                    return self.failed(now, error);
                }
                self.run.probed(true);
                self.judge(now)
            }
        }
    }

    fn failed(&mut self, now: Instant, error: Error) -> Output<End<A>> {
        self.run.probed(false);
        self.run.probe_error = Some(error);
        self.judge(now)
    }
}
