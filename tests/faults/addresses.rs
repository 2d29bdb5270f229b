//! Where a call goes: literal IPv6 addresses, and never where a response points.

use std::net::{Ipv6Addr, SocketAddr};

use compshare_proto::{Delivery, Error, actions::UpdateCompShareImage, error::Stop};
use compshare_sim::Sim;

use crate::{
    adapter::{Adapter, config, report},
    http::Message,
    proxy::FaultProxy,
    trouble::Trouble,
};

fn update() -> UpdateCompShareImage {
    UpdateCompShareImage::new("compshareImage-xxxx").name("my-updated-env")
}

#[test]
fn a_literal_ipv6_endpoint_works() {
    let here = SocketAddr::from((Ipv6Addr::LOCALHOST, 0));
    let Ok(sim) = Sim::builder().address(here).start() else {
        println!("no IPv6 here");
        return;
    };
    assert!(sim.endpoint().starts_with("http://[::1]:"), "{}", sim.endpoint());
    for adapter in Adapter::both(&config(sim.endpoint())) {
        adapter.send(update()).unwrap_or_else(|error| panic!("{}", report(&error)));
        let seen = sim.take_requests().pop().unwrap();
        let host = format!("[::1]:{}", sim.address().port());
        assert_eq!(seen.headers["host"], host.as_str(), "{}", adapter.name());
    }
}

#[test]
fn no_redirect_is_followed_and_none_carries_the_request_away() {
    for status in [301, 302, 303, 307, 308] {
        let (sim, elsewhere) = (Sim::start().unwrap(), Sim::start().unwrap());
        let locations = [elsewhere.endpoint().to_owned(), "/elsewhere".to_owned()];
        for location in locations {
            for which in 0..2 {
                let headers = format!("location: {location}\r\n");
                let sent = move |_: &Message| Trouble::status(status, &headers);
                let proxy = FaultProxy::start(sim.address(), sent, None);
                let adapter = &Adapter::both(&config(&proxy.endpoint()))[which];
                let error = adapter.send(update()).unwrap_err();
                let Error::Api(refused) = &error else { panic!("{error:?}") };
                assert_eq!(refused.stop(), Stop::Permanent);
                assert_eq!(error.delivery(), Delivery::Answered);
                assert_eq!(
                    error.to_string(),
                    format!(
                        "UpdateCompShareImage failed: the response is HTTP {status} without a RetCode: \
                         redirects are never followed; check the endpoint"
                    ),
                    "{}",
                    adapter.name()
                );
                assert_eq!(proxy.connections(), 1, "{status} to {location}");
            }
        }
        assert_eq!(elsewhere.connections(), 0, "{status}");
        assert!(sim.requests().is_empty(), "{status}");
    }
}
