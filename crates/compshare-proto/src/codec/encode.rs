//! From an action to a signed `http::Request`.

use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use crate::{
    api::{
        action::Action,
        effect::{Effect, Encoding},
        metadata::{ActionInfo, Kind, Takes},
    },
    config::Config,
    error::Error,
    value::{invalid::InvalidRequest, params::list::List},
};

mod escape;
mod form;
mod json;

/// Encodes and signs an action as one HTTP request.
///
/// `now` is the system time, which is sent in `U-Timestamp-Ms`. This is the sending half for your own HTTP
/// stack; [`decode`](crate::decode) is the other.
///
/// What is signed is what is sent. An action is serialized more than once where it is sent as JSON or has
/// values of more than 16 KiB. If its [`Serialize`](serde::Serialize) writes something else then, the
/// request is refused, or sent with the later value of that parameter.
///
/// ```
/// use compshare_proto::{Config, Credentials, actions::UpdateCompShareImage, encode};
/// use std::time::SystemTime;
///
/// let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
/// let action = UpdateCompShareImage::new("compshareImage-xxxx").name("my-updated-env");
/// let request = encode(&config, &action, SystemTime::now())?;
/// assert_eq!(request.uri(), "https://api.compshare.cn/");
/// assert!(request.body().starts_with(b"Action=UpdateCompShareImage&"));
/// # Ok::<(), compshare_proto::Error>(())
/// ```
///
/// # Errors
///
/// Fails with [`Error::Invalid`], which names the parameter, if a parameter is missing, empty, duplicate or
/// reserved, or if its value cannot be sent.
pub fn encode<A: Action + ?Sized>(
    config: &Config,
    action: &A,
    now: SystemTime,
) -> Result<http::Request<Bytes>, Error> {
    if let Some(refusal) = action.facts().refusal {
        return Err(refusal.clone().of(action.facts().name).into());
    }
    let encoding = config.encoding_of(action.facts().info);
    let body = match encoding {
        Encoding::Form => form::body(config, action),
        Encoding::Json => json::body(config, action),
    }
    .map_err(|error| error.of(action.facts().name))?;
    let mut request = http::Request::new(body);
    *request.method_mut() = Method::POST;
    *request.uri_mut() = config.settings().endpoint.clone();
    *request.headers_mut() = headers(config, encoding, now);
    Ok(request)
}

fn headers(config: &Config, encoding: Encoding, now: SystemTime) -> HeaderMap {
    let content_type = HeaderValue::from_static(match encoding {
        Encoding::Form => "application/x-www-form-urlencoded",
        Encoding::Json => "application/json",
    });
    let mut headers = HeaderMap::with_capacity(4);
    headers.insert(header::CONTENT_TYPE, content_type);
    // Without this, any encoding would be acceptable.
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    headers.insert(header::USER_AGENT, config.settings().user_agent.clone());
    if let Some(milliseconds) = timestamp(now) {
        headers.insert(&TIMESTAMP, milliseconds);
    }
    headers
}

static TIMESTAMP: HeaderName = HeaderName::from_static("u-timestamp-ms");

/// Milliseconds since 1970, as the official Python SDK sends them.
fn timestamp(now: SystemTime) -> Option<HeaderValue> {
    let milliseconds = now.duration_since(UNIX_EPOCH).ok()?.as_millis();
    HeaderValue::try_from(u64::try_from(milliseconds).ok()?.to_string()).ok()
}

/// The client's defaults, and which of them a request sets by itself.
struct ClientDefaults<'a>([ClientDefault<'a>; 3]);

#[derive(Clone, Copy)]
struct ClientDefault<'a> {
    name: &'static str,
    takes: Takes,
    value: Option<&'a str>,
    is_set: bool,
}

impl<'a> ClientDefaults<'a> {
    fn of(config: &'a Config, info: &ActionInfo) -> Self {
        let default = |name, takes, value| ClientDefault { name, takes, value, is_set: false };
        Self([
            default("Region", info.region, config.settings().region.as_deref()),
            default("Zone", info.zone, config.settings().zone.as_deref()),
            default("ProjectId", info.project_id, config.settings().project_id.as_deref()),
        ])
    }

