//! Buying, changing and deleting dedicated bandwidth.

use super::switch::bound;
use crate::families::prelude::*;
use crate::model::bandwidth::{Bandwidth, CHARGES, zone};

/// CreateCompShareShareBandwidth: one for each zone; instances from then on use it.
pub(super) fn create(state: &mut State, call: &Call<'_>) -> Outcome {
    let zone = zone(call)?;
    let charge = ChargeType::required(call, &CHARGES)?;
    state.check_paid(call)?;
    let has_one = state.bandwidths.of_zone(call.company, zone).is_some();
    let why = "the account already has dedicated bandwidth in the zone";
    Refusal::when(has_one, "Zone", why)?;
    let bandwidth = Bandwidth {
        id: state.new_id("bw"),
        owner: call.company,
        zone: zone.to_owned(),
        mbps: call.number("ShareBandwidth")?,
        charge,
        periods: call.number("Quantity")?,
        created: call.seconds(),
        updated: call.seconds(),
    };
    let order = state.new_id("order");
    state.bandwidths.all.push(bandwidth.clone());
    let shown = show(state, &bandwidth, call.seconds());
    Ok(json!({ "CompanyShareBandwidth": shown, "OrderNo": order }))
}

/// DescribeCompShareShareBandwidth: empty if the zone has none.
pub(super) fn describe(state: &mut State, call: &Call<'_>) -> Outcome {
    let zone = call.required("Zone")?;
    Ok(match state.bandwidths.of_zone(call.company, zone) {
        Some(own) => json!({ "CompanyShareBandwidth": show(state, own, call.seconds()) }),
        None => json!({}),
    })
}

/// ModifyCompShareShareBandwidth.
pub(super) fn modify(state: &mut State, call: &Call<'_>) -> Outcome {
    state.check_paid(call)?;
    let own = state.bandwidths.own(call)?;
    let why = format!("ShareBandwidthId {} has expired", own.id);
    Refusal::new_if(own.is_expired(call.seconds()), 226_602, why)?;
    own.mbps = call.number("ShareBandwidth")?;
    own.updated = call.seconds();
    Ok(json!({}))
}

/// DeleteCompShareShareBandwidth: its public IPs go back to the shared pool.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Outcome {
    let own = state.bandwidths.own(call)?.clone();
    let ids: Vec<String> = bound(state, &own).map(|instance| instance.id.clone()).collect();
    state.bandwidths.all.retain(|other| other.id != own.id);
    state.bandwidths.moved.retain(|id, _| !ids.contains(id));
    Ok(json!({ "MigratedEIPCount": ids.len() }))
}

