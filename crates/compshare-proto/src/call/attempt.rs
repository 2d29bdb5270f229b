//! `Attempt` and `Subject`: what a log may say of a call, which is never a parameter's value.

use std::{error::Error, fmt, iter};

use bytes::Bytes;
use http::StatusCode;

use crate::{
    api::{action::Action, effect::Effect, metadata::Takes, ret_code::RetCode},
    call::machine::Input,
    codec::decode::ret_code,
    config::Config,
    retry::Delivery,
    value::{invalid::InvalidRequest, params::Sink, request_id::RequestId},
};

/// What the requests of a machine are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Subject<'a> {
    /// Name of the action.
    pub action: &'a str,
    /// What sending it again may do.
    pub effect: Effect,
    /// Number of the attempt that is under way, from one; zero between calls.
    pub attempt: u32,
}

impl<'a> Subject<'a> {
    /// An action of that name and effect, and the number of its attempt.
    pub fn new(action: &'a str, effect: Effect, attempt: u32) -> Self {
        Self { action, effect, attempt }
    }
}

/// What became of one exchange, for a log: no body, and no header but the request id.
///
/// ```
/// use bytes::Bytes;
/// use compshare_proto::{Delivery, RetCode, machine::{Attempt, Input}};
///
/// let answer = http::Response::new(Bytes::from_static(br#"{"RetCode":171}"#));
/// let attempt = Attempt::of(&Input::Response(answer)).unwrap();
/// assert_eq!(attempt.delivery(), Delivery::Answered);
/// assert_eq!(attempt.ret_code(), Some(RetCode::new(171)));
/// assert!(!attempt.succeeded());
/// ```
pub struct Attempt(Kind);

enum Kind {
    Answered { status: StatusCode, request_id: RequestId, body: Bytes },
    Failed { delivery: Delivery, timed_out: bool, cause: String },
}

impl Attempt {
    /// Notes what a driver is about to tell its machine; `None` where no exchange has ended.
    pub fn of(input: &Input) -> Option<Self> {
        match input {
            Input::Response(response) => Some(Self(Kind::Answered {
                status: response.status(),
                request_id: RequestId::of(response.headers()),
                body: response.body().clone(),
            })),
            Input::Failed(failure) => Some(Self(Kind::Failed {
                delivery: failure.delivery,
                timed_out: failure.timed_out,
                cause: causes(failure.source.as_ref()),
            })),
            Input::Start | Input::Woke => None,
        }
    }

    /// How far the request got.
    pub fn delivery(&self) -> Delivery {
        match &self.0 {
            Kind::Answered { .. } => Delivery::Answered,
            Kind::Failed { delivery, .. } => *delivery,
        }
    }

    /// The HTTP status, where an answer came.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0 {
            Kind::Answered { status, .. } => Some(*status),
            Kind::Failed { .. } => None,
        }
    }

    /// The server's code, where an answer came that has one; reads the answer to find it.
    pub fn ret_code(&self) -> Option<RetCode> {
        match &self.0 {
            Kind::Answered { body, .. } => ret_code(body),
            Kind::Failed { .. } => None,
        }
    }

    /// The server's id of the call.
    pub fn request_id(&self) -> Option<&str> {
        match &self.0 {
            Kind::Answered { request_id, .. } => request_id.as_str(),
            Kind::Failed { .. } => None,
        }
    }

    /// Why no answer came, with every cause, on one line.
    pub fn cause(&self) -> Option<&str> {
        match &self.0 {
            Kind::Answered { .. } => None,
            Kind::Failed { cause, .. } => Some(cause),
        }
    }

    /// Whether no answer came in time.
    pub fn timed_out(&self) -> bool {
        matches!(self.0, Kind::Failed { timed_out: true, .. })
    }

    /// Whether the server says that all went well.
    pub fn succeeded(&self) -> bool {
        self.status().is_some_and(|status| status.is_success())
            && self.ret_code() == Some(RetCode::OK)
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("delivery", &self.delivery())
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("cause", &self.cause())
            .finish_non_exhaustive()
    }
}

fn causes(error: &(dyn Error + 'static)) -> String {
    let texts = iter::successors(Some(error), |&error| error.source()).map(ToString::to_string);
    texts.collect::<Vec<_>>().join(": ").replace(char::is_control, " ")
}

/// The region that a request goes to: its own, else the default where the action takes one.
pub(crate) fn region<A: Action + ?Sized>(config: &Config, action: &A) -> Option<String> {
    let mut found = Region(None);
    // The region ends the walk as an error would.
    drop(crate::codec::encode::put_action(action, &mut String::new(), &mut found));
    let default =
        config.settings().region.as_deref().filter(|_| action.info().region != Takes::Never);
    found.0.or_else(|| default.map(str::to_owned))
}

struct Region(Option<String>);

impl Sink for Region {
    fn put(&mut self, name: &str, value: &str) -> Result<(), InvalidRequest> {
        if name != "Region" {
            return Ok(());
        }
        self.0 = Some(value.to_owned());
        Err(InvalidRequest::new(name, "was found"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::{actions::DescribeCompShareImages, raw::Raw},
        config::Credentials,
        error::Failure,
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
        let takes = raw.info().region;
        assert_eq!(region(&some, &raw).is_some(), takes != Takes::Never);
    }

    #[test]
    fn an_exchange_that_failed_has_its_causes_on_one_line() {
        let failure = Failure::maybe_sent("reset\nby peer").timed_out();
        let attempt = Attempt::of(&Input::Failed(failure)).unwrap();
        assert_eq!(attempt.cause(), Some("reset by peer"));
        assert_eq!((attempt.delivery(), attempt.timed_out()), (Delivery::MaybeSent, true));
        assert_eq!((attempt.status(), attempt.ret_code()), (None, None));
        assert!(Attempt::of(&Input::Start).is_none() && Attempt::of(&Input::Woke).is_none());
    }

    #[test]
    fn it_shows_no_body() {
        let answer = http::Response::builder()
            .header("x-ucloud-request-uuid", "id-1")
            .header("set-cookie", "canary")
            .body(Bytes::from_static(br#"{"RetCode":0,"Password":"canary"}"#));
        let attempt = Attempt::of(&Input::Response(answer.unwrap())).unwrap();
        assert!(attempt.succeeded());
        let shown = format!("{attempt:?}");
        assert!(shown.contains("id-1") && !shown.contains("canary"), "{shown}");
    }
}
