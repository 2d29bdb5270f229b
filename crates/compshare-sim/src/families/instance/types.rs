//! Machine types: DescribeAvailableCompShareInstanceTypes, DescribeCompShareMachineTypeFamilies.

use crate::families::prelude::*;

use super::instance_request::{BOOT_GB, DATA_GB};
use crate::model::{
    catalog::{self, MODELS, Model},
    regions::ZONES,
};

/// DescribeAvailableCompShareInstanceTypes: a row for each zone and model that is sold there.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let models = sent.list("MachineTypes").filter(|models| !models.is_empty());
    let pool = sent.filled("InstanceType").unwrap_or("uhost");
    let is_wanted = |model: &&Model| {
        let is_named = models.as_ref().is_none_or(|models| models.contains(&model.name.as_str()));
        is_named && (pool != "spot" || model.spot)
    };
    let mut rows = Vec::new();
    for zone in ZONES.iter().filter(|zone| call.covers(&zone.region, &zone.id)) {
        for model in MODELS.iter().filter(is_wanted) {
            if let Some(free) = state.free_cards(&zone.id, &model.name) {
                rows.push(row(model, &zone.id, free, pool));
            }
        }
    }
    let status = if rows.is_empty() { "SoldOut" } else { "Normal" };
    Ok(json!({ "AvailableInstanceTypes": rows, "Status": status }))
}

fn row(model: &Model, zone: &str, free: i64, pool: &str) -> Value {
    let platforms = model.platforms();
    let choice = |size: catalog::Size| {
        let (cpu, memory) = (size.cpu, size.memory_gb);
        json!({ "Cpu": cpu, "Memory": memory, "MinimalCpuPlatform": platforms })
    };
    let choices = |gpus| model.sizes(gpus).into_iter().map(choice).collect::<Value>();
    let sizes: Vec<Value> = (1..=model.max_gpus)
        .map(|gpus| json!({ "Gpu": gpus, "Collection": choices(gpus) }))
        .collect();
    let row = json!({
        "Name": model.name,
        "Zone": zone,
        "Status": if free > 0 { "Normal" } else { "SoldOut" },
        "Description": model.description,
        "MachineSizes": sizes,
        "CpuPlatforms": vendors(model),
        "Disks": disks(model),
        "GraphicsMemory": { "Value": model.memory_gb, "Rate": 3, "Unit": "GB" },
        "Performance": { "Value": model.tflops, "Rate": 3 },
        "InstanceType": pool,
    });
    merged(constant("DescribeAvailableCompShareInstanceTypes"), row)
}

/// CPU platforms by vendor; a vendor that the model does not come with is missing.
fn vendors(model: &Model) -> Value {
    let rows = [
        (model.intel, "Intel", json!(["Intel/Auto", "Intel/IceLake"])),
        (model.amd, "Amd", json!(["Amd/Auto", "Amd/EPYC3"])),
    ];
    rows.into_iter().filter(|(has, ..)| *has).map(|(_, vendor, names)| (vendor, names)).collect()
}

fn disks(model: &Model) -> Value {
    let row = |name: &str, (least, most): (i64, i64)| {
        json!({
            "Name": name,
            "InstantResize": false,
            "MinimalSize": least,
            "MaximalSize": most,
            "Features": ["SNAPSHOT", "DATAARK"],
        })
    };
    let fastest = (model.name == "A800").then_some("CLOUD_RSSD");
    let cloud: Vec<&str> = ["CLOUD_SSD", "CLOUD_NORMAL"].into_iter().chain(fastest).collect();
    let group = |name: &str, types: &[&str]| {
        let rows = |limits| types.iter().map(|kind| row(kind, limits)).collect::<Vec<_>>();
        json!({ "Name": name, "BootDisk": rows(BOOT_GB), "DataDisk": rows(DATA_GB) })
    };
    json!([
        group("cloudDisk", &cloud),
        group("normalLocalDisk", &["LOCAL_NORMAL"]),
        group("ssdLocalDisk", &["LOCAL_SSD"]),
    ])
}

/// DescribeCompShareMachineTypeFamilies: of every region, by the number of the zone too.
pub(super) fn families(_state: &mut State, _call: &Call<'_>) -> Outcome {
    let show = |model: &Model| json!({ "Name": model.name, "Description": model.description });
    let all: Vec<Value> = MODELS.iter().map(show).collect();
    let by_zone = ZONES.iter().map(|zone| {
        let sold = MODELS.iter().filter(|model| model.stock.contains_key(&zone.id));
        (zone.number.to_string(), sold.map(show).collect::<Value>())
    });
    Ok(json!({ "MachineTypes": all, "MachineTypesMap": by_zone.collect::<Value>() }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Caller, column};

    const LIST: &str = "DescribeAvailableCompShareInstanceTypes";

    #[test]
    fn what_is_sold_has_sizes_and_limits() {
        let mut caller = Caller::new();
        let response = caller.ok(LIST, &[("MachineTypes.0", "4090"), ("MachineTypes.1", "P40")]);
        let rows = &response["AvailableInstanceTypes"];
        assert_eq!(column(rows, "Name"), ["4090", "P40"]);
        assert_eq!(column(rows, "Status"), ["Normal", "SoldOut"]);
        let choice = &rows[0]["MachineSizes"][0]["Collection"][1];
        assert_eq!((&choice["Cpu"], &choice["Memory"]), (&json!(16), &json!([64, 96])));
        assert_eq!(rows[0]["Disks"][0]["BootDisk"][0]["Name"], "CLOUD_SSD");
        assert_eq!(rows[1]["CpuPlatforms"].get("Amd"), None);
    }

    #[test]
    fn zones_and_pools_differ() {
        let mut caller = Caller::new();
        let all = caller.anywhere(LIST, &[("Region", "cn-sh2")]);
        let zones = column(&all["AvailableInstanceTypes"], "Zone");
        assert!(zones.contains(&"cn-sh2-01".to_owned()) && zones.contains(&"cn-sh2-02".to_owned()));
        let spot = caller.ok(LIST, &[("InstanceType", "spot")]);
        let names = column(&spot["AvailableInstanceTypes"], "Name");
        assert!(names.contains(&"4090".to_owned()) && !names.contains(&"A800".to_owned()));
        let none = caller.ok(LIST, &[("MachineTypes.0", "9999")]);
        assert_eq!(none["Status"], "SoldOut");
        assert_eq!(caller.refused(LIST, &[("InstanceType", "none")]).0, 230);
    }

    #[test]
    fn families_come_by_zone() {
        let mut caller = Caller::new();
        let response = caller.ok("DescribeCompShareMachineTypeFamilies", &[]);
        assert_eq!(response["MachineTypes"][0]["Name"], "4090");
        let zone = &response["MachineTypesMap"]["1003"];
        assert_eq!(column(zone, "Name"), ["4090", "4090_48G"]);
    }
}
