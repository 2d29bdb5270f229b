//! A blocking client for the CompShare (优云智算) GPU cloud API, without a runtime.
//!
//! In scope: sending typed actions over HTTP/1.1 and TLS, retries, lists, waits, creating something once,
//! downloads, proxies, and the keys that the official CLI keeps. Out of scope: encoding, signing and
//! decoding, which are in [`compshare_proto`] (all of it is re-exported here), async code, and a
//! cache or a rate limit of requests.
//!
//! The most important types are [`Client`], which sends actions; the actions themselves in [`actions`];
//! [`Response`] and [`Error`], in which a call ends; [`Pages`] and [`Items`], which are lists; and
//! [`Transport`], which carries the requests and may be yours.
//!
//! # First call
//!
//! ```no_run
//! use compshare_blocking::{Client, actions::UpdateCompShareImage};
//!
//! let client = Client::from_env()?.region("cn-wlcb");
//! let action = UpdateCompShareImage::new("compshareImage-xxxx")
//!     .name("my-updated-env")
//!     .tags(["深度学习", "PyTorch"]);
//! client.send(&action)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Client::from_env`] reads keys and defaults from the environment, else from the official CLI's profile
//! file. [`Client::new`] takes a [`Config`]. A client may be shared between threads. From
//! async code, call it on a blocking thread, such as with `spawn_blocking`.
//!
//! # Lists
//!
//! [`Client::items`] yields the rows of a list, over as many pages as it takes; [`Client::pages`] yields
//! the pages. Both are iterators of results.
//!
//! # Waits
//!
//! [`Client::wait`] polls until a condition of [`conditions`] holds, such as
//! [`InstanceReaches`](conditions::InstanceReaches). [`Client::waiting`] returns the wait, to set its deadline
//! and intervals or to follow its progress. [`Client::drive_unless`] ends a wait from another thread.
//!
//! # Create once
//!
//! [`Client::send`] never sends an action that may buy, create or destroy again if the server may have acted
//! on it. [`Client::send_once`] finds out by a marker whether it was carried out, and sends it again only if
//! it was not.
//!
//! # Errors
//!
//! [`Error`] says what went wrong and what to do. [`Error::may_have_acted`] is `false` only if it is proven
//! that nothing was done. [`retry`] has the rules of retries as a table.
//!
//! # Testing
//!
//! A closure is a [`Transport`], so a test needs no network. With [`Builder::sleep`], retries and
//! waits take no time.
//! The crate `compshare-sim` is a server on loopback that checks signatures and keeps state.
//!
//! # Logging
//!
//! Calls are logged through `tracing`, under the target `compshare_proto`: at DEBUG a span for each call and
//! an event for each attempt, at WARN an attempt without a response or one that is retried. A log never
//! holds a key, or a parameter other than the region.
//!
//! The HTTP library below logs through the `log` crate: keep its TRACE level off, since it dumps heads and
//! chunked responses byte by byte.

mod body;
mod cancel;
mod client;
mod connect;
mod driver;
mod environment;
mod host_limits;
mod http_transport;
mod pages;
mod transport;

pub use cancel::Cancel;
pub use client::{Builder, Client};
pub use compshare_proto::*;
pub use environment::environment;
pub use http_transport::HttpTransport;
pub use pages::{Items, Pages};
pub use transport::Transport;

/// The examples of the README, compiled and run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
