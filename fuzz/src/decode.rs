//! `decode`: whatever comes back for whatever action, decoding ends in a value or in an error that says so.
//!
//! The first bytes pick the action, the status, and what the rest means: the body itself, or edits of a
//! response that the metadata makes.

#![allow(deprecated, reason = "actions that are dead in production are still here")]

use std::marker::PhantomData;

use bytes::Bytes;
use compshare_proto::{
    Action, Error, PartialFailure, Raw,
    actions::{self, ACTIONS},
    for_each_action,
    metadata::{ActionInfo, BodyKind},
};
use http::Response;
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use super::{input::Input, samples};

/// Stands for the typed action `A`, of which only the name and the response matter.
struct As<A>(PhantomData<A>);

impl<A> Serialize for As<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_map(Some(0))?.end()
    }
}

impl<A: Action> Action for As<A> {
    const INFO: &'static ActionInfo = A::INFO;
    type Response = A::Response;
}

/// Decodes as `A` and, without types, as any action of that name; both must agree on what was refused.
fn typed<A: Action>(response: &Response<Bytes>) {
    let typed = compshare_proto::decode(&As::<A>(PhantomData), response);
    let raw = compshare_proto::decode(&Raw::new(A::INFO.name), response);
    for error in [typed.as_ref().err(), raw.as_ref().err()].into_iter().flatten() {
        assert!(matches!(error, Error::Api(_) | Error::Decode(_)), "{error:?}");
        assert!(response.body().starts_with(error.raw()), "it keeps another body: {error:?}");
        let text = format!("{error}");
        assert!(text.starts_with(A::INFO.name) && !text.contains('\n'), "{text:?}");
    }
    if A::INFO.body == BodyKind::Json {
        let code = |error: &Error| error.ret_code();
        match (&typed, &raw) {
            // What a type does not know it does not read: there may be broken text in it.
            (Ok(_), Err(raw)) => assert!(matches!(raw, Error::Decode(_)), "{raw:?}"),
            (Err(typed), Err(raw)) => assert_eq!(code(typed), code(raw), "{typed:?} {raw:?}"),
            (Err(typed), Ok(_)) => assert!(matches!(typed, Error::Decode(_)), "{typed:?}"),
            (Ok(_), Ok(_)) => {}
        }
    }
}

/// What failed can be printed, whether the response is read as `A` or without types.
fn failures<A: Action<Response: PartialFailure>>(response: &Response<Bytes>) {
    let typed = compshare_proto::decode(&As::<A>(PhantomData), response);
    let raw = compshare_proto::decode(&Raw::new(A::INFO.name), response);
    let typed = typed.map_or_else(|_| Vec::new(), |typed| typed.failures());
    let raw = raw.map_or_else(|_| Vec::new(), |raw| A::INFO.failures(&raw));
    for failure in typed.iter().chain(&raw) {
        assert!(!failure.to_string().is_empty());
    }
}

macro_rules! partial {
    ($($action:ident)*) => {
        fn partial(info: &ActionInfo, response: &Response<Bytes>) {
            match info.name {
                $(stringify!($action) => failures::<actions::$action>(response),)*
                name => assert!(info.partial.is_empty(), "{name} is not checked for failures"),
            }
        }
    };
}

partial! {
    CreateCompShareTeamRelation GetCompShareRefundPrice ModifyCompShareImageShareAccount
    SetCompShareTeamAmount SwitchCompShareEIPShareBandwidth
}

macro_rules! dispatch {
    ($($action:ident)*) => {
        fn decode(name: &str, response: &Response<Bytes>) {
            match name {
                $(stringify!($action) => typed::<actions::$action>(response),)*
                _ => panic!("{name} is no action of the spec"),
            }
        }
    };
}

for_each_action!(dispatch);

const STATUSES: [u16; 8] = [200, 200, 200, 200, 201, 400, 429, 503];
const TYPES: [&str; 4] = ["application/json", "text/csv", "text/html; charset=utf-8", ""];

/// Decodes a response.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let info = *input.pick(ACTIONS);
    let status = *input.pick(&STATUSES);
    let mut response = Response::builder().status(status).header("X-UCLOUD-REQUEST-UUID", "6f1c");
    let content_type = *input.pick(&TYPES);
    if !content_type.is_empty() {
        response = response.header("Content-Type", content_type);
    }
    if input.flag() {
        response = response.header("Content-Disposition", "attachment; filename=\"a.csv\"");
    }
    let body = match input.byte() % 3 {
        0 => input.rest().to_vec(),
        1 => edited(samples::full_response(info).to_string(), input),
        _ => edited(samples::quirky_response(info).to_string(), input),
    };
    if let Ok(response) = response.body(Bytes::from(body)) {
        decode(info.name, &response);
        partial(info, &response);
    }
}

/// A text with bytes replaced, added, taken away, and cut, as the input says.
fn edited(text: String, mut input: Input<'_>) -> Vec<u8> {
    let mut text = text.into_bytes();
    while !input.is_empty() && !text.is_empty() {
        let place = (usize::from(input.byte()) | usize::from(input.byte()) << 8) % text.len();
        match input.byte() % 8 {
            0 | 1 => text[place] = input.byte(),
            2 | 3 => text.insert(place, input.byte()),
            4 => drop(text.remove(place)),
            5 => drop(text.drain(place..text.len().min(place + usize::from(input.byte())))),
            6 => {
                let length = usize::from(input.byte() % 16);
                let other = input.bytes(length);
                text.splice(place..(place + length).min(text.len()), other.iter().copied());
            }
            _ => text.truncate(place),
        }
    }
    text
}
