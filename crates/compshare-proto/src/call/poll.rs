//! `Wait`: looks again and again until something has come about.

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

/// Time that the look at the deadline may take.
const LAST_POLL: Duration = Duration::from_secs(1);

/// What a look says about the thing that is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollState<T> {
    /// Not yet; how things stand, for whoever watches.
    Pending(String),
    /// It has come about.
    Ready(T),
    /// It will not come about any more, and why.
    Failed(String),
}

/// How a wait stands after a look that found it pending.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PollProgress {
    /// Polls so far.
    pub polls: u32,
    /// Time since the first poll.
    pub elapsed: Duration,
    /// How things stand, in the words of the one who judges.
    pub state: String,
}

/// Something to wait for: what to send to look at it, and what the response says.
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
    /// What is sent for each look.
    type Action: Action;
    /// What there is at the end.
    type Done;

    /// The action of the looks.
    fn action(&self) -> Self::Action;

    /// What a response says.
    fn judge(
        &mut self,
        response: &Response<<Self::Action as Action>::Response>,
    ) -> PollState<Self::Done>;

    /// What a refused look says; `None` leaves it at being refused.
    ///
    /// By it, a thing that is waited for to be gone is, when it is not found.
    fn judge_refusal(&mut self, refusal: &ApiError) -> Option<PollState<Self::Done>> {
        let _ = refusal;
        None
    }
}

type Watcher = Box<dyn FnMut(&PollProgress) + Send>;

/// The machine of one wait: looks until its condition has seen enough.
///
/// A look that fails for a reason that passes (no response, the service is down, a response that cannot be
/// read) is a look that found it pending. See [`machine`](crate::machine) for how it is driven.
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
    /// A wait for `condition` with the usual policy.
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

    /// Tells `watcher` how things stand after each look that found it pending.
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

    /// Passes the call's outputs on, and judges its end.
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
                    // A response that cannot be read is news: how things stood before may be over.
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

    fn apply(
        &mut self,
        now: Instant,
        verdict: PollState<G::Done>,
    ) -> Output<<Self as Machine>::End> {
        match verdict {
            PollState::Ready(done) => Output::End(Ok(done)),
            PollState::Failed(state) => self.end(now, Reason::ConditionFailed, state),
            PollState::Pending(state) => self.pending(now, state, true),
        }
    }

    /// Goes on to the next look; `is_judgement` if the state replaces what was seen before.
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
        // Up to a fifth sooner, so that many who wait do not look at once.
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
            action: self.call.action().name().to_owned(),
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
            // Woken between two attempts of a look, or between two looks.
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
            .field("action", &self.call.action().name())
            .field("policy", &self.policy)
            .field("polls", &self.polls)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
