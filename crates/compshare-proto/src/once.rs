//! `SendOnce`: an action that creates something, sent so that it creates it once.

mod end;
mod look;
mod looks;
mod mark;
mod markable;
mod run;
#[cfg(test)]
mod tests;

use std::{
    fmt,
    time::{Duration, Instant, SystemTime},
};

use end::Left;
pub use end::{Created, OnceError, Unknown};
pub use looks::Looks;
pub use mark::Mark;
pub use markable::Markable;
use run::{Run, Stage};

use bytes::Bytes;

use crate::{
    Action as _, Call, Config, DecodeError, Effect, Error, Failure, Response, Stop, Subject,
    TransportError, attempt,
    error::Problem,
    machine::{Input, Machine, Output},
    response::RequestId,
    retry::next_random,
};

/// Time that the looks may take to be answered, beside their intervals.
const ANSWERS: Duration = Duration::from_secs(5);

/// The machine of one call that must act once: sends, and looks before it reports or sends again.
///
/// ```text
///            Start ──────────► look (if the mark may be in use)
///              │                 │ nothing is there
///              ▼                 ▼
///  refused ◄─ send ─► answered: Created
///     │        ▲ │
///     ▼        │ │ the server may have acted
///  NotCreated  │ ▼
///     ▲        │ look, several times ─► the mark is there: Created
///     │        │ │  │
///     └────────┴─┘  └─► no look came through in time: Unknown
///   nothing is there
/// ```
///
/// It is sent again only where looks over some seconds have all been answered, none has shown the mark,
/// and the failure is one that passes; at most as often as [`Retry::attempts`](crate::Retry::attempts)
/// says, not counting requests that the server cannot have acted on. A look whose list has fewer rows
/// than it says counts as not answered, and where the server has said that it succeeded, nothing is sent
/// again. [`Config::call_timeout`] bounds the whole of it, looks included.
///
/// Driven again, it looks before it sends, unless the run before has left nothing to be found: so a run
/// that was given up half-way, by a dropped future or a cancelled call, can be taken up again. What it is
/// known to have created it finds, or ends in [`OnceError::Unknown`]; it creates nothing beside that.
///
/// The server knows no key by which it could tell a repeated request, so some things remain that no client
/// can rule out, each of which can create a thing twice:
///
/// - a list that lags, or hides rows without saying so, for longer than the looks last;
/// - a request that is carried out only after the last look: [`Looks`] can be made to last longer;
/// - a text that has lost the mark, since the server cut it or somebody edited it;
/// - two machines under one mark at the same time;
/// - a mark that is used again after what carried it is gone.
///
/// See [`machine`](crate::machine) for how it is driven.
pub struct SendOnce<A: Markable> {
    config: Config,
    action: A,
    wall: SystemTime,
    random: u64,
    mark: Mark,
    /// Whether an earlier call, or an earlier run of this one, may have used the mark.
    used: bool,
    /// Whether something is known to have been created under the mark.
    done: bool,
    looks: Looks,
    /// The moment of `wall`.
    born: Option<Instant>,
    run: Run<A>,
}

type End<A> = Result<Created<<A as crate::Action>::Response>, OnceError>;

