//! An async client for the CompShare (优云智算) GPU cloud API, on tokio.
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
//! Everything of [`compshare_proto`] is here too. Dropping a future ends its call; what was sent by
//! then may still be carried out by the server.
//!
//! Calls are logged by `tracing`: at DEBUG a span for each call and an event for each attempt, at WARN
//! attempts that got no answer or are repeated. Neither has a parameter's value or a key.

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

/// The examples of the README, compiled and run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

/// The examples of the Chinese README, likewise.
#[cfg(doctest)]
#[doc = include_str!("../../../README.zh-CN.md")]
struct ReadmeZh;