    /// Notes that the request sets `name` by itself, if it is one of the defaults; refuses the names
    /// that the client alone sets.
    fn note(&mut self, name: &[u8], is_empty: bool) -> Result<(), InvalidRequest> {
        refuse_reserved(name)?;
        if let Some(default) = self.0.iter_mut().find(|default| default.name.as_bytes() == name) {
            if is_empty && default.takes == Takes::Required {
                return Err(InvalidRequest::new(default.name, EMPTY));
            }
            default.is_set = true;
        }
        Ok(())
    }

    /// Refuses the request if it needs one that is nowhere set.
    fn check(&self) -> Result<(), InvalidRequest> {
        let lacking = self.0.iter().find(|default| {
            default.takes == Takes::Required && !default.is_set && default.value.is_none()
        });
        match lacking {
            Some(default) => Err(InvalidRequest::new(
                default.name,
                "is missing: set it on the request, or as the client's default",
            )),
            None => Ok(()),
        }
    }

    /// Those to put in.
    fn to_put(&self) -> [Option<(&'static str, &'a str)>; 3] {
        self.0.map(|default| match default.value {
            Some(value) if default.takes != Takes::Never && !default.is_set => {
                Some((default.name, value))
            }
            _ => None,
        })
    }
}

/// Adds the action's own parameters to a list.
pub(crate) fn put_action<A: Action + ?Sized>(
    action: &A,
    list: &mut List<'_>,
) -> Result<(), InvalidRequest> {
    list.add(action)?;
    action.facts().extra.iter().try_for_each(|parameter| list.add(parameter))
}

/// Refuses names that the client sets by itself.
fn refuse_reserved(name: &[u8]) -> Result<(), InvalidRequest> {
    let (name, reason) = match name {
        b"Action" => ("Action", "is set by the client; leave it out"),
        b"PublicKey" => ("PublicKey", BY_CREDENTIALS),
        b"SecurityToken" => ("SecurityToken", BY_CREDENTIALS),
        b"Signature" => ("Signature", BY_CREDENTIALS),
        _ => return Ok(()),
    };
    Err(InvalidRequest::new(name, reason))
}

const BY_CREDENTIALS: &str = "is set by the client from its credentials; leave it out";
const EMPTY: &str = "is empty: the action needs a value";
const EMPTY_FILTER: &str = "is empty: give at least one item, or leave it out to filter nothing";
const EMPTY_TEXT: &str = "is empty: give a value, or leave it out";

/// Refuses a request that lacks a required parameter or has an empty one, or reads with an empty one: a
/// filter that is empty lets everything through.
///
/// The list is sorted.
fn require<A: Action + ?Sized>(action: &A, list: &List<'_>) -> Result<(), InvalidRequest> {
    let info = action.facts().info;
    let reads = info.effect == Effect::Read || action.facts().effect == Effect::Read;
    for parameter in info.parameters {
        let is_filter = reads && matches!(parameter.kind, Kind::List(_));
        if !(parameter.is_needed() || is_filter) {
            continue;
        }
        let reason = match list.find(parameter.name.as_bytes()) {
            Some(false) if parameter.is_needed() => EMPTY,
            Some(false) => EMPTY_FILTER,
            None if parameter.required => "is missing: the action needs it",
            Some(true) | None => continue,
        };
        return Err(InvalidRequest::new(parameter.name, reason));
    }
    if !reads {
        return Ok(());
    }
    for entry in list.entries().iter().filter(|entry| !entry.has_value()) {
        let name = entry.name(list.text());
        let (name, reason) = match list_of(name) {
            // An item may be empty beside others.
            Some(items) if list.find(items) == Some(true) => continue,
            Some(items) => (items, EMPTY_FILTER),
            // Empty, they keep the client's default out.
            None if matches!(name, b"Region" | b"Zone" | b"ProjectId") => continue,
            None => (name, EMPTY_TEXT),
        };
        return Err(InvalidRequest::new(String::from_utf8_lossy(name), reason));
    }
    Ok(())
}

/// The list that a name such as `Tags.0` is an item of.
fn list_of(name: &[u8]) -> Option<&[u8]> {
    let dot = name.iter().rposition(|&byte| byte == b'.')?;
    let (list, index) = name.split_at_checked(dot)?;
    let digits = index.strip_prefix(b".")?;
    (!digits.is_empty() && digits.iter().all(u8::is_ascii_digit)).then_some(list)
}
