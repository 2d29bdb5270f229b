//! Creating once on both clients, held against what the simulator has carried out.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use compshare_proto::{
    Action, Config, Error, Gb, Marker, PollPolicy,
    actions::{
        CreateCompShareCustomImage, CreateCompShareInstance, CreateCompShareInstanceRequired,
        CreateULHostInstance, CreateULHostInstanceRequired,
    },
    error::OnceError,
    machine::SendOnce,
    once::{CreateOnce, Created},
    types::{ChargeType, DiskType, InstanceDisk},
};
use compshare_sim::{COMPANY_ID, Fault, Image, Sim};

use crate::adapter::{Adapter, config};

type End<A> = Result<Created<<A as Action>::Response>, OnceError>;

const CREATE: &str = "CreateCompShareInstance";

fn create() -> CreateCompShareInstance {
    CreateCompShareInstance::new(CreateCompShareInstanceRequired {
        gpu_type: "4090".to_owned(),
        gpu: 1,
        cpu: 16,
        memory: Gb(64).into(),
        compshare_image_id: "compshareImage-xxxx".to_owned(),
        disks: vec![InstanceDisk::new(true, DiskType::CloudSsd, Gb(60))],
        charge_type: ChargeType::Postpay,
    })
}

/// Runs a case on each client, each with a simulator of its own.
fn each(change: impl Fn(Config) -> Config, case: impl Fn(&Sim, &Adapter)) {
    for which in 0..2 {
        let sim = Sim::start().unwrap();
        let adapter = &Adapter::both(&change(config(sim.endpoint())))[which];
        case(&sim, adapter);
    }
}

fn drive<A: CreateOnce>(
    adapter: &Adapter,
    change: impl FnOnce(SendOnce<A>) -> SendOnce<A>,
    action: A,
) -> End<A> {
    let mut policy = PollPolicy::once();
    (policy.probes, policy.first_interval) = (2, Duration::from_millis(5));
    policy.in_flight = Duration::from_millis(50);
    match adapter {
        Adapter::Blocking(client) => {
            client.drive(&mut change(client.sending_once(action).poll_policy(policy)))
        }
        Adapter::Hyper(runtime, client) => runtime.block_on(async {
            client.drive(&mut change(client.sending_once(action).poll_policy(policy))).await
        }),
    }
}

fn once<A: CreateOnce>(adapter: &Adapter, action: A) -> End<A> {
    drive(adapter, |machine| machine, action)
}

/// Ids of the instances whose remark has a marker.
fn marked(sim: &Sim) -> Vec<String> {
    sim.with_gateway(|gateway| {
        let marked = gateway.instances().iter().filter(|instance| {
            instance.remark.contains("once-") || instance.remark.contains("order-")
        });
        marked.map(|instance| instance.id.clone()).collect()
    })
}

/// How often an action was seen and how often it was carried out.
fn counts(sim: &Sim, action: &str) -> (usize, usize) {
    let seen = sim.requests().into_iter().filter(|seen| seen.action == action);
    seen.fold((0, 0), |(sent, done), seen| (sent + 1, done + usize::from(seen.executed)))
}

#[test]
fn an_action_that_was_carried_out_is_found_and_not_sent_again() {
    let faults = [
        Fault::ActThenClose,
        Fault::CutHead { bytes: 9 },
        Fault::CutBody { bytes: 9 },
        Fault::EmptyBody,
        Fault::NoRetCode,
        Fault::Stall(Duration::from_secs(4)),
    ];
    for fault in faults {
        each(
            |config| config.attempt_timeout(Duration::from_secs(1)),
            |sim, adapter| {
                println!("{fault:?}");
                sim.fault(fault.clone());
                let created = once(adapter, create().remark("driver:535")).unwrap();
                assert!(created.found_by_marker && created.response.is_none());
                assert_eq!(created.ids, marked(sim));
                assert_eq!(counts(sim, CREATE), (1, 1));
                let remark = sim.with_gateway(|gateway| {
                    gateway.instance(&created.ids[0]).unwrap().remark.clone()
                });
                assert_eq!(remark, format!("driver:535 {}", created.marker));
            },
        );
    }
}

#[test]
fn an_action_that_was_not_carried_out_is_sent_again_if_that_may_help() {
    let faults = [
        (Fault::CloseAfterReading, 2),
        (Fault::status(503), 2),
        (Fault::ret_code(150, "Service unavailable"), 2),
        (Fault::status(429), 2),
        (Fault::RespondThenClose, 1),
    ];
    for (fault, sends) in faults {
        each(
            |config| config,
            |sim, adapter| {
                println!("{fault:?}");
                sim.fault(fault.clone());
                let created = once(adapter, create()).unwrap();
                assert!(!created.found_by_marker && created.response.is_some());
                assert!(!created.in_doubt);
                assert_eq!(created.ids, marked(sim));
                assert_eq!(counts(sim, CREATE), (sends, 1));
            },
        );
    }
}