impl<A: Markable> SendOnce<A> {
    /// Sends `action` once, under a random mark.
    ///
    /// `wall` and `seed` are those of [`Call::new`]. The mark comes from both of them, so a seed that
    /// is hard to guess makes it unique.
    pub fn new(config: Config, action: A, wall: SystemTime, seed: u64) -> Self {
        let nanos = wall.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |age| age.subsec_nanos());
        Self {
            config,
            action,
            wall,
            random: seed,
            mark: Mark::random(seed.rotate_left(32) ^ u64::from(nanos)),
            used: false,
            done: false,
            looks: Looks::default(),
            born: None,
            run: Run::new(None, false),
        }
    }

    /// Takes a mark of the caller's, which nothing may carry yet.
    #[must_use]
    pub fn marked(mut self, mark: Mark) -> Self {
        (self.mark, self.used, self.done) = (mark, false, false);
        self
    }

    /// Takes a mark that an earlier call may have used: one that ended in [`OnceError::Unknown`], or of
    /// a program that has ended before its call did.
    ///
    /// It looks before it sends, as often and as long as after a failure. What carries the mark is what
    /// was created, and nothing is sent then. If that has been deleted since, another one is created.
    #[must_use]
    pub fn resumed(mut self, mark: Mark) -> Self {
        (self.mark, self.used, self.done) = (mark, true, false);
        self
    }

    /// Looks that often.
    #[must_use]
    pub fn looks(mut self, looks: Looks) -> Self {
        self.looks = looks;
        self
    }

    /// The mark; to be kept by whoever has to find what it marks after a crash.
    pub fn mark(&self) -> &Mark {
        &self.mark
    }

    fn asked(&self) -> usize {
        self.action.asked().max(1)
    }

    fn elapsed(&self, now: Instant) -> Duration {
        self.run.started.map_or(Duration::ZERO, |started| now.saturating_duration_since(started))
    }

    fn left(&self, now: Instant) -> Duration {
        self.config.call_within().saturating_sub(self.elapsed(now))
    }

    /// Time left for sending, if there is to be some for looks.
    fn left_to_send(&self, now: Instant) -> Duration {
        let looks = self.looks.interval(self.looks.number()).saturating_add(ANSWERS);
        self.left(now).saturating_sub(looks.min(self.config.call_within() / 2))
    }

    fn wall(&mut self, now: Instant) -> SystemTime {
        let born = *self.born.get_or_insert(now);
        let age = now.saturating_duration_since(born);
        self.wall.checked_add(age).unwrap_or(self.wall)
    }

    fn start(&mut self, now: Instant) -> Output<End<A>> {
        self.run = Run::new(Some(now), self.used);
        if self.used { self.pause(now) } else { self.send(now) }
    }

    fn send(&mut self, now: Instant) -> Output<End<A>> {
        let mut action = self.action.clone();
        action.put(&self.mark);
        let (wall, seed) = (self.wall(now), next_random(&mut self.random));
        let mut call = Call::new(self.config.clone(), action, wall, seed);
        call.limit(self.left_to_send(now));
        call.once();
        // From here on something may be there, whatever becomes of this run.
        self.used = true;
        let run = &mut self.run;
        run.sends += 1;
        (run.lost, run.look_error, run.whole, run.failed) = (None, None, 0, 0);
        let output = call.step(now, Input::Start);
        run.stage = Stage::Send(call);
        self.sent(now, output)
    }

    /// Passes the call's outputs on, and judges its end.
    fn sent(
        &mut self,
        now: Instant,
        output: Output<Result<Response<A::Response>, Error>>,
    ) -> Output<End<A>> {
        match output {
            Output::Transmit { request, timeout } => Output::Transmit { request, timeout },
            Output::Sleep(delay) => Output::Sleep(delay),
            Output::End(Ok(response)) => {
                let (ids, id) = (ids_of::<A>(&response), response.id().clone());
                self.run.answered = Some(response);
                if ids.is_empty() {
                    let error = self.unreadable(Problem::NoIds, id);
                    return self.lost(now, error, Left::Done);
                }
                self.run.ids = ids;
                self.created(false)
            }
            Output::End(Err(error)) => match left_by::<A>(&error) {
                Left::Nothing if !self.run.doubt => self.not_created(error),
                // It may be refused for what the one before it has done after all.
                Left::Nothing => self.lost(now, error, Left::Doubt),
                left => self.lost(now, error, left),
            },
        }
    }

    fn lost(&mut self, now: Instant, error: Error, left: Left) -> Output<End<A>> {
        self.run.lost = Some((error, left));
        self.run.doubt = true;
        self.done |= left == Left::Done;
        self.pause(now)
    }

    /// Waits for the next look.
    fn pause(&mut self, now: Instant) -> Output<End<A>> {
        let left = self.left(now);
        if left.is_zero() {
            return self.give_up(now);
        }
        self.run.stage = Stage::Pause;
        let interval = self.looks.interval(self.run.whole.saturating_add(self.run.failed));
        if interval > left / 2 {
            self.run.hurried = true;
            return Output::Sleep(left / 2);
        }
        Output::Sleep(interval)
    }

    /// Says what follows from the looks so far.
    fn judge(&mut self, now: Instant) -> Output<End<A>> {
        let number = self.looks.number();
        if self.run.ids.len() >= self.asked() {
            return self.created(true);
        }
        if self.run.whole < number {
            return if self.run.failed < number { self.pause(now) } else { self.give_up(now) };
        }
        if !self.run.ids.is_empty() && !self.run.hurried {
            return self.created(true);
        }
        if self.run.hurried || self.done {
            return self.give_up(now);
        }
        // It is not there.
        let is_time = !self.left_to_send(now).is_zero();
        match self.run.lost.take() {
            None if is_time => self.send(now),
            None => {
                let error = self.no_time(now);
                self.not_created(error)
            }
            Some((_, Left::Hope))
                if is_time && self.run.sends < self.config.retry_policy().attempts =>
            {
                self.send(now)
            }
            Some((error, _)) => self.not_created(error),
        }
    }

    fn not_created(&mut self, error: Error) -> Output<End<A>> {
        self.run.stage = Stage::Over;
        // Where nothing can be there, another run need not look.
        self.used = self.run.doubt;
        Output::End(Err(OnceError::NotCreated(error)))
    }

    fn created(&mut self, by_look: bool) -> Output<End<A>> {
        self.run.stage = Stage::Over;
        self.done = true;
        Output::End(Ok(Created {
            ids: std::mem::take(&mut self.run.ids),
            asked: self.asked(),
            mark: self.mark.clone(),
            by_look,
            response: self.run.answered.take(),
        }))
    }

    /// Ends where no more looks can be made and those that were prove nothing.
    fn give_up(&mut self, now: Instant) -> Output<End<A>> {
        if self.run.ids.len() >= self.asked() {
            return self.created(true);
        }
        self.run.stage = Stage::Over;
        let look = self.run.look_error.take();
        let (error, look) = match (self.run.lost.take(), look) {
            (Some((error, _)), look) => (error, look),
            (None, Some(error)) => (error, None),
            (None, None) if self.done && self.run.whole > 0 => {
                (self.unreadable(Problem::Unlisted, RequestId::default()), None)
            }
            (None, None) => (self.no_time(now), None),
        };
        Output::End(Err(OnceError::Unknown(Box::new(Unknown {
            mark: self.mark.clone(),
            field: A::FIELD,
            ids: std::mem::take(&mut self.run.ids),
            error,
            look,
            action: self.action.name().to_owned(),
        }))))
    }

    /// The error of an answer that proves nothing.
    fn unreadable(&self, problem: Problem, id: RequestId) -> Error {
        let name = match problem {
            Problem::Short { .. } => A::Look::INFO.name,
            _ => self.action.name(),
        };
        Error::Decode(DecodeError::new(name, String::new(), problem, id, Bytes::new()))
    }

    /// The error of a call for which no time was left.
    fn no_time(&self, now: Instant) -> Error {
        let failure = Failure::not_sent("no attempt was made").timed_out();
        let (name, elapsed) = (self.action.name(), self.elapsed(now));
        Error::Transport(TransportError::new(name, failure, 0, elapsed, Stop::Deadline))
    }
}

