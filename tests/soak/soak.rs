//! The soak: mixed calls through random trouble, and what must hold of each of them afterwards.

use std::{
    collections::HashMap,
    sync::Mutex,
    time::{Duration, Instant},
};

use compshare_proto::{
    Action as _, Delivery, Effect, Error,
    actions::{CreateCompShareTeam, DescribeCompShareCustomImages, UpdateCompShareImage},
};

use crate::{
    control::Control,
    dice::{Dice, Fate},
    http::Message,
    lane::{ATTEMPT, Course, Lane},
    proxy::Plan,
    report::Report,
    trouble::Trouble,
};

/// Time for one call.
pub(crate) const CALL: Duration = Duration::from_secs(4);

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

/// Trouble that follows from a seed, from which connection it is, and from which request of which call.
pub(crate) struct Random {
    seed: u64,
    /// The parameter that holds the number of the call.
    number: &'static str,
    trouble: fn(u64, usize, usize, &Message) -> Trouble,
    requests: Mutex<HashMap<usize, usize>>,
}

impl Random {
    /// Asks `trouble` with the seed, the call, how many requests of the call came before, and the request.
    pub(crate) fn new(
        seed: u64,
        number: &'static str,
        trouble: fn(u64, usize, usize, &Message) -> Trouble,
    ) -> Self {
        Self { seed, number, trouble, requests: Mutex::default() }
    }
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
        let call = request.parameter(self.number).and_then(|number| number.parse().ok());
        let Some(call) = call else { return Trouble::None };
        let number = {
            let mut requests = self.requests.lock().unwrap();
            let requests = requests.entry(call).or_default();
            *requests += 1;
            *requests - 1
        };
        (self.trouble)(self.seed, call, number, request)
    }
}

/// Runs so many calls, and tells what became of them.
pub(crate) fn soak(lane: Lane, calls: usize, seed: u64) -> Report {
    let plan = |seed, call, attempt, _: &Message| Fate::of(seed, call).trouble(attempt);
    let course = Course::new(lane, Random::new(seed, "Marker", plan));
    let (start, control) = (Instant::now(), Control::start());
    let told = course.run(
        calls,
        [CALL, ATTEMPT],
        move |client, call| {
            let start = Instant::now();
            let ending = match Fate::of(seed, call).effect {
                Effect::Read => ending(client.send(look().with("Marker", call))),
                Effect::Idempotent => ending(client.send(update(call).with("Marker", call))),
                _ => ending(client.send(create(call).with("Marker", call))),
            };
            Told { call, ending, elapsed: start.elapsed() }
        },
        move |client, call| async move {
            let start = Instant::now();
            let ending = match Fate::of(seed, call).effect {
                Effect::Read => ending(client.send(look().with("Marker", call)).await),
                Effect::Idempotent => ending(client.send(update(call).with("Marker", call)).await),
                _ => ending(client.send(create(call).with("Marker", call)).await),
            };
            Told { call, ending, elapsed: start.elapsed() }
        },
    );
    let (late, time) = (control.stop(), start.elapsed());
    let mut seen = HashMap::<usize, Vec<Executed>>::new();
    for request in course.sim.take_requests() {
        let marker = request.parameter("Marker").unwrap().parse().unwrap();
        let executed = request.executed;
        seen.entry(marker).or_default().push(Executed { request_id: request.request_id, executed });
    }
    Report { lane, seed, told, seen, late, time, connections: course.proxy.connections() }
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

fn ending<T>(end: Result<compshare_proto::Response<T>, Error>) -> Ending {
    match end {
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
