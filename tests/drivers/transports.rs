//! Transports of one's own: the rule that makes `Once` true, and what breaking it costs.

use std::time::Duration;

use bytes::Bytes;
use compshare_blocking::Transport as _;
use compshare_hyper::Transport as _;
use compshare_proto::{
    Action as _, Config, Effect, Error, Response, actions::CreateCompShareTeam, machine::Failure,
    profile::Proxies,
};
use compshare_sim::{Fault, Sim};

use crate::adapter::config;

/// Creates a team over each client, with a transport that tries so many times by itself.
fn create(config: &Config, tries: usize) -> Vec<Box<dyn Fn() -> Result<(), Error>>> {
    let create = || CreateCompShareTeam::new("a team");
    assert_eq!(create().facts().effect, Effect::Once);
    let done = |sent: Result<Response<_>, Error>| sent.map(drop);

    let below = compshare_blocking::HttpTransport::new(config, None, Proxies::default()).unwrap();
    let transport = move |request: http::Request<Bytes>, timeout: Duration| {
        let mut last = Failure::not_sent("no try");
        for _ in 0..tries {
            match below.exchange(request.clone(), timeout) {
                Ok(response) => return Ok(response),
                Err(failure) => last = failure,
            }
        }
        Err(last)
    };
    let blocking = compshare_blocking::Client::builder(config.clone()).transport(transport);
    let blocking = blocking.build().unwrap();

    let below = compshare_hyper::HttpTransport::new(config, None, Proxies::default()).unwrap();
    let below = std::sync::Arc::new(below);
    let transport = move |request: http::Request<Bytes>, timeout: Duration| {
        let below = below.clone();
        async move {
            let mut last = Failure::not_sent("no try");
            for _ in 0..tries {
                match below.exchange(request.clone(), timeout).await {
                    Ok(response) => return Ok(response),
                    Err(failure) => last = failure,
                }
            }
            Err(last)
        }
    };
    let hyper = compshare_hyper::Client::builder(config.clone()).transport(transport);
    let hyper = hyper.build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();

    vec![
        Box::new(move || done(blocking.send(create()))),
        Box::new(move || done(runtime.block_on(hyper.send(create())))),
    ]
}

/// How the call ends on each client, and how often it was carried out, where its response is lost.
fn lost_with(tries: usize) -> Vec<(Result<(), Error>, usize)> {
    let ends = (0..2).map(|which| {
        let sim = Sim::start().unwrap();
        sim.fault(Fault::ActThenClose);
        let sent = create(&config(sim.endpoint()), tries)[which]();
        (sent, sim.requests().iter().filter(|seen| seen.executed).count())
    });
    ends.collect()
}

#[test]
fn a_transport_that_sends_at_most_once_keeps_once_true() {
    for (sent, executed) in lost_with(1) {
        let error = sent.unwrap_err();
        assert!(error.may_have_acted(), "{error}");
        assert_eq!(executed, 1);
    }
}

/// Just what the documentation of both `Transport`s says of one that retries.
#[test]
fn a_transport_that_retries_by_itself_carries_once_out_twice_and_reports_one_success() {
    for (sent, executed) in lost_with(2) {
        assert!(sent.is_ok(), "{sent:?}");
        assert_eq!(executed, 2);
    }
}
