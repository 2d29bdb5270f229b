//! Waits on both clients, with a simulator whose clock stands still until a watcher moves it.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use compshare_proto::{
    Condition, Gb, PollPolicy,
    actions::{
        AttachCompshareDisk, CreateCompShareCustomImage, CreateCompShareInstance,
        CreateCompShareInstanceRequired, DescribeCompShareInstance, StopCompShareInstance,
        TerminateCompShareInstance,
    },
    conditions::{DiskMoved, ImageBuilt, InstanceGone, InstanceReaches},
    error::WaitError,
    types::{ChargeType, DiskType, InstanceDisk, InstanceState},
};
use compshare_sim::{Fault, ManualClock, Sim};

use crate::adapter::{Adapter, config};

struct World {
    clock: ManualClock,
    sim: Sim,
}

impl World {
    fn new() -> Self {
        let clock = ManualClock::default();
        let sim = Sim::builder().clock({
            let clock = clock.clone();
            move || clock.now()
        });
        Self { clock, sim: sim.start().unwrap() }
    }

    /// Waits with short polls; each poll that finds it pending moves the clock by 10 seconds.
    fn wait<G: Condition>(
        &self,
        adapter: &Adapter,
        condition: G,
    ) -> (Result<G::Done, WaitError>, Vec<String>) {
        let states = Arc::new(Mutex::new(Vec::new()));
        let mut policy = PollPolicy::until(Duration::from_secs(30));
        policy.first_interval = Duration::from_millis(1);
        let (clock, seen) = (self.clock.clone(), states.clone());
        let watcher = move |progress: &compshare_proto::poll::PollProgress| {
            seen.lock().unwrap().push(progress.state.clone());
            clock.advance(Duration::from_secs(10));
        };
        let done = match adapter {
            Adapter::Blocking(client) => {
                let wait = client.waiting(condition).poll_policy(policy);
                client.drive(&mut wait.on_progress(watcher))
            }
            Adapter::Hyper(runtime, client) => runtime.block_on(async {
                let wait = client.waiting(condition).poll_policy(policy);
                client.drive(&mut wait.on_progress(watcher)).await
            }),
        };
        let states = states.lock().unwrap().clone();
        (done, states)
    }
}

fn each(case: impl Fn(&World, &Adapter)) {
    for which in 0..2 {
        let world = World::new();
        let adapter = &Adapter::both(&config(world.sim.endpoint()))[which];
        println!("{}", adapter.name());
        case(&world, adapter);
    }
}

fn create(name: &str) -> CreateCompShareInstance {
    let required = CreateCompShareInstanceRequired {
        gpu_type: "4090".to_owned(),
        gpu: 1,
        cpu: 16,
        memory: Gb(64).into(),
        compshare_image_id: "compshareImage-xxxx".to_owned(),
        disks: vec![InstanceDisk::new(true, DiskType::CloudSsd, Gb(60))],
        charge_type: ChargeType::Postpay,
    };
    CreateCompShareInstance::new(required).name(name)
}

#[test]
fn an_instance_starts_stops_and_goes() {
    each(|world, adapter| {
        let created = adapter.send(create("rented")).unwrap().into_body();
        let id = created.uhost_ids[0].as_str();
        let (running, states) =
            world.wait(adapter, InstanceReaches::new(id, InstanceState::Running));
        assert_eq!(running.unwrap().name, "rented");
        assert!(states.len() >= 2 && states[0].starts_with("the state of"), "{states:?}");
        adapter.send(StopCompShareInstance::new(id)).unwrap();
        let (stopped, _) = world.wait(adapter, InstanceReaches::new(id, InstanceState::Stopped));
        let stopped = stopped.unwrap();
        assert_eq!(stopped.uhost_id, id);
        adapter.send(TerminateCompShareInstance::new(id)).unwrap();
        assert!(world.wait(adapter, InstanceGone::of(&stopped)).0.is_ok());
        // Without the instance, nothing shows that there ever was one.
        let error = world.wait(adapter, InstanceGone::new(id)).0.unwrap_err();
        assert!(error.is_failed() && error.state().contains("was never listed"), "{error}");
    });
}

#[test]
fn an_instance_that_runs_on_in_another_region_is_not_gone() {
    each(|world, adapter| {
        let error = world.wait(adapter, InstanceGone::new("uhost-sh2")).0.unwrap_err();
        assert!(error.is_failed() && error.state().contains("another region"), "{error}");
        let there = DescribeCompShareInstance::new().region("cn-sh2").zone("cn-sh2-02");
        let list = adapter.send(there).unwrap().into_body();
        let running = InstanceReaches::of(&list.uhost_set[0], InstanceState::Running);
        assert_eq!(world.wait(adapter, running).0.unwrap().uhost_id, "uhost-sh2");
    });
}