/// The ids that an answer names.
fn ids_of<A: Markable>(answer: &A::Response) -> Vec<String> {
    let mut ids = A::ids(answer);
    ids.retain(|id| !id.is_empty());
    ids
}

/// What a failure leaves to be found out; an answer that names ids has created them, whatever else it says.
fn left_by<A: Markable>(error: &Error) -> Left {
    let answer = serde_json::from_slice::<A::Response>(error.raw());
    let names = answer.is_ok_and(|answer| !ids_of::<A>(&answer).is_empty());
    if names { Left::Done } else { Left::by(error) }
}

impl<A: Markable> Machine for SendOnce<A> {
    type End = End<A>;

    fn step(&mut self, now: Instant, input: Input) -> Output<Self::End> {
        if matches!(input, Input::Start) || self.run.started.is_none() {
            return self.start(now);
        }
        match std::mem::replace(&mut self.run.stage, Stage::Pause) {
            Stage::Pause => self.look(now),
            // Only a start begins anew.
            Stage::Over => {
                self.run.lost = None;
                self.give_up(now)
            }
            Stage::Send(mut call) => {
                let output = call.step(now, input);
                self.run.stage = Stage::Send(call);
                self.sent(now, output)
            }
            Stage::Look(mut pages) => {
                let output = pages.step(now, input);
                self.looked(now, pages, output)
            }
        }
    }

    fn subject(&self) -> Option<Subject<'_>> {
        match &self.run.stage {
            Stage::Send(call) => call.subject(),
            Stage::Look(pages) => pages.subject(),
            Stage::Pause | Stage::Over => Some(Subject::new(self.action.name(), Effect::Once, 0)),
        }
    }

    fn region(&self) -> Option<String> {
        attempt::region(&self.config, &self.action)
    }
}

impl<A: Markable> fmt::Debug for SendOnce<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendOnce")
            .field("action", &self.action.name())
            .field("mark", &self.mark)
            .field("looks", &self.looks)
            .field("sends", &self.run.sends)
            .finish_non_exhaustive()
    }
}
