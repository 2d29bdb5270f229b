//! One trouble at a time, made exactly.

use std::time::{Duration, Instant};

use compshare_proto::{
    Config, Delivery, Error, Raw,
    actions::{CreateCompShareTeam, DescribeCompShareCustomImages},
};
use compshare_sim::Sim;

use crate::{
    adapter::{Adapter, Route, config, report},
    http::Message,
    identity::Authority,
    proxy::FaultProxy,
    trouble::Trouble,
};

/// An action that the server must not carry out twice.
fn create() -> CreateCompShareTeam {
    CreateCompShareTeam::new("a team")
}

fn list() -> DescribeCompShareCustomImages {
    DescribeCompShareCustomImages::new().compshare_image_id("compshareImage-xxxx")
}

/// How often the server carried out an action, once nothing is on its way any more.
fn executions(sim: &Sim, proxy: &FaultProxy, adapter: Adapter) -> usize {
    drop(adapter);
    proxy.settle();
    sim.requests().iter().filter(|seen| seen.executed).count()
}

/// Runs a case on each client, with and without TLS, with a proxy that does this to every request.
fn each(
    trouble: &Trouble,
    change: fn(Config) -> Config,
    case: impl Fn(&Sim, &FaultProxy, Adapter),
) {
    let authority = Authority::new("of the tests");
    let route = Route { root_certificates: Some(vec![authority.root()]), ..Route::default() };
    let identity = authority.sign("127.0.0.1", |_| {});
    for identity in [None, Some(&identity)] {
        for which in 0..2 {
            let sim = Sim::start().unwrap();
            let trouble = trouble.clone();
            let plan = move |_: &Message| trouble.clone();
            let proxy = FaultProxy::start(sim.address(), plan, identity);
            let config = change(config(&proxy.endpoint()));
            let adapter = Adapter::both_by(&config, &route).into_iter().nth(which).unwrap();
            println!("{} on {}", adapter.name(), proxy.endpoint());
            case(&sim, &proxy, adapter);
        }
    }
}

fn as_it_is(config: Config) -> Config {
    config
}

#[test]
fn a_refused_connection_is_tried_until_the_server_listens() {
    for which in 0..2 {
        let sim = Sim::start().unwrap();
        let mut proxy = FaultProxy::refusing(sim.address(), |_: &Message| Trouble::None, None);
        let mut retry = compshare_proto::RetryPolicy::default();
        retry.attempts = 10_000;
        retry.base_delay = Duration::from_millis(1);
        retry.max_delay = Duration::from_millis(20);
        let config = config(&proxy.endpoint()).retry(retry);
        let adapter = Adapter::both(&config).into_iter().nth(which).unwrap();
        // One attempt at least is refused, for nobody listens until it has been.
        let error = {
            let once = compshare_proto::RetryPolicy::default();
            let hasty = Adapter::both(&config.clone().retry({
                let mut once = once;
                once.attempts = 1;
                once
            }));
            hasty[which].send(create()).unwrap_err()
        };
        assert_eq!(error.delivery(), Delivery::NotSent, "{}", report(&error));
        std::thread::scope(|scope| {
            let call = scope.spawn(|| adapter.send(create()).map(drop));
            proxy.listen();
            call.join().unwrap().unwrap();
        });
        assert_eq!(executions(&sim, &proxy, adapter), 1);
    }
}

#[test]
fn a_request_that_is_cut_anywhere_is_not_carried_out_and_once_is_not_repeated() {
    for (bytes, reset) in [(0, true), (1, false), (20, true), (150, false), (usize::MAX, true)] {
        each(&Trouble::CutRequest { bytes, reset }, as_it_is, |sim, proxy, adapter| {
            let error = adapter.send(create()).unwrap_err();
            let shown = format!("{}, {bytes} bytes: {}", adapter.name(), report(&error));
            assert_eq!(error.delivery(), Delivery::MaybeSent, "{shown}");
            assert_eq!(executions(sim, proxy, adapter), 0, "{shown}");
            assert_eq!(proxy.connections(), 2, "{shown}: the request, and the poll for its end");
        });
    }
}

