//! Real TLS handshakes, directly and through a proxy.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use compshare_proto::{Delivery, Error, actions::DescribeCompShareImages};
use compshare_sim::{Sim, serve_connection};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use crate::adapter::{Adapter, Route, config, proxy, report};

/// A simulator behind TLS, whose certificate is for one name.
struct TlsSim {
    sim: Sim,
    port: u16,
    certificate: Vec<u8>,
}

impl TlsSim {
    fn start(name: &str) -> Self {
        let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
        let certificate = made.cert.der().to_vec();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let server = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let (server, sim) = (Arc::new(server), Sim::start().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let service = sim.service().clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (server, service) = (server.clone(), service.clone());
                thread::spawn(move || {
                    let connection = ServerConnection::new(server).unwrap();
                    // A client that refuses the certificate ends the handshake.
                    let _ = serve_connection(&service, StreamOwned::new(connection, stream));
                });
            }
        });
        Self { sim, port, certificate }
    }

    fn route(&self) -> Route {
        Route { root_certificates: Some(vec![self.certificate.clone()]), proxy: None }
    }
}

#[test]
fn a_certificate_that_is_trusted_is_taken_and_the_connection_kept() {
    let tls = TlsSim::start("localhost");
    let config = config(&format!("https://localhost:{}/", tls.port));
    for adapter in Adapter::both_by(&config, &tls.route()) {
        let before = tls.sim.connections();
        for _ in 0..3 {
            adapter.send(DescribeCompShareImages::new()).unwrap();
        }
        assert_eq!(tls.sim.connections() - before, 1, "{}", adapter.name());
    }
}

#[test]
fn a_certificate_that_is_not_trusted_or_for_another_name_ends_the_call_unsent() {
    let (stranger, tls) = (TlsSim::start("localhost"), TlsSim::start("elsewhere.test"));
    let config = config(&format!("https://localhost:{}/", tls.port));
    for route in [stranger.route(), tls.route()] {
        for adapter in Adapter::both_by(&config, &route) {
            let error = adapter.send(DescribeCompShareImages::new()).unwrap_err();
            let report = report(&error);
            assert_eq!(error.delivery(), Delivery::NotSent, "{}: {report}", adapter.name());
            assert!(report.contains("invalid peer certificate"), "{}: {report}", adapter.name());
        }
    }
    assert!(tls.sim.requests().is_empty());
}

#[test]
fn the_platforms_roots_do_not_know_a_certificate_of_our_own() {
    let tls = TlsSim::start("localhost");
    let config = config(&format!("https://localhost:{}/", tls.port));
    let blocking = compshare_blocking::Client::new(config.clone()).unwrap();
    let error = blocking.send(DescribeCompShareImages::new()).unwrap_err();
    assert_eq!(error.delivery(), Delivery::NotSent, "{}", report(&error));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // On a machine without root certificates it says so when the client is made.
    if let Ok(client) = compshare_hyper::Client::new(config) {
        let error = runtime.block_on(client.send(DescribeCompShareImages::new())).unwrap_err();
        assert_eq!(error.delivery(), Delivery::NotSent, "{}", report(&error));
    }
    assert!(tls.sim.requests().is_empty());
}

#[test]
fn a_handshake_that_hangs_is_cut_off_unsent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let config = config(&format!("https://localhost:{port}/"))
        .connect_timeout(Duration::from_millis(100))
        .call_timeout(Duration::from_secs(5));
    let route = Route { root_certificates: Some(Vec::new()), proxy: None };
    for adapter in Adapter::both_by(&config, &route) {
        let error = adapter.send(DescribeCompShareImages::new()).unwrap_err();
        let Error::Transport(failed) = &error else { panic!("{error:?}") };
        assert!(failed.timed_out(), "{}: {}", adapter.name(), report(&error));
        assert_eq!(failed.delivery(), Delivery::NotSent, "{}: {}", adapter.name(), report(&error));
        assert!(failed.elapsed() < Duration::from_secs(4), "{:?}", failed.elapsed());
    }
}

/// A proxy that tunnels every CONNECT to one port, and keeps what it was asked.
fn start_proxy(port: u16, status: &'static str) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let log = log.clone();
            thread::spawn(move || tunnel(stream, port, status, &log));
        }
    });
    (address, asked)
}

fn tunnel(client: TcpStream, port: u16, status: &str, log: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(client.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).is_ok_and(|read| read > 0) {}
    log.lock().unwrap().push(head);
    let mut client = client;
    write!(client, "HTTP/1.1 {status}\r\n\r\n").unwrap();
    if !status.starts_with("200") {
        return;
    }
    let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let (mut to_server, mut from_server) = (server.try_clone().unwrap(), server);
    thread::spawn(move || pump(&mut reader, &mut to_server));
    pump(&mut from_server, &mut client);
}

/// Copies until either side has had enough.
fn pump(from: &mut impl Read, to: &mut impl Write) {
    let _ = std::io::copy(from, to);
}

#[test]
fn a_proxy_carries_the_call_with_its_password_and_cannot_read_it() {
    let tls = TlsSim::start("compshare.test");
    let (address, asked) = start_proxy(tls.port, "200 Connection established");
    let route =
        Route { proxy: Some(proxy(&format!("http://me:hunter%202@{address}"))), ..tls.route() };
    for adapter in Adapter::both_by(&config("https://compshare.test/"), &route) {
        adapter.send(DescribeCompShareImages::new()).unwrap();
        let heads = std::mem::take(&mut *asked.lock().unwrap());
        assert_eq!(heads.len(), 1, "{heads:?}");
        let head = heads[0].to_lowercase();
        assert!(head.starts_with("connect compshare.test:443 http/1.1\r\n"), "{head}");
        // me:hunter 2
        assert!(heads[0].contains("Basic bWU6aHVudGVyIDI=\r\n"), "{head}");
        assert!(!heads[0].contains("DescribeCompShareImages"), "{head}");
    }
    assert_eq!(tls.sim.requests().len(), 2);
}

#[test]
fn a_proxy_that_refuses_ends_the_call_unsent_and_its_password_is_not_shown() {
    let (address, _) = start_proxy(9, "407 Proxy Authentication Required");
    let route = Route {
        root_certificates: Some(Vec::new()),
        proxy: Some(proxy(&format!("http://me:hunter2@{address}"))),
    };
    for adapter in Adapter::both_by(&config("https://compshare.test/"), &route) {
        let error = adapter.send(DescribeCompShareImages::new()).unwrap_err();
        let report = format!("{} {error:?}", report(&error));
        assert_eq!(error.delivery(), Delivery::NotSent, "{}: {report}", adapter.name());
        assert!(!report.contains("hunter2"), "{report}");
        assert!(!report.contains("bWU6aHVudGVyMg=="), "{report}");
    }
}
