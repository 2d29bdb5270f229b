//! What is in stock: CheckCompShareResourceCapacity, DescribeCompShareGpuInventory.

use crate::families::prelude::*;

use super::instance_request;
use crate::model::{
    catalog::{MODELS, Model},
    regions::{ZONES, Zone},
};

/// Seconds for which numbers are kept.
const KEPT: i64 = 300;

/// CheckCompShareResourceCapacity: every size of the model, with whether its cards are free.
pub(super) fn check(state: &mut State, call: &Call<'_>) -> Outcome {
    let model = instance_request::model(call)?;
    let zone = call.required("Zone")?;
    instance_request::charge(call, model)?;
    instance_request::platform(call, model)?;
    instance_request::disks(call, model)?;
    instance_request::image(state, call, &model.name)?;
    let free = state.free_cards(zone, &model.name).unwrap_or(0);
    let mut specs = Vec::new();
    for gpus in 1..=model.max_gpus {
        for size in model.sizes(gpus) {
            for memory in size.memory_gb {
                specs.push(json!({
                    "Gpu": gpus, "Cpu": size.cpu, "Mem": memory, "ResourceEnough": gpus <= free,
                }));
            }
        }
    }
    Ok(json!({ "Specs": specs }))
}

/// DescribeCompShareGpuInventory: by pool, number of the zone and model.
pub(super) fn inventory(state: &mut State, call: &Call<'_>) -> Outcome {
    let free = |zone: &Zone, fits: fn(&Model) -> bool| -> Value {
        let models = MODELS.iter().filter(|model| fits(model)).map(|model| model.name.as_str());
        models.filter_map(|name| Some((name, state.free_cards(&zone.id, name)?))).collect()
    };
    let pool = |fits| -> Value {
        let zones = ZONES.iter().filter(|zone| call.covers(&zone.region, &zone.id));
        zones.map(|zone| (zone.number.to_string(), free(zone, fits))).collect()
    };
    let unsupported: Vec<&str> =
        MODELS.iter().filter(|model| !model.spot).map(|model| model.name.as_str()).collect();
    Ok(json!({
        "GpuInventory": { "Exclusive": pool(|_| true), "Spot": pool(|model| model.spot) },
        "UpdateTime": call.seconds() / KEPT * KEPT,
        "SpotUnsupportedGpuTypes": unsupported,
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Caller, column};

    const CHECK: &str = "CheckCompShareResourceCapacity";
    const WANTED: [(&str, &str); 8] = [
        ("GpuType", "4090"),
        ("MachineType", "G"),
        ("MinimalCpuPlatform", "Auto"),
        ("CompShareImageId", "compshareImage-xxxx"),
        ("ChargeType", "Postpay"),
        ("Disks.0.IsBoot", "true"),
        ("Disks.0.Type", "CLOUD_SSD"),
        ("Disks.0.Size", "60"),
    ];

    fn with(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
        let mut sent = WANTED.to_vec();
        sent.extend_from_slice(changes);
        sent
    }

    fn enough(caller: &mut Caller) -> Vec<Value> {
        let response = caller.ok(CHECK, &WANTED);
        let specs = response["Specs"].as_array().expect("specs").clone();
        specs.into_iter().filter(|spec| spec["ResourceEnough"] == true).collect()
    }

    #[test]
    fn capacity_follows_stock() {
        let mut caller = Caller::new();
        let expected = json!({ "Gpu": 1, "Cpu": 16, "Mem": 64, "ResourceEnough": true });
        assert!(enough(&mut caller).contains(&expected));
        assert!(enough(&mut caller).iter().any(|spec| spec["Gpu"] == 10));
        caller.gateway.set_stock("cn-wlcb-01", "4090", 0);
        assert!(enough(&mut caller).is_empty());
    }

    #[test]
    fn unknown_sizes_and_models_are_refused() {
        let mut caller = Caller::new();
        for (change, parameter) in [
            (("GpuType", "9999"), "GpuType"),
            (("CompShareImageId", "compshareImage-none"), "CompShareImageId"),
            (("Disks.0.IsBoot", "false"), "Disks"),
            (("Disks.0.Type", "CLOUD_RSSD"), "Disks.0.Type"),
            (("Disks.0.Size", "5000"), "Disks.0.Size"),
            (("ChargeType", "Year"), "ChargeType"),
        ] {
            let (code, message) = caller.refused(CHECK, &with(&[change]));
            assert!(code == 230 && message.contains(&format!("[{parameter}]")), "{message}");
        }
        let spot = with(&[("GpuType", "A800"), ("ChargeType", "Spot")]);
        assert_eq!(caller.refused(CHECK, &spot).0, 230);
        let amd = with(&[("GpuType", "A800"), ("MinimalCpuPlatform", "Amd/Auto")]);
        assert_eq!(caller.refused(CHECK, &amd).0, 230);
        let image = with(&[("GpuType", "H20"), ("CompShareImageId", "compshareImage-c01v3")]);
        assert_eq!(caller.refused(CHECK, &image).0, 226_603);
    }

    /// Production sends `GpuInventory` and keys it by the zones' numbers.
    #[test]
    fn the_inventory_has_the_name_and_the_zones_of_production() {
        let mut caller = Caller::new();
        let zones = caller.ok("DescribeCompShareSupportZone", &[])["ZoneInfo"].clone();
        let response = caller.ok("DescribeCompShareGpuInventory", &[]);
        assert_eq!(response.get("GpuInventoryByZone"), None);
        let numbers = response["GpuInventory"]["Exclusive"].as_object().expect("a map");
        assert!(!numbers.is_empty());
        let known = column(&zones, "ZoneId");
        for number in numbers.keys() {
            assert!(known.contains(number), "{number}");
        }
    }

    #[test]
    fn the_inventory_counts_free_cards() {
        let mut caller = Caller::new();
        let response = caller.ok("DescribeCompShareGpuInventory", &[]);
        let pools = &response["GpuInventory"];
        assert_eq!(pools["Exclusive"]["9001"]["P40"], 0);
        assert_eq!(pools["Exclusive"]["9001"]["A800"], 16);
        assert_eq!(pools["Spot"]["9001"].get("A800"), None);
        assert_eq!(response["UpdateTime"], 1_800_000_000);
        assert_eq!(response["SpotUnsupportedGpuTypes"][0], "4090_48G");
        let before = pools["Exclusive"]["9001"]["4090"].as_i64();
        caller.ok("TerminateCompShareInstance", &[("UHostId", "uhost-stopped")]);
        let response = caller.ok("DescribeCompShareGpuInventory", &[]);
        let after = response["GpuInventory"]["Exclusive"]["9001"]["4090"].as_i64();
        assert_eq!(after, before.map(|cards| cards + 1));
        assert_eq!(response["GpuInventory"]["Exclusive"].get("7001"), None);
    }
}
