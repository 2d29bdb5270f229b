//! `Wait`: polls until a condition holds.

mod policy;

use std::{
    fmt,
    time::{Duration, Instant, SystemTime},
};

pub use policy::PollPolicy;

use crate::{
    api::{action::Action, ret_code::Class},
    call::{
        Call,
        machine::{Input, Machine, Output},
    },
    codec::response::Response,
    config::Config,
    error::{ApiError, Error, Reason, WaitEnd, WaitError},
    retry::random::next_random,
};

/// Time that the poll at the deadline may take.
const LAST_POLL: Duration = Duration::from_secs(1);

/// What a poll says about a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollState<T> {
    /// Not yet; the text is the current state.
    Pending(String),
    /// The condition holds.
    Ready(T),
    /// The condition cannot hold any more; the text says why.
    Failed(String),
}

/// The progress of a wait after a poll that found its condition pending.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PollProgress {
    /// Polls so far.
    pub polls: u32,
    /// Time since the first poll.
    pub elapsed: Duration,
    /// The current state, in the condition's words.
    pub state: String,
}

/// Something to wait for: the action that polls for it, and what a response says about it.
///
/// ```
/// use compshare_proto::{Condition, Raw, Response, poll::PollState};
///
/// struct Built;
///
/// impl Condition for Built {
///     type Action = Raw;
///     type Done = ();
///
///     fn action(&self) -> Raw {
///         Raw::new("GetCompShareImageCreateProgress")
///             .param("CompShareImageId", "compshareImage-xxxx")
///     }
///
///     fn judge(&mut self, response: &Response<serde_json::Value>) -> PollState<()> {
///         match response["Process"].as_f64() {
///             Some(percent) if percent >= 100.0 => PollState::Ready(()),
///             percent => PollState::Pending(format!("{} %", percent.unwrap_or_default())),
///         }
///     }
/// }
/// ```
pub trait Condition {
    /// The action of each poll.
    type Action: Action;
    /// What the wait returns.
    type Done;

    /// Returns the action of the polls.
    fn action(&self) -> Self::Action;

    /// Returns what a response says.
    fn judge(
        &mut self,
        response: &Response<<Self::Action as Action>::Response>,
    ) -> PollState<Self::Done>;

    /// Returns what a refused poll says; with `None`, the refusal ends the wait unless it is temporary.
    ///
    /// A condition that something is gone holds when the poll is refused because it was not found.
    fn judge_refusal(&mut self, refusal: &ApiError) -> Option<PollState<Self::Done>> {
        let _ = refusal;
        None
    }
}

type Watcher = Box<dyn FnMut(&PollProgress) + Send>;

/// The machine of one wait: polls until its condition holds or fails, or the deadline passes.
///
/// A poll that fails temporarily (no response, service down, unreadable response) counts as pending. See [`machine`](crate::machine) for how it is driven.
pub struct Wait<G: Condition> {
    call: Call<G::Action>,
    condition: G,
    policy: PollPolicy,
    watcher: Option<Watcher>,
    random: u64,
    interval: Duration,
    started: Option<Instant>,
    polls: u32,
    state: String,
}

impl<G: Condition> Wait<G> {
    /// A wait for `condition` with the default policy.
    ///
    /// `system_time` and `seed` are those of [`Call::new`].
    pub fn new(config: Config, condition: G, system_time: SystemTime, seed: u64) -> Self {
        let policy = PollPolicy::default();
        Self {
            call: Call::new(config, condition.action(), system_time, seed),
            condition,
            interval: policy.first_interval,
            policy,
            watcher: None,
            random: seed,
            started: None,
            polls: 0,
            state: String::new(),
        }
    }

