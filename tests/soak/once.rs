//! Creating once through the same trouble: what each call ends in, against what the simulator has.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use compshare_proto::{
    Created, Gb, Looks, Mark, OnceError, SendOnce,
    actions::{CreateCompShareInstance, CreateCompShareInstanceRequired},
    types::{DiskType, InstanceDisk},
};
use compshare_sim::{COMPANY_ID, Sim};

use crate::{
    dice::Fate,
    http::Message,
    proxy::FaultProxy,
    soak::{Control, Which, config},
    trouble::Trouble,
};

/// Time for one call, looks included.
const CALL: Duration = Duration::from_secs(12);
/// How much longer it may take.
const SLACK: Duration = Duration::from_millis(250);
/// Calls to one simulator; with many more, it is its lists that are slow.
const BATCH: usize = 32;
/// Calls at a time.
const CONCURRENCY: usize = 8;

type End = Result<Vec<String>, OnceError>;

/// What became of the calls.
pub(crate) struct OnceReport {
    which: Which,
    seed: u64,
    /// Created by the answer, created by a look, not created, unknown.
    endings: [usize; 4],
    executions: usize,
    requests: usize,
    longest: Duration,
    broken: Vec<String>,
}

impl OnceReport {
    /// Everything that does not hold and must.
    pub(crate) fn broken(&self) -> &[String] {
        &self.broken
    }

    fn judge(
        &mut self,
        call: usize,
        end: &End,
        elapsed: Duration,
        late: Duration,
        there: &[String],
    ) {
        let holds = match end {
            Ok(ids) => ids == there && ids.len() == 1,
            Err(OnceError::NotCreated(_)) => there.is_empty(),
            Err(OnceError::Unknown(unknown)) => {
                there.len() <= 1 && unknown.ids.iter().all(|id| there.contains(id))
            }
            Err(_) => false,
        };
        if !holds {
            self.broken.push(format!("call {call} ended in {end:?}, and there are {there:?}"));
        }
        if elapsed > CALL + SLACK + late {
            self.broken.push(format!("call {call} took {elapsed:?}"));
        }
        self.longest = self.longest.max(elapsed);
        self.executions += there.len();
    }
}

impl fmt::Display for OnceReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [answered, found, not_created, unknown] = self.endings;
        write!(
            f,
            "{:?}, seed {}, send_once: {} calls: {answered} created by the answer, {found} by a look, \
             {not_created} not created, {unknown} unknown; {} executions, {} requests at the simulator, \
             the longest call {:.1} s",
            self.which,
            self.seed,
            self.endings.iter().sum::<usize>(),
            self.executions,
            self.requests,
            self.longest.as_secs_f64()
        )
    }
}

/// Runs so many calls, and tells what became of them.
pub(crate) fn soak(which: Which, calls: usize, seed: u64) -> OnceReport {
    let mut report = OnceReport {
        which,
        seed,
        endings: [0; 4],
        executions: 0,
        requests: 0,
        longest: Duration::ZERO,
        broken: Vec::new(),
    };
    for first in (0..calls).step_by(BATCH) {
        batch(&mut report, first..calls.min(first + BATCH));
    }
    report
}

fn batch(report: &mut OnceReport, calls: std::ops::Range<usize>) {
    let sim = Sim::start().unwrap();
    sim.with_gateway(|gateway| {
        gateway.company_mut(COMPANY_ID).level = 4;
        gateway.set_stock("cn-wlcb-01", "4090", 100_000);
    });
    // Every request has a fate of its own, the looks too.
    let (number, seed) = (AtomicU64::new((calls.start as u64) << 20), report.seed);
    let proxy = FaultProxy::start(sim.address(), move |_: &Message| {
        let number = number.fetch_add(1, Ordering::SeqCst);
        match Fate::of(seed, usize::try_from(number).unwrap()).trouble(0) {
            // A network that sends twice is beyond any client.
            Trouble::Duplicate => Trouble::None,
            trouble => trouble,
        }
    });
    let config = config(&proxy.endpoint()).call_timeout(CALL);
    let control = Control::start();
    let told = match report.which {
        Which::Blocking => blocking(&compshare_blocking::Client::new(config).unwrap(), calls),
        Which::Hyper => hyper(compshare_hyper::Client::new(config).unwrap(), calls),
    };
    let late = control.stop();
    proxy.settle();
    let mut there = HashMap::<String, Vec<String>>::new();
    sim.with_gateway(|gateway| {
        for instance in gateway.instances() {
            there.entry(instance.remark.clone()).or_default().push(instance.id.clone());
        }
    });
    report.requests += sim.requests().len();
    for (call, end, by_look, elapsed) in told {
        let there = there.remove(&mark(call).to_string()).unwrap_or_default();
        report.endings[match &end {
            Ok(_) => usize::from(by_look),
            Err(OnceError::NotCreated(_)) => 2,
            Err(_) => 3,
        }] += 1;
        report.judge(call, &end, elapsed, late, &there);
    }
}

type Told = (usize, End, bool, Duration);

fn blocking(client: &compshare_blocking::Client, calls: std::ops::Range<usize>) -> Vec<Told> {
    let (next, told) = (AtomicUsize::new(calls.start), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..CONCURRENCY {
            scope.spawn(|| {
                loop {
                    let call = next.fetch_add(1, Ordering::SeqCst);
                    if call >= calls.end {
                        return;
                    }
                    let start = Instant::now();
                    let end = client.drive(&mut ready(client.sending_once(create()), call));
                    told.lock().unwrap().push(tell(call, end, start));
                }
            });
        }
    });
    told.into_inner().unwrap()
}

fn hyper(client: compshare_hyper::Client, calls: std::ops::Range<usize>) -> Vec<Told> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
    let next = Arc::new(AtomicUsize::new(calls.start));
    let told = Arc::new(Mutex::new(Vec::new()));
    let tasks: Vec<_> = (0..CONCURRENCY)
        .map(|_| {
            let (client, next, told) = (client.clone(), Arc::clone(&next), Arc::clone(&told));
            runtime.spawn(async move {
                loop {
                    let call = next.fetch_add(1, Ordering::SeqCst);
                    if call >= calls.end {
                        return;
                    }
                    let start = Instant::now();
                    let end = client.drive(&mut ready(client.sending_once(create()), call)).await;
                    told.lock().unwrap().push(tell(call, end, start));
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

fn mark(call: usize) -> Mark {
    Mark::new(format!("soak-{call}")).unwrap()
}

/// Looks that last longer than the plan delays any request.
fn ready(
    machine: SendOnce<CreateCompShareInstance>,
    call: usize,
) -> SendOnce<CreateCompShareInstance> {
    let mut looks = Looks::default();
    looks.first_interval = Duration::from_millis(100);
    machine.marked(mark(call)).looks(looks)
}

fn tell<R>(call: usize, end: Result<Created<R>, OnceError>, start: Instant) -> Told {
    let by_look = end.as_ref().is_ok_and(|created| created.by_look);
    (call, end.map(|created| created.ids), by_look, start.elapsed())
}

fn create() -> CreateCompShareInstance {
    CreateCompShareInstance::new(CreateCompShareInstanceRequired {
        gpu_type: "4090".to_owned(),
        gpu: 1,
        cpu: 16,
        memory: Gb(64).into(),
        compshare_image_id: "compshareImage-xxxx".to_owned(),
        disks: vec![InstanceDisk::new(true, DiskType::CloudSsd, Gb(60))],
    })
}
