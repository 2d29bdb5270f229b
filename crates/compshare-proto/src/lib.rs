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
mod value;

mod api;
mod call;
mod codec;
pub mod config;
pub mod error;
pub mod retry;

pub use api::{
    action::{Action, Listing},
    actions,
    csv_file::CsvFile,
    effect::Effect,
    login,
    marker::Marker,
    metadata,
    partial::{self, PartialFailure},
    raw::{self, Raw},
    ret_code::{self, Class, RetCode},
    types,
};
pub use call::{
    conditions, machine, once,
    poll::{self, Condition, PollPolicy},
};
pub use codec::{
    decode::decode,
    encode::encode,
    price,
    response::{Response, Warning},
    sign,
};
pub use config::{Config, Credentials, profile};
pub use error::Error;
pub use retry::{Delivery, RetryPolicy};
pub use value::{
    secret::Secret,
    timestamp::Timestamp,
    units::{Cny, Fen, Gb, Mb},
};
