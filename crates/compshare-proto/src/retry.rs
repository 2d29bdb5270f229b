//! Whether to send again, and when: a pure function of what is known after an attempt.
//!
//! [`TABLE`] holds every case; `docs/retries.md` is rendered from it. The delay is random, up to a bound
//! that doubles with each attempt, and never shorter than the server's `Retry-After`.

use std::time::Duration;

use http::StatusCode;

use crate::{Delivery, Effect, RetCode, Stop, ret_code::Repeat};

pub(crate) mod after;
mod table;

pub use table::{Happened, Row, Sign, TABLE};

/// How often and how long a call is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// Most attempts, the first one included; 4 unless set. One means no retry.
    pub attempts: u32,
    /// Longest delay before the second attempt; it doubles with each one. 200 ms unless set.
    pub base_delay: Duration,
    /// Longest delay of all; 10 s unless set.
    pub max_delay: Duration,
}

impl Default for Retry {
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
    /// No answer came.
    Failed(Delivery),
    /// An HTTP status that is no success and no `RetCode`; the server's `Retry-After`.
    Status(StatusCode, Option<Duration>),
    /// A `RetCode` other than zero.
    Code(RetCode),
    /// An answer that is empty or ends early, though its status is a success.
    Cut,
    /// An answer that came whole and could not be read.
    Unreadable,
    /// An answer that says that part of the call succeeded.
    Incomplete,
}

impl Outcome {
    /// Whether it shows like that.
    fn shows(self, sign: Sign) -> bool {
        match (self, sign) {
            (Self::Failed(delivery), Sign::Failed(said) | Sign::TimedOut(said)) => delivery == said,
            (Self::Status(status, _), Sign::Status(first, last)) => {
                (first..=last).contains(&status.as_u16())
            }
            (Self::Code(code), Sign::Code(repeat)) => code.repeat() == repeat,
            (Self::Cut, Sign::Cut)
            | (Self::Unreadable, Sign::Unreadable)
            | (Self::Incomplete, Sign::Incomplete) => true,
            _ => false,
        }
    }

    fn repeat(self) -> Repeat {
        TABLE.iter().find(|row| self.shows(row.sign)).map_or(Repeat::Never, |row| row.repeat)
    }

    /// Whether the server may have acted on the attempt.
    pub(crate) fn maybe_acted(self) -> bool {
        matches!(self.repeat(), Repeat::Reads | Repeat::Allowed)
    }

    /// Why a call that may not be repeated ends here.
    fn stop(self) -> Stop {
        match self.repeat() {
            Repeat::Never => Stop::Permanent,
            Repeat::Reads | Repeat::Allowed | Repeat::Always => Stop::NotIdempotent,
        }
    }
}

/// What is known of the call so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress {
    pub(crate) effect: Effect,
    /// Attempts made.
    pub(crate) attempts: u32,
    /// Time left for the call.
    pub(crate) left: Duration,
    /// A random number.
    pub(crate) random: u64,
}

impl Retry {
    /// How long to wait before the next attempt, or why there is none.
    pub(crate) fn decide(&self, outcome: Outcome, progress: Progress) -> Result<Duration, Stop> {
        if !outcome.repeat().allows(progress.effect) {
            return Err(outcome.stop());
        }
        if progress.attempts >= self.attempts {
            return Err(Stop::Attempts);
        }
        let delay = self.delay(outcome, progress);
        if delay < progress.left { Ok(delay) } else { Err(Stop::Deadline) }
    }

    /// Anything up to the doubling bound, but not before the server's `Retry-After`.
    fn delay(&self, outcome: Outcome, progress: Progress) -> Duration {
        let doublings = progress.attempts.saturating_sub(1).min(31);
        let bound = self.base_delay.saturating_mul(1 << doublings).min(self.max_delay);
        let bound_ms = u64::try_from(bound.as_millis()).unwrap_or(u64::MAX - 1);
        let jitter = Duration::from_millis(progress.random % (bound_ms + 1));
        match outcome {
            Outcome::Status(_, Some(after)) => after.saturating_add(jitter),
            _ => jitter,
        }
    }
}

/// The next number of a sequence that a seed starts (SplitMix64).
pub(crate) fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(outcome: Outcome, effect: Effect) -> Result<Duration, Stop> {
        let progress = Progress { effect, attempts: 1, left: Duration::from_secs(60), random: 0 };
        Retry::default().decide(outcome, progress)
    }

    #[test]
    fn what_may_be_repeated_depends_on_the_effect_alone_and_never_on_luck() {
        use Effect::{Idempotent, Once, Read};

        let status = |code| Outcome::Status(StatusCode::from_u16(code).unwrap(), None);
        let cases = [
            (Outcome::Failed(Delivery::NotSent), [true, true, true]),
            (Outcome::Failed(Delivery::MaybeSent), [true, true, false]),
            (Outcome::Cut, [true, true, false]),
            (Outcome::Unreadable, [false, false, false]),
            (status(429), [true, true, true]),
            (status(503), [true, true, false]),
            (status(404), [false, false, false]),
            (status(307), [false, false, false]),
            (Outcome::Code(RetCode::new(153)), [true, true, true]),
            (Outcome::Code(RetCode::new(150)), [true, true, false]),
            (Outcome::Code(RetCode::new(110)), [true, false, false]),
            (Outcome::Code(RetCode::new(226_604)), [false, false, false]),
            (Outcome::Code(RetCode::new(171)), [false, false, false]),
        ];
        for (outcome, expected) in cases {
            let got = [Read, Idempotent, Once].map(|effect| decide(outcome, effect).is_ok());
            assert_eq!(got, expected, "{outcome:?}");
        }
    }

    #[test]
    fn each_stop_has_its_reason() {
        let lost = Outcome::Failed(Delivery::MaybeSent);
        assert_eq!(decide(lost, Effect::Once), Err(Stop::NotIdempotent));
        assert_eq!(decide(Outcome::Code(RetCode::new(171)), Effect::Read), Err(Stop::Permanent));
        let mut progress = Progress {
            effect: Effect::Read,
            attempts: 4,
            left: Duration::from_secs(60),
            random: 100,
        };
        assert_eq!(Retry::default().decide(lost, progress), Err(Stop::Attempts));
        progress.attempts = 1;
        progress.left = Duration::from_millis(100);
        assert_eq!(Retry::default().decide(lost, progress), Err(Stop::Deadline));
    }

    #[test]
    fn delays_double_up_to_the_bound_and_wait_for_the_server() {
        let retry = Retry { attempts: 100, ..Retry::default() };
        let delay = |attempts, random, outcome| {
            let left = Duration::from_secs(600);
            retry.decide(outcome, Progress { effect: Effect::Read, attempts, left, random })
        };
        let lost = Outcome::Failed(Delivery::MaybeSent);
        assert_eq!(delay(1, 200, lost), Ok(Duration::from_millis(200)));
        assert_eq!(delay(1, 201, lost), Ok(Duration::ZERO));
        assert_eq!(delay(3, 800, lost), Ok(Duration::from_millis(800)));
        assert_eq!(delay(50, 10_000, lost), Ok(Duration::from_secs(10)));
        let busy = Outcome::Status(StatusCode::SERVICE_UNAVAILABLE, Some(Duration::from_secs(7)));
        assert_eq!(delay(1, 50, busy), Ok(Duration::from_millis(7050)));
    }
}