fn show(state: &State, own: &Bandwidth, now: i64) -> Value {
    let info: Vec<Value> = bound(state, own)
        .map(|instance| {
            json!({
                "EIPId": instance.eip_id(),
                "IP": instance.public_ip(),
                "UHostId": instance.id,
            })
        })
        .collect();
    json!({
        "ShareBandwidthId": own.id,
        "ResourceId": own.id,
        "Bandwidth": own.mbps,
        "Status": if own.is_expired(now) { "Expired" } else { "Normal" },
        "ChargeType": own.charge.as_str(),
        "Quantity": own.periods,
        "PurchaseValue": own.expires(),
        "BindEIPCount": info.len(),
        "BindEIPInfo": info,
        "CreateTime": own.created,
        "UpdateTime": own.updated,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{
        model::COMPANY_ID,
        testing::{Caller, START, at, column},
    };

    const CREATE: &str = "CreateCompShareShareBandwidth";
    const DESCRIBE: &str = "DescribeCompShareShareBandwidth";
    const SH2: [(&str, &str); 2] = [("Region", "cn-sh2"), ("Zone", "cn-sh2-02")];
    const NEW: [(&str, &str); 3] =
        [("ShareBandwidth", "200"), ("ChargeType", "Month"), ("Quantity", "2")];

    fn create(caller: &mut Caller) -> Value {
        caller.call(CREATE, &[&SH2[..], &NEW].concat())
    }

    #[test]
    fn a_zone_has_one() {
        let mut caller = Caller::new();
        assert_eq!(
            caller.call(DESCRIBE, &SH2),
            json!({ "RetCode": 0, "Action": "DescribeCompShareShareBandwidthResponse" })
        );
        let response = create(&mut caller);
        let bought = response["CompanyShareBandwidth"].clone();
        assert!(response["OrderNo"].as_str().is_some_and(|number| number.starts_with("order-")));
        let id = bought["ShareBandwidthId"].clone();
        let expected = json!({
            "ShareBandwidthId": id,
            "ResourceId": id,
            "Bandwidth": 200,
            "Status": "Normal",
            "ChargeType": "Month",
            "Quantity": 2,
            "PurchaseValue": START + 60 * 86_400,
            "BindEIPCount": 0,
            "BindEIPInfo": [],
            "CreateTime": START,
            "UpdateTime": START,
        });
        assert_eq!(bought, expected);
        assert_eq!(caller.call(DESCRIBE, &SH2)["CompanyShareBandwidth"], bought);
        let again = create(&mut caller);
        assert_eq!(again["RetCode"], 230);
        let why =
            "Params [Zone] not available: the account already has dedicated bandwidth in the zone";
        assert_eq!(again["Message"], why);
    }

    #[test]
    fn bandwidth_changes_until_it_expires() {
        let mut caller = Caller::new();
        let bought = create(&mut caller)["CompanyShareBandwidth"].clone();
        let id = bought["ShareBandwidthId"].as_str().expect("an id").to_owned();
        let modify = "ModifyCompShareShareBandwidth";
        let change = [&SH2[..], &[("ShareBandwidthId", &*id), ("ShareBandwidth", "50")]].concat();
        caller.now = at(5);
        assert_eq!(caller.call(modify, &change)["RetCode"], 0);
        let now = caller.call(DESCRIBE, &SH2)["CompanyShareBandwidth"].clone();
        assert_eq!((&now["Bandwidth"], &now["UpdateTime"]), (&json!(50), &json!(START + 5)));
        caller.now = at(60 * 86_400);
        assert_eq!(caller.call(modify, &change)["RetCode"], 226_602);
        let now = caller.call(DESCRIBE, &SH2)["CompanyShareBandwidth"].clone();
        assert_eq!(now["Status"], "Expired");
    }

    #[test]
    fn deleted_bandwidth_releases_its_addresses() {
        let mut caller = Caller::new();
        let own = caller.ok(DESCRIBE, &[])["CompanyShareBandwidth"].clone();
        assert_eq!(column(&own["BindEIPInfo"], "UHostId"), ["uhost-idle"]);
        let delete = "DeleteCompShareShareBandwidth";
        let id = ("ShareBandwidthId", "bw-xxxx");
        assert_eq!(caller.ok(delete, &[id])["MigratedEIPCount"], 1);
        assert_eq!(caller.ok(DESCRIBE, &[]).get("CompanyShareBandwidth"), None);
        let (code, message) = caller.refused(delete, &[id]);
        assert_eq!(code, 230);
        assert!(message.starts_with("Params [ShareBandwidthId] not available: "), "{message}");
        let list = [("UHostIds.0", "uhost-idle"), ("IncludeShareBandwidth", "true")];
        let host = caller.ok("DescribeCompShareInstance", &list)["UHostSet"][0].clone();
        let shared = host["IPSet"][1]["ShareBandwidth"].clone();
        assert_eq!((&shared["Scope"], &shared["CanSwitch"]), (&json!("Public"), &json!(false)));
    }

    #[test]
    fn unknown_products_are_refused() {
        let mut caller = Caller::new();
        for (name, value) in [
            ("ShareBandwidth", "19"),
            ("ShareBandwidth", "10001"),
            ("ChargeType", "Day"),
            ("Quantity", "0"),
            ("Zone", "cn-sh2-01"),
        ] {
            let all = [&SH2[..], &NEW].concat();
            let rest = all.into_iter().filter(|pair| pair.0 != name);
            let pairs: Vec<_> = rest.chain([(name, value)]).collect();
            let response = caller.call(CREATE, &pairs);
            assert_eq!(response["RetCode"], 230, "{name}");
            let message = response["Message"].as_str().unwrap_or_default();
            assert!(message.contains(&format!("[{name}]")), "{message}");
        }
        assert_eq!(caller.call(CREATE, &SH2)["RetCode"], 220);
        let other =
            [&SH2[..], &[("ShareBandwidthId", "bw-xxxx"), ("ShareBandwidth", "50")]].concat();
        assert_eq!(caller.call("ModifyCompShareShareBandwidth", &other)["RetCode"], 230);
        caller.gateway.company_mut(COMPANY_ID).arrears = true;
        assert_eq!(create(&mut caller)["RetCode"], 226_601);
        let own = [("ShareBandwidthId", "bw-xxxx"), ("ShareBandwidth", "50")];
        assert_eq!(caller.refused("ModifyCompShareShareBandwidth", &own).0, 226_601);
    }
}
