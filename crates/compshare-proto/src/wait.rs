//! `Wait`: looks again and again until something has come about.

mod error;

use std::{
    fmt,
    time::{Duration, Instant, SystemTime},
};

pub use error::WaitError;
use error::{Inner, Reason};

use crate::{
    Action, ApiError, Call, Class, Config, Error, Response,
    machine::{Input, Machine, Output},
    retry::next_random,
};

/// Time that the look at the deadline may take.
const LAST_LOOK: Duration = Duration::from_secs(1);

/// What a look says about the thing that is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollState<T> {
    /// Not yet; how things stand, for whoever watches.
    Pending(String),
    /// It has come about.
    Ready(T),
    /// It will not come about any more, and why.
    Hopeless(String),
}

/// How often and how long to look.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollPolicy {
    /// Time from the first look to the last; 10 minutes unless set.
    pub deadline: Duration,
    /// Time between the first two looks; it grows by half with each one. 1 second unless set.
    pub first_interval: Duration,
    /// Longest time between two looks; 15 seconds unless set.
    pub longest_interval: Duration,
}

impl Default for PollPolicy {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(600),
            first_interval: Duration::from_secs(1),
            longest_interval: Duration::from_secs(15),
        }
    }
}

impl PollPolicy {
    /// The usual intervals with another deadline.
    pub fn until(deadline: Duration) -> Self {
        Self { deadline, ..Self::default() }
    }
}

/// How a wait stands after a look that found it pending.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Progress {
    /// PollPolicy so far.
    pub looks: u32,
    /// Time since the first look.
    pub elapsed: Duration,
    /// How things stand, in the words of the one who judges.
    pub state: String,
}

/// Something to wait for: what to send to look at it, and what the answer says.
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

    /// What an answer says.
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

type Watcher = Box<dyn FnMut(&Progress) + Send>;

/// The machine of one wait: looks until its condition has seen enough.
///
/// A look that fails for a reason that passes (no answer, the service is down, a response that cannot be
/// read) is a look that found it pending. See [`machine`](crate::machine) for how it is driven.
pub struct Wait<G: Condition> {
    call: Call<G::Action>,
    condition: G,
    patience: PollPolicy,
    watcher: Option<Watcher>,
    random: u64,
    interval: Duration,
    started: Option<Instant>,
    looks: u32,
    state: String,
}

impl<G: Condition> Wait<G> {
    /// A wait for `condition` with the usual patience.
    ///
    /// `wall` and `seed` are those of [`Call::new`].
    pub fn new(config: Config, condition: G, wall: SystemTime, seed: u64) -> Self {
        let patience = PollPolicy::default();
        Self {
            call: Call::new(config, condition.action(), wall, seed),
            condition,
            interval: patience.first_interval,
            patience,
            watcher: None,
            random: seed,
            started: None,
            looks: 0,
            state: String::new(),
        }
    }

    /// PollPolicy that often and that long.
    #[must_use]
    pub fn patience(mut self, patience: PollPolicy) -> Self {
        self.patience = patience;
        self
    }

    /// Tells `watcher` how things stand after each look that found it pending.
    #[must_use]
    pub fn on_progress(mut self, watcher: impl FnMut(&Progress) + Send + 'static) -> Self {
        self.watcher = Some(Box::new(watcher));
        self
    }

    fn elapsed(&self, now: Instant) -> Duration {
        self.started.map_or(Duration::ZERO, |started| now.saturating_duration_since(started))
    }

    fn left(&self, now: Instant) -> Duration {
        self.patience.deadline.saturating_sub(self.elapsed(now))
    }

    fn look(&mut self, now: Instant) -> Output<<Self as Machine>::End> {
        self.started.get_or_insert(now);
        let left = self.left(now);
        self.call.limit(left.max(LAST_LOOK));
        let output = self.call.step(now, Input::Start);
        self.pass(now, output)
    }

    /// Passes the call's outputs on, and judges its end.
    fn pass(
        &mut self,
        now: Instant,
        output: Output<<Call<G::Action> as Machine>::End>,
    ) -> Output<<Self as Machine>::End> {
        match output {
            Output::Transmit { request, timeout } => Output::Transmit { request, timeout },
            Output::Sleep(delay) => Output::Sleep(delay),
            Output::End(Ok(response)) => {
                self.looks += 1;
                let verdict = self.condition.judge(&response);
                self.rule(now, verdict)
            }
            Output::End(Err(error)) => {
                self.looks += 1;
                let verdict = match &error {
                    Error::Api(refusal) => self.condition.judge_refusal(refusal),
                    Error::Invalid(_)
                    | Error::Incomplete(_)
                    | Error::Transport(_)
                    | Error::Decode(_) => None,
                };
                match verdict {
                    Some(verdict) => self.rule(now, verdict),
                    // A response that cannot be read is news: how things stood before may be over.
                    None if passes(&error) => {
                        let is_news = matches!(error, Error::Decode(_));
                        self.pending(now, error.to_string(), is_news)
                    }
                    None => {
                        let state = error.to_string();
                        self.end(now, Reason::Failed(error), state)
                    }
                }
            }
        }
    }

    fn rule(
        &mut self,
        now: Instant,
        verdict: PollState<G::Done>,
    ) -> Output<<Self as Machine>::End> {
        match verdict {
            PollState::Ready(done) => Output::End(Ok(done)),
            PollState::Failed(state) => self.end(now, Reason::Hopeless, state),
            PollState::Pending(state) => self.pending(now, state, true),
        }
    }

    /// Goes on to the next look; `judged` if the state replaces what was seen before.
    fn pending(
        &mut self,
        now: Instant,
        state: String,
        judged: bool,
    ) -> Output<<Self as Machine>::End> {
        let progress = Progress { looks: self.looks, elapsed: self.elapsed(now), state };
        if let Some(watcher) = &mut self.watcher {
            watcher(&progress);
        }
        if judged || self.state.is_empty() {
            self.state = progress.state;
        }
        let left = self.left(now);
        if left.is_zero() {
            let state = std::mem::take(&mut self.state);
            return self.end(now, Reason::Deadline, state);
        }
        let interval = self.interval;
        self.interval = (interval.saturating_mul(3) / 2).min(self.patience.longest_interval);
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
        Output::End(Err(WaitError::new(Inner {
            action: self.call.action().name().to_owned(),
            reason,
            state,
            looks: self.looks,
            elapsed: self.elapsed(now),
        })))
    }
}

/// Whether a look's error is one of a moment.
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
        Error::Invalid(_) | Error::Incomplete(_) => false,
    }
}

impl<G: Condition> Machine for Wait<G> {
    type End = Result<G::Done, WaitError>;

    fn step(&mut self, now: Instant, input: Input) -> Output<Self::End> {
        match input {
            Input::Start => {
                (self.started, self.looks) = (None, 0);
                self.interval = self.patience.first_interval;
                self.look(now)
            }
            // Woken between two attempts of a look, or between two looks.
            Input::Woke if !self.call.is_running() => self.look(now),
            input => {
                let output = self.call.step(now, input);
                self.pass(now, output)
            }
        }
    }
}

impl<G: Condition> fmt::Debug for Wait<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("action", &self.call.action().name())
            .field("patience", &self.patience)
            .field("looks", &self.looks)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