#[test]
fn a_refused_action_creates_nothing() {
    let faults = [
        (Fault::ret_code(226_604, "not enough resources"), false),
        (Fault::ret_code(8033, "creation failed"), true),
        (Fault::status(403), true),
        (Fault::Html, true),
        (Fault::Redirect { location: "http://localhost:1/".to_owned() }, true),
    ];
    for (fault, is_polled) in faults {
        each(
            |config| config,
            |sim, adapter| {
                println!("{fault:?}");
                sim.fault(fault.clone());
                let error = once(adapter, create()).unwrap_err();
                assert!(error.is_safe_to_repeat(), "{error:?}");
                assert_eq!(error.to_string(), "nothing was created");
                assert_eq!(counts(sim, CREATE), (1, 0));
                let polls = counts(sim, "DescribeCompShareInstance").0;
                assert_eq!(polls >= 2, is_polled, "{polls}");
            },
        );
    }
}

#[test]
fn a_failed_poll_leaves_the_outcome_unknown_and_the_marker_settles_it_later() {
    each(
        |config| config,
        |sim, adapter| {
            sim.fault(Fault::ActThenClose);
            for _ in 0..20 {
                sim.fault(Fault::ret_code(299, "No permission"));
            }
            let unknown = match once(adapter, create()) {
                Err(OnceError::Unknown(unknown)) => unknown,
                other => panic!("{other:?}"),
            };
            assert!(matches!(unknown.error, Error::Transport(_)), "{unknown:?}");
            assert!(unknown.poll_error.is_some() && unknown.ids.is_empty());
            let marker = unknown.marker.clone();
            let created = loop {
                match drive(adapter, |machine| machine.resumed(marker.clone()), create()) {
                    Err(OnceError::Unknown(unknown)) => assert_eq!(unknown.marker, marker),
                    end => break end.unwrap(),
                }
            };
            assert!(created.found_by_marker);
            assert_eq!(created.ids, marked(sim));
            assert_eq!(counts(sim, CREATE), (1, 1));
        },
    );
}

#[test]
fn a_marker_of_the_callers_creates_one_thing_however_often() {
    each(
        |config| config,
        |sim, adapter| {
            let order = |number: u32| {
                let marker = Marker::new(format!("order-{number}")).unwrap();
                drive(adapter, |machine| machine.resumed(marker), create()).unwrap()
            };
            let (first, again, other) = (order(1), order(1), order(17));
            assert_eq!(first.ids, again.ids);
            assert!(!first.found_by_marker && again.found_by_marker && !other.found_by_marker);
            assert_eq!(marked(sim), [first.ids, other.ids].concat());
        },
    );
}

#[test]
fn several_are_found_together() {
    each(
        |config| config,
        |sim, adapter| {
            sim.fault(Fault::CutBody { bytes: 20 });
            let created = once(adapter, create().max_count(3)).unwrap();
            assert_eq!((created.ids.len(), created.requested), (3, 3));
            assert_eq!(created.ids, marked(sim));
        },
    );
}

#[test]
fn images_are_found_by_their_name_and_hosts_by_a_marker_in_it() {
    each(
        |config| config,
        |sim, adapter| {
            sim.with_gateway(|gateway| {
                for number in 0..150 {
                    let id = format!("compshareImage-{number}");
                    gateway.add_image(Image::custom(id, format!("other-{number}"), COMPANY_ID));
                }
            });
            let image = CreateCompShareCustomImage::new("uhost-xxxx", "my-custom-env");
            // Two pages say that no image has the name, before it is sent.
            for fault in [Fault::Stall(Duration::ZERO), Fault::Stall(Duration::ZERO)] {
                sim.fault(fault);
            }
            sim.fault(Fault::ActThenClose);
            let created = once(adapter, image.clone()).unwrap();
            assert!(created.found_by_marker);
            let name =
                sim.with_gateway(|gateway| gateway.image(&created.ids[0]).unwrap().name.clone());
            assert_eq!(name, "my-custom-env");
            assert!(counts(sim, "DescribeCompShareCustomImages").0 >= 4);
            let error = once(adapter, image).unwrap_err();
            assert!(error.error().to_string().contains("Name is the name of"), "{error:?}");
            assert_eq!(counts(sim, "CreateCompShareCustomImage"), (1, 1));

            sim.fault(Fault::ActThenClose);
            let host = CreateULHostInstance::new(CreateULHostInstanceRequired {
                image_id: "uimage-rocky9".to_owned(),
                bundle_id: "ulh.c1m1s40b30t800".to_owned(),
                password: "Password1".into(),
                charge_type: ChargeType::Month,
            });
            let created = once(adapter, host.name("web")).unwrap();
            assert!(created.found_by_marker && created.ids.len() == 1);
            assert_eq!(counts(sim, "CreateULHostInstance"), (1, 1));
            let sent =
                sim.requests().into_iter().find(|seen| seen.action == "CreateULHostInstance");
            let name = sent.unwrap().parameter("Name").unwrap().to_owned();
            assert_eq!(name, format!("web,{}", created.marker));
            let is_allowed = |c: char| c.is_alphanumeric() || "_.,:-".contains(c);
            assert!(name.chars().all(is_allowed), "{name}");
        },
    );
}

