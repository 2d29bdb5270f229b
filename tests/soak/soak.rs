//! The soak: mixed calls through random trouble, and what must hold of each of them afterwards.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use compshare_proto::{
    Action as _, Config, Credentials, Delivery, Effect, Error, Retry,
    actions::{CreateCompShareTeam, DescribeCompShareCustomImages, UpdateCompShareImage},
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};

use crate::{
    dice::{Dice, Fate},
    http::Message,
    proxy::{FaultProxy, Plan},
    report::Report,
    trouble::Trouble,
};

/// Time for one attempt.
pub(crate) const ATTEMPT: Duration = Duration::from_millis(500);
/// Time for one call.
pub(crate) const CALL: Duration = Duration::from_secs(4);
/// Calls at a time.
const CONCURRENCY: usize = 32;

/// Which client carries the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Blocking,
    Hyper,
}

/// How a call ended.
pub(crate) enum Ending {
    /// Answered, with that request id.
    Done(Option<String>),
    Failed(Delivery, String),
}

/// One call, as its caller saw it.
pub(crate) struct Told {
    pub(crate) call: usize,
    pub(crate) ending: Ending,
    pub(crate) elapsed: Duration,
}

/// One request, as the simulator saw it.
pub(crate) struct Executed {
    pub(crate) request_id: String,
    pub(crate) executed: bool,
}

struct Random {
    seed: u64,
    attempts: Mutex<HashMap<usize, usize>>,
}

impl Plan for Random {
    fn takes(&self, connection: usize) -> bool {
        !Dice::new(!self.seed, connection as u64).chance(20)
    }

    fn before(&self, connection: usize) -> Option<Trouble> {
        Dice::new(self.seed.rotate_left(32), connection as u64)
            .chance(30)
            .then_some(Trouble::ResetUnread)
    }

    fn trouble(&self, request: &Message) -> Trouble {
        let mark = request.parameter("Mark").and_then(|mark| mark.parse().ok());
        let Some(call) = mark else { return Trouble::None };
        let attempt = {
            let mut attempts = self.attempts.lock().unwrap();
            let attempts = attempts.entry(call).or_default();
            *attempts += 1;
            *attempts - 1
        };
        Fate::of(self.seed, call).trouble(attempt)
    }
}

/// Runs so many calls, and tells what became of them.
pub(crate) fn soak(which: Which, calls: usize, seed: u64) -> Report {
    let sim = Sim::start().unwrap();
    let plan = Random { seed, attempts: Mutex::default() };
    let proxy = FaultProxy::start(sim.address(), plan);
    let config = config(&proxy.endpoint());
    let start = Instant::now();
    let control = Control::start();
    let told = match which {
        Which::Blocking => blocking(config, calls, seed),
        Which::Hyper => hyper(config, calls, seed),
    };
    let late = control.stop();
    let time = start.elapsed();
    proxy.settle();
    let mut seen = HashMap::<usize, Vec<Executed>>::new();
    for request in sim.take_requests() {
        let mark = request.parameter("Mark").unwrap().parse().unwrap();
        let executed = request.executed;
        seen.entry(mark).or_default().push(Executed { request_id: request.request_id, executed });
    }
    Report { which, seed, told, seen, late, time, connections: proxy.connections() }
}

pub(crate) fn config(endpoint: &str) -> Config {
    let mut retry = Retry::default();
    retry.attempts = 12;
    retry.base_delay = Duration::from_millis(5);
    retry.max_delay = Duration::from_millis(100);
    Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY))
        .region("cn-wlcb")
        .zone("cn-wlcb-01")
        .endpoint(endpoint)
        .unwrap()
        .retry(retry)
        .attempt_timeout(ATTEMPT)
        .call_timeout(CALL)
        .max_response(1 << 20)
}

fn blocking(config: Config, calls: usize, seed: u64) -> Vec<Told> {
    let client = compshare_blocking::Client::builder(config).build().unwrap();
    let next = AtomicUsize::new(0);
    let told = Mutex::new(Vec::with_capacity(calls));
    thread::scope(|scope| {
        for _ in 0..CONCURRENCY {
            scope.spawn(|| {
                loop {
                    let call = next.fetch_add(1, Ordering::SeqCst);
                    if call >= calls {
                        return;
                    }
                    let start = Instant::now();
                    let ending = match Fate::of(seed, call).effect {
                        Effect::Read => ending(client.send(look().with("Mark", call))),
                        Effect::Idempotent => ending(client.send(update(call).with("Mark", call))),
                        _ => ending(client.send(create(call).with("Mark", call))),
                    };
                    told.lock().unwrap().push(Told { call, ending, elapsed: start.elapsed() });
                }
            });
        }
    });
    told.into_inner().unwrap()
}

fn hyper(config: Config, calls: usize, seed: u64) -> Vec<Told> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
    let client = compshare_hyper::Client::builder(config).build().unwrap();
    let next = Arc::new(AtomicUsize::new(0));
    let told = Arc::new(Mutex::new(Vec::with_capacity(calls)));
    let tasks: Vec<_> = (0..CONCURRENCY)
        .map(|_| {
            let (client, next, told) = (client.clone(), Arc::clone(&next), Arc::clone(&told));
            runtime.spawn(async move {
                loop {
                    let call = next.fetch_add(1, Ordering::SeqCst);
                    if call >= calls {
                        return;
                    }
                    let start = Instant::now();
                    let ending = match Fate::of(seed, call).effect {
                        Effect::Read => ending(client.send(look().with("Mark", call)).await),
                        Effect::Idempotent => {
                            ending(client.send(update(call).with("Mark", call)).await)
                        }
                        _ => ending(client.send(create(call).with("Mark", call)).await),
                    };
                    told.lock().unwrap().push(Told { call, ending, elapsed: start.elapsed() });
                }
            })
        })
        .collect();
    for task in tasks {
        runtime.block_on(task).unwrap();
    }
    drop(client);
    std::mem::take(&mut told.lock().unwrap())
}

fn look() -> DescribeCompShareCustomImages {
    DescribeCompShareCustomImages::new().compshare_image_id("compshareImage-xxxx")
}

fn update(call: usize) -> UpdateCompShareImage {
    UpdateCompShareImage::new("compshareImage-xxxx").name(format!("soaked-{call}"))
}

fn create(call: usize) -> CreateCompShareTeam {
    CreateCompShareTeam::new(format!("soaked-{call}"))
}

fn ending<T>(answer: Result<compshare_proto::Response<T>, Error>) -> Ending {
    match answer {
        Ok(response) => Ending::Done(response.request_id().map(str::to_owned)),
        Err(error) => {
            let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |error| {
                error.source()
            });
            let text = causes.map(ToString::to_string).collect::<Vec<_>>().join(": ");
            Ending::Failed(error.delivery(), text)
        }
    }
}

/// Measures how late a thread is woken on this machine, meanwhile.
pub(crate) struct Control {
    stop: Arc<AtomicBool>,
    thread: thread::JoinHandle<Duration>,
}

impl Control {
    pub(crate) fn start() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            let (nap, mut late) = (Duration::from_millis(5), Duration::ZERO);
            while !stopped.load(Ordering::SeqCst) {
                let start = Instant::now();
                thread::sleep(nap);
                late = late.max(start.elapsed().saturating_sub(nap));
            }
            late
        });
        Self { stop, thread }
    }

    pub(crate) fn stop(self) -> Duration {
        self.stop.store(true, Ordering::SeqCst);
        self.thread.join().unwrap()
    }
}
