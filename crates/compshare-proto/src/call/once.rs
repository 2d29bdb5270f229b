//! `SendOnce`: an action that creates something, sent so that it creates it once.

mod created;
mod judge;
mod next_step;
mod probe;
mod run;
mod send;
#[cfg(test)]
mod tests;
mod walk;

use std::{
    fmt,
    time::{Duration, Instant, SystemTime},
};

pub use crate::api::create_once::{CreateOnce, Probe};
pub use created::Created;
use run::{Run, Stage};

use bytes::Bytes;

use crate::{
    api::{acts_on::requested, marker::Marker},
    call::{
        machine::{Input, Machine, Output},
        poll::PollPolicy,
    },
    config::Config,
    error::{DecodeError, Error, Failure, OnceError, Problem, TransportError},
    retry::{Stop, random::next_random},
    value::request_id::RequestId,
};

/// Time that the responses to the probes may take, in addition to the intervals.
const ANSWERS: Duration = Duration::from_secs(5);

/// The machine of one call that must act once: it sends the action, and probes for what was created before
/// it reports or sends again.
///
/// ```text
///            Start ──────────► probe (if the marker may be in use)
///              │                 │ nothing is there
///              ▼                 ▼
///  refused ◄─ send ─► response: Created, after all probes if it was sent before
///     │        ▲ │
///     ▼        │ │ the server may have acted
///  NotCreated  │ ▼
///     ▲        │ probe, several times ─► the marker is there: Created
///     │        │ │  │
///     └────────┴─┘  └─► no probe succeeded in time: Unknown
///   nothing is there
/// ```
///
/// The server may go on working on a request whose response is lost for [`PollPolicy::in_flight`], 2 minutes
/// unless set. Until then, a probe that finds nothing proves nothing. The action is sent again only if all
/// later probes succeed and none finds the marker, the failure is temporary, and enough time is left to find
/// out about the next request too. It is sent at most as often as
/// [`RetryPolicy::attempts`](crate::RetryPolicy::attempts) says, not counting requests on which the server
/// cannot have acted. A probe whose list has fewer rows than it states has failed. An action that the server
/// reports as successful is never sent again.
///
/// The whole call ends within [`Config::call_timeout`], or within 5 minutes if that is not set. Finding out
/// about a lost request takes 2 minutes and 15 seconds; with less, a request that is not found ends in
/// [`OnceError::Unknown`]. Sending it again takes as long once more; with less than four and a half minutes in
/// all, the call ends in [`OnceError::NotCreated`] instead.
///
/// A machine that is driven again probes before it sends, unless its last run left nothing to find. So a run
/// that was abandoned, by a dropped future or a cancelled call, can be resumed. It finds what it created, or
/// ends in [`OnceError::Unknown`]; it creates nothing else.
///
/// The API has no idempotency key, so a client cannot rule out the following, each of which can create a
/// second thing:
///
/// - a request that is carried out after the last probe, more than [`PollPolicy::in_flight`] after it was
///   handed to the transport;
/// - a list that lags, or hides rows without saying so, for longer than the probes after that time last;
/// - a text without its marker, because the server cut it or somebody edited it;
/// - two machines with the same marker at the same time;
/// - a marker that is used again after the thing that carried it is gone, or that is given to
///   [`marked`](Self::marked) although an earlier call may have used it;
/// - a transport or proxy that sends a request twice.
///
/// See [`machine`](crate::machine) for how it is driven.
pub struct SendOnce<A: CreateOnce> {
    config: Config,
    action: A,
    system_time: SystemTime,
    random: u64,
    marker: Marker,
    /// Requests with the marker that may have created something: of this run, of earlier ones, and one for
    /// an earlier call.
    requests: u32,
    /// When the last of them was sent, or since when that is not known; and the same before the one that
    /// is under way.
    open_since: Option<Instant>,
    before: Option<Instant>,
    /// Whether an earlier call may have sent requests, of which it is not known how many.
    is_resumed: bool,
    /// Whether something is known to have been created with the marker.
    done: bool,
    policy: PollPolicy,
    /// The `Instant` of `system_time`.
    started_at: Option<Instant>,
    run: Run<A>,
}

type End<A> = Result<Created<<A as crate::api::action::Action>::Response>, OnceError>;

