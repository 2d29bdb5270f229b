//! The looks of a `SendOnce`: a listing, walked page by page, for what carries the marker.

use std::{
    fmt,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    time::Instant,
};

use super::{End, SendOnce, Stage};
use crate::{
    api::{action::Listing, create_once::CreateOnce},
    call::{
        machine::{Input, Machine, Output},
        pages::Pages,
    },
    error::{Error, Problem},
    retry::random::next_random,
    value::request_id::RequestId,
};

impl<A: CreateOnce> SendOnce<A> {
    /// Begins a look.
    pub(super) fn probe(&mut self, now: Instant) -> Output<End<A>> {
        let (system_time, seed) = (self.system_time(now), next_random(&mut self.random));
        self.run.counts = self.run.hurried || self.in_flight(now).is_zero();
        self.run.rows.clear();
        self.run.total = None;
        let pages = Pages::new(self.config.clone(), self.action.list(), system_time, seed);
        let pages = pages.needing(const { &[A::FIELD] });
        self.turn(now, pages)
    }

    /// Goes on to the next page.
    fn turn(&mut self, now: Instant, mut pages: Pages<A::List>) -> Output<End<A>> {
        let left = self.left(now);
        if left.is_zero() {
            return self.give_up(now);
        }
        pages.limit(left);
        let output = pages.step(now, Input::Start);
        self.probed(now, pages, output)
    }

    /// Passes the listing's outputs on, and notes what its pages show.
    pub(super) fn probed(
        &mut self,
        now: Instant,
        pages: Pages<A::List>,
        output: Output<<Pages<A::List> as Machine>::End>,
    ) -> Output<End<A>> {
        match output {
            Output::Transmit { request, timeout } => {
                self.run.stage = Stage::Probe(pages);
                Output::Transmit { request, timeout: timeout.min(self.left(now)) }
            }
            Output::Sleep(delay) => {
                self.run.stage = Stage::Probe(pages);
                Output::Sleep(delay.min(self.left(now)))
            }
            Output::End(Some(Ok(page))) => {
                self.run.total = self.run.total.max(A::List::total(&page));
                for row in A::List::rows(&page) {
                    self.run.rows.insert(hash(row));
                    match A::id_if_marked(row, &self.marker) {
                        // Something is there, and nobody can say what.
                        Some(id) if id.is_empty() => self.done = true,
                        Some(id) => self.run.add(vec![id]),
                        None => {}
                    }
                }
                self.turn(now, pages)
            }
            Output::End(Some(Err(error))) => self.failed(now, error),
            // What cannot be read may be the one that matters.
            Output::End(None) if pages.hides() => {
                let error = self.unreadable(Problem::Hidden, RequestId::default());
                self.failed(now, error)
            }
            Output::End(None) => {
                let rows = u64::try_from(self.run.rows.len()).unwrap_or(u64::MAX);
                let total = self.run.total;
                // A list with fewer rows than it says may lack the one that matters. So may one that
                // should say how many there are and says nothing at all.
                let is_stated = pages.reports_total();
                let proves = total.map_or(rows > 0 || !is_stated, |total| rows >= total);
                if !proves {
                    let problem = Problem::Short { rows, total };
                    let error = self.unreadable(problem, RequestId::default());
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

/// A number that tells a row from others.
fn hash(row: &impl fmt::Debug) -> u64 {
    let mut hasher = DefaultHasher::new();
    format!("{row:?}").hash(&mut hasher);
    hasher.finish()
}
