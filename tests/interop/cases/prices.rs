//! Calls that ask what an instance costs.

use compshare_proto::{
    Gb,
    actions::{
        GetCompShareInstancePrice, GetCompShareInstancePriceRequired,
        GetCompShareInstanceUpgradePrice, GetCompShareInstanceUserPrice,
        GetCompShareInstanceUserPriceRequired, GetCompShareRefundPrice,
    },
    types::{ChargeType, DiskType, InstanceDisk, PriceVolume, VolumeType},
};
use serde_json::json;

use super::{IMAGE, LOCATE, REGION, RUNNING, STOPPED, ZONE, here};
use crate::case::{Case, send};

pub(super) fn cases() -> Vec<Case> {
    let new = here(json!({
        "GpuType": "4090", "Gpu": 1, "Cpu": 16, "Memory": 65536, "ChargeType": "Postpay",
        "Disks": [{ "IsBoot": true, "Type": "CLOUD_SSD", "Size": 100 }],
        "Volumes": [{ "Type": "UDisk", "Size": 50 }], "CompShareImageId": IMAGE, "Quantity": 1,
    }));
    let user = here(json!({
        "GpuType": "4090", "GPU": 1, "CPU": 16, "Memory": 65536, "ChargeType": "Month",
    }));
    let upgrade = here(json!({ "UHostId": STOPPED, "CPU": 32, "Memory": 131_072, "GPU": 2 }));
    let refund = here(json!({ "UHostIds": [RUNNING, STOPPED] }));
    vec![
        Case::new("price", "GetCompShareInstancePrice", new)
            .typed(|client| {
                let required = GetCompShareInstancePriceRequired {
                    gpu_type: "4090".to_owned(),
                    gpu: 1,
                    cpu: 16,
                    memory: Gb(64).into(),
                };
                let action = GetCompShareInstancePrice::new(required)
                    .region(REGION)
                    .zone(ZONE)
                    .charge_type(ChargeType::Postpay)
                    .disks([InstanceDisk::new(true, DiskType::CloudSsd, Gb(100))])
                    .volumes([PriceVolume::new(VolumeType::UDisk, Gb(50))])
                    .compshare_image_id(IMAGE)
                    .quantity(1);
                client.send(action).map(drop)
            })
            .run(
                "instance price --gpu 4090 --count 1 --cpu 16 --memory 64GiB --charge Postpay \
                 --disk 100GiB --volume 50GiB --image compshareImage-xxxx --region cn-wlcb \
                 --zone cn-wlcb-01",
            )
            .shows(&["Postpay", "SYSTEM DISK"]),
        Case::new("price for the user", "GetCompShareInstanceUserPrice", user)
            .typed(|client| {
                let required = GetCompShareInstanceUserPriceRequired {
                    gpu_type: "4090".to_owned(),
                    gpu: 1,
                    cpu: 16,
                    memory: Gb(64).into(),
                };
                let action = GetCompShareInstanceUserPrice::new(required)
                    .region(REGION)
                    .zone(ZONE)
                    .charge_type(ChargeType::Month);
                client.send(action).map(drop)
            })
            .run(
                "instance billing --gpu 4090 --count 1 --cpu 16 --memory 64GiB --charge Month \
                 --region cn-wlcb --zone cn-wlcb-01",
            )
            .shows(&["Month"]),
        Case::new("price of more", "GetCompShareInstanceUpgradePrice", upgrade)
            .typed(send!(
                GetCompShareInstanceUpgradePrice::new(STOPPED)
                    .region(REGION)
                    .zone(ZONE)
                    .cpu(32)
                    .memory(Gb(128))
                    .gpu(2)
            ))
            .run("instance resize-price uhost-stopped --cpu 32 --memory 128GiB --gpu 2")
            .before(&[LOCATE])
            .shows(&["Price"]),
        Case::new("refund", "GetCompShareRefundPrice", refund)
            .typed(send!(
                GetCompShareRefundPrice::new([RUNNING, STOPPED]).region(REGION).zone(ZONE)
            ))
            .run("instance refund uhost-xxxx uhost-stopped")
            .before(&[LOCATE, LOCATE])
            .shows(&["uhost-xxxx", "uhost-stopped"]),
    ]
}