impl<A: CreateOnce> SendOnce<A> {
    /// Sends `action` once, with a random marker or the action's own.
    ///
    /// `system_time` and `seed` are those of [`Call::new`](crate::machine::Call::new). The marker is made from both, so
    /// a seed that is hard to guess makes it unique.
    pub fn new(config: Config, action: A, system_time: SystemTime, seed: u64) -> Self {
        let nanos =
            system_time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |age| age.subsec_nanos());
        let random =
            || Marker::numbered(next_random(&mut (seed.rotate_left(32) ^ u64::from(nanos))));
        Self {
            config,
            marker: action.own_marker().unwrap_or_else(random),
            action,
            system_time,
            random: seed,
            requests: 0,
            open_since: None,
            before: None,
            is_resumed: false,
            done: false,
            policy: PollPolicy::once(),
            started_at: None,
            run: Run::new(None),
        }
    }

    /// Sets the marker, which nothing may carry yet.
    #[must_use]
    pub fn marked(mut self, marker: Marker) -> Self {
        (self.marker, self.requests, self.open_since) = (marker, 0, None);
        (self.is_resumed, self.done) = (false, false);
        self
    }

    /// Sets a marker that an earlier call may have used: one that ended in [`OnceError::Unknown`], or one of a
    /// program that ended before its call did.
    ///
    /// It probes before it sends, as often and as long as after a request that was sent at that time. If
    /// something carries the marker, that is what was created, and nothing is sent. If it is found within
    /// that time, it is [`Created::in_doubt`], since the earlier call may have sent the action twice. If it
    /// has been deleted since, another one is created.
    #[must_use]
    pub fn resumed(self, marker: Marker) -> Self {
        Self { requests: 1, is_resumed: true, ..self.marked(marker) }
    }

    /// Polls by this policy.
    #[must_use]
    pub fn poll_policy(mut self, policy: PollPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// The marker. Store it to find what was created after a crash.
    pub fn marker(&self) -> &Marker {
        &self.marker
    }

    fn requested(&self) -> usize {
        requested(&self.action)
    }

    fn elapsed(&self, now: Instant) -> Duration {
        self.run.started.map_or(Duration::ZERO, |started| now.saturating_duration_since(started))
    }

    fn left(&self, now: Instant) -> Duration {
        self.config.once_timeout().saturating_sub(self.elapsed(now))
    }

    /// Time that the last probes take.
    fn probing_time(&self) -> Duration {
        self.policy.interval(self.policy.probes()).saturating_add(ANSWERS)
    }

    /// Time for which the server may still carry out what was sent.
    fn in_flight(&self, now: Instant) -> Duration {
        let age = |since| now.saturating_duration_since(since);
        self.open_since
            .map_or(Duration::ZERO, |since| self.policy.in_flight.saturating_sub(age(since)))
    }

    fn system_time(&mut self, now: Instant) -> SystemTime {
        let started_at = *self.started_at.get_or_insert(now);
        let age = now.saturating_duration_since(started_at);
        self.system_time.checked_add(age).unwrap_or(self.system_time)
    }

    /// The error of a response that proves nothing.
    fn unreadable(&self, problem: Problem, id: RequestId) -> Error {
        unreadable(self.action.facts().name, problem, id)
    }

    /// The error of a call for which no time was left.
    fn no_time(&self, now: Instant) -> Error {
        let failure = Failure::not_sent("no attempt was made").timed_out();
        let (name, elapsed) = (self.action.facts().name, self.elapsed(now));
        Error::Transport(TransportError::new(name, failure, 0, elapsed, Stop::Deadline))
    }
}

/// The error of a response of that action which proves nothing.
fn unreadable(action: &str, problem: Problem, id: RequestId) -> Error {
    Error::Decode(DecodeError::new(action, String::new(), problem, id, Bytes::new()))
}

impl<A: CreateOnce> Machine for SendOnce<A> {
    type End = End<A>;

    fn step(&mut self, now: Instant, input: Input) -> Output<Self::End> {
        if matches!(input, Input::Start) || self.run.started.is_none() {
            return self.start(now);
        }
        match std::mem::replace(&mut self.run.stage, Stage::Pause) {
            Stage::Pause => self.probe(now),
            // Only a start begins a new run.
            Stage::Over => {
                self.run.lost = None;
                self.give_up(now)
            }
            Stage::Send(mut call) => {
                let output = call.step(now, input);
                self.run.stage = Stage::Send(call);
                self.sent(now, output)
            }
            Stage::Probe(mut walk) => {
                let output = walk.step(now, input);
                self.probed(now, walk, output)
            }
        }
    }
}

impl<A: CreateOnce> fmt::Debug for SendOnce<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendOnce")
            .field("action", &self.action.facts().name)
            .field("marker", &self.marker)
            .field("policy", &self.policy)
            .field("requests", &self.requests)
            .finish_non_exhaustive()
    }
}
