//! The judgements of a `SendOnce`: when to probe again, and what follows from the probes so far.

use std::time::Instant;

use super::{Created, End, SendOnce, Stage, next_step::NextStep};
use crate::{
    api::create_once::CreateOnce,
    call::machine::Output,
    error::{OnceError, OutcomeUnknown, Problem},
    value::request_id::RequestId,
};

/// Most probes while a request may be in flight.
const MOST_EARLY: u32 = 64;

impl<A: CreateOnce> SendOnce<A> {
    /// Waits for the next probe.
    pub(super) fn pause(&mut self, now: Instant) -> Output<End<A>> {
        let left = self.left(now);
        if left.is_zero() {
            return self.give_up(now);
        }
        self.run.stage = Stage::Pause;
        let in_flight = self.in_flight(now);
        let interval = if in_flight.is_zero() {
            self.policy.interval(self.run.whole.saturating_add(self.run.failed))
        } else if self.run.early < MOST_EARLY {
            self.policy.early_interval(self.run.early).min(in_flight)
        } else {
            in_flight
        };
        if interval > left / 2 {
            self.run.hurried = true;
            return Output::Sleep(left / 2);
        }
        Output::Sleep(interval)
    }

    /// Says what follows from the probes so far.
    pub(super) fn judge(&mut self, now: Instant) -> Output<End<A>> {
        if self.run.is_taken {
            return self.judge_name(now);
        }
        let number = self.policy.probes();
        if self.run.ids.len() >= self.requested() && self.requests <= 1 {
            // An earlier call may have sent it more than once.
            let in_doubt = self.is_resumed && !self.in_flight(now).is_zero();
            return self.created(in_doubt);
        }
        if self.run.whole < number {
            return if self.run.failed < number { self.pause(now) } else { self.give_up(now) };
        }
        if !self.run.ids.is_empty() && !self.run.hurried {
            return self.created(false);
        }
        if self.run.hurried || self.done {
            return self.give_up(now);
        }
        // It is not there.
        let is_time = self.may_send_again(now);
        match self.run.lost.take() {
            None if is_time => self.send(now),
            None => {
                let error = self.no_time(now);
                self.not_created(error)
            }
            Some((_, NextStep::ProbeThenResend))
                if is_time && self.run.sends < self.config.settings().retry.attempts =>
            {
                self.send(now)
            }
            Some((error, _)) => self.not_created(error.settled()),
        }
    }

    /// Sends if no other thing has the name that is the marker.
    fn judge_name(&mut self, now: Instant) -> Output<End<A>> {
        if let Some(id) = self.run.ids.first() {
            let reason = format!("is the name of {id} already: choose another");
            return self.refuse(self.action.field(), reason);
        }
        match self.run.probe_error.take() {
            Some(error) => self.not_created(error),
            None if self.done => self.give_up(now),
            None => {
                self.run.is_taken = false;
                self.send(now)
            }
        }
    }

    pub(super) fn not_created(&mut self, error: crate::error::Error) -> Output<End<A>> {
        self.run.stage = Stage::Over;
        Output::End(Err(OnceError::NotCreated(error)))
    }

    pub(super) fn created(&mut self, in_doubt: bool) -> Output<End<A>> {
        self.run.stage = Stage::Over;
        self.done = true;
        if !in_doubt {
            // Whatever the requests have created is known.
            (self.requests, self.is_resumed) = (1, false);
        }
        Output::End(Ok(Created {
            ids: std::mem::take(&mut self.run.ids),
            requested: self.requested(),
            marker: self.marker.clone(),
            found_by_marker: !std::mem::take(&mut self.run.named),
            sends: self.run.sends,
            in_doubt,
            response: self.run.answered.take(),
        }))
    }

    /// Ends where no more probes can be made and those that were prove nothing.
    pub(super) fn give_up(&mut self, now: Instant) -> Output<End<A>> {
        if self.run.named || self.run.ids.len() >= self.requested() {
            return self.created(true);
        }
        self.run.stage = Stage::Over;
        let poll_error = self.run.probe_error.take();
        let (error, poll_error) = match (self.run.lost.take(), poll_error) {
            (Some((error, _)), poll_error) => (error, poll_error),
            (None, Some(error)) => (error, None),
            (None, None) if self.done && self.run.whole > 0 => {
                (self.unreadable(Problem::Unlisted, RequestId::default()), None)
            }
            (None, None) => (self.no_time(now), None),
        };
        Output::End(Err(OnceError::Unknown(Box::new(OutcomeUnknown {
            marker: self.marker.clone(),
            field: self.action.field(),
            ids: std::mem::take(&mut self.run.ids),
            error,
            poll_error,
            action: self.action.facts().name.to_owned(),
        }))))
    }
}
