//! One async client on several runtimes, of which only one runs at a time.

use std::time::Duration;

use compshare_hyper::Client;
use compshare_proto::actions::CreateCompShareTeam;
use compshare_sim::Sim;
use tokio::runtime::{Builder, Runtime};

use crate::adapter::{config, report};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// An action that must not be sent again once it may have arrived.
fn create(runtime: &Runtime, client: &Client) {
    let sent = runtime.block_on(client.send(CreateCompShareTeam::new("a team")));
    sent.unwrap_or_else(|error| panic!("{}", report(&error)));
}

#[test]
fn a_call_does_not_wait_for_an_idle_runtime() {
    for connections in [1, 64] {
        let sim = Sim::start().unwrap();
        let config = config(sim.endpoint())
            .attempt_timeout(Duration::from_secs(5))
            .max_connections(connections);
        let client = Client::new(config).unwrap();
        let (first, second) = (runtime(), runtime());
        for _ in 0..3 {
            create(&first, &client);
            create(&second, &client);
        }
        // Each keeps its own.
        assert_eq!(sim.connections(), 2);
        drop(first);
        create(&second, &client);
        create(&runtime(), &client);
        assert_eq!((sim.connections(), sim.requests().len()), (3, 8));
    }
}

#[test]
fn a_call_stopped_with_its_runtime_blocks_no_other() {
    let sim = Sim::start().unwrap();
    let config = config(sim.endpoint()).attempt_timeout(Duration::from_secs(5)).max_connections(1);
    let client = Client::new(config).unwrap();
    let first = runtime();
    let (begun, begins) = std::sync::mpsc::channel();
    let call = {
        let client = client.clone();
        first.spawn(async move {
            begun.send(()).unwrap();
            client.send(CreateCompShareTeam::new("a team")).await
        })
    };
    // Begins, and then stands still with its runtime.
    first.block_on(async {
        while begins.try_recv().is_err() {
            tokio::task::yield_now().await
        }
    });
    create(&runtime(), &client);
    drop((call, first));
    create(&runtime(), &client);
}
