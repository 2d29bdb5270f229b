//! Real TLS handshakes, directly and through a proxy's tunnel.

use std::{net::TcpListener, time::Duration};

use compshare_proto::{
    Config, Delivery, Error,
    actions::{DescribeCompShareImages, ResetCompShareInstancePassword},
    profile::{Proxies, Source},
};

use compshare_sim::Sim;

use crate::{
    adapter::{Adapter, Route, config, report},
    identity::Authority,
    secure::Secure,
    tunnel::Tunnel,
};

/// A simulator behind TLS under that name, and a way to it.
fn start(name: &str) -> (Secure, Route) {
    let authority = Authority::new("of the tests");
    let route = Route { root_certificates: Some(vec![authority.root()]), ..Route::default() };
    (Secure::start(authority.sign(name, |_| {})), route)
}

impl Adapter {
    /// The same client, pointed at another endpoint.
    fn at(self, endpoint: &str) -> Self {
        let change = |config: Config| config.endpoint(endpoint).unwrap();
        match self {
            Self::Blocking(client) => Self::Blocking(client.with(change)),
            Self::Hyper(runtime, client) => Self::Hyper(runtime, client.with(change)),
        }
    }
}

/// A proxy as the environment would name it.
fn proxy(url: &str) -> Proxies {
    let named = ["HTTPS_PROXY", "http_proxy"];
    let variable = |name: &str| named.contains(&name).then(|| url.to_owned());
    Source { variable: &variable, file: &|_| Ok(None) }.proxies()
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
    let route = Route { root_certificates: Some(Vec::new()), ..Route::default() };
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
    route.proxies = proxy(&format!("http://me:hunter%202@{}", tunnel.address));
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

/// What may go where is decided by each request, not by the endpoint that a client was built for.
#[test]
fn a_client_that_is_pointed_elsewhere_sends_no_password_to_its_proxy_in_clear() {
    let reset = ResetCompShareInstancePassword::new("uhost-xxxx", "Canary-1").zone("cn-wlcb-01");
    let (server, mut route) = start("compshare.test");
    let tunnel = Tunnel::start(server.port, "200 Connection established");
    route.proxies = proxy(&format!("http://{}", tunnel.address));
    let far = config("https://compshare.test/");
    for adapter in Adapter::both_by(&far, &route) {
        let here = adapter.at(server.sim.endpoint());
        here.send(reset.clone()).unwrap();
        assert_eq!(server.sim.take_requests().len(), 1);
        assert_eq!(tunnel.take_asked(), [""; 0], "{}", here.name());
        here.at("https://compshare.test/").send(DescribeCompShareImages::new()).unwrap();
        assert_eq!((tunnel.take_asked().len(), server.sim.take_requests().len()), (1, 1));
    }
    // The other way around: TLS is there for a client that was built without need of it.
    let near = config(server.sim.endpoint());
    for adapter in Adapter::both_by(&near, &route) {
        adapter.send(DescribeCompShareImages::new()).unwrap();
        assert_eq!(tunnel.take_asked(), [""; 0], "{}", adapter.name());
        adapter.at("https://compshare.test/").send(DescribeCompShareImages::new()).unwrap();
        let asked = tunnel.take_asked();
        assert!(asked[0].starts_with("CONNECT compshare.test:443 HTTP/1.1\r\n"), "{asked:?}");
    }
}

/// A tunnel for plain http leads to port 80, not to that of TLS.
#[test]
fn plain_http_to_another_host_goes_through_its_own_proxy_and_port() {
    let sim = Sim::start().unwrap();
    let tunnel = Tunnel::start(sim.address().port(), "200 Connection established");
    let route = Route { proxies: proxy(&format!("http://{}", tunnel.address)), ..Route::default() };
    for adapter in Adapter::both_by(&config("http://gateway.test/"), &route) {
        adapter.send(DescribeCompShareImages::new()).unwrap();
        let asked = tunnel.take_asked();
        assert!(asked[0].starts_with("CONNECT gateway.test:80 HTTP/1.1\r\n"), "{asked:?}");
    }
}
