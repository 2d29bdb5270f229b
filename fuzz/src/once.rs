//! `once`: whatever becomes of requests and responses, what is to be created once is created once at most, and
//! its caller is told the truth.
//!
//! The input decides on the configuration and then, for each request, what becomes of it in a world that
//! knows what it has created. What is created late is so before the last poll that counts: beyond that no
//! client can know.

use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use compshare_proto::{
    Config, Credentials, Gb, Marker, PollPolicy, RetCode, RetryPolicy,
    actions::{
        CreateCompShareCustomImage, CreateCompShareInstance, CreateCompShareInstanceRequired,
        CreateULHostInstance, CreateULHostInstanceRequired,
    },
    error::OnceError,
    machine::{Failure, Input as Told, Machine as _, Output, SendOnce},
    once::{CreateOnce, Created},
    ret_code::NotDone,
    types::{ChargeType, DiskType, InstanceDisk},
};
use http::{Request, Response};
use serde_json::{Map, Value, json};

use super::input::Input;

/// Requests of one call at most.
const MOST: usize = 100_000;

/// Longest time of a setting.
const LONGEST: Duration = Duration::from_secs(86_400);

/// Sends something once.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    match input.byte() % 3 {
        0 => {
            let count = 1 + input.byte() % 3;
            let action = CreateCompShareInstance::new(CreateCompShareInstanceRequired {
                gpu_type: "4090".to_owned(),
                gpu: 1,
                cpu: 16,
                memory: Gb(64).into(),
                compshare_image_id: "compshareImage-xxxx".to_owned(),
                disks: vec![InstanceDisk::new(true, DiskType::CloudSsd, Gb(60))],
                charge_type: ChargeType::Postpay,
            });
            let action = action.max_count(i64::from(count));
            let names = Names {
                has_total: true,
                ids: "UHostIds",
                rows: "UHostSet",
                id: "UHostId",
                text: "Remark",
            };
            World::new(input, names, count.into()).drive(action.remark("of the fuzzer"));
        }
        1 => {
            let id = "CompShareImageId";
            let names = Names { has_total: true, ids: id, rows: "ImageSet", id, text: "Name" };
            let action = CreateCompShareCustomImage::new("uhost-xxxx", "of the fuzzer");
            World::new(input, names, 1).drive(action);
        }
        _ => {
            let id = "ULHostId";
            let names =
                Names { has_total: false, ids: id, rows: "ULHostInstanceSets", id, text: "Name" };
            World::new(input, names, 1).drive(CreateULHostInstance::new(
                CreateULHostInstanceRequired {
                    image_id: "image".to_owned(),
                    bundle_id: "bundle".to_owned(),
                    password: "Password-1".into(),
                    charge_type: ChargeType::Month,
                },
            ));
        }
    }
}

/// Names in the requests and responses of an action and of its listing.
struct Names {
    /// Whether the list is documented to say how many rows there are.
    has_total: bool,
    ids: &'static str,
    rows: &'static str,
    id: &'static str,
    text: &'static str,
}

/// What one request for things to be created has created, or will have.
struct Deed {
    at: Instant,
    ids: Vec<String>,
    text: String,
}

/// The server and the network, of which the input decides what they do.
struct World<'a> {
    input: Input<'a>,
    names: Names,
    requested: usize,
    now: Instant,
    /// When the request that is under way was sent.
    sent: Instant,
    /// How late a thing may be created after its request was sent, if the response is lost.
    lag: Duration,
    deeds: Vec<Deed>,
}

impl<'a> World<'a> {
    fn new(input: Input<'a>, names: Names, requested: usize) -> Self {
        let (now, lag) = (Instant::now(), Duration::ZERO);
        Self { input, names, requested, now, sent: now, lag, deeds: Vec::new() }
    }

    /// Sends an action once, in one run or several, and holds each end against what there is.
    fn drive<A: CreateOnce>(mut self, action: A)
    where
        A::Response: std::fmt::Debug,
    {
        let (config, limit) = self.config();
        let wall = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let mut machine = SendOnce::new(config, action.clone(), wall, self.input.number());
        if self.input.flag() {
            let policy = self.policy();
            machine = machine.poll_policy(policy);
        } else {
            self.lag = lag(&PollPolicy::once());
        }
        let marker =
            action.own_marker().unwrap_or_else(|| Marker::new("once-7").expect("a marker"));
        match self.input.byte() % 3 {
            0 => {}
            1 => machine = machine.marked(marker),
            _ => {
                // An earlier call, which nobody knows the end of.
                machine = machine.resumed(marker.clone());
                if self.input.flag() {
                    self.act(marker.behind("of the fuzzer", " "), true);
                }
            }
        }
        let marker = machine.marker().clone();
        // A run that is given up is driven again, and so may be one that has ended.
        let mut runs = self.input.byte() % 4;
        let (mut start, mut told) = (self.now, Told::Start);
        for _ in 0..MOST {
            told = match machine.step(self.now, told) {
                Output::Sleep(delay) => {
                    self.now += delay;
                    Told::Woke
                }
                Output::Transmit { request, timeout } => self.response(&request, timeout),
                Output::End(end) => {
                    assert!(self.now - start <= limit, "it took {:?}", self.now - start);
                    self.judge(&marker, end);
                    if runs == 0 {
                        return;
                    }
                    // A stray input is no start.
                    let stray = match self.input.byte() % 3 {
                        0 => Told::Woke,
                        1 => Told::Failed(Failure::not_sent("refused")),
                        _ => good(json!({ "RetCode": 153 })),
                    };
                    let stray = machine.step(self.now, stray);
                    assert!(matches!(stray, Output::End(Err(_))), "{stray:?}");
                    (runs, start) = (runs - 1, self.now);
                    Told::Start
                }
            };
            if runs > 0 && self.input.byte() > 240 {
                (runs, start, told) = (runs - 1, self.now, Told::Start);
            }
        }
        panic!("it does not end");
    }