#[test]
fn the_deadline_covers_the_polls() {
    let hasty = |config: Config| {
        config.attempt_timeout(Duration::from_millis(800)).call_timeout(Duration::from_millis(1600))
    };
    each(hasty, |sim, adapter| {
        for _ in 0..8 {
            sim.fault(Fault::Stall(Duration::from_secs(10)));
        }
        let start = Instant::now();
        let error = once(adapter, create()).unwrap_err();
        assert!(matches!(error, OnceError::Unknown(_)), "{error:?}");
        assert!(start.elapsed() < Duration::from_millis(1850), "{:?}", start.elapsed());
        assert_eq!(counts(sim, CREATE), (1, 1));
    });
}

#[test]
fn the_usual_call_needs_only_the_action() {
    let sim = Sim::start().unwrap();
    for adapter in Adapter::both(&config(sim.endpoint())) {
        let created = match &adapter {
            Adapter::Blocking(client) => client.send_once(create()),
            Adapter::Hyper(runtime, client) => runtime.block_on(client.send_once(create())),
        };
        let created = created.unwrap();
        assert!(created.marker.as_str().starts_with("once-"), "{created:?}");
    }
    assert_eq!(marked(&sim).len(), 2);
}

/// Random faults in creations and polls: the ending is what the simulator knows.
#[test]
fn whatever_happens_nothing_is_created_twice_and_the_ending_is_true() {
    let endings = Cell::new([0; 3]);
    for seed in 0..80 {
        each(
            |config| config,
            |sim, adapter| {
                let mut random = Random(seed);
                let count = 1 + random.below(3);
                let faults: Vec<_> = (0..random.below(14)).map(|_| random.fault()).collect();
                for fault in &faults {
                    sim.fault(fault.clone());
                }
                let end = once(adapter, create().max_count(count));
                let there = marked(sim);
                let what = format!("seed {seed}, {}: {end:?}, {faults:?}", adapter.name());
                assert!(counts(sim, CREATE).1 <= 1, "{what}");
                let ending = match end {
                    Ok(created) => {
                        assert_eq!(created.ids, there, "{what}");
                        assert_eq!(there.len(), created.requested, "{what}");
                        0
                    }
                    Err(OnceError::NotCreated(_)) => {
                        assert!(there.is_empty(), "{what}");
                        1
                    }
                    Err(OnceError::Unknown(unknown)) => {
                        assert!(unknown.ids.iter().all(|id| there.contains(id)), "{what}");
                        2
                    }
                    Err(other) => panic!("{other:?}"),
                };
                let mut told = endings.get();
                told[ending] += 1;
                endings.set(told);
            },
        );
    }
    let endings = endings.get();
    println!("created, not created, unknown: {endings:?}");
    assert!(endings.iter().all(|&count| count > 0), "{endings:?}");
}

/// The numbers of a seed (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((z >> 32) % u64::from(bound)).unwrap()
    }

    fn fault(&mut self) -> Fault {
        match self.below(14) {
            0..=2 => Fault::ActThenClose,
            3 => Fault::CloseAfterReading,
            4 => Fault::CloseBeforeReading,
            5 => Fault::CutBody { bytes: 1 + self.below(60) as usize },
            6 => Fault::CutHead { bytes: self.below(40) as usize },
            7 => Fault::EmptyBody,
            8 => Fault::NoRetCode,
            9 => Fault::status([408, 429, 500, 502, 503, 504, 403][self.below(7) as usize]),
            10 => Fault::ret_code([150, 110, 153, 8033, 299][self.below(5) as usize].into(), "no"),
            11 => Fault::Html,
            12 => Fault::RespondThenClose,
            _ => Fault::ret_code(299, "No permission"),
        }
    }
}
