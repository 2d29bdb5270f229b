//! A blocking client for the CompShare (优云智算) GPU cloud API.
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
//! It has no runtime, so it may also be used within an async program, from a thread where blocking is
//! allowed. Everything of [`compshare_proto`] is here too.
//!
//! Calls are logged by `tracing`: at DEBUG a span for each call and an event for each attempt, at WARN
//! attempts that got no answer or are repeated. Neither has a parameter's value or a key. The HTTP
//! library below logs through the `log` crate; at its trace level it lists heads, and answers that come
//! in chunks, byte by byte, so leave that level off where logs are kept.

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