    fn judge<R: std::fmt::Debug>(&self, marker: &Marker, end: Result<Created<R>, OnceError>) {
        let deeds = self.deeds.len();
        assert!(deeds <= 1, "created {deeds} times, and it ended in {end:?}");
        let mut there = Vec::new();
        for deed in &self.deeds {
            assert!(marker.is_in(&deed.text), "{marker} is not in {:?}", deed.text);
            there.extend(deed.ids.clone());
        }
        match end {
            Ok(mut created) => {
                // In the order in which looks found them.
                created.ids.sort();
                assert_eq!(created.ids, there, "of {}", created.requested);
                assert!(!there.is_empty(), "nothing is there");
            }
            Err(OnceError::NotCreated(error)) => assert!(there.is_empty(), "{there:?}, {error:?}"),
            Err(OnceError::Unknown(unknown)) => {
                assert_eq!(unknown.marker, *marker);
                assert!(unknown.ids.iter().all(|id| there.contains(id)), "{unknown:?}, {there:?}");
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    fn duration(&mut self) -> Duration {
        let unit = *self.input.pick(&[1, 1_000_000, 1_000_000_000]);
        Duration::from_nanos(self.input.magnitude()).saturating_mul(unit).min(LONGEST)
    }

    /// A time up to that one.
    fn within(&mut self, most: Duration) -> Duration {
        most.mul_f64(f64::from(self.input.byte()) / 256.0)
    }

    /// A configuration, and the time that it gives a call.
    fn config(&mut self) -> (Config, Duration) {
        let mut retry = RetryPolicy::default();
        if self.input.flag() {
            retry.attempts = u32::from(self.input.byte());
            retry.base_delay = self.duration();
            retry.max_delay = self.duration();
        }
        let config = Config::new(Credentials::new("public", "private"));
        let config = config.region("cn-wlcb").zone("cn-wlcb-01").retry(retry);
        if !self.input.flag() {
            return (config, Duration::from_secs(300));
        }
        let (attempt, call) = (self.duration(), self.duration());
        (config.attempt_timeout(attempt).call_timeout(call), call)
    }

    fn policy(&mut self) -> PollPolicy {
        let mut policy = PollPolicy::once();
        policy.probes = u32::from(self.input.byte() % 6);
        policy.first_interval = self.duration();
        policy.in_flight = self.duration();
        self.lag = lag(&policy);
        policy
    }

    /// Creates what is asked for, or a part of it: at once, or later if its response is lost.
    fn act(&mut self, text: String, is_lost: bool) -> Vec<String> {
        let count = 1 + usize::from(self.input.byte()) % self.requested;
        let first = self.deeds.len() * 10;
        let ids: Vec<String> = (first..first + count).map(|id| format!("made-{id}")).collect();
        let lag = self.lag;
        let at = if is_lost { self.sent + self.within(lag) } else { self.now };
        self.deeds.push(Deed { at, ids: ids.clone(), text });
        ids
    }

    fn response(&mut self, request: &Request<Bytes>, timeout: Duration) -> Told {
        let sent: Vec<(String, String)> =
            form_urlencoded::parse(request.body()).into_owned().collect();
        let value = |name: &str| {
            let found = sent.iter().find(|(sent, _)| sent == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        self.sent = self.now;
        let end = self.now + timeout;
        let time = self.within(timeout);
        self.now += time;
        if value("Action").starts_with("Create") {
            let text = value(self.names.text);
            self.create(text, end)
        } else {
            self.look(value("Offset").parse().ok(), value("Limit").parse().ok())
        }
    }

    /// What becomes of a request that creates, whose time is up at `end`.
    fn create(&mut self, text: String, end: Instant) -> Told {
        let deeds = self.deeds.len();
        assert!(deeds == 0, "asked for again, though it is there");
        let kind = self.input.byte() % 14;
        // Zero, which is all that is left at the end of the input, is that all goes well.
        if kind < 5 {
            let ids = self.act(text, kind > 0);
            let ids = if self.names.ids == self.names.id { json!(ids[0]) } else { json!(ids) };
            return match kind {
                0 => good(json!({ "RetCode": 0, self.names.ids: ids })),
                1 => good(json!({ "RetCode": 0 })),
                3 => good(json!({ "RetCode": 0, self.names.ids: { "Id": 7.5 } })),
                4 => Told::Response(Response::new(Bytes::from("{\"RetCode\":0,\"U"))),
                _ => Told::Failed(Failure::maybe_sent("lost")),
            };
        }
        let (told, may_act) = match kind {
            5 => (Told::Failed(Failure::not_sent("refused")), false),
            6 => (Told::Failed(Failure::not_sent("no connection").timed_out()), false),
            7 => {
                self.now = end;
                (Told::Failed(Failure::maybe_sent("no response").timed_out()), true)
            }
            8 => (Told::Failed(Failure::answered("too large")), true),
            9 => {
                let statuses = [301, 400, 403, 404, 408, 425, 429, 500, 501, 502, 503, 504];
                let status = *self.input.pick(&statuses);
                (self.status(status), ![425, 429].contains(&status))
            }
            10 => {
                let codes = [110, 150, 153, 171, 210, 230, 299, 1000, 8433, 8918, 226_604, 987_654];
                let code = *self.input.pick(&codes);
                let may_act = match RetCode::new(code).not_done() {
                    NotDone::Proven => false,
                    NotDone::OfOne => self.requested > 1,
                    _ => true,
                };
                (good(json!({ "RetCode": code, "Message": "no" })), may_act)
            }
            11 => (good(Value::Null), true),
            12 => (Told::Response(Response::new(Bytes::from("<html>"))), true),
            _ => (Told::Failed(Failure::maybe_sent("lost")), true),
        };
        if may_act && self.input.flag() {
            let ids = self.act(text, true);
            return if self.input.flag() { self.naming(told, &ids) } else { told };
        }
        told
    }

    /// The same response with a body that says what was done.
    fn naming(&mut self, told: Told, ids: &[String]) -> Told {
        let ids = if self.names.ids == self.names.id { json!(ids[0]) } else { json!(ids) };
        let code = if self.input.flag() { json!(0) } else { json!(226_604) };
        let body = json!({ "RetCode": code, self.names.ids: ids }).to_string();
        match told {
            Told::Response(response) => Told::Response(response.map(|_| Bytes::from(body))),
            told => told,
        }
    }

    fn status(&mut self, status: u16) -> Told {
        let mut response = Response::builder().status(status);
        if self.input.flag() {
            response = response.header("Retry-After", u16::from(self.input.byte()));
        }
        Told::Response(response.body(Bytes::new()).expect("a status and a number"))
    }

    /// What becomes of a poll: all that there is at the time, a list that shows that it is not whole, or
    /// no response.
    fn look(&mut self, offset: Option<usize>, limit: Option<usize>) -> Told {
        let kind = self.input.byte() % 10;
        match kind {
            4 => return Told::Failed(Failure::not_sent("refused")),
            5 => return Told::Failed(Failure::maybe_sent("lost")),
            6 => return self.status(503),
            7 => return good(json!({ "RetCode": 150, "Message": "no" })),
            8 if self.names.has_total => return good(json!({ "RetCode": 0 })),
            _ => {}
        }
        let mut rows: Vec<Value> = (0..self.input.byte() % 4)
            .map(|other| self.row(&format!("other-{other}"), "[once-0]"))
            .collect();
        for deed in self.deeds.iter().filter(|deed| deed.at <= self.now) {
            rows.extend(deed.ids.iter().map(|id| self.row(id, &deed.text)));
        }
        let total = rows.len();
        if kind == 9 && self.names.has_total {
            // Fewer than it says, and it is one of these that matters.
            rows.clear();
            return good(json!({ "RetCode": 0, self.names.rows: rows, "TotalCount": total + 1 }));
        }
        let page = rows.into_iter().skip(offset.unwrap_or(0)).take(limit.unwrap_or(20));
        let mut response = json!({ "RetCode": 0, self.names.rows: page.collect::<Vec<_>>() });
        if self.input.flag() {
            response["TotalCount"] = json!(total);
        }
        good(response)
    }

    fn row(&self, id: &str, text: &str) -> Value {
        let mut row = Map::new();
        row.insert(self.names.id.to_owned(), json!(id));
        row.insert(self.names.text.to_owned(), json!(text));
        Value::Object(row)
    }
}

fn good(body: Value) -> Told {
    Told::Response(Response::new(Bytes::from(body.to_string())))
}

/// How late a thing may be there, from when its request was sent: before the last of the polls that
/// count, which begin when the request is no longer in flight.
fn lag(policy: &PollPolicy) -> Duration {
    let intervals = (1..policy.probes.max(1)).map(|poll| policy.first_interval * (1 << poll));
    policy.in_flight + intervals.sum::<Duration>()
}
