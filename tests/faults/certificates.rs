//! Certificates that must be refused, each beside one that is taken, and what the errors say.

use std::net::{IpAddr, Ipv6Addr};

use compshare_proto::{Delivery, actions::DescribeCompShareImages};
use rcgen::{CertificateParams, KeyPair};

use crate::{
    adapter::{Adapter, Route, config, report},
    identity::{Authority, Identity},
    secure::Secure,
};

fn trusting(authority: &Authority) -> Route {
    Route { root_certificates: Some(vec![authority.root()]), ..Route::default() }
}

/// Both clients refuse that identity as `localhost`'s, unsent, and say that in those words.
fn refused(authority: &Authority, identity: Identity, words: &str) {
    let server = Secure::start(identity);
    let config = config(&format!("https://localhost:{}/", server.port));
    for adapter in Adapter::both_by(&config, &trusting(authority)) {
        let error = adapter.send(DescribeCompShareImages::new()).unwrap_err();
        let (name, report) = (adapter.name(), report(&error));
        assert_eq!(error.delivery(), Delivery::NotSent, "{name}: {report}");
        assert!(report.contains("invalid peer certificate"), "{name}: {report}");
        assert!(report.contains(words), "{name}: {report}");
    }
    assert!(server.sim.requests().is_empty());
}

#[test]
fn one_that_a_trusted_authority_signed_for_this_name_is_taken() {
    let authority = Authority::new("ours");
    let server = Secure::start(authority.sign("localhost", |_| {}));
    let config = config(&format!("https://localhost:{}/", server.port));
    for adapter in Adapter::both_by(&config, &trusting(&authority)) {
        adapter.send(DescribeCompShareImages::new()).unwrap();
    }
}

#[test]
fn an_expired_one_is_refused() {
    let authority = Authority::new("ours");
    let expired = authority.sign("localhost", |params| {
        params.not_before = rcgen::date_time_ymd(2001, 1, 1);
        params.not_after = rcgen::date_time_ymd(2002, 1, 1);
    });
    refused(&authority, expired, "expired");
}

#[test]
fn one_from_the_future_is_refused() {
    let authority = Authority::new("ours");
    let early = authority.sign("localhost", |params| {
        params.not_before = rcgen::date_time_ymd(2999, 1, 1);
        params.not_after = rcgen::date_time_ymd(3000, 1, 1);
    });
    refused(&authority, early, "not valid yet");
}

#[test]
fn a_self_signed_one_is_refused() {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let identity = Identity::new(params.self_signed(&key).unwrap(), &key);
    refused(&Authority::new("ours"), identity, "UnknownIssuer");
}

#[test]
fn another_hosts_is_refused() {
    let authority = Authority::new("ours");
    let other = authority.sign("elsewhere.test", |_| {});
    refused(&authority, other, "not valid for name \"localhost\"");
}

#[test]
fn another_authoritys_is_refused_even_under_the_same_name() {
    let trusted = Authority::new("ours");
    refused(&trusted, Authority::new("theirs").sign("localhost", |_| {}), "UnknownIssuer");
    refused(&trusted, Authority::new("ours").sign("localhost", |_| {}), "BadSignature");
}

#[test]
fn an_address_is_a_name_like_any_other() {
    let authority = Authority::new("ours");
    let here = IpAddr::from(Ipv6Addr::LOCALHOST);
    if std::net::TcpListener::bind((here, 0)).is_err() {
        println!("no IPv6 here");
        return;
    }
    for (name, taken) in [("::1", true), ("::2", false), ("localhost", false)] {
        let server = Secure::start_at(here, authority.sign(name, |_| {}));
        let config = config(&format!("https://[::1]:{}/", server.port));
        for adapter in Adapter::both_by(&config, &trusting(&authority)) {
            let sent = adapter.send(DescribeCompShareImages::new());
            let shown = sent.as_ref().map_or_else(|error| report(error), |_| String::new());
            assert_eq!(sent.is_ok(), taken, "{}, {name}: {shown}", adapter.name());
            assert!(taken || shown.contains("invalid peer certificate"), "{shown}");
        }
    }
}
