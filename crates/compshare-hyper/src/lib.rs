//! An async client for the CompShare (优云智算) GPU cloud API, on tokio.
//!
//! In scope: sending typed actions over HTTP/1.1 and TLS, retries, lists, waits, creating something once,
//! downloads, proxies, and the keys that the official CLI keeps. Out of scope: encoding, signing and
//! decoding, which are in [`compshare_proto`] (all of it is re-exported here), other runtimes, and a
//! cache or a rate limit of requests.
//!
//! The most important types are [`Client`], which sends actions; the actions themselves in [`actions`];
//! [`Response`] and [`Error`], in which a call ends; [`Pages`] and [`Items`], which are lists; and
//! [`Transport`], which carries the requests and may be yours.
//!
//! # First call
//!
//! ```no_run
//! use compshare_hyper::{Client, actions::UpdateCompShareImage};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::from_env()?.region("cn-wlcb");
//! let action = UpdateCompShareImage::new("compshareImage-xxxx")
//!     .name("my-updated-env")
//!     .tags(["深度学习", "PyTorch"]);
//! client.send(&action).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Client::from_env`] reads keys and defaults from the environment, else from the official CLI's profile
//! file. [`Client::new`] takes a [`Config`]. A client may be shared by several
//! runtimes; each has its own connections. Dropping a future ends its call, but what was sent by then may
//! still be carried out.
//!
//! # Lists
//!
//! [`Client::items`] yields the rows of a list, over as many pages as it takes; [`Client::pages`] yields
//! the pages. Both are streams, and
//! need no stream library: [`Items::next`], [`Items::take`] and [`Items::try_collect`] are methods.
//!
//! # Waits
//!
//! [`Client::wait`] polls until a condition of [`conditions`] holds, such as
//! [`InstanceReaches`](conditions::InstanceReaches). [`Client::waiting`] returns the wait, to set its deadline
//! and intervals or to follow its progress. Dropping the future ends the wait.
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
//! A closure is a [`Transport`], so a test needs no network. Under tokio's paused clock (its feature
//! `test-util`), retries and waits take no time, and deadlines hold:
//!
//! ```
//! use compshare_hyper::{Client, Config, Credentials, Raw, machine::Failure};
//! use std::time::{Duration, Instant};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build()?.block_on(async {
//! // In a test function with #[tokio::test(start_paused = true)]:
//! let busy = |_: http::Request<_>, _: Duration| async {
//!     let response = http::Response::builder().status(503).header("Retry-After", "10");
//!     Ok::<_, Failure>(response.body(Default::default()).unwrap())
//! };
//! let config = Config::new(Credentials::new("public", "private")).region("cn-wlcb");
//! let client = Client::builder(config).transport(busy).build()?;
//!
//! let (began, paused) = (Instant::now(), tokio::time::Instant::now());
//! let error = client.send(Raw::new("DescribeCompShareImages")).await.unwrap_err();
//! assert_eq!(error.attempts(), 4);
//! assert!(paused.elapsed() >= Duration::from_secs(30));
//! assert!(began.elapsed() < Duration::from_secs(10));
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! The crate `compshare-sim` is a server on loopback that checks signatures and keeps state.
//!
//! # Logging
//!
//! Calls are logged through `tracing`, under the target `compshare_proto`: at DEBUG a span for each call and
//! an event for each attempt, at WARN an attempt without a response or one that is retried. A log never
//! holds a key, or a parameter other than the region.

mod body;
mod client;
mod connect;
mod driver;
mod environment;
mod http_transport;
mod pages;
mod pool;
mod transport;

pub use client::{Builder, Client};
pub use compshare_proto::*;
pub use environment::environment;
pub use http_transport::HttpTransport;
pub use pages::{Items, Pages};
pub use transport::Transport;

/// The examples of the READMEs, compiled and run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct ProjectReadme;

#[cfg(doctest)]
#[doc = include_str!("../../../README.zh-CN.md")]
struct ProjectReadmeZh;
