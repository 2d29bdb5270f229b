//! `Secure`: a simulator behind TLS, with whatever certificate a test gives it.

use std::{
    net::{IpAddr, Ipv4Addr, TcpListener},
    sync::Arc,
    thread,
};

use compshare_sim::{Sim, serve_connection};
use rustls::{ServerConnection, StreamOwned};

use crate::identity::Identity;

/// A simulator behind TLS.
pub(crate) struct Secure {
    pub(crate) sim: Sim,
    pub(crate) port: u16,
}

impl Secure {
    pub(crate) fn start(identity: Identity) -> Self {
        Self::start_at(Ipv4Addr::LOCALHOST.into(), identity)
    }

    pub(crate) fn start_at(address: IpAddr, identity: Identity) -> Self {
        let (server, sim) = (identity.server_config(), Sim::start().unwrap());
        let listener = TcpListener::bind((address, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let service = sim.service().clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (server, service) = (Arc::clone(&server), service.clone());
                thread::spawn(move || {
                    let connection = ServerConnection::new(server).unwrap();
                    // A client that refuses the certificate ends the handshake.
                    drop(serve_connection(&service, StreamOwned::new(connection, stream)));
                });
            }
        });
        Self { sim, port }
    }
}
