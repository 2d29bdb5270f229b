//! Whether a call is retried, and when: a pure function of what is known after an attempt.
//!
//! [`TABLE`] holds every case; `docs/retries.md` is rendered from it. The delay is random, up to a bound
//! that doubles with each attempt, and never shorter than the server's `Retry-After`.

use std::time::Duration;

use http::StatusCode;

use crate::api::{
    acts_on::ActsOn,
    effect::Effect,
    ret_code::{RetCode, RetryScope},
};

mod delivery;
pub(crate) mod random;
pub(crate) mod retry_after;
mod table;

pub use delivery::{Delivery, Stop};
pub use table::{Cause, Row, Symptom, TABLE};

/// How often a call is retried, and after which delays.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// Most attempts, including the first; 4 unless set. One disables retries.
    pub attempts: u32,
    /// Longest delay before the second attempt; it doubles with each one. 200 ms unless set.
    pub base_delay: Duration,
    /// Upper limit of the delay; 10 s unless set.
    pub max_delay: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 4,
            base_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(10),
        }
    }
}

/// What an attempt ended in, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// No response came.
    Failed(Delivery),
    /// No response came, and none will.
    Permanent,
    /// A `RetCode` other than zero, or an HTTP status that is not a success, or both.
    Refused(StatusCode, Option<RetCode>),
    /// A response that is empty or ends early, though its status is a success.
    Cut,
    /// A response that came whole and could not be read.
    Unreadable,
    /// A response that says that part of the call succeeded.
    Incomplete,
}

impl Outcome {
    /// Whether it shows like that.
    fn shows(self, symptom: Symptom) -> bool {
        let of_status = |status: StatusCode| match symptom {
            Symptom::Status(first, last) => (first..=last).contains(&status.as_u16()),
            _ => false,
        };
        match self {
            // The table lists timeouts too, for readers; they are retried like other failures.
            Self::Failed(delivery) => symptom == Symptom::Failed(delivery),
            Self::Permanent => symptom == Symptom::Permanent,
            Self::Refused(status, _) if !status.is_success() => of_status(status),
            Self::Refused(_, code) => code.map(|code| Symptom::Code(code.retry())) == Some(symptom),
            Self::Cut => symptom == Symptom::Cut,
            Self::Unreadable => symptom == Symptom::Unreadable,
            Self::Incomplete => symptom == Symptom::Incomplete,
        }
    }

    fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| self.shows(row.symptom))
    }

    /// Which actions may be retried after it, before asking whether the server may have acted.
    pub(crate) fn retry(self) -> RetryScope {
        self.row().map_or(RetryScope::Never, |row| row.retry)
    }

    /// Whether the server may have acted on the attempt; the one place that decides it.
    ///
    /// It may have unless the RetCode, or in its absence the row of the table, proves that nothing was
    /// done. A RetCode proves nothing beside an HTTP status that says that the server failed.
    pub(crate) fn may_have_acted(self, acts_on: ActsOn) -> bool {
        match self {
            Self::Refused(status, Some(code))
                if status.is_success() || status.is_client_error() =>
            {
                !acts_on.is_proven_by(code)
            }
            _ => self.row().is_none_or(|row| row.not_done.is_empty()),
        }
    }
}

/// What is known of the call so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryState {
    pub(crate) effect: Effect,
    /// Attempts made.
    pub(crate) attempts: u32,
    /// Time left for the call.
    pub(crate) left: Duration,
    /// A random number.
    pub(crate) random: u64,
    /// The server's `Retry-After`.
    pub(crate) after: Option<Duration>,
    /// What the call acts on.
    pub(crate) acts_on: ActsOn,
}

impl RetryPolicy {
    /// How long to wait before the next attempt, or why there is none.
    pub(crate) fn decide(&self, outcome: Outcome, state: RetryState) -> Result<Duration, Stop> {
        let retry = outcome.retry();
        let may_have_acted = outcome.may_have_acted(state.acts_on);
        if (state.effect == Effect::Once && may_have_acted) || !retry.allows(state.effect) {
            // The reason to report: another effect would have been retried here.
            let is_effect = match state.effect {
                Effect::Read => false,
                Effect::Idempotent => retry != RetryScope::Never,
                Effect::Once => true,
            };
            let stop =
                if is_effect && may_have_acted { Stop::NotIdempotent } else { Stop::Permanent };
            return Err(stop);
        }
        if state.attempts >= self.attempts {
            return Err(Stop::Attempts);
        }
        let delay = self.delay(state);
        if delay < state.left { Ok(delay) } else { Err(Stop::Deadline) }
    }