    /// Polls by this policy.
    #[must_use]
    pub fn poll_policy(mut self, policy: PollPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Calls `watcher` after each poll that found the condition pending.
    #[must_use]
    pub fn on_progress(mut self, watcher: impl FnMut(&PollProgress) + Send + 'static) -> Self {
        self.watcher = Some(Box::new(watcher));
        self
    }

    fn elapsed(&self, now: Instant) -> Duration {
        self.started.map_or(Duration::ZERO, |started| now.saturating_duration_since(started))
    }

    fn left(&self, now: Instant) -> Duration {
        self.policy.deadline.saturating_sub(self.elapsed(now))
    }

    fn poll(&mut self, now: Instant) -> Output<<Self as Machine>::End> {
        self.started.get_or_insert(now);
        let left = self.left(now);
        self.call.limit(left.max(LAST_POLL));
        let output = self.call.step(now, Input::Start);
        self.forward(now, output)
    }

    /// Forwards the call's outputs, and judges its end.
    fn forward(
        &mut self,
        now: Instant,
        output: Output<<Call<G::Action> as Machine>::End>,
    ) -> Output<<Self as Machine>::End> {
        match output {
            Output::Transmit { request, timeout } => Output::Transmit { request, timeout },
            Output::Sleep(delay) => Output::Sleep(delay),
            Output::End(Ok(response)) => {
                self.polls += 1;
                let state = self.condition.judge(&response);
                self.apply(now, state)
            }
            Output::End(Err(error)) => {
                self.polls += 1;
                let judged = match &error {
                    Error::Api(refusal) => self.condition.judge_refusal(refusal),
                    _ => None,
                };
                match judged {
                    Some(state) => self.apply(now, state),
                    // A response that cannot be read replaces the state, which may have changed.
                    None if passes(&error) => {
                        let is_news = matches!(error, Error::Decode(_));
                        self.pending(now, error.to_string(), is_news)
                    }
                    None => {
                        let state = error.to_string();
                        self.end(now, Reason::PollFailed(error), state)
                    }
                }
            }
        }
    }

    fn apply(&mut self, now: Instant, state: PollState<G::Done>) -> Output<<Self as Machine>::End> {
        match state {
            PollState::Ready(done) => Output::End(Ok(done)),
            PollState::Failed(state) => self.end(now, Reason::ConditionFailed, state),
            PollState::Pending(state) => self.pending(now, state, true),
        }
    }

    /// Waits for the next poll; `is_judgement` if the state replaces the one before.
    fn pending(
        &mut self,
        now: Instant,
        state: String,
        is_judgement: bool,
    ) -> Output<<Self as Machine>::End> {
        let progress = PollProgress { polls: self.polls, elapsed: self.elapsed(now), state };
        if let Some(watcher) = &mut self.watcher {
            watcher(&progress);
        }
        if is_judgement || self.state.is_empty() {
            self.state = progress.state;
        }
        let left = self.left(now);
        if left.is_zero() {
            let state = std::mem::take(&mut self.state);
            return self.end(now, Reason::Deadline, state);
        }
        let interval = self.interval;
        self.interval = (interval.saturating_mul(3) / 2).min(self.policy.longest_interval);
        // Up to a fifth sooner, so that many waits do not poll at the same time.
        let fifth = u64::try_from((interval / 5).as_millis()).unwrap_or(u64::MAX);
        let sooner = Duration::from_millis(next_random(&mut self.random) % fifth.saturating_add(1));
        Output::Sleep((interval - sooner).min(left))
    }

    fn end(
        &mut self,
        now: Instant,
        reason: Reason,
        state: String,
    ) -> Output<<Self as Machine>::End> {
        Output::End(Err(WaitError::new(WaitEnd {
            action: self.call.action().facts().name.to_owned(),
            reason,
            state,
            polls: self.polls,
            elapsed: self.elapsed(now),
        })))
    }
}

/// Whether a poll failed temporarily.
fn passes(error: &Error) -> bool {
    match error {
        Error::Transport(_) | Error::Decode(_) => true,
        Error::Api(refusal) => match refusal.ret_code() {
            Some(code) => {
                matches!(
                    code.class(),
                    Some(Class::Service | Class::Throttled | Class::Timeout | Class::Busy)
                )
            }
            None => refusal.status().is_server_error() || refusal.status().as_u16() == 429,
        },
        _ => false,
    }
}

impl<G: Condition> Machine for Wait<G> {
    type End = Result<G::Done, WaitError>;

    fn step(&mut self, now: Instant, input: Input) -> Output<Self::End> {
        match input {
            Input::Start => {
                (self.started, self.polls) = (None, 0);
                self.interval = self.policy.first_interval;
                self.poll(now)
            }
            // Woken between two polls; between two attempts of one, the call is running.
            Input::Woke if !self.call.is_running() => self.poll(now),
            input => {
                let output = self.call.step(now, input);
                self.forward(now, output)
            }
        }
    }
}

impl<G: Condition> fmt::Debug for Wait<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("action", &self.call.action().facts().name)
            .field("policy", &self.policy)
            .field("polls", &self.polls)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
