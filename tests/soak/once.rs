//! Creating once through the same trouble: what each call ends in, against what the simulator has.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use compshare_proto::{
    Gb, Marker, PollPolicy,
    actions::{CreateCompShareInstance, CreateCompShareInstanceRequired},
    error::OnceError,
    machine::SendOnce,
    once::Created,
    types::{ChargeType, DiskType, InstanceDisk},
};
use compshare_sim::{COMPANY_ID, Gateway, Service};

use crate::{
    control::Control,
    dice::{Fate, SECOND},
    http::Message,
    lane::{Course, Lane},
    soak::Random,
};

/// Time for one call, polls included, and for one attempt: the defaults, in the server's seconds.
const CALL: Duration = SECOND.saturating_mul(300);
const ATTEMPT: Duration = SECOND.saturating_mul(20);
/// How much longer it may take.
const SLACK: Duration = Duration::from_millis(250);

/// How a call ended: ids, whether a poll found them, and whether there may be others; or why it has none.
type End = Result<(Vec<String>, bool, bool), OnceError>;
/// Ids of what each marker is on.
type There = HashMap<String, Vec<String>>;

struct Told {
    call: usize,
    end: End,
    elapsed: Duration,
}

/// What became of the calls.
pub(crate) struct OnceReport {
    lane: Lane,
    seed: u64,
    told: Vec<Told>,
    there: There,
    requests: usize,
    late: Duration,
    time: Duration,
}

impl OnceReport {
    /// Everything that does not hold and must.
    pub(crate) fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let mut strays = self.there.clone();
        for Told { call, end, elapsed } in &self.told {
            let there = strays.remove(&marker(*call).to_string()).unwrap_or_default();
            let holds = match end {
                Ok((ids, ..)) => *ids == there && ids.len() == 1,
                Err(OnceError::NotCreated(_)) => there.is_empty(),
                Err(OnceError::Unknown(unknown)) => {
                    there.len() <= 1 && unknown.ids.iter().all(|id| there.contains(id))
                }
                Err(_) => false,
            };
            if !holds {
                broken.push(format!("call {call} ended in {end:?}, and there are {there:?}"));
            }
            if *elapsed > CALL + SLACK + self.late {
                broken.push(format!("call {call} took {elapsed:?}"));
            }
        }
        broken.extend(strays.iter().map(|(marker, ids)| format!("nobody sent {marker}: {ids:?}")));
        broken
    }
}

impl fmt::Display for OnceReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |is: fn(&End) -> bool| self.told.iter().filter(|told| is(&told.end)).count();
        let executions: usize = self.there.values().map(Vec::len).sum();
        let longest = self.told.iter().map(|told| told.elapsed).max().unwrap_or_default();
        write!(
            f,
            "{}, seed {}, send_once: {} calls in {:.1} s: {} created by the response, {} by a poll ({} in \
             doubt), {} not created, {} unknown; {executions} executions of {} calls, {} requests at the simulator\n  \
             longest call {longest:.3?} of {CALL:?} allowed; a sleeping thread was woken {:.3?} late at worst",
            self.lane,
            self.seed,
            self.told.len(),
            self.time.as_secs_f64(),
            count(|end| matches!(end, Ok((_, false, _)))),
            count(|end| matches!(end, Ok((_, true, _)))),
            count(|end| matches!(end, Ok((_, _, true)))),
            count(|end| matches!(end, Err(OnceError::NotCreated(_)))),
            count(|end| matches!(end, Err(OnceError::Unknown(_)))),
            self.there.len(),
            self.requests,
            self.late
        )
    }
}

/// Runs so many calls, and tells what became of them.
pub(crate) fn soak(lane: Lane, calls: usize, seed: u64) -> OnceReport {
    let plan = |seed, call, request, message: &Message| {
        let is_poll = message.parameter("Action").is_some_and(|name| name.starts_with("Describe"));
        Fate::of_request(seed, call, request, is_poll)
    };
    // The polls have it too, as they are for the same project.
    let course = Course::new(lane, Random::new(seed, "ProjectId", plan));
    let before = course.sim.with_gateway(|gateway| {
        gateway.company_mut(COMPANY_ID).level = 4;
        gateway.set_stock("cn-wlcb-01", "4090", 100_000);
        gateway.instances().len()
    });
    let there = Arc::new(Mutex::new(There::new()));
    let (start, control) = (Instant::now(), Control::start());
    let [here, elsewhere] = [0; 2].map(|_| (course.sim.service().clone(), Arc::clone(&there)));
    let told = course.run(
        calls,
        [CALL, ATTEMPT],
        move |client, call| {
            let start = Instant::now();
            let end = client.drive(&mut ready(client.sending_once(create(call)), call));
            tell(call, end, start, &here)
        },
        move |client, call| {
            let elsewhere = elsewhere.clone();
            async move {
                let start = Instant::now();
                let end = client.drive(&mut ready(client.sending_once(create(call)), call)).await;
                tell(call, end, start, &elsewhere)
            }
        },
    );
    let (late, time) = (control.stop(), start.elapsed());
    let mut there = std::mem::take(&mut *there.lock().unwrap());
    let left = course.sim.with_gateway(|gateway| {
        take(gateway, &mut there, |remark| !remark.is_empty());
        gateway.instances().len()
    });
    assert_eq!(left, before, "what has no marker came or went");
    let requests = course.sim.requests().len();
    OnceReport { lane, seed, told, there, requests, late, time }
}

/// Takes what has such a remark out of the simulator, and notes it.
fn take(gateway: &mut Gateway, there: &mut There, is: impl Fn(&str) -> bool) {
    let found: Vec<(String, String)> = gateway
        .instances()
        .iter()
        .filter(|instance| is(&instance.remark))
        .map(|instance| (instance.remark.clone(), instance.id.clone()))
        .collect();
    for (remark, id) in found {
        gateway.remove_instance(&id);
        there.entry(remark).or_default().push(id);
    }
}

/// What its caller was told. What it created need not be listed any longer, or lists grow for ever.
fn tell<R>(
    call: usize,
    end: Result<Created<R>, OnceError>,
    start: Instant,
    (service, there): &(Service, Arc<Mutex<There>>),
) -> Told {
    let elapsed = start.elapsed();
    let marker = marker(call).to_string();
    service.with_gateway(|gateway| {
        take(gateway, &mut there.lock().unwrap(), |remark| remark == marker);
    });
    Told {
        call,
        end: end.map(|created| (created.ids, created.found_by_marker, created.in_doubt)),
        elapsed,
    }
}

fn marker(call: usize) -> Marker {
    Marker::new(format!("soak-{call}")).unwrap()
}

/// The polls that are the default, in the server's seconds: they last longer than any creation takes.
fn ready(
    machine: SendOnce<CreateCompShareInstance>,
    call: usize,
) -> SendOnce<CreateCompShareInstance> {
    let mut policy = PollPolicy::once();
    policy.first_interval = SECOND / 2;
    policy.in_flight = SECOND * 120;
    machine.marked(marker(call)).poll_policy(policy)
}

fn create(call: usize) -> CreateCompShareInstance {
    CreateCompShareInstance::new(CreateCompShareInstanceRequired {
        gpu_type: "4090".to_owned(),
        gpu: 1,
        cpu: 16,
        memory: Gb(64).into(),
        compshare_image_id: "compshareImage-xxxx".to_owned(),
        disks: vec![InstanceDisk::new(true, DiskType::CloudSsd, Gb(60))],
        charge_type: ChargeType::Postpay,
    })
    .project_id(call.to_string())
}
