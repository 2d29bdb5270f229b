//! Real TLS handshakes, directly and through a proxy's tunnel.

use std::{net::TcpListener, time::Duration};

use compshare_proto::{
    Delivery, Error,
    actions::DescribeCompShareImages,
    profile::{ProxyUrl, Source},
};

use crate::{
    adapter::{Adapter, Route, config, report},
    identity::Authority,
    secure::Secure,
    tunnel::Tunnel,
};

/// A simulator behind TLS under that name, and a way to it.
fn start(name: &str) -> (Secure, Route) {
    let authority = Authority::new("of the tests");
    let route = Route { root_certificates: Some(vec![authority.root()]), proxy: None };
    (Secure::start(authority.sign(name, |_| {})), route)
}

/// A proxy as the environment would name it.
fn proxy(url: &str) -> ProxyUrl {
    let variable = |name: &str| (name == "HTTPS_PROXY").then(|| url.to_owned());
    let source = Source { variable: &variable, file: &|_| Ok(None) };
    let endpoint = http::Uri::from_static("https://compshare.test/");
    source.proxy(&endpoint).unwrap().unwrap()
}

#[test]
fn a_connection_is_kept_after_its_handshake() {
    let (server, route) = start("localhost");
    let config = config(&format!("https://localhost:{}/", server.port));
    for adapter in Adapter::both_by(&config, &route) {
        let before = server.sim.connections();
        for _ in 0..3 {
            adapter.send(DescribeCompShareImages::new()).unwrap();
        }
        assert_eq!(server.sim.connections() - before, 1, "{}", adapter.name());
    }
}

#[test]
fn the_platforms_roots_do_not_know_a_certificate_of_our_own() {
    let (server, _) = start("localhost");
    let config = config(&format!("https://localhost:{}/", server.port));
    let blocking = compshare_blocking::Client::new(config.clone()).unwrap();
    let error = blocking.send(DescribeCompShareImages::new()).unwrap_err();
    assert_eq!(error.delivery(), Delivery::NotSent, "{}", report(&error));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // On a machine without root certificates it says so when the client is made.
    if let Ok(client) = compshare_hyper::Client::new(config) {
        let error = runtime.block_on(client.send(DescribeCompShareImages::new())).unwrap_err();
        assert_eq!(error.delivery(), Delivery::NotSent, "{}", report(&error));
    }
    assert!(server.sim.requests().is_empty());
}

#[test]
fn one_that_hangs_is_cut_off_unsent() {
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

#[test]
fn a_proxy_has_its_password_decoded_and_cannot_read_the_call() {
    let (server, mut route) = start("compshare.test");
    let tunnel = Tunnel::start(server.port, "200 Connection established");
    route.proxy = Some(proxy(&format!("http://me:hunter%202@{}", tunnel.address)));
    for adapter in Adapter::both_by(&config("https://compshare.test/"), &route) {
        adapter.send(DescribeCompShareImages::new()).unwrap();
        let asked = tunnel.take_asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert!(asked[0].starts_with("CONNECT compshare.test:443 HTTP/1.1\r\n"), "{asked:?}");
        // me:hunter 2
        assert!(asked[0].contains("Basic bWU6aHVudGVyIDI=\r\n"), "{asked:?}");
        assert!(!asked[0].contains("DescribeCompShareImages"), "{asked:?}");
    }
    assert_eq!(server.sim.requests().len(), 2);
}
