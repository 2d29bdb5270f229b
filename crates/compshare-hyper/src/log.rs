//! What a client says of its calls by `tracing`: a span for each, an event for each attempt.
//!
//! Nothing here looks at a body, a URL or a header but the request id; see [`Attempt`].

use std::time::{Duration, Instant};

use compshare_proto::machine::{Attempt, Input, Machine, Output, Subject};
use tracing::{Level, Span, debug, debug_span, enabled, span_enabled, warn};

/// What is known of a machine's run, and not said yet.
#[derive(Default)]
pub(crate) struct Log {
    ended: Option<Ended>,
}

/// An exchange that is over.
struct Ended {
    action: String,
    number: u32,
    attempt: Attempt,
    elapsed: Duration,
}

impl Log {
    /// The span of a machine's run; free where nobody listens.
    pub(crate) fn span(machine: &impl Machine) -> Span {
        if !span_enabled!(Level::DEBUG) {
            return Span::none();
        }
        let Some(Subject { action, effect, .. }) = machine.subject() else { return Span::none() };
        debug_span!("compshare.call", action, region = machine.region(), %effect)
    }

    /// Notes how an exchange that began then has ended, before the machine is told.
    pub(crate) fn exchanged(&mut self, machine: &impl Machine, began: Instant, input: &Input) {
        if !enabled!(Level::WARN) {
            return;
        }
        if let (Some(subject), Some(attempt)) = (machine.subject(), Attempt::of(input)) {
            self.ended = Some(Ended {
                action: subject.action.to_owned(),
                number: subject.attempt,
                attempt,
                elapsed: began.elapsed(),
            });
        }
    }

    /// Says how the last exchange has ended and what comes of it, unless that is said.
    ///
    /// A warning if no answer came or if the request will be sent again, since the caller may never
    /// learn of it. Whatever else goes wrong is the caller's to see.
    pub(crate) fn decided<T>(&mut self, output: &Output<T>) {
        let Some(Ended { action, number, attempt, elapsed }) = self.ended.take() else { return };
        let delay = match output {
            Output::Sleep(delay) => Some(*delay),
            Output::Transmit { .. } | Output::End(_) => None,
        };
        macro_rules! say {
            ($level:ident, $what:literal) => {
                $level!(
                    action,
                    attempt = number,
                    delivery = ?attempt.delivery(),
                    status = attempt.status().map(|status| status.as_u16()),
                    ret_code = attempt.ret_code().map(|code| code.number()),
                    request_id = attempt.request_id(),
                    error = attempt.cause(),
                    elapsed_ms = milliseconds(elapsed),
                    delay_ms = delay.map(milliseconds),
                    $what
                )
            };
        }
        if attempt.status().is_none() {
            say!(warn, "no answer");
        } else if delay.is_some() && !attempt.succeeded() {
            say!(warn, "answered, to be sent again");
        } else {
            say!(debug, "answered");
        }
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
