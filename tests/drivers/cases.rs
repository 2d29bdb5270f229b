//! What goes right and what goes wrong between a client and its server.

use std::{net::SocketAddr, time::Duration};

use compshare_proto::{
    Cny, Delivery, Error, Raw,
    actions::{
        DescribeCompShareCustomImages, DescribeCompShareImages, PublishCompShareImage,
        UpdateCompShareImage,
    },
    error::Stop,
};
use compshare_sim::{Fault, Sim};
use socket2::{Domain, Socket, Type};

use crate::adapter::{Adapter, config, config_of, each, each_with, report};

fn list() -> DescribeCompShareImages {
    DescribeCompShareImages::new()
}

fn update() -> UpdateCompShareImage {
    UpdateCompShareImage::new("compshareImage-xxxx").name("my-updated-env")
}

/// An action that the server must not see twice.
fn publish() -> PublishCompShareImage {
    PublishCompShareImage::new("compshareImage-xxxx", "v1.0")
}

fn stop(error: &Error) -> Stop {
    match error {
        Error::Api(error) => error.stop(),
        Error::Transport(error) => error.stop(),
        Error::Decode(error) => error.stop(),
        other => panic!("{other:?}"),
    }
}

/// How often the server executed an action.
fn executions(sim: &Sim, action: &str) -> usize {
    sim.requests().iter().filter(|seen| seen.action == action && seen.executed).count()
}

#[test]
fn an_update_is_what_a_describe_shows() {
    each(|sim, adapter| {
        let response = adapter.send(update().tags(["深度学习", "PyTorch"])).unwrap();
        let seen = sim.requests().pop().unwrap();
        assert_eq!(response.request_id(), Some(seen.request_id.as_str()));
        let list = DescribeCompShareCustomImages::new().compshare_image_id("compshareImage-xxxx");
        let image = adapter.send(list).unwrap().into_body().image_set.remove(0);
        assert_eq!(image.name, "my-updated-env");
        assert_eq!(image.tags, ["深度学习", "PyTorch"]);
    });
}

#[test]
fn a_wrong_private_key_is_refused_once() {
    for which in 0..2 {
        let sim = Sim::start().unwrap();
        let adapter = &Adapter::both(&config_of(sim.endpoint(), "not-the-key"))[which];
        let error = adapter.send(update()).unwrap_err();
        assert_eq!(error.ret_code().map(|code| code.number()), Some(171));
        let text = error.to_string();
        assert!(
            text.starts_with("UpdateCompShareImage refused: Signature VerifyAC Error"),
            "{text}"
        );
        assert!(text.contains("private key"), "{text}");
        assert_eq!(sim.requests().len(), 1);
    }
}

#[test]
fn a_call_whose_response_was_lost_is_retried_where_that_is_safe() {
    for fault in [
        Fault::status(503),
        Fault::ActThenClose,
        Fault::CloseAfterReading,
        Fault::CloseBeforeReading,
        Fault::CutHead { bytes: 9 },
        Fault::CutBody { bytes: 9 },
        Fault::EmptyBody,
        Fault::ret_code(150, "Service unavailable"),
    ] {
        each(|sim, adapter| {
            println!("{fault:?}");
            sim.fault(fault.clone());
            adapter.send(list()).unwrap();
            sim.fault(fault.clone());
            adapter.send(update()).unwrap();
        });
    }
}

#[test]
fn once_is_sent_once_if_its_response_is_lost() {
    for fault in [
        Fault::ActThenClose,
        Fault::CutHead { bytes: 9 },
        Fault::CutBody { bytes: 9 },
        Fault::EmptyBody,
    ] {
        each(|sim, adapter| {
            println!("{fault:?}");
            sim.fault(fault.clone());
            let error = adapter.send(publish()).unwrap_err();
            assert_eq!(executions(sim, "PublishCompShareImage"), 1);
            assert_eq!(sim.requests().len(), 1);
            assert_eq!(stop(&error), Stop::NotIdempotent, "{error}");
            assert_ne!(error.delivery(), Delivery::NotSent);
            let text = error.to_string();
            assert!(text.contains("not retried: the server may have acted on it"), "{text}");
        });
    }
}

#[test]
fn once_is_sent_again_when_the_server_throttles() {
    each(|sim, adapter| {
        sim.fault(Fault::status(429));
        sim.fault(Fault::ret_code(153, "Too many requests"));
        adapter.send(publish()).unwrap();
        assert_eq!(executions(sim, "PublishCompShareImage"), 1);
        assert_eq!(sim.requests().len(), 3);
    });
}

#[test]
fn a_connection_that_the_server_has_closed_does_not_fail_the_call() {
    each(|sim, adapter| {
        for round in 0..20 {
            sim.fault(Fault::RespondThenClose);
            adapter.send(list()).unwrap_or_else(|error| panic!("round {round}: {error}"));
        }
        assert_eq!(executions(sim, "DescribeCompShareImages"), 20);
    });
}

