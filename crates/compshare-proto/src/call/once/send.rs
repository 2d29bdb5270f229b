//! The sends of a `SendOnce`: how a run begins, and what the end of a request means.

use std::time::{Duration, Instant};

use super::{End, SendOnce, Stage, next_step::NextStep, run::Run};
use crate::{
    api::create_once::CreateOnce,
    call::{
        Call, log,
        machine::{Input, Machine as _, Output},
    },
    codec::response::Response,
    error::{Error, Problem},
    retry::random::next_random,
    value::invalid::InvalidRequest,
};

impl<A: CreateOnce> SendOnce<A> {
    pub(super) fn start(&mut self, now: Instant) -> Output<End<A>> {
        self.run = Run::new(Some(now));
        if self.action.field().is_empty() {
            let reason = "has no parameter that carries a marker: send it without `send_once`";
            return self.refuse("the action", reason.to_owned());
        }
        let own = self.action.own_marker();
        let is_own = own.is_some();
        if let Some(own) = own {
            if own.as_str() != self.marker.as_str() {
                let reason = "is what the image is found by, and differs from the marker given";
                return self.refuse(self.action.field(), reason.to_owned());
            }
            self.marker = own;
        }
        if self.requests > 0 {
            self.open_since.get_or_insert(now);
            return self.pause(now);
        }
        if is_own {
            // What has the name already would be taken for what is to be created.
            self.run.is_taken = true;
            return self.probe(now);
        }
        self.send(now)
    }

    /// Time for a request, if there is to be some for probes.
    fn time_to_send(&self, now: Instant) -> Duration {
        self.left(now).saturating_sub(self.probing_time().min(self.config.once_timeout() / 2))
    }

    /// Whether there is time to send, and to find out what became of it.
    pub(super) fn may_send_again(&self, now: Instant) -> bool {
        self.left(now) > self.policy.in_flight.saturating_add(self.probing_time())
    }

    pub(super) fn send(&mut self, now: Instant) -> Output<End<A>> {
        let mut action = self.action.clone();
        action.set_marker(&self.marker);
        let (system_time, seed) = (self.system_time(now), next_random(&mut self.random));
        let mut call = Call::new(self.config.clone(), action, system_time, seed);
        call.limit(self.time_to_send(now));
        call.once();
        // From here on something may be there, whatever becomes of this run.
        self.requests = self.requests.saturating_add(1);
        self.before = self.open_since;
        self.run.sends += 1;
        self.run.begin_probes();
        let output = call.step(now, Input::Start);
        self.run.stage = Stage::Send(call);
        self.sent(now, output)
    }

    /// Passes the call's outputs on, and judges its end.
    pub(super) fn sent(
        &mut self,
        now: Instant,
        output: Output<Result<Response<A::Response>, Error>>,
    ) -> Output<End<A>> {
        match output {
            Output::Transmit { request, timeout } => {
                self.open_since = Some(now);
                Output::Transmit { request, timeout }
            }
            Output::Sleep(delay) => Output::Sleep(delay),
            Output::End(Ok(response)) => self.answered(now, response),
            Output::End(Err(error)) => match left_by(&self.action, &error) {
                NextStep::Fail => self.not_done(now, error),
                left => self.lost(now, error, left),
            },
        }
    }

    fn answered(&mut self, now: Instant, response: Response<A::Response>) -> Output<End<A>> {
        let (ids, id) = (ids_of(&self.action, &response), response.id().clone());
        self.run.answered = Some(response);
        if ids.is_empty() {
            let error = self.unreadable(Problem::NoIds, id);
            return self.lost(now, error, NextStep::ConfirmCreated);
        }
        self.run.named = true;
        self.run.add(ids);
        if self.requests == 1 {
            return self.created(false);
        }
        // One before it may have been carried out after all.
        self.open_since = self.before;
        self.pause(now)
    }

    /// Notes that the last request has done nothing.
    fn not_done(&mut self, now: Instant, error: Error) -> Output<End<A>> {
        self.requests = self.requests.saturating_sub(1);
        self.run.sends = self.run.sends.saturating_sub(1);
        self.open_since = self.before;
        if self.requests == 0 {
            return self.not_created(error);
        }
        // It may be refused for what the one before it has done after all.
        self.lost(now, error, NextStep::ProbeThenFail)
    }

    fn lost(&mut self, now: Instant, error: Error, left: NextStep) -> Output<End<A>> {
        log::outcome_unknown(self.action.facts().name);
        self.run.lost = Some((error, left));
        self.done |= left == NextStep::ConfirmCreated;
        self.pause(now)
    }

    /// Ends without having sent anything, for what is wrong with `what`.
    pub(super) fn refuse(&mut self, what: &str, reason: String) -> Output<End<A>> {
        let error = InvalidRequest::new(what, reason).of(self.action.facts().name);
        self.not_created(Error::Invalid(error))
    }
}

/// The ids that a response names.
fn ids_of<A: CreateOnce>(action: &A, response: &A::Response) -> Vec<String> {
    let mut ids = action.created_ids(response);
    ids.retain(|id| !id.is_empty());
    ids
}

/// What a failure leaves to be found out; a response that names ids has created them, whatever else it says.
fn left_by<A: CreateOnce>(action: &A, error: &Error) -> NextStep {
    let response = serde_json::from_slice::<A::Response>(error.raw());
    let names = response.is_ok_and(|response| !ids_of(action, &response).is_empty());
    if names { NextStep::ConfirmCreated } else { NextStep::by(error) }
}
