//! Any duration is safe, on both clients: the longest one is as good as none.

use std::{
    thread,
    time::{Duration, Instant, SystemTime},
};

use compshare_blocking::Cancel;
use compshare_proto::{
    Config, PollPolicy, RetryPolicy,
    actions::{
        CreateCompShareCustomImage, DescribeCompShareImages, DescribeCompShareInstance,
        DownloadTeamOrder,
    },
    conditions::InstanceReaches,
    machine::{Call, Failure, Input, Machine, Output, SendOnce, Wait},
    types::InstanceState,
};
use compshare_sim::{Fault, Sim};

use crate::adapter::{Adapter, config, report};

const LONGEST: [Duration; 4] = [
    Duration::MAX,
    Duration::from_millis(u64::MAX),
    Duration::from_secs(i64::MAX as u64),
    Duration::from_secs(u32::MAX as u64),
];

type Change = Box<dyn Fn(Config) -> Config>;

/// Every setting that is a duration, alone and all together.
fn settings(longest: Duration) -> Vec<(&'static str, Change)> {
    let retry = move |base_delay| {
        let mut retry = RetryPolicy::default();
        (retry.base_delay, retry.max_delay) = (base_delay, longest);
        retry
    };
    vec![
        ("connect_timeout", Box::new(move |config| config.connect_timeout(longest))),
        ("attempt_timeout", Box::new(move |config| config.attempt_timeout(longest))),
        ("call_timeout", Box::new(move |config| config.call_timeout(longest))),
        ("max_delay", Box::new(move |config| config.retry(retry(Duration::from_millis(1))))),
        (
            "all",
            Box::new(move |config| {
                config
                    .connect_timeout(longest)
                    .attempt_timeout(longest)
                    .call_timeout(longest)
                    .retry(retry(Duration::from_millis(1)))
            }),
        ),
    ]
}

#[test]
fn both_clients_accept_the_longest_timeouts() {
    for longest in LONGEST {
        for (name, change) in settings(longest) {
            let sim = Sim::start().unwrap();
            for adapter in Adapter::both(&change(config(sim.endpoint()))) {
                let case = format!("{} {name} {longest:?}", adapter.name());
                // The first attempt fails, so that there is a delay too.
                sim.fault(Fault::CloseAfterReading);
                let sent = adapter.send(DescribeCompShareImages::new());
                sent.unwrap_or_else(|error| panic!("{case}: {}", report(&error)));
                let saved = adapter.download(DownloadTeamOrder::new(1001), &mut Vec::new());
                saved.unwrap_or_else(|error| panic!("{case}: {}", report(&error)));
                let (rows, failed) = adapter.rows(DescribeCompShareInstance::new());
                assert!(!rows.is_empty() && failed.is_none(), "{case}");
                let condition = InstanceReaches::new("uhost-xxxx", InstanceState::Running);
                adapter.wait(condition, policy(longest));
            }
        }
    }
}

fn policy(longest: Duration) -> PollPolicy {
    let mut policy = PollPolicy::until(longest);
    policy.longest_interval = longest;
    policy
}

impl Adapter {
    fn wait(&self, condition: InstanceReaches, policy: PollPolicy) {
        match self {
            Self::Blocking(client) => {
                client.drive(&mut client.waiting(condition).poll_policy(policy)).unwrap();
            }
            Self::Hyper(runtime, client) => {
                let mut waiting = client.waiting(condition).poll_policy(policy);
                runtime.block_on(client.drive(&mut waiting)).unwrap();
            }
        }
    }
}

/// Drives a machine whose every attempt is lost, without waiting, for so many turns at most.
fn lose<M: Machine>(machine: &mut M) {
    let (mut now, mut input) = (Instant::now(), Input::Start);
    for _ in 0..50 {
        input = match machine.step(now, input) {
            Output::Transmit { .. } => Input::Failed(Failure::maybe_sent("lost")),
            Output::Sleep(delay) => {
                now += delay.min(Duration::from_secs(60));
                Input::Woke
            }
            Output::End(_) => return,
        };
    }
}

#[test]
fn every_machine_accepts_the_longest_delays() {
    let wall = SystemTime::now();
    for longest in LONGEST {
        let mut retry = RetryPolicy::default();
        (retry.base_delay, retry.max_delay, retry.attempts) = (longest, longest, u32::MAX);
        for call_timeout in [Duration::from_secs(60), longest] {
            let config =
                config("http://127.0.0.1:1/").call_timeout(call_timeout).retry(retry.clone());
            for seed in 0..20 {
                lose(&mut Call::new(config.clone(), DescribeCompShareImages::new(), wall, seed));
                let condition = InstanceReaches::new("uhost-xxxx", InstanceState::Running);
                let mut policy = policy(longest);
                policy.first_interval = longest;
                lose(&mut Wait::new(config.clone(), condition, wall, seed).poll_policy(policy));
                let mut policy = PollPolicy::once();
                (policy.probes, policy.first_interval) = (u32::MAX, longest);
                let create = CreateCompShareCustomImage::new("uhost-xxxx", "an image");
                lose(&mut SendOnce::new(config.clone(), create, wall, seed).poll_policy(policy));
            }
        }
    }
}

/// Sleeps as long as there is.
struct Sleeper;

impl Machine for Sleeper {
    type End = ();

    fn step(&mut self, _: Instant, input: Input) -> Output<()> {
        match input {
            Input::Start => Output::Sleep(Duration::MAX),
            _ => Output::End(()),
        }
    }
}

#[test]
fn the_longest_sleep_lasts_until_it_is_cancelled() {
    for adapter in Adapter::both(&config("http://127.0.0.1:1/")) {
        match adapter {
            Adapter::Blocking(client) => {
                let cancel = Cancel::default();
                let flag = cancel.clone();
                let sleeper = thread::spawn(move || client.drive_unless(&flag, &mut Sleeper));
                cancel.cancel();
                assert_eq!(sleeper.join().unwrap(), None);
            }
            Adapter::Hyper(runtime, client) => runtime.block_on(async {
                let soon = Duration::from_millis(20);
                assert!(tokio::time::timeout(soon, client.drive(&mut Sleeper)).await.is_err());
            }),
        }
    }
}
