//! A simulator of the CompShare gateway, to test clients against: stateful, deterministic, and with
//! faults on request.
//!
//! [`Gateway::handle`] takes an HTTP request and returns the HTTP response. In a closure it is a fake of
//! the whole service, without a socket:
//!
//! ```
//! use std::{
//!     sync::Mutex,
//!     time::{Duration, SystemTime},
//! };
//!
//! use bytes::Bytes;
//! use compshare_blocking::{Client, Config, Credentials, machine::Failure};
//! use compshare_blocking::actions::{DescribeCompShareCustomImages, UpdateCompShareImage};
//! use compshare_sim::{Gateway, PRIVATE_KEY, PUBLIC_KEY};
//!
//! let gateway = Mutex::new(Gateway::new());
//! let transport = move |request: http::Request<Bytes>, _: Duration| {
//!     Ok::<_, Failure>(gateway.lock().unwrap().handle(SystemTime::now(), &request))
//! };
//! let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).region("cn-wlcb");
//! let client = Client::builder(config).transport(transport).build()?;
//!
//! client.send(UpdateCompShareImage::new("compshareImage-xxxx").name("my-updated-env"))?;
//! let images = client.send(DescribeCompShareCustomImages::new())?;
//! assert_eq!(images.image_set[0].name, "my-updated-env");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Sim`] serves the same gateway on a loopback socket, to any client in any language. It records
//! requests, and fails where a test asks for it:
//!
//! ```
//! use compshare_blocking::{Client, Config, Credentials, actions::StopCompShareInstance};
//! use compshare_sim::{Fault, PRIVATE_KEY, PUBLIC_KEY, Sim};
//!
//! let sim = Sim::start()?;
//! let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).endpoint(sim.endpoint())?;
//! let client = Client::new(config)?.region("cn-wlcb").zone("cn-wlcb-01");
//!
//! sim.fault_on("StopCompShareInstance", Fault::ret_code(299, "No permission"));
//! assert!(client.send(StopCompShareInstance::new("uhost-xxxx")).is_err());
//! assert_eq!(sim.requests()[0].ret_code, Some(299));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # In scope
//!
//! - Signatures, security tokens, and every documented rule about parameters.
//! - Every action that production has: life cycles, stock, prices, paging, and failures in part.
//! - Faults: RetCodes, HTTP statuses, connections that close, stall, or are cut at a given byte.
//! - The odd forms that production's responses take ([`Gateway::quirks`]).
//!
//! # Out of scope
//!
//! - Machines: an instance is a row of state; nothing can log in to it.
//! - Real prices and stock: they are consistent, but invented.
//! - Rate limits, and documented actions that production does not have. These are refused with HTTP 501
//!   and RetCode 501.
//! - TLS: [`serve_connection`] takes any stream, so a test wraps its own.
//!
//! The most important types are [`Gateway`], the service without a socket or a clock; [`Sim`], a server
//! around one; [`Fault`], what goes wrong with a request; [`RecordedRequest`], what a request held and
//! what became of it; and [`ManualClock`], a clock that a test moves. [`Instance`], [`Disk`], [`Image`]
//! and [`Company`] are the state to set up and to examine.

// Folders from top to bottom; imports point down. `server` (sockets, faults, the record), `gateway` (the
// order of checks, routes, responses), `quirks` and `check` (rules for every action), `families` (the
// handlers), `fixtures`, `state`, `model` (resources, catalogue, prices), `call` (one checked request).

mod call;
mod check;
mod families;
mod fixtures;
mod gateway;
mod model;
mod quirks;
mod server;
mod state;
#[cfg(test)]
mod testing;

pub use gateway::{Gateway, RecordedRequest};
pub use model::{
    Account, COMPANY_ID, Cfs, ChargeType, Company, Disk, DiskKind, DiskStatus, Image, ImageGroup,
    ImageKind, ImageSoftware, ImageStatus, Instance, InstanceState, PRIVATE_KEY, PUBLIC_KEY,
    WithoutGpu,
};
pub use server::{Builder, Fault, ManualClock, Service, Sim, serve_connection};

/// The examples of the README, compiled and run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
