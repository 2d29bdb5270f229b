//! The calls: every action, in the ways that people call it.

mod bandwidths;
mod cfs;
mod changes;
mod disks;
mod dry_runs;
mod image_changes;
mod image_lists;
mod instances;
mod json;
mod lives;
mod orders;
mod others;
mod prices;
mod schedules;
mod teams;
mod ulhosts;

use compshare_proto::Timestamp;
use serde_json::{Value, json};

use crate::case::Case;

const REGION: &str = "cn-wlcb";
const ZONE: &str = "cn-wlcb-01";
const IMAGE: &str = "compshareImage-xxxx";
const RUNNING: &str = "uhost-xxxx";
const STOPPED: &str = "uhost-stopped";
/// What the official CLI calls to learn where an instance is.
const LOCATE: &str = "DescribeCompShareInstance";
/// What the official CLI calls to learn which project is the default.
const PROJECTS: &str = "GetProjectList";

/// Every call, in order.
pub(crate) fn all() -> Vec<Case> {
    let families = [
        image_lists::cases,
        image_changes::cases,
        json::cases,
        instances::cases,
        lives::cases,
        changes::cases,
        schedules::cases,
        prices::cases,
        dry_runs::cases,
        disks::cases,
        cfs::cases,
        bandwidths::cases,
        teams::cases,
        orders::cases,
        ulhosts::cases,
        others::cases,
    ];
    families.iter().flat_map(|cases| cases()).collect()
}

/// A time in Unix seconds.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds)
}

/// The parameters in the region and the zone of most cases.
fn here(parameters: Value) -> Value {
    within(REGION, ZONE, parameters)
}

/// The parameters in a region and a zone.
fn within(region: &str, zone: &str, parameters: Value) -> Value {
    join(parameters, json!({ "Region": region, "Zone": zone }))
}

/// The parameters with others, which replace them.
fn join(mut parameters: Value, others: Value) -> Value {
    if let (Value::Object(parameters), Value::Object(others)) = (&mut parameters, others) {
        parameters.extend(others);
    }
    parameters
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use compshare_proto::actions::ACTIONS;

    use super::*;

    #[test]
    fn every_action_has_a_case_and_every_case_a_name_of_its_own() {
        let cases = all();
        for info in ACTIONS {
            assert!(
                cases.iter().any(|case| case.action == info.name),
                "add a case of {} to a file in tests/interop/cases/",
                info.name
            );
        }
        let names: BTreeSet<&str> = cases.iter().map(|case| case.name).collect();
        assert_eq!(names.len(), cases.len());
    }
}
