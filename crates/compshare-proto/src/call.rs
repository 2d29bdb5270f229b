//! `Call`: one action from request to answer, with its retries.

pub(crate) mod attempt;
pub mod conditions;
pub mod machine;
pub mod once;
pub(crate) mod pages;
pub mod poll;

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::header;

use crate::{
    api::{action::Action, effect::Effect, scope::Scope},
    call::{
        attempt::Subject,
        machine::{Input, Machine, Output},
    },
    codec::{decode::decode, encode::encode, response::Response},
    config::Config,
    error::{Error, Failure, TransportError},
    retry::{Delivery, Outcome, RetryState, Stop, random::next_random, retry_after},
};

/// The machine of one call; see [`machine`](crate::machine) for how it is driven.
///
/// The time of the call begins at its first step. Every attempt is signed afresh.
#[derive(Debug)]
pub struct Call<A> {
    config: Config,
    action: A,
    system_time: SystemTime,
    random: u64,
    /// The moment of `system_time`.
    started_at: Option<Instant>,
    /// A bound on the time of a run, beside the configuration's.
    limit: Option<Duration>,
    /// What it may do when sent again, whatever the action says.
    effect: Option<Effect>,
    run: Option<Run>,
}

/// What one run from `Start` to `End` has to remember.
#[derive(Debug)]
struct Run {
    started: Instant,
    attempts: u32,
    /// Whether the server may have acted on any attempt.
    maybe_sent: bool,
    /// Whether it may have acted on an attempt before the last.
    earlier: bool,
    /// What the last attempt ended in.
    last: Option<Lost>,
}

/// What an attempt that did not succeed ended in.
#[derive(Debug)]
enum Lost {
    Failure(Failure),
    Error(Error),
}

impl<A: Action> Call<A> {
    /// A call of `action`.
    ///
    /// `system_time` is the system_time clock at the first step, for `U-Timestamp-Ms`; `seed` starts the sequence
    /// that spreads the delays between attempts.
    pub fn new(config: Config, action: A, system_time: SystemTime, seed: u64) -> Self {
        Self {
            config,
            action,
            system_time,
            random: seed,
            started_at: None,
            limit: None,
            effect: None,
            run: None,
        }
    }

    /// The action.
    pub fn action(&self) -> &A {
        &self.action
    }

    pub(crate) fn action_mut(&mut self) -> &mut A {
        &mut self.action
    }

    /// Whether it is between its start and its end.
    pub(crate) fn is_running(&self) -> bool {
        self.run.is_some()
    }

    /// Gives the next run no more time than that.
    pub(crate) fn limit(&mut self, time: Duration) {
        self.limit = Some(time);
    }

    /// Takes the action for one that must not be carried out twice, whatever it says.
    pub(crate) fn once(&mut self) {
        self.effect = Some(Effect::Once);
    }

    fn effect(&self) -> Effect {
        self.effect.unwrap_or_else(|| self.action.effect())
    }

    fn time(&self) -> Duration {
        let time = self.config.call_timeout_or_default();
        self.limit.map_or(time, |limit| limit.min(time))
    }

    fn run(&mut self, now: Instant) -> &mut Run {
        self.started_at.get_or_insert(now);
        self.run.get_or_insert(Run {
            started: now,
            attempts: 0,
            maybe_sent: false,
            earlier: false,
            last: None,
        })
    }

    /// The system_time clock at a moment.
    fn wall_at(&self, now: Instant) -> SystemTime {
        let age = self
            .started_at
            .map_or(Duration::ZERO, |started_at| now.saturating_duration_since(started_at));
        self.system_time.checked_add(age).unwrap_or(self.system_time)
    }

    fn transmit(&mut self, now: Instant) -> Output<<Self as Machine>::End> {
        let limit = self.time();
        let run = self.run(now);
        let left = limit.saturating_sub(now.saturating_duration_since(run.started));
        if left.is_zero() && run.last.is_some() {
            return self.give_up(now, Stop::Deadline);
        }
        run.attempts += 1;
        match encode(&self.config, &self.action, self.wall_at(now)) {
            Ok(request) => Output::Transmit {
                request,
                timeout: self.config.settings().attempt_timeout.min(left),
            },
            Err(error) => self.end(Err(error)),
        }
    }