    /// Anything up to the doubling bound, but not before the server's `Retry-After`.
    fn delay(&self, state: RetryState) -> Duration {
        let doublings = state.attempts.saturating_sub(1).min(31);
        let bound = self.base_delay.saturating_mul(1 << doublings).min(self.max_delay);
        let bound_ms = u64::try_from(bound.as_millis()).unwrap_or(u64::MAX);
        let jitter = Duration::from_millis(state.random % bound_ms.saturating_add(1));
        state.after.map_or(jitter, |after| after.saturating_add(jitter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one() -> ActsOn {
        ActsOn::of(&crate::api::raw::Raw::new("CreateCompShareInstance"))
    }

    fn state(effect: Effect) -> RetryState {
        let left = Duration::from_secs(60);
        RetryState { effect, attempts: 1, left, random: 0, after: None, acts_on: one() }
    }

    fn decide(outcome: Outcome, effect: Effect) -> Result<Duration, Stop> {
        RetryPolicy::default().decide(outcome, state(effect))
    }

    fn code(code: i64) -> Outcome {
        Outcome::Refused(StatusCode::OK, Some(RetCode::new(code)))
    }

    fn status(status: u16) -> Outcome {
        Outcome::Refused(StatusCode::from_u16(status).unwrap(), None)
    }

    #[test]
    fn what_may_be_repeated_depends_on_the_effect_alone_and_never_on_luck() {
        use Effect::{Idempotent, Once, Read};

        let cases = [
            (Outcome::Failed(Delivery::NotSent), [true, true, true]),
            (Outcome::Failed(Delivery::MaybeSent), [true, true, false]),
            (Outcome::Cut, [true, true, false]),
            (Outcome::Unreadable, [false, false, false]),
            (status(429), [true, true, true]),
            (status(503), [true, true, false]),
            (status(404), [false, false, false]),
            (status(307), [false, false, false]),
            (code(153), [true, true, true]),
            (code(150), [true, true, false]),
            (code(110), [true, false, false]),
            (code(226_604), [false, false, false]),
            (code(171), [false, false, false]),
        ];
        for (outcome, expected) in cases {
            let got = [Read, Idempotent, Once].map(|effect| decide(outcome, effect).is_ok());
            assert_eq!(got, expected, "{outcome:?}");
        }
    }

    #[test]
    fn what_is_not_proven_may_have_been_done() {
        let both = |status, code| {
            Outcome::Refused(StatusCode::from_u16(status).unwrap(), Some(RetCode::new(code)))
        };
        let three = crate::api::raw::Raw::new("CreateCompShareInstance").param("MaxCount", 3);
        // The outcome, whether the server may have acted on one thing, and on some of several.
        let cases = [
            (Outcome::Failed(Delivery::NotSent), [false, false]),
            (Outcome::Failed(Delivery::MaybeSent), [true, true]),
            (Outcome::Failed(Delivery::Answered), [true, true]),
            (code(171), [false, false]),
            (code(226_604), [false, true]),
            (code(8033), [true, true]),
            (code(987_654), [true, true]),
            (both(403, 171), [false, false]),
            (both(429, 8033), [true, true]),
            (both(502, 171), [true, true]),
            (both(302, 171), [true, true]),
            (status(407), [true, true]),
            (status(425), [false, false]),
            (status(429), [false, false]),
            (status(403), [true, true]),
            (Outcome::Cut, [true, true]),
            (Outcome::Unreadable, [true, true]),
            (Outcome::Incomplete, [true, true]),
        ];
        for (outcome, expected) in cases {
            let got = [one(), ActsOn::of(&three)].map(|acts_on| outcome.may_have_acted(acts_on));
            assert_eq!(got, expected, "{outcome:?}");
        }
        // A status that is retried does not outrank a code that proves nothing.
        assert_eq!(decide(both(429, 8033), Effect::Once), Err(Stop::NotIdempotent));
    }

    #[test]
    fn each_stop_has_its_reason() {
        let lost = Outcome::Failed(Delivery::MaybeSent);
        assert_eq!(decide(lost, Effect::Once), Err(Stop::NotIdempotent));
        assert_eq!(decide(code(171), Effect::Read), Err(Stop::Permanent));
        assert_eq!(decide(code(171), Effect::Once), Err(Stop::Permanent));
        assert_eq!(decide(code(8033), Effect::Once), Err(Stop::NotIdempotent));
        assert_eq!(decide(code(8033), Effect::Idempotent), Err(Stop::Permanent));
        assert_eq!(decide(status(404), Effect::Once), Err(Stop::NotIdempotent));
        let mut state = RetryState { attempts: 4, random: 100, ..state(Effect::Read) };
        assert_eq!(RetryPolicy::default().decide(lost, state), Err(Stop::Attempts));
        state.attempts = 1;
        state.left = Duration::from_millis(100);
        assert_eq!(RetryPolicy::default().decide(lost, state), Err(Stop::Deadline));
    }

    #[test]
    fn delays_double_up_to_the_bound_and_wait_for_the_server() {
        let retry = RetryPolicy { attempts: 100, ..RetryPolicy::default() };
        let delay = |attempts, random, after| {
            let left = Duration::from_secs(600);
            let state = RetryState { attempts, left, random, after, ..state(Effect::Read) };
            retry.decide(status(503), state)
        };
        assert_eq!(delay(1, 200, None), Ok(Duration::from_millis(200)));
        assert_eq!(delay(1, 201, None), Ok(Duration::ZERO));
        assert_eq!(delay(3, 800, None), Ok(Duration::from_millis(800)));
        assert_eq!(delay(50, 10_000, None), Ok(Duration::from_secs(10)));
        assert_eq!(delay(1, 50, Some(Duration::from_secs(7))), Ok(Duration::from_millis(7050)));
    }
}
