//! `Secure`: a simulator behind TLS, with whatever certificate a test gives it.

use std::{
    net::{IpAddr, Ipv4Addr, TcpListener},
    sync::Arc,
    thread,
};

use compshare_sim::{Sim, serve_connection};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// An authority that signs certificates.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate with its key.
pub(crate) struct Identity {
    pub(crate) certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Its own certificate, for a client to trust.
    pub(crate) fn root(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    /// Signs for a name, with changes.
    pub(crate) fn sign(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Identity {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        Identity::new(params.signed_by(&key, &self.0).unwrap(), &key)
    }
}

impl Identity {
    /// One that nobody has signed but itself.
    pub(crate) fn self_signed(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        Self::new(params.self_signed(&key).unwrap(), &key)
    }

    fn new(certificate: rcgen::Certificate, key: &KeyPair) -> Self {
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        Self { certificate: certificate.der().clone(), key }
    }
}

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
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let server = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![identity.certificate], identity.key)
            .unwrap();
        let (server, sim) = (Arc::new(server), Sim::start().unwrap());
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