#[test]
fn an_instance_is_not_gone_if_something_else_was_not_found() {
    each(|world, adapter| {
        let list = adapter.send(DescribeCompShareInstance::new()).unwrap().into_body();
        for code in [161, 292, 17_041, 4210, 8956] {
            world.sim.fault(Fault::RetCode { code, message: "not found".to_owned() });
            let error = world.wait(adapter, InstanceGone::of(&list.uhost_set[0])).0.unwrap_err();
            assert_eq!(error.error().and_then(|error| error.ret_code()).unwrap().number(), code);
        }
    });
}

#[test]
fn an_instance_that_fails_ends_the_wait_with_its_state() {
    each(|world, adapter| {
        let created = adapter.send(create("must fail")).unwrap().into_body();
        let condition = InstanceReaches::new(&created.uhost_ids[0], InstanceState::Running);
        let error = world.wait(adapter, condition).0.unwrap_err();
        assert!(error.is_failed(), "{error}");
        assert!(error.state().ends_with("is Install Fail"), "{error}");
    });
}

#[test]
fn a_wait_without_change_ends_at_its_deadline() {
    each(|world, adapter| {
        let condition = InstanceReaches::new("uhost-xxxx", InstanceState::Stopped);
        let policy = PollPolicy::until(Duration::from_millis(300));
        let start = Instant::now();
        let error = match adapter {
            Adapter::Blocking(client) => {
                client.drive(&mut client.waiting(condition).poll_policy(policy)).unwrap_err()
            }
            Adapter::Hyper(runtime, client) => runtime
                .block_on(async {
                    client.drive(&mut client.waiting(condition).poll_policy(policy)).await
                })
                .unwrap_err(),
        };
        assert!(error.timed_out(), "{error}");
        assert!(start.elapsed() < Duration::from_millis(1300), "{:?}", start.elapsed());
        assert_eq!(error.state(), "the state of uhost-xxxx is Running");
        assert!(!world.sim.requests().is_empty());
    });
}

#[test]
fn an_image_is_built_and_its_progress_is_reported() {
    each(|world, adapter| {
        let image = CreateCompShareCustomImage::new("uhost-xxxx", "my-custom-env");
        let image = adapter.send(image).unwrap().into_body();
        let (built, states) = world.wait(adapter, ImageBuilt::new(image.compshare_image_id));
        built.unwrap();
        assert_eq!(states[0], "0 % is built, 60 s are left");
        assert_eq!(states[3], "50 % is built, 30 s are left");
    });
}

#[test]
fn a_flag_cancels_a_blocking_wait() {
    let world = World::new();
    let client = compshare_blocking::Client::new(config(world.sim.endpoint())).unwrap();
    let cancel = compshare_blocking::Cancel::default();
    let mut wait = client.waiting(InstanceReaches::new("uhost-xxxx", InstanceState::Stopped));
    let mut policy = PollPolicy::default();
    policy.first_interval = Duration::from_secs(600);
    wait = wait.poll_policy(policy).on_progress({
        let cancel = cancel.clone();
        move |_| {
            let cancel = cancel.clone();
            thread::spawn(move || cancel.cancel());
        }
    });
    let start = Instant::now();
    assert!(client.drive_unless(&cancel, &mut wait).is_none());
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[tokio::test]
async fn dropping_the_future_ends_an_async_wait() {
    let world = World::new();
    let client = compshare_hyper::Client::new(config(world.sim.endpoint())).unwrap();
    let wait = client.wait(InstanceReaches::new("uhost-xxxx", InstanceState::Stopped));
    tokio::time::timeout(Duration::from_millis(300), wait).await.unwrap_err();
    let polls = world.sim.requests().len();
    client.send(StopCompShareInstance::new("uhost-xxxx")).await.unwrap();
    assert_eq!(world.sim.requests().len(), polls + 1);
}

#[test]
fn a_missing_disk_fails_the_wait() {
    each(|world, adapter| {
        let refused = adapter.send(AttachCompshareDisk::new("uhost-xxxx", "bsm-none")).unwrap_err();
        assert!(refused.ret_code().is_some(), "{refused}");
        let error = world.wait(adapter, DiskMoved::to("bsm-none", "uhost-xxxx")).0.unwrap_err();
        assert!(error.state().starts_with("bsm-none was never listed"), "{error}");
    });
}
