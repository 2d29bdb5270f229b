//! SwitchCompShareEIPShareBandwidth: which bandwidth the public IPs of instances use.

use crate::families::prelude::*;
use crate::model::bandwidth::Bandwidth;

/// Id of the pool that everyone shares.
const PUBLIC: &str = "bwshare-public";
/// Bandwidth of the pool for one public IP.
const PUBLIC_MBPS: i64 = 100;

/// Moves the public IP of each instance. A failure is reported in its row and does not fail the call.
/// Instances of others have no row.
pub(super) fn switch(state: &mut State, call: &Call<'_>) -> Outcome {
    let to_company = call.required("TargetScope")? == "Company";
    let zone = call.required("Zone")?;
    let mut rows: Vec<Value> = Vec::new();
    for id in call.parameters.list("UHostIds").unwrap_or_default() {
        let mut instances = state.instances.iter();
        let own = instances.find(|instance| instance.id == id && instance.owner == call.company);
        let Some(instance) = own else { continue };
        let problem = if instance.zone != zone {
            Some("the instance is in another zone")
        } else if !instance.has_eip() {
            Some("the instance has no public IP of its own")
        } else if to_company && state.bandwidths.of_zone(call.company, zone).is_none() {
            Some("the account has no dedicated bandwidth in the zone")
        } else {
            None
        };
        if problem.is_none() {
            state.bandwidths.moved.insert(id.to_owned(), to_company);
        }
        rows.push(json!({
            "UHostId": id,
            "Success": problem.is_none(),
            "CurrentScope": scope(is_dedicated(state, instance)),
            "Message": problem.unwrap_or_default(),
        }));
    }
    Ok(json!({ "Results": rows }))
}

const fn scope(is_dedicated: bool) -> &'static str {
    if is_dedicated { "Company" } else { "Public" }
}

/// Whether an instance's public IP uses dedicated bandwidth: it was moved there, or is younger.
pub(super) fn is_dedicated(state: &State, instance: &Instance) -> bool {
    let own = state.bandwidths.of_zone(instance.owner, &instance.zone);
    let moved = state.bandwidths.moved.get(&instance.id).copied();
    own.is_some_and(|own| instance.has_eip() && moved.unwrap_or(instance.create_time > own.created))
}

/// Instances whose public IPs use the bandwidth.
pub(super) fn bound<'a>(
    state: &'a State,
    own: &'a Bandwidth,
) -> impl Iterator<Item = &'a Instance> {
    state
        .instances
        .iter()
        .filter(|instance| instance.owner == own.owner && instance.zone == own.zone)
        .filter(|instance| is_dedicated(state, instance))
}

/// Which bandwidth an instance's public IP uses, as lists of instances show it.
pub(crate) fn share_bandwidth(state: &State, instance: &Instance) -> Value {
    let own = state.bandwidths.of_zone(instance.owner, &instance.zone);
    let is_dedicated = is_dedicated(state, instance);
    let (id, mbps) = match own.filter(|_| is_dedicated) {
        Some(own) => (own.id.as_str(), own.mbps),
        None => (PUBLIC, PUBLIC_MBPS),
    };
    json!({
        "Scope": scope(is_dedicated),
        "ShareBandwidthId": id,
        "Bandwidth": mbps,
        "CanSwitch": instance.has_eip() && own.is_some(),
        "TargetScope": scope(!is_dedicated),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::Caller;

    const SWITCH: &str = "SwitchCompShareEIPShareBandwidth";
    const COMPANY: (&str, &str) = ("TargetScope", "Company");
    const PUBLIC: (&str, &str) = ("TargetScope", "Public");

    fn bandwidth(caller: &mut Caller, id: &str) -> Value {
        let list = [("UHostIds.0", id), ("IncludeShareBandwidth", "true")];
        let host = caller.ok("DescribeCompShareInstance", &list)["UHostSet"][0].clone();
        host["IPSet"][1]["ShareBandwidth"].clone()
    }

    #[test]
    fn addresses_move_there_and_back() {
        let mut caller = Caller::new();
        let both = [("UHostIds.0", "uhost-xxxx"), ("UHostIds.1", "uhost-idle")];
        for _ in 0..2 {
            let response = caller.ok(SWITCH, &[&both[..], &[COMPANY]].concat());
            let row = |id: &str| json!({ "UHostId": id, "Success": true, "CurrentScope": "Company", "Message": "" });
            assert_eq!(response["Results"], json!([row("uhost-xxxx"), row("uhost-idle")]));
        }
        let dedicated = json!({
            "Scope": "Company",
            "ShareBandwidthId": "bw-xxxx",
            "Bandwidth": 100,
            "CanSwitch": true,
            "TargetScope": "Public",
        });
        assert_eq!(bandwidth(&mut caller, "uhost-xxxx"), dedicated);
        let own = caller.ok("DescribeCompShareShareBandwidth", &[]);
        assert_eq!(own["CompanyShareBandwidth"]["BindEIPCount"], 2);
        caller.ok(SWITCH, &[&both[..], &[PUBLIC]].concat());
        assert_eq!(bandwidth(&mut caller, "uhost-xxxx")["Scope"], "Public");
        let own = caller.ok("DescribeCompShareShareBandwidth", &[]);
        assert_eq!(own["CompanyShareBandwidth"]["BindEIPCount"], 0);
    }

    #[test]
    fn some_may_fail_and_some_have_no_row() {
        let mut caller = Caller::new();
        let ids = [
            ("UHostIds.0", "uhost-none"),
            ("UHostIds.1", "uhost-sh2"),
            ("UHostIds.2", "uhost-stopped"),
        ];
        let rows = caller.ok(SWITCH, &[&ids[..], &[COMPANY]].concat())["Results"].clone();
        let other = json!({
            "UHostId": "uhost-sh2",
            "Success": false,
            "CurrentScope": "Public",
            "Message": "the instance is in another zone",
        });
        assert_eq!((&rows[0], &rows[1]["Success"]), (&other, &json!(true)));
        assert_eq!(rows.as_array().map(Vec::len), Some(2));
        let place = |region, zone| [("Region", region), ("Zone", zone), COMPANY];
        for (region, zone, id, why) in [
            ("cn-bj2", "cn-bj2-03", "cpod-xxxx", "the instance has no public IP of its own"),
            (
                "cn-sh2",
                "cn-sh2-02",
                "uhost-sh2",
                "the account has no dedicated bandwidth in the zone",
            ),
        ] {
            let pairs = [&place(region, zone)[..], &[("UHostIds.0", id)]].concat();
            let row = caller.call(SWITCH, &pairs)["Results"][0].clone();
            assert_eq!((&row["Success"], &row["Message"]), (&json!(false), &json!(why)));
        }
    }

    #[test]
    fn a_target_is_needed() {
        let mut caller = Caller::new();
        assert_eq!(caller.refused(SWITCH, &[COMPANY]).0, 220);
        let id = ("UHostIds.0", "uhost-xxxx");
        assert_eq!(caller.refused(SWITCH, &[id]).0, 220);
        let (code, message) = caller.refused(SWITCH, &[id, ("TargetScope", "Other")]);
        assert_eq!(code, 230);
        assert!(message.contains("[TargetScope]"), "{message}");
    }
}
