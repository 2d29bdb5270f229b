//! Over the network: what the HTTP and TLS libraries print and log is searched as well.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

use compshare_proto::{
    Delivery,
    actions::ResetCompShareInstancePassword,
    profile::{Proxies, Source},
};
use compshare_sim::{Fault, PRIVATE_KEY, PUBLIC_KEY, Sim};

use crate::{
    canary::{ANSWERED, Needles, PASSWORD, PROXY, config, said, shown},
    clients::Client,
    recorder::recorded,
};

fn reset() -> ResetCompShareInstancePassword {
    ResetCompShareInstancePassword::new("uhost-stopped", PASSWORD)
}

/// Sends a password over both clients; all that is printed and logged is searched.
fn assert_silent(case: &str, send: &[Client; 2], needles: &Needles) {
    for client in send {
        let (ended, log) = recorded(|| client.send(reset()));
        log.assert_clean(case, needles);
        needles.assert_clean("the client", &shown(client));
        match ended {
            Ok(response) => needles.assert_clean(case, &shown(&response)),
            Err(error) => needles.assert_clean(case, &said(&error)),
        }
    }
}

#[test]
fn a_call_to_the_simulator_is_silent_whatever_goes_wrong() {
    let faults: [fn() -> Fault; 10] = [
        || Fault::CloseBeforeReading,
        || Fault::CloseAfterReading,
        || Fault::ActThenClose,
        || Fault::CutHead { bytes: 20 },
        || Fault::CutBody { bytes: 10 },
        || Fault::EmptyBody,
        || Fault::Html,
        || Fault::NoRetCode,
        || Fault::status(503),
        || Fault::Redirect { location: format!("https://elsewhere.test/?{ANSWERED}") },
    ];
    let mut needles = Needles::new();
    needles.add(PRIVATE_KEY);
    for fault in faults.map(Some).into_iter().chain([None]) {
        let sim = Sim::start().unwrap();
        let config = config()
            .with_credentials(compshare_proto::Credentials::new(PUBLIC_KEY, PRIVATE_KEY))
            .endpoint(sim.endpoint())
            .unwrap();
        for client in Client::both(&config, None, Proxies::default()) {
            if let Some(fault) = fault {
                sim.fault(fault());
            }
            let (ended, log) = recorded(|| client.send(reset()));
            let mut needles = needles.clone();
            for seen in sim.take_requests() {
                needles.add(seen.parameter("Signature").unwrap());
            }
            let case = format!("{:?}", fault.map(|fault| fault()));
            log.assert_clean(&case, &needles);
            match ended {
                Ok(response) => needles.assert_clean(&case, &shown(&response)),
                Err(error) => needles.assert_clean(&case, &said(&error)),
            }
        }
    }
}

#[test]
fn a_server_that_cannot_be_reached_is_no_reason_to_show_secrets() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for endpoint in [
        format!("http://127.0.0.1:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        "https://compshare.invalid/".to_owned(),
    ] {
        let config = config().endpoint(&endpoint).unwrap();
        assert_silent(
            &endpoint,
            &Client::both(&config, Some(&certificate()), Proxies::default()),
            &Needles::new(),
        );
    }
}

fn certificate() -> Vec<u8> {
    rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap().cert.der().to_vec()
}

/// A proxy as the environment would name it.
fn proxy(url: &str) -> Proxies {
    let variable = |name: &str| (name == "HTTPS_PROXY").then(|| url.to_owned());
    Source { variable: &variable, file: &|_| Ok(None) }.proxies()
}

/// A proxy that answers every request like this, and closes.
fn proxy_that_responses(response: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = response_head(stream, response);
        }
    });
    port
}

fn response_head(mut stream: TcpStream, response: &str) -> std::io::Result<()> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte)? == 1 {
        head.push(byte[0]);
    }
    stream.write_all(response.as_bytes())
}

#[test]
fn a_proxy_that_refuses_is_no_reason_to_show_its_password() {
    let responses = [
        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nno TLS",
        "nonsense\r\n\r\n",
        "",
    ];
    let config = config().endpoint("https://compshare.test/").unwrap();
    let config = config.connect_timeout(Duration::from_secs(5));
    for response in responses {
        let proxy =
            proxy(&format!("http://user:{PROXY}@127.0.0.1:{}", proxy_that_responses(response)));
        let clients = Client::both(&config, Some(&certificate()), proxy);
        let needles = Needles::new();
        assert_silent(response, &clients, &needles);
        for client in &clients {
            let (_, log) = recorded(|| client.send(reset()));
            needles.assert_clean("what the libraries log", &log.text());
        }
        let error = clients[0].send(reset()).unwrap_err();
        assert_eq!(error.delivery(), Delivery::NotSent, "{}", said(&error));
    }
}
