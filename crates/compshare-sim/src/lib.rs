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
//! use compshare_proto::{Encoding, Secret, sign::sign};
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
