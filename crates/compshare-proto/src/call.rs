//! `Call`: one action from its request to its response, with its retries.

pub mod conditions;
mod log;
pub mod machine;
pub mod once;
pub(crate) mod pages;
pub mod poll;

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::header;
use tracing::Span;

use crate::{
    api::{action::Action, acts_on::ActsOn, effect::Effect},
    call::machine::{Input, Machine, Output},
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
    /// The `Instant` of `system_time`.
    started_at: Option<Instant>,
    /// A limit on the time of a run, in addition to the configuration's.
    limit: Option<Duration>,
    /// An effect that replaces the action's.
    effect: Option<Effect>,
    run: Option<Run>,
}

/// The state of one run, from `Start` to `End`.
#[derive(Debug)]
struct Run {
    started: Instant,
    span: Span,
    attempts: u32,
    /// When the last attempt began.
    began: Instant,
    /// Whether the server may have acted on any attempt.
    maybe_sent: bool,
    /// The same for the attempts before the last.
    earlier: bool,
    /// How the last attempt ended.
    last: Option<LastOutcome>,
}

/// How an attempt that did not succeed ended.
#[derive(Debug)]
enum LastOutcome {
    Failure(Failure),
    Error(Error),
}

impl<A: Action> Call<A> {
    /// A call of `action`.
    ///
    /// `system_time` is the time of the first step, for `U-Timestamp-Ms`. `seed` starts the random sequence
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

    /// Limits the time of the next run.
    pub(crate) fn limit(&mut self, time: Duration) {
        self.limit = Some(time);
    }

    /// Treats the action as [`Effect::Once`].
    pub(crate) fn once(&mut self) {
        self.effect = Some(Effect::Once);
    }

    fn effect(&self) -> Effect {
        self.effect.unwrap_or_else(|| self.action.facts().effect)
    }

    fn time(&self) -> Duration {
        let time = self.config.call_timeout_or_default();
        self.limit.map_or(time, |limit| limit.min(time))
    }

    fn run(&mut self, now: Instant) -> &mut Run {
        self.started_at.get_or_insert(now);
        let effect = self.effect();
        self.run.get_or_insert_with(|| Run {
            started: now,
            span: log::span(&self.config, &self.action, effect),
            attempts: 0,
            began: now,
            maybe_sent: false,
            earlier: false,
            last: None,
        })
    }

    /// The system time at `now`.
    fn time_at(&self, now: Instant) -> SystemTime {
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
        run.began = now;
        let span = run.span.clone();
        match encode(&self.config, &self.action, self.time_at(now)) {
            Ok(mut request) => {
                if !span.is_disabled() {
                    request.extensions_mut().insert(span);
                }
                Output::Transmit {
                    request,
                    timeout: self.config.settings().attempt_timeout.min(left),
                }
            }
            Err(error) => self.end(Err(error)),
        }
    }

    /// Decides what follows an attempt that did not succeed: another one after a delay, or the end.
    fn decide(
        &mut self,
        now: Instant,
        outcome: Outcome,
        after: Option<Duration>,
    ) -> Result<Duration, Stop> {
        let effect = self.effect();
        let random = next_random(&mut self.random);
        let limit = self.time();
        let acts_on = ActsOn::of(&self.action);
        let run = self.run(now);
        run.earlier = run.maybe_sent;
        run.maybe_sent |= outcome.may_have_acted(acts_on);
        let left = limit.saturating_sub(now.saturating_duration_since(run.started));
        let state = RetryState { effect, attempts: run.attempts, left, random, after, acts_on };
        self.config.settings().retry.decide(outcome, state)
    }

    /// Does what was decided after `lost`.
    fn proceed(
        &mut self,
        now: Instant,
        decision: Result<Duration, Stop>,
        lost: LastOutcome,
    ) -> Output<<Self as Machine>::End> {
        self.run(now).last = Some(lost);
        match decision {
            Ok(delay) => Output::Sleep(delay),
            Err(stop) => self.give_up(now, stop),
        }
    }

    /// Logs the attempt that has ended, and the delay until the next one.
    fn log(
        &self,
        now: Instant,
        exchanged: Result<&http::Response<Bytes>, &Failure>,
        delay: Option<Duration>,
    ) {
        let Some(run) = &self.run else { return };
        let action = self.action.facts().name;
        let elapsed = now.saturating_duration_since(run.began);
        let attempt = log::Attempt { action, number: run.attempts, exchanged, elapsed, delay };
        run.span.in_scope(|| attempt.log());
    }

    fn give_up(&mut self, now: Instant, stop: Stop) -> Output<<Self as Machine>::End> {
        let run = self.run(now);
        let (attempts, maybe_sent, earlier) = (run.attempts, run.maybe_sent, run.earlier);
        let elapsed = now.saturating_duration_since(run.started);
        let error = match run.last.take() {
            Some(LastOutcome::Error(Error::Api(error))) => {
                Error::Api(error.ended(attempts, stop, earlier))
            }
            Some(LastOutcome::Error(Error::Incomplete(error))) => {
                Error::Incomplete(error.ended(attempts))
            }
            Some(LastOutcome::Error(Error::Decode(error))) => {
                Error::Decode(error.ended(attempts, stop))
            }
            Some(LastOutcome::Error(error)) => error,
            Some(LastOutcome::Failure(mut failure)) => {
                if maybe_sent && failure.delivery == Delivery::NotSent {
                    failure.delivery = Delivery::MaybeSent;
                }
                let name = self.action.facts().name;
                Error::Transport(TransportError::new(name, failure, attempts, elapsed, stop))
            }
            None => {
                let failure = Failure::not_sent("no attempt was made").timed_out();
                let name = self.action.facts().name;
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
            // After the end, only `Start` sends anything, so a stray input cannot send twice.
            _ if self.run.is_none() => self.give_up(now, Stop::Permanent),
            Input::Woke => self.transmit(now),
            Input::Failed(failure) => {
                let outcome = match failure.advice {
                    Some(_) if failure.delivery == Delivery::NotSent => Outcome::Permanent,
                    _ => Outcome::Failed(failure.delivery),
                };
                let decision = self.decide(now, outcome, None);
                self.log(now, Err(&failure), decision.ok());
                self.proceed(now, decision, LastOutcome::Failure(failure))
            }
            Input::Response(response) => match decode(&self.action, &response) {
                Ok(decoded) => {
                    self.log(now, Ok(&response), None);
                    self.end(Ok(decoded))
                }
                Err(error) => {
                    // A response that states success is one whatever its status, so it is not retried.
                    let once = self.effect() == Effect::Once;
                    let outcome = match &error {
                        Error::Api(_) if once && error.states_success() => Outcome::Unreadable,
                        _ => error.outcome(),
                    };
                    let after = retry_after(&response, self.time_at(now));
                    let decision = self.decide(now, outcome, after);
                    self.log(now, Ok(&response), decision.ok());
                    self.proceed(now, decision, LastOutcome::Error(error))
                }
            },
        }
    }
}

/// The delay of `Retry-After` in a response that is not a success.
fn retry_after(response: &http::Response<Bytes>, system_time: SystemTime) -> Option<Duration> {
    if response.status().is_success() {
        return None;
    }
    let value = response.headers().get(header::RETRY_AFTER)?;
    retry_after::parse(value.to_str().ok()?, system_time)
}

#[cfg(test)]
mod tests;
