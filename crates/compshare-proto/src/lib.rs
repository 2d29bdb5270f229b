//! The CompShare (优云智算) GPU cloud API, without I/O.
//!
//! In scope:
//!
//! - every action of the API as a type, in [`actions`], and any other by name, with [`Raw`];
//! - encoding an action into a signed [`http::Request`], and decoding an [`http::Response`];
//! - what takes more than one request: retries, lists, waits, and creating something once;
//! - reading the keys and defaults that the official CLI keeps, from text that the caller reads.
//!
//! Out of scope: sockets, clocks, files, environment variables, threads and random numbers. The time and
//! a seed are arguments. To make calls, take a client: `compshare-hyper` (async) or `compshare-blocking`.
//!
//! The most important types are an action such as
//! [`CreateCompShareInstance`](actions::CreateCompShareInstance), the [`Config`] that it is encoded with,
//! the [`Response`] or [`Error`] that comes of it, and the machines [`Call`](machine::Call),
//! [`Pages`](machine::Pages), [`Wait`](machine::Wait) and [`SendOnce`](machine::SendOnce), which a client
//! drives.
//!
//! # A first call
//!
//! With an HTTP stack of your own, [`encode`] and [`decode`] are the two halves of a call:
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
//! let response = send(request); // your HTTP stack
//! decode(&action, &response)?;
//! # Ok::<(), compshare_proto::Error>(())
//! ```
//!
//! A client takes any transport as well: implement its `Transport` trait, or pass a closure.
//!
//! # Values
//!
//! The API's families differ in their units, so numbers carry them: [`Cny`] and [`Fen`], [`Mb`] and
//! [`Gb`], [`Duration`](std::time::Duration) and [`Timestamp`]. A password is a [`Secret`]: you pass and
//! receive plain text, and the Base64 that the API needs is done for you. An open enum has an `Unknown` variant for values that this version does not know.
//!
//! # Errors
//!
//! Every error converts into [`Error`]. [`Error::may_have_acted`] says whether the action may have been
//! carried out. A call that succeeded in part is an [`Error::Incomplete`] unless
//! [`Action::allow_partial`] says otherwise.
//!
//! # Modules
//!
//! | module | contents |
//! | --- | --- |
//! | [`actions`], [`types`] | the API, generated from the project's spec files |
//! | [`metadata`] | what is known of each action, at run time |
//! | [`raw`], [`partial`] | actions and parameters by name; responses that report failed items |
//! | [`machine`] | the machines, and how to drive one |
//! | [`once`], [`poll`], [`conditions`] | creating once; polling; what programs wait for most |
//! | [`error`], [`retry`], [`ret_code`] | errors; what is retried after what, as a table; the server's codes |
//! | [`config`], [`profile`] | settings, and the environment and profile file that they come from |
//! | [`inventory`], [`price`], [`login`] | free GPUs by zone; what a quoted instance costs in total; how to log in |
//! | [`sign`] | the signature by itself |

#![cfg_attr(
    test,
    allow(
        clippy::disallowed_macros,
        clippy::disallowed_methods,
        clippy::disallowed_types,
        reason = "only tests have a clock and I/O of their own"
    )
)]

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
    inventory, login,
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

/// The examples of the README, compiled and run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
