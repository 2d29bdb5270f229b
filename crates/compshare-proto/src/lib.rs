//! The CompShare (优云智算) GPU cloud API, without I/O.
//!
//! Every action of the API is a type in [`actions`]. This crate encodes it into a signed
//! [`http::Request`], decodes the [`http::Response`], and decides what to do in between; it opens no
//! socket, reads no clock, file or environment, and draws no random numbers: all of them are arguments.
//!
//! To make calls, take a client: `compshare-hyper` (async) or `compshare-blocking`. To bring an HTTP
//! stack of your own, either give a client a `Transport`, or use the two halves by hand:
//!
//! ```
//! use bytes::Bytes;
//! use compshare_proto::{Config, Credentials, actions::UpdateCompShareImage, decode, encode};
//! use std::time::SystemTime;
//!
//! # fn send(_: http::Request<Bytes>) -> http::Response<Bytes> {
//! #     http::Response::new(Bytes::from_static(br#"{"RetCode":0}"#))
//! # }
//! let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
//! let action = UpdateCompShareImage::new("compshareImage-xxxx")
//!     .name("my-updated-env")
//!     .tags(["深度学习", "PyTorch"]);
//! let request = encode(&config, &action, SystemTime::now())?;
//! let answer = send(request); // your HTTP stack
//! decode(&action, &answer)?;
//! # Ok::<(), compshare_proto::Error>(())
//! ```
//!
//! Families of the API differ in their units, so numbers carry them: [`Cny`] and [`Fen`], [`Mb`] and
//! [`Gb`], [`Duration`](std::time::Duration) and [`Timestamp`]. Passwords are [`Secret`]s, given and
//! read as they are. A call that succeeded in part is an [`Error::Incomplete`] unless
//! [`Action::allow_partial`] says otherwise.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`actions`], [`types`] | the API: generated from the project's spec files |
//! | [`sign`] | the signature by itself |
//! | [`machine`] | what takes more than one step: [`Call`] (with retries), [`SendOnce`], [`Pages`] and [`Wait`] |
//! | [`retry`] | what is sent again after what, as a table |
//! | [`conditions`] | what programs wait for most |
//! | [`login`], [`price`] | where to log in to an instance; what a quoted one costs in all |
//! | [`profile`] | keys and defaults where the official CLI keeps them |

#[macro_use]
mod macros;

mod action;
pub mod actions;
mod asked;
mod attempt;
mod call;
pub mod conditions;
mod config;
mod credentials;
mod decode;
mod effect;
mod encode;
mod error;
mod fields;
mod file;
mod info;
pub mod login;
pub mod machine;
mod once;
mod pages;
mod params;
mod partial;
pub mod price;
pub mod profile;
mod raw;
mod response;
mod ret_code;
pub mod retry;
pub mod sign;
mod time;
mod tolerant;
pub mod types;
mod units;
mod wait;
mod wire;

pub use action::{Action, Listing};
pub use attempt::{Attempt, Subject};
pub use call::Call;
pub use config::{Config, ConfigError, ENDPOINT, HEAD_LIMIT, is_loopback};
pub use credentials::{Credentials, Secret};
pub use decode::decode;
pub use effect::{Effect, Encoding};
pub use encode::encode;
pub use error::{
    ApiError, DecodeError, Delivery, Error, IncompleteError, InvalidRequest, Stop, TransportError,
};
pub use file::CsvFile;
pub use info::{
    ActionInfo, Answer, Availability, EnumInfo, FamilyInfo, FieldInfo, Kind, MarkerInfo,
    ObjectInfo, PageInfo, ParameterInfo, StructInfo, Takes,
};
pub use machine::{Failure, Input, Machine, Output};
pub use once::{CreateOnce, Created, Marker, OnceError, PollPolicy, Probe, SendOnce, Unknown};
pub use pages::Pages;
pub use partial::{AllowPartial, ItemFailure, PartialFailure};
pub use raw::{Parameter, Raw, With};
pub use response::{Response, Warning};
pub use ret_code::{Class, NotDone, RetCode, RetCodeInfo, RetryScope, class_of};
pub use retry::RetryPolicy;
pub use time::Timestamp;
pub use units::{Cny, Fen, Gb, Mb};
pub use wait::{Condition, PollPolicy, PollState, Progress, Wait, WaitError};

/// The Base64 of some bytes, as the API takes pictures and passwords.
pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;

    base64::engine::general_purpose::STANDARD.encode(bytes)
}
