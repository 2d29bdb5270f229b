//! Every cell of the retry table on both clients: how often the server saw a call, and what the error says.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
    time::{Duration, Instant},
};

use compshare_proto::{
    Action, Config, Delivery, Effect, Error, RetryPolicy,
    error::Stop,
    metadata::{ActionInfo, Facts},
    partial::ItemFailure,
    profile::{Proxies, Source},
    retry::{Cause, Row, Symptom, TABLE},
};
use serde::{Deserialize, Serialize};

use crate::adapter::{Adapter, Route, config, report};

mod bounds;
mod cases;
mod races;
mod server;

use cases::{Place, Script, script};
use server::{GOOD, Server, Step, response};

/// An action of any effect.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Probe {
    #[serde(skip)]
    effect: Effect,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ProbeResponse {
    rows: Vec<String>,
}

impl Action for Probe {
    const INFO: &'static ActionInfo = &ActionInfo::new("Probe", Effect::Once);
    type Response = ProbeResponse;

    fn facts(&self) -> Facts<'_> {
        let mut facts = Facts::of(Self::INFO);
        facts.effect = self.effect;
        facts
    }

    fn failures(&self, response: &ProbeResponse) -> Vec<ItemFailure> {
        response.rows.iter().map(|row| ItemFailure::new(row, None, "it would not")).collect()
    }
}

/// What is tried: one cell of the table, on one client.
struct Cell<'a> {
    row: &'a Row,
    effect: Effect,
    which: usize,
}

const EFFECTS: [Effect; 3] = [Effect::Read, Effect::Idempotent, Effect::Once];
const ATTEMPTS: u32 = 3;

fn each_cell_of(which: usize) {
    for row in TABLE {
        let started = Instant::now();
        for effect in EFFECTS {
            Cell { row, effect, which }.check();
        }
        println!("{:?}: {:?}", row.cause, started.elapsed());
    }
}

#[test]
fn each_cell_on_the_blocking_client() {
    each_cell_of(0);
}

#[test]
fn each_cell_on_the_async_client() {
    each_cell_of(1);
}

