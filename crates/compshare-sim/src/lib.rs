//! The CompShare gateway, simulated.
//!
//! [`Sim`] is a server on a loopback socket to point any client at: it checks signatures and
//! parameters, remembers what was changed, and fails on request. [`Gateway`] is the same without a
//! socket or a clock. Every action that production has is simulated, with life cycles and prices; any
//! other documented action is refused with HTTP 501 and RetCode 501. With [`Gateway::quirks`] answers
//! also take every odd form that production's are seen in.
//!
//! ```
//! use std::{
//!     io::{Read, Write},
//!     net::TcpStream,
//! };
//!
//! use compshare_proto::{Secret, metadata::Encoding, sign::sign};
//! use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};
//!
//! let sim = Sim::start()?; // a client would be given `sim.endpoint()`
//!
//! let parameters = [
//!     ("Action", "UpdateCompShareImage"),
//!     ("CompShareImageId", "compshareImage-xxxx"),
//!     ("Name", "my-updated-env"),
//!     ("PublicKey", PUBLIC_KEY),
//!     ("Region", "cn-wlcb"),
//! ];
//! let map = std::collections::BTreeMap::from(parameters);
//! let signature = sign(&map, &Secret::new(PRIVATE_KEY), Encoding::Form)?;
//! let query: String = parameters.iter().map(|(name, value)| format!("{name}={value}&")).collect();
//!
//! let mut stream = TcpStream::connect(sim.address())?;
//! write!(stream, "GET /?{query}Signature={} HTTP/1.1\r\n", signature.expose())?;
//! write!(stream, "Connection: close\r\n\r\n")?;
//! let mut answer = String::new();
//! stream.read_to_string(&mut answer)?;
//!
//! assert!(answer.ends_with(r#"{"Action":"UpdateCompShareImageResponse","RetCode":0}"#));
//! let name = sim.with_gateway(|gateway| gateway.image("compshareImage-xxxx").unwrap().name.clone());
//! assert_eq!(name, "my-updated-env");
//! assert!(sim.requests()[0].unknown_parameters.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! To see how a client takes trouble, queue a [`Fault`] for its next request.

mod account;
mod answer;
mod catalog;
mod charge;
mod check;
mod clock;
mod company;
mod connection;
mod disk;
mod disks;
mod fault;
mod fixtures;
mod form;
mod gateway;
mod http1;
mod image;
mod images;
mod instance;
mod instances;
mod misc;
mod native;
mod network;
mod parameters;
mod price;
mod quirks;
mod regions;
mod reply;
mod request;
mod rows;
mod seen;
mod server;
mod service;
mod signature;
mod state;
mod teams;
#[cfg(test)]
mod testing;
mod ulhosts;

pub use account::Account;
pub use charge::ChargeType;
pub use clock::ManualClock;
pub use company::Company;
pub use connection::serve_connection;
pub use disk::{Cfs, Disk, DiskKind, DiskStatus};
pub use fault::Fault;
pub use gateway::{COMPANY_ID, Gateway, PRIVATE_KEY, PUBLIC_KEY};
pub use image::{Image, ImageGroup, ImageKind, ImageSoftware, ImageStatus};
pub use instance::{Instance, InstanceState, WithoutGpu};
pub use seen::Seen;
pub use server::{Builder, Sim};
pub use service::Service;