#[test]
fn a_slow_response_times_out_and_once_is_not_repeated() {
    let hasty =
        |config: compshare_proto::Config| config.attempt_timeout(Duration::from_millis(150));
    each_with(hasty, |sim, adapter| {
        sim.fault(Fault::Stall(Duration::from_secs(2)));
        let error = adapter.send(publish()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "PublishCompShareImage timed out after 1 attempt; not retried: the server may have acted on it"
        );
        sim.fault(Fault::Stall(Duration::from_secs(2)));
        adapter.send(list()).unwrap();
    });
}

#[test]
fn a_call_ends_within_its_timeout() {
    let brief = |config: compshare_proto::Config| config.call_timeout(Duration::from_millis(300));
    each_with(brief, |sim, adapter| {
        sim.fault(Fault::Stall(Duration::from_secs(3)));
        let start = std::time::Instant::now();
        let error = adapter.send(list()).unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
        assert_eq!(error.delivery(), Delivery::MaybeSent);
        assert_eq!(stop(&error), Stop::Deadline, "{error}");
    });
}

#[test]
fn a_refused_connection_was_never_sent_and_is_tried_again() {
    // Bound and not listening: it refuses, and no other test is given its port.
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    let endpoint = format!("http://{address}/");
    for adapter in Adapter::both(&config(&endpoint)) {
        let error = adapter.send(publish()).unwrap_err();
        assert_eq!(error.delivery(), Delivery::NotSent);
        assert_eq!(
            error.to_string(),
            "PublishCompShareImage could not reach the server after 4 attempts"
        );
        let report = report(&error);
        assert!(report.to_lowercase().contains("connection refused"), "{report}");
    }
}

#[test]
fn a_host_that_does_not_exist_was_never_sent_to() {
    for adapter in Adapter::both(&config("http://compshare.invalid/")) {
        let error = adapter.send(publish()).unwrap_err();
        assert_eq!(error.delivery(), Delivery::NotSent, "{}", report(&error));
    }
}

#[test]
fn html_is_an_error_that_says_so() {
    each(|sim, adapter| {
        sim.fault(Fault::Html);
        let error = adapter.send(update()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "UpdateCompShareImage: the response is text/html, not JSON; check the endpoint and any proxy"
        );
        assert!(error.raw().starts_with(b"<"), "the page is kept");
    });
}

#[test]
fn a_redirect_is_not_followed_and_carries_nothing_away() {
    each(|sim, adapter| {
        let elsewhere = Sim::start().unwrap();
        sim.fault(Fault::Redirect { location: elsewhere.endpoint().to_owned() });
        let error = adapter.send(update()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "UpdateCompShareImage failed: the response is HTTP 307 without a RetCode: redirects are \
             never followed; check the endpoint"
        );
        assert_eq!(elsewhere.connections(), 0);
    });
}

#[test]
fn a_response_beyond_the_limit_is_not_held() {
    each_with(
        |config| config.max_response(1 << 20),
        |sim, adapter| {
            sim.fault(Fault::HugeBody { bytes: 1 << 30 });
            let error = adapter.send(list()).unwrap_err();
            assert_eq!(
                report(&error),
                "DescribeCompShareImages got a response that was rejected: the response is larger \
                 than 1048576 bytes; Config::max_response sets the limit"
            );
            assert_eq!(sim.requests().len(), 1);
        },
    );
}

#[test]
fn a_response_at_the_limit_is_accepted() {
    let body = {
        let sim = Sim::start().unwrap();
        let adapter = &Adapter::both(&config(sim.endpoint()))[0];
        let raw = adapter.send(Raw::new("DescribeCompShareImageTags")).unwrap();
        serde_json::to_vec(&*raw).unwrap().len()
    };
    for (limit, fits) in [(body, true), (body - 1, false)] {
        each_with(
            |config| config.max_response(limit),
            |_, adapter| {
                let taken = adapter.send(Raw::new("DescribeCompShareImageTags"));
                assert_eq!(taken.is_ok(), fits, "limit {limit} of {body}: {taken:?}");
            },
        );
    }
}

#[test]
fn a_thousand_calls_in_a_row_take_one_connection() {
    each(|sim, adapter| {
        for _ in 0..1000 {
            adapter.send(update()).unwrap();
        }
        assert_eq!(sim.requests().len(), 1000);
        assert_eq!(sim.connections(), 1);
    });
}

#[test]
fn what_both_clients_and_raw_send_is_the_same() {
    let raw = || {
        Raw::new("UpdateCompShareImage")
            .param("CompShareImageId", "compshareImage-xxxx")
            .param("Name", "my-updated-env")
            .param("Price", 0.5)
            .param("Tags", ["深度学习", "PyTorch"])
            .param("AutoStart", true)
    };
    let typed = || update().price(Cny(0.5)).tags(["深度学习", "PyTorch"]).auto_start(true);
    let mut sent = Vec::new();
    each(|sim, adapter| {
        adapter.send(raw()).unwrap();
        adapter.send(typed()).unwrap();
        for seen in sim.take_requests() {
            let mut parameters = seen.parameters;
            parameters.sort();
            sent.push(parameters);
        }
    });
    assert_eq!(sent.len(), 4);
    assert!(sent.windows(2).all(|pair| pair[0] == pair[1]), "{sent:#?}");
    assert!(sent[0].contains(&("Tags.1".to_owned(), "PyTorch".to_owned())));
}