#[test]
fn once_is_not_repeated_after_a_response_cut_anywhere() {
    for bytes in (0..400).step_by(23) {
        for reset in [false, true] {
            each(&Trouble::CutAnswer { bytes, reset }, as_it_is, |sim, proxy, adapter| {
                let error = adapter.send(create()).unwrap_err();
                let shown = format!("{}, {bytes} bytes: {}", adapter.name(), report(&error));
                assert_ne!(error.delivery(), Delivery::NotSent, "{shown}");
                assert_eq!(executions(sim, proxy, adapter), 1, "{shown}");
            });
        }
    }
}

#[test]
fn once_is_not_repeated_after_a_reset_before_the_request_was_read() {
    each(&Trouble::ResetUnread, as_it_is, |sim, proxy, adapter| {
        let error = adapter.send(create()).unwrap_err();
        let shown = format!("{}: {}", adapter.name(), report(&error));
        assert_eq!(error.delivery(), Delivery::MaybeSent, "{shown}");
        assert_eq!(executions(sim, proxy, adapter), 0, "{shown}");
    });
}

#[test]
fn a_response_of_a_byte_a_second_times_out() {
    let brief = |config: Config| {
        config.attempt_timeout(Duration::from_millis(400)).call_timeout(Duration::from_millis(900))
    };
    each(&Trouble::Drip(Duration::from_secs(1)), brief, |_, _, adapter| {
        let start = Instant::now();
        let error = adapter.send(list()).unwrap_err();
        let Error::Transport(failed) = &error else { panic!("{error:?}") };
        assert!(failed.timed_out(), "{}: {}", adapter.name(), report(&error));
        assert!(start.elapsed() < Duration::from_millis(2500), "{:?}", start.elapsed());
    });
}

#[test]
fn silence_times_out() {
    let brief = |config: Config| {
        config.attempt_timeout(Duration::from_millis(200)).call_timeout(Duration::from_millis(500))
    };
    each(&Trouble::Hang(Duration::from_secs(1)), brief, |_, _, adapter| {
        let start = Instant::now();
        let error = adapter.send(list()).unwrap_err();
        assert_eq!(error.delivery(), Delivery::MaybeSent, "{}", report(&error));
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    });
}

#[test]
fn garbage_is_not_a_response() {
    for acts in [false, true] {
        each(&Trouble::garbage(acts), as_it_is, |sim, proxy, adapter| {
            let error = adapter.send(create()).unwrap_err();
            let shown = format!("{}: {}", adapter.name(), report(&error));
            assert_ne!(error.delivery(), Delivery::NotSent, "{shown}");
            assert_eq!(executions(sim, proxy, adapter), usize::from(acts), "{shown}");
        });
    }
}

#[test]
fn a_request_that_comes_late_is_carried_out_after_its_caller_gave_up() {
    let brief = |config: Config| config.attempt_timeout(Duration::from_millis(200));
    let late = Trouble::DelayRequest(Duration::from_millis(1500));
    each(&late, brief, |sim, proxy, adapter| {
        let error = adapter.send(create()).unwrap_err();
        assert_eq!(error.delivery(), Delivery::MaybeSent, "{}", report(&error));
        assert!(sim.requests().is_empty());
        assert_eq!(executions(sim, proxy, adapter), 1);
    });
}

#[test]
fn what_the_network_sends_twice_is_beyond_a_client() {
    each(&Trouble::Duplicate, as_it_is, |sim, proxy, adapter| {
        adapter.send(create()).unwrap();
        let requests = sim.requests();
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[0].parameters, requests[1].parameters, "the client signed once");
        assert_eq!(executions(sim, proxy, adapter), 2);
    });
}

#[test]
fn an_endless_response_ends_at_the_limit() {
    let small = |config: Config| config.max_response(1 << 16);
    each(&Trouble::Huge { bytes: 1 << 40 }, small, |_, proxy, adapter| {
        let error = adapter.send(Raw::new("DescribeCompShareImages")).unwrap_err();
        assert_eq!(error.delivery(), Delivery::Answered, "{}", report(&error));
        assert_eq!(proxy.connections(), 1);
    });
}
