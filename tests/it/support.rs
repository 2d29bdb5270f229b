//! What several topics need: a config, a response, a typed action without its parameters.

use std::{
    error::Error as StdError,
    fmt::Debug,
    marker::PhantomData,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use compshare_proto::{
    Action, Config, Credentials, Error,
    metadata::{ActionInfo, Encoding, Facts},
};
use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::{Map, Value};

pub(crate) const PUBLIC_KEY: &str = "ucloudsomeone@example.com1296235120854146120";
pub(crate) const PRIVATE_KEY: &str = "46f09bb9fab4f12dfc160dae12273d5332b5debe";

/// The published key pair, and a region.
pub(crate) fn config() -> Config {
    Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).region("cn-wlcb")
}

/// 2023-11-14 22:13:20.123 UTC.
pub(crate) fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_123)
}

/// The body that an action is sent as.
pub(crate) fn body<A: Action>(config: &Config, action: &A, encoding: Encoding) -> Bytes {
    compshare_proto::encode(&config.clone().encoding(encoding), action, now()).unwrap().into_body()
}

/// Why an action is not sent.
pub(crate) fn refusal<A: Action>(config: &Config, action: &A, encoding: Encoding) -> Error {
    compshare_proto::encode(&config.clone().encoding(encoding), action, now()).unwrap_err()
}

/// A response with status 200 and a request id.
pub(crate) fn response(body: impl Into<Bytes>) -> http::Response<Bytes> {
    response_of(200, body)
}

/// A response with a request id.
pub(crate) fn response_of(status: u16, body: impl Into<Bytes>) -> http::Response<Bytes> {
    http::Response::builder()
        .status(status)
        .header("X-UCLOUD-REQUEST-UUID", "6f1c")
        .body(body.into())
        .unwrap()
}

/// Stands for the typed action `A` where only its name and its response matter.
pub(crate) struct As<A>(PhantomData<A>);

impl<A> As<A> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<A> Serialize for As<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_map(Some(0))?.end()
    }
}

impl<A: Action> Action for As<A> {
    const INFO: &'static ActionInfo = A::INFO;
    type Response = A::Response;
}

/// What a body reads as in the response of `A`.
pub(crate) fn decoded<A: Action>(body: &Value) -> Result<A::Response, Error> {
    let response = response(body.to_string());
    compshare_proto::decode(&As::<A>::new(), &response).map(compshare_proto::Response::into_body)
}

/// A user's own action, of a name and parameters that nothing is known of.
pub(crate) struct Own<'a> {
    pub(crate) name: &'a str,
    pub(crate) parameters: &'a Map<String, Value>,
}

impl Serialize for Own<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parameters.serialize(serializer)
    }
}

impl Action for Own<'_> {
    const INFO: &'static ActionInfo = &ActionInfo::new("", compshare_proto::Effect::Once);
    type Response = Value;

    fn facts(&self) -> Facts<'_> {
        let mut facts = Facts::of(Self::INFO);
        facts.name = self.name;
        facts
    }
}

/// Everything that an error says of itself: Debug, Display, and those of its causes.
pub(crate) fn said(error: &(dyn StdError + 'static)) -> String {
    let mut text = format!("{error:?}\n{error:#?}\n{error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!("\n{error:?}\n{error}"));
        cause = error.source();
    }
    text
}

/// Both forms of Debug.
pub(crate) fn shown(value: &dyn Debug) -> String {
    format!("{value:?}\n{value:#?}")
}