impl Cell<'_> {
    fn check(&self) {
        let script = script(self.row);
        match script.unwrap_or_else(|| panic!("{:?} has no script", self.row.cause)) {
            Script::Nobody(place) => self.nobody(place),
            Script::Steps(steps) => steps.iter().for_each(|step| {
                self.once(step);
                self.always(step);
            }),
            Script::Kept(steps) => steps.iter().for_each(|step| self.kept(step)),
            Script::TooLate(step) => self.too_late(&step),
        }
    }

    fn client(&self, endpoint: &str, change: impl Fn(Config) -> Config) -> Adapter {
        self.client_behind(Proxies::default(), endpoint, change)
    }

    fn client_behind(
        &self,
        proxies: Proxies,
        endpoint: &str,
        change: impl Fn(Config) -> Config,
    ) -> Adapter {
        let mut retry = RetryPolicy::default();
        (retry.attempts, retry.base_delay) = (ATTEMPTS, Duration::from_millis(1));
        let mut config = config(endpoint).retry(retry).max_response(1 << 16);
        if self.row.cause == Cause::AttemptTimeout {
            config = config.attempt_timeout(Duration::from_millis(150));
        }
        let route = Route { root_certificates: Some(Vec::new()), proxies };
        let [blocking, hyper] = Adapter::both_by(&change(config), &route);
        if self.which == 0 { blocking } else { hyper }
    }

    fn probe(&self) -> Probe {
        let large = self.row.cause == Cause::ResetDuring;
        Probe { effect: self.effect, text: "x".repeat(if large { 1 << 20 } else { 10 }) }
    }

    /// The call fails where nothing can arrive, whatever the effect: tried again if that could help.
    fn nobody(&self, place: Place) {
        let endpoint = place.endpoint();
        let brief = |config: Config| match place {
            Place::Mute => config.connect_timeout(Duration::from_millis(100)),
            _ => config,
        };
        let variable = |name: &str| {
            (name == "https_proxy" && matches!(place, Place::Behind)).then(|| endpoint.clone())
        };
        let proxies = Source { variable: &variable, file: &|_| Ok(None) }.proxies();
        let endpoint = match place {
            Place::Behind => "https://compshare.test/",
            _ => &endpoint,
        };
        let client = self.client_behind(proxies, endpoint, brief);
        let error = client.send(self.probe()).unwrap_err();
        if self.row.retries(self.effect) {
            self.expect(&error, Stop::Attempts, ATTEMPTS);
        } else {
            self.expect(&error, Stop::Permanent, 1);
        }
        assert_eq!(error.delivery(), Delivery::NotSent, "{}", self.say(&error));
    }

    /// It happens once, and all would be well afterwards.
    fn once(&self, step: &Step) {
        let server = Server::start([step.clone(), Step::Respond(response(200, "", GOOD))]);
        let sent = self.client(&server.endpoint(), |config| config).send(self.probe());
        let unread = usize::from(matches!(step, Step::ResetBefore));
        match sent {
            Ok(_) => {
                // Where the transport saw in time that nothing could be sent, so may any action.
                assert!(self.row.retries(self.effect) || unread > 0, "{step:?}");
                assert_eq!(server.seen(), 2 - unread, "{step:?}");
            }
            Err(error) => {
                assert!(!self.row.retries(self.effect), "{step:?}: {}", self.say(&error));
                let matters = match self.effect {
                    Effect::Idempotent => self.row.retries(Effect::Read),
                    Effect::Once => true,
                    _ => false,
                };
                let risks = matters && error.may_have_acted();
                let stop = if risks { Stop::NotIdempotent } else { Stop::Permanent };
                self.expect(&error, stop, 1);
                assert_eq!(server.seen(), 1 - unread, "{step:?}");
            }
        }
        self.acted(&server, step);
    }

    /// It happens again and again.
    fn always(&self, step: &Step) {
        let server = Server::start([step.clone()]);
        let sent = self.client(&server.endpoint(), |config| config).send(self.probe());
        let error = sent.unwrap_err();
        if self.row.retries(self.effect) {
            self.expect(&error, Stop::Attempts, ATTEMPTS);
        }
        if !matches!(step, Step::ResetBefore) {
            assert_eq!(server.seen(), error.attempts() as usize, "{step:?}: {}", self.say(&error));
        }
        self.acted(&server, step);
    }

    /// What may be acted on once was, at most.
    fn acted(&self, server: &Server, step: &Step) {
        // A server that throttles has not acted, whatever it has read.
        if self.effect == Effect::Once && !self.row.retries(Effect::Once) {
            assert!(server.acted() <= 1, "{:?}: {step:?}: {}", self.row, server.acted());
        }
    }

    /// A connection ends between two calls: no call fails, and none is acted on twice.
    fn kept(&self, step: &Step) {
        let rounds = 5;
        let steps = vec![step.clone(); rounds];
        let server = Server::start([steps, vec![Step::Respond(response(200, "", GOOD))]].concat());
        let client = self.client(&server.endpoint(), |config| config);
        for round in 0..rounds {
            let sent = client.send(self.probe());
            sent.unwrap_or_else(|error| panic!("{step:?} {round}: {}", self.say(&error)));
            server.end_kept();
        }
        client.send(self.probe()).unwrap();
        assert_eq!((server.seen(), server.acted()), (rounds + 1, rounds + 1));
    }

    fn too_late(&self, step: &Step) {
        let server = Server::start([step.clone()]);
        let brief = |config: Config| config.call_timeout(Duration::from_millis(200));
        let error = self.client(&server.endpoint(), brief).send(self.probe()).unwrap_err();
        let once = self.effect == Effect::Once;
        self.expect(&error, if once { Stop::NotIdempotent } else { Stop::Deadline }, 1);
        assert_eq!(error.delivery(), Delivery::MaybeSent);
        assert_eq!(server.seen(), 1);
    }

    fn expect(&self, error: &Error, expected: Stop, attempts: u32) {
        let (stop, timed_out) = match error {
            Error::Api(error) => (Some(error.stop()), false),
            Error::Transport(error) => (Some(error.stop()), error.timed_out()),
            Error::Decode(error) => (Some(error.stop()), false),
            _ => (None, false),
        };
        let incomplete = self.row.symptom == Symptom::Incomplete;
        assert_eq!(stop, Some(expected).filter(|_| !incomplete), "{}", self.say(error));
        assert_eq!(error.attempts(), attempts, "{}", self.say(error));
        let early = self.row.cause == Cause::ResetBefore;
        match self.row.symptom {
            // A reset that comes in time shows as no connection at all.
            _ if early && error.delivery() == Delivery::NotSent => {}
            Symptom::Failed(delivery) => {
                assert_eq!((error.delivery(), timed_out), (delivery, false), "{}", self.say(error));
            }
            Symptom::TimedOut(delivery) => {
                assert_eq!((error.delivery(), timed_out), (delivery, true), "{}", self.say(error));
            }
            Symptom::Permanent => {
                assert_eq!(error.delivery(), Delivery::NotSent, "{}", self.say(error));
            }
            Symptom::NoTimeLeft => assert!(timed_out, "{}", self.say(error)),
            _ => assert_eq!(error.delivery(), Delivery::Answered, "{}", self.say(error)),
        }
    }

    fn say(&self, error: &Error) -> String {
        format!("{:?}, {} action: {} ({error:?})", self.row.cause, self.effect, report(error))
    }
}

impl Place {
    /// Its URL; what has to listen there does.
    fn endpoint(self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        match self {
            Self::NoName => return "http://compshare.invalid/".to_owned(),
            Self::NoListener => return format!("http://{address}/"),
            Self::NoTls | Self::Mute | Self::Behind => {}
        }
        thread::spawn(move || {
            let mut open = Vec::new();
            for mut stream in listener.incoming().flatten() {
                match self {
                    Self::NoTls => {
                        let _ = stream.read(&mut [0; 4096]);
                        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
                    }
                    Self::Behind => {
                        let (mut head, mut byte) = (Vec::new(), [0]);
                        while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
                            head.push(byte[0]);
                        }
                        let _ = stream.write_all(b"HTTP/1.1 407 Who are you?\r\n\r\n");
                    }
                    _ => open.push(stream),
                }
            }
        });
        let scheme = if matches!(self, Self::Behind) { "http" } else { "https" };
        format!("{scheme}://{address}/")
    }
}