    fn judge(
        &mut self,
        now: Instant,
        outcome: Outcome,
        after: Option<Duration>,
        lost: Lost,
    ) -> Output<<Self as Machine>::End> {
        let effect = self.effect();
        let random = next_random(&mut self.random);
        let limit = self.time();
        let scope = Scope::of(&self.action);
        let run = self.run(now);
        run.earlier = run.maybe_sent;
        run.maybe_sent |= outcome.may_have_acted(scope);
        run.last = Some(lost);
        let left = limit.saturating_sub(now.saturating_duration_since(run.started));
        let progress = RetryState { effect, attempts: run.attempts, left, random, after, scope };
        match self.config.settings().retry.decide(outcome, progress) {
            Ok(delay) => Output::Sleep(delay),
            Err(stop) => self.give_up(now, stop),
        }
    }

    fn give_up(&mut self, now: Instant, stop: Stop) -> Output<<Self as Machine>::End> {
        let run = self.run(now);
        let (attempts, maybe_sent, earlier) = (run.attempts, run.maybe_sent, run.earlier);
        let elapsed = now.saturating_duration_since(run.started);
        let error = match run.last.take() {
            Some(Lost::Error(Error::Api(error))) => {
                Error::Api(error.ended(attempts, stop, earlier))
            }
            Some(Lost::Error(Error::Incomplete(error))) => Error::Incomplete(error.ended(attempts)),
            Some(Lost::Error(Error::Decode(error))) => Error::Decode(error.ended(attempts, stop)),
            Some(Lost::Error(error)) => error,
            Some(Lost::Failure(mut failure)) => {
                if maybe_sent && failure.delivery == Delivery::NotSent {
                    failure.delivery = Delivery::MaybeSent;
                }
                let name = self.action.name();
                Error::Transport(TransportError::new(name, failure, attempts, elapsed, stop))
            }
            None => {
                let failure = Failure::not_sent("no attempt was made").timed_out();
                let name = self.action.name();
                Error::Transport(TransportError::new(name, failure, attempts, elapsed, stop))
            }
        };
        self.end(Err(error))
    }

    fn end(&mut self, end: <Self as Machine>::End) -> Output<<Self as Machine>::End> {
        self.run = None;
        Output::End(end)
    }
}

impl<A: Action> Machine for Call<A> {
    type End = Result<Response<A::Response>, Error>;

    fn step(&mut self, now: Instant, input: Input) -> Output<Self::End> {
        match input {
            Input::Start => {
                self.run = None;
                self.transmit(now)
            }
            // After its end only a start begins anew, so that nothing is sent twice by a stray input.
            _ if self.run.is_none() => self.give_up(now, Stop::Permanent),
            Input::Woke => self.transmit(now),
            Input::Failed(failure) => {
                let outcome = match failure.advice {
                    Some(_) if failure.delivery == Delivery::NotSent => Outcome::Permanent,
                    _ => Outcome::Failed(failure.delivery),
                };
                self.judge(now, outcome, None, Lost::Failure(failure))
            }
            Input::Response(response) => match decode(&self.action, &response) {
                Ok(response) => self.end(Ok(response)),
                Err(error) => {
                    // A success is one whatever the status beside it, so it is not asked for again.
                    let once = self.effect() == Effect::Once;
                    let outcome = match &error {
                        Error::Api(_) if once && error.states_success() => Outcome::Unreadable,
                        _ => error.outcome(),
                    };
                    let after = retry_after(&response, self.wall_at(now));
                    self.judge(now, outcome, after, Lost::Error(error))
                }
            },
        }
    }

    fn subject(&self) -> Option<Subject<'_>> {
        let attempt = self.run.as_ref().map_or(0, |run| run.attempts);
        Some(Subject::new(self.action.name(), self.effect(), attempt))
    }

    fn region(&self) -> Option<String> {
        attempt::region(&self.config, &self.action)
    }
}

/// The `Retry-After` of an HTTP status that is not a success, from that moment.
fn retry_after(response: &http::Response<Bytes>, system_time: SystemTime) -> Option<Duration> {
    if response.status().is_success() {
        return None;
    }
    let value = response.headers().get(header::RETRY_AFTER)?;
    retry_after::parse(value.to_str().ok()?, system_time)
}

#[cfg(test)]
mod tests;
