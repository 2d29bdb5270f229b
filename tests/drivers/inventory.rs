//! Zones and free GPUs, joined from several calls, on both clients.

use std::collections::BTreeSet;

use compshare_proto::{Error, inventory::Inventory, types::SupportZone};
use compshare_sim::Fault;

use crate::adapter::{Adapter, each, each_with};

fn zones(adapter: &Adapter) -> Result<Vec<SupportZone>, Error> {
    match adapter {
        Adapter::Blocking(client) => client.zones(),
        Adapter::Hyper(runtime, client) => runtime.block_on(client.zones()),
    }
}

fn inventory(adapter: &Adapter) -> Result<Inventory, Error> {
    match adapter {
        Adapter::Blocking(client) => client.inventory(),
        Adapter::Hyper(runtime, client) => runtime.block_on(client.inventory()),
    }
}

#[test]
fn zones_need_no_region_of_the_client() {
    each_with(
        |config| config.region("").zone(""),
        |_, adapter| {
            let zones = zones(adapter).unwrap();
            let regions: BTreeSet<_> = zones.iter().map(|zone| zone.region.as_str()).collect();
            assert_eq!(Vec::from_iter(regions), ["cn-bj2", "cn-sh2", "cn-wlcb"]);
            assert!(zones.iter().all(|zone| zone.zone.starts_with(&zone.region)));
        },
    );
}

#[test]
fn the_inventory_counts_each_zone_once_whatever_the_client_is_set_to() {
    let mut seen = Vec::new();
    each(|_, adapter| seen.push(inventory(adapter).unwrap()));
    each_with(
        |config| config.region("").zone(""),
        |sim, adapter| {
            seen.push(inventory(adapter).unwrap());
            let requests = sim.requests();
            let regions = requests.iter().filter(|seen| seen.action.ends_with("GpuInventory"));
            assert_eq!((requests.len(), regions.count()), (4, 3), "one call for each region");
        },
    );
    let [first, rest @ ..] = &seen[..] else { panic!("{seen:?}") };
    assert!(rest.iter().all(|other| other == first));
    assert!(first.free("cn-wlcb-01", "4090") > 0);
    let stock = first.in_stock("4090");
    assert!(stock.iter().all(|(zone, free)| first.free(&zone.zone, "4090") == *free && *free > 0));
    assert!(first.iter().any(|row| row.1 == "4090" && row.2 == first.free(&row.0.zone, "4090")));
}

#[test]
fn an_inventory_that_lacks_a_region_is_an_error() {
    each(|sim, adapter| {
        sim.fault_on("DescribeCompShareGpuInventory", Fault::ret_code(299, "No permission"));
        assert_eq!(inventory(adapter).unwrap_err().ret_code().unwrap().number(), 299);
    });
}
