//! What a call logs through `tracing`: a span for each call, an event for each attempt.
//!
//! It reads no parameter but `Region`, no header but the request id, and no body but its RetCode.

use std::{error::Error, iter, time::Duration};

use bytes::Bytes;
use tracing::{Level, Span, debug, debug_span, span_enabled, warn};

use crate::{
    api::{action::Action, effect::Effect, metadata::Takes},
    codec::{decode::ret_code, encode::put_action},
    config::Config,
    error::Failure,
    retry::Delivery,
    value::{
        params::list::{List, Wants},
        request_id::RequestId,
    },
};

/// The target of everything here, wherever this file is.
const TARGET: &str = "compshare_proto";

/// The span of a call. Disabled, it costs nothing.
pub(crate) fn span<A: Action>(config: &Config, action: &A, effect: Effect) -> Span {
    // Finding the region takes time.
    if !span_enabled!(target: TARGET, Level::DEBUG) {
        return Span::none();
    }
    let region = region(config, action);
    debug_span!(target: TARGET, "compshare.call", action = action.facts().name, region, %effect)
}

/// One attempt that has ended.
pub(crate) struct Attempt<'a> {
    pub(crate) action: &'a str,
    pub(crate) number: u32,
    pub(crate) exchanged: Result<&'a http::Response<Bytes>, &'a Failure>,
    pub(crate) elapsed: Duration,
    /// Time until the next attempt, if there is one.
    pub(crate) delay: Option<Duration>,
}

impl Attempt<'_> {
    /// Logs the attempt.
    ///
    /// It is a warning if no response came or if the request is sent again, since the caller may never
    /// learn of either. Any other failure is in the error that the caller gets.
    pub(crate) fn log(&self) {
        let Self { action, number, exchanged, elapsed, delay } = *self;
        let (response, failure) = (exchanged.ok(), exchanged.err());
        macro_rules! event {
            ($level:ident, $message:literal) => {
                $level!(
                    target: TARGET,
                    action,
                    attempt = number,
                    delivery = ?failure.map_or(Delivery::Answered, |failure| failure.delivery),
                    status = response.map(|response| response.status().as_u16()),
                    ret_code = response.and_then(|response| ret_code(response.body())).map(|code| code.number()),
                    request_id = response.map(|response| RequestId::of(response.headers())).as_ref().and_then(RequestId::as_str),
                    error = failure.map(|failure| causes(failure.source.as_ref())),
                    elapsed_ms = milliseconds(elapsed),
                    delay_ms = delay.map(milliseconds),
                    $message
                )
            };
        }
        if failure.is_some() {
            event!(warn, "no response");
        } else if delay.is_some() {
            event!(warn, "response, to be retried");
        } else {
            event!(debug, "response");
        }
    }
}

/// Logs that a request has failed and that its outcome is found out by polling.
pub(crate) fn outcome_unknown(action: &str) {
    warn!(target: TARGET, action, "outcome unknown, polling for the marker");
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// An error with every cause, on one line.
fn causes(error: &(dyn Error + 'static)) -> String {
    let texts = iter::successors(Some(error), |&error| error.source()).map(ToString::to_string);
    texts.collect::<Vec<_>>().join(": ").replace(char::is_control, " ")
}

/// The region that a request goes to: its own, else the default where the action takes one.
fn region<A: Action + ?Sized>(config: &Config, action: &A) -> Option<String> {
    let mut own = None;
    let mut found = |region: &[u8]| own = Some(String::from_utf8_lossy(region).into_owned());
    drop(put_action(action, &mut List::finding(b"Region", &mut found, Wants::SENDABLE)));
    let default =
        config.settings().region.as_deref().filter(|_| action.facts().info.region != Takes::Never);
    own.or_else(|| default.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::{actions::DescribeCompShareImages, raw::Raw},
        config::Credentials,
    };

    #[test]
    fn the_region_is_the_requests_own_else_the_default() {
        let none = Config::new(Credentials::new("public", "private"));
        let some = none.clone().region("cn-wlcb");
        let own = DescribeCompShareImages::new().region("cn-sh2");
        assert_eq!(region(&some, &own).as_deref(), Some("cn-sh2"));
        assert_eq!(region(&some, &DescribeCompShareImages::new()).as_deref(), Some("cn-wlcb"));
        assert_eq!(region(&none, &DescribeCompShareImages::new()), None);
        let raw = Raw::new("GetProjectList");
        let takes = raw.facts().info.region;
        assert_eq!(region(&some, &raw).is_some(), takes != Takes::Never);
    }

    #[test]
    fn an_error_with_its_causes_takes_one_line() {
        let failure = Failure::maybe_sent("reset\nby peer");
        assert_eq!(causes(failure.source.as_ref()), "reset by peer");
    }
}
