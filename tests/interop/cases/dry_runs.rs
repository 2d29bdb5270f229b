//! What the official CLI calls when it only says what it would do.

use compshare_proto::{
    Gb,
    actions::{CheckCompShareResourceCapacity, CheckCompShareResourceCapacityRequired},
    types::{ChargeType, DiskType, InstanceDisk, MachineType, MinimalCpuPlatform},
};
use serde_json::{Value, json};

use super::{IMAGE, LOCATE, REGION, STOPPED, ZONE, here, within};
use crate::case::Case;

const CAPACITY: &str = "CheckCompShareResourceCapacity";

pub(super) fn cases() -> Vec<Case> {
    let upgrade = here(json!({ "UHostId": STOPPED, "CPU": 32, "Memory": 131_072, "GPU": 2 }));
    let bandwidth = here(json!({ "ShareBandwidth": 100, "ChargeType": "Month", "Quantity": 1 }));
    let storage =
        within("cn-sh2", "cn-sh2-01", json!({ "Size": 100, "ChargeType": "Month", "Quantity": 1 }));
    let one = json!({ "UHostIds": ["cpod-xxxx"], "Limit": 1, "Offset": 0 });
    vec![
        Case::new("would create an instance", CAPACITY, capacity())
            .typed(|client| {
                let required = CheckCompShareResourceCapacityRequired {
                    gpu_type: "4090".to_owned(),
                    machine_type: MachineType::G,
                    minimal_cpu_platform: MinimalCpuPlatform::Auto,
                    compshare_image_id: IMAGE.to_owned(),
                    charge_type: ChargeType::Postpay,
                    disks: vec![InstanceDisk::new(true, DiskType::CloudSsd, Gb(100))],
                };
                let action = CheckCompShareResourceCapacity::new(required);
                client.send(action.region(REGION).zone(ZONE)).map(drop)
            })
            .run(
                "instance create --gpu 4090 --count 1 --cpu 16 --memory 64GiB \
                 --image compshareImage-xxxx --region cn-wlcb --zone cn-wlcb-01 --dry-run",
            )
            .after(&["GetCompShareInstancePrice"])
            .shows(&["4090", "64GiB", "Postpay", "CLOUD_SSD"]),
        Case::new("in stock", CAPACITY, capacity())
            .run(
                "instance search --gpu 4090 --image compshareImage-xxxx --available \
                 --region cn-wlcb --zone cn-wlcb-01",
            )
            .before(&["DescribeAvailableCompShareInstanceTypes"])
            .shows(&["4090", "64GiB"]),
        Case::new("would resize an instance", "GetCompShareInstanceUpgradePrice", upgrade)
            .run("instance resize uhost-stopped --cpu 32 --memory 128GiB --gpu 2 --dry-run")
            .before(&[LOCATE])
            .shows(&["Price"]),
        Case::new("would buy bandwidth", "GetCompShareShareBandwidthPrice", bandwidth)
            .run("bandwidth create --bandwidth 100 --region cn-wlcb --zone cn-wlcb-01 --dry-run")
            .shows(&["100 Mbps", "CNY"]),
        Case::new("would buy file storage", "GetCompShareCFSPrice", storage)
            .run(
                "storage cfs create --name shared --size 100GiB --region cn-sh2 \
                 --zone cn-sh2-01 --dry-run",
            )
            .before(&["DescribeCompShareSupportZone"])
            .shows(&["shared", "100"]),
        Case::new("would attach file storage", LOCATE, one)
            .run("storage cfs attach --instance cpod-xxxx --dry-run")
            .shows(&["cpod-xxxx"]),
    ]
}

/// What is asked before an instance is created.
fn capacity() -> Value {
    here(json!({
        "GpuType": "4090", "MachineType": "G", "MinimalCpuPlatform": "Auto",
        "CompShareImageId": IMAGE, "ChargeType": "Postpay",
        "Disks": [{ "IsBoot": true, "Type": "CLOUD_SSD", "Size": 100 }],
    }))
}
