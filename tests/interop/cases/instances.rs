//! Calls that look at instances, and at what can be rented.

use compshare_proto::{
    actions::{
        CheckCompShareNetOptimizer, DescribeAvailableCompShareInstanceTypes,
        DescribeCompShareGpuInventory, DescribeCompShareInstance,
        DescribeCompShareMachineTypeFamilies, DescribeCompShareSoftwarePort,
        DescribeCompShareSupportZone,
    },
    types::SalesPool,
};
use serde_json::json;

use super::{LOCATE, REGION, RUNNING, STOPPED, ZONE, here};
use crate::case::{Case, send};

const TYPES: &str = "DescribeAvailableCompShareInstanceTypes";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = lists();
    cases.extend(shows());
    cases.extend(catalogue());
    cases.extend(networks());
    cases
}

fn lists() -> Vec<Case> {
    let filters = here(json!({
        "ProjectId": "org-xxxx", "UHostIds": [RUNNING, STOPPED], "Tag": "training",
        "VPCId": "uvnet-xxxx", "SubnetId": "subnet-xxxx", "UDiskIdForAttachment": "udisk-xxxx",
        "WithoutGpu": true, "Offset": 0, "Limit": 100,
    }));
    let addresses = here(json!({
        "UHostIds": [RUNNING], "SkipBill": true, "IncludeShareBandwidth": true, "Offset": 0,
        "Limit": 100,
    }));
    vec![
        Case::new("instances, filtered", LOCATE, filters)
            .typed(send!(
                DescribeCompShareInstance::new()
                    .region(REGION)
                    .zone(ZONE)
                    .project_id("org-xxxx")
                    .uhost_ids([RUNNING, STOPPED])
                    .tag("training")
                    .vpc_id("uvnet-xxxx")
                    .subnet_id("subnet-xxxx")
                    .udisk_id_for_attachment("udisk-xxxx")
                    .without_gpu(true)
                    .offset(0)
                    .limit(100)
            ))
            .run(
                "instance list --id uhost-xxxx --id uhost-stopped --region cn-wlcb \
                 --zone cn-wlcb-01 --tag training --vpc uvnet-xxxx --subnet subnet-xxxx \
                 --disk udisk-xxxx --project-id org-xxxx --without-gpu",
            ),
        Case::new("instances, everywhere", LOCATE, json!({ "Offset": 0, "Limit": 100 }))
            .typed(send!(DescribeCompShareInstance::new().offset(0).limit(100)))
            .run("instance list")
            .shows(&["uhost-xxxx", "uhost-sh2", "cpod-xxxx", "64GiB", "Running", "Stopped"]),
        Case::new("instances, their addresses", LOCATE, addresses)
            .typed(send!(
                DescribeCompShareInstance::new()
                    .region(REGION)
                    .zone(ZONE)
                    .uhost_ids([RUNNING])
                    .skip_bill(true)
                    .include_share_bandwidth(true)
                    .offset(0)
                    .limit(100)
            ))
            .run(
                "bandwidth instances --id uhost-xxxx --region cn-wlcb --zone cn-wlcb-01 \
                 --show-sensitive",
            )
            .shows(&["uhost-xxxx", "117.50."]),
    ]
}

fn shows() -> Vec<Case> {
    let one = json!({ "UHostIds": [STOPPED], "Limit": 1, "Offset": 0 });
    let login = json!({ "UHostIds": [RUNNING], "Limit": 1, "Offset": 0 });
    let state = json!({ "Region": REGION, "UHostIds": [RUNNING] });
    let rest = json!({
        "Region": REGION, "NoEIP": true, "ResourceType": "UHost", "Offset": 1, "Limit": 2,
    });
    vec![
        Case::new("an instance", LOCATE, one.clone())
            .run("instance show uhost-stopped --show-sensitive")
            .shows(&["training-node", "Stopped", "cn-wlcb-01"]),
        Case::new("an instance, as JSON", LOCATE, one)
            .run("--json instance show uhost-stopped --spec --disks --billing --image --status")
            .shows(&["\"udisk-stopped\"", "\"ChargeType\":\"Month\"", "\"State\":\"Stopped\""]),
        Case::new("an instance, its login", LOCATE, login)
            .run("instance ssh uhost-xxxx --print --no-cache --show-sensitive")
            .shows(&["root@117.50.", "Password1"]),
        Case::new("an instance that is waited for", LOCATE, state)
            .run("instance wait uhost-xxxx --state Running")
            .before(&[LOCATE])
            .shows(&["Succeeded"]),
        Case::new("instances, the rest", LOCATE, rest).typed(send!(
            DescribeCompShareInstance::new()
                .region(REGION)
                .no_eip(true)
                .resource_type("UHost")
                .offset(1)
                .limit(2)
        )),
    ]
}

fn catalogue() -> Vec<Case> {
    let region = json!({ "Region": REGION });
    let search = here(json!({ "MachineTypes": ["4090", "A800"], "InstanceType": "uhost" }));
    let spot = here(json!({ "InstanceType": "spot" }));
    vec![
        Case::new("zones", "DescribeCompShareSupportZone", region.clone())
            .typed(send!(DescribeCompShareSupportZone::new().region(REGION)))
            .run("instance zones --region cn-wlcb")
            .shows(&["cn-wlcb-01"]),
        Case::new("zones, everywhere", "DescribeCompShareSupportZone", region.clone())
            .run("instance zones")
            .shows(&["cn-wlcb-01", "cn-sh2-02"]),
        Case::new("zones, for a diagnosis", "DescribeCompShareSupportZone", region.clone())
            .run("doctor")
            .shows(&["4 availability zones"]),
        Case::new("models", "DescribeCompShareMachineTypeFamilies", region)
            .typed(send!(DescribeCompShareMachineTypeFamilies::new().region(REGION)))
            .run("instance families")
            .shows(&["4090", "A800"]),
        Case::new("sizes", TYPES, search)
            .typed(send!(
                DescribeAvailableCompShareInstanceTypes::new()
                    .region(REGION)
                    .zone(ZONE)
                    .machine_types(["4090", "A800"])
                    .instance_type(SalesPool::Ordinary)
            ))
            .run("instance search --gpu 4090 --gpu A800 --region cn-wlcb --zone cn-wlcb-01")
            .shows(&["4090", "64GiB", "A800"]),
        Case::new("sizes, interruptible", TYPES, spot)
            .typed(send!(
                DescribeAvailableCompShareInstanceTypes::new()
                    .region(REGION)
                    .zone(ZONE)
                    .instance_type(SalesPool::Spot)
            ))
            .run("instance search --spot --region cn-wlcb --zone cn-wlcb-01"),
        Case::new("stock", "DescribeCompShareGpuInventory", here(json!({})))
            .typed(send!(DescribeCompShareGpuInventory::new().region(REGION).zone(ZONE))),
    ]
}

fn networks() -> Vec<Case> {
    let region = json!({ "Region": REGION });
    let (optimizer, ports) = ("CheckCompShareNetOptimizer", "DescribeCompShareSoftwarePort");
    vec![
        Case::new("accelerator", optimizer, here(json!({})))
            .typed(send!(CheckCompShareNetOptimizer::new().region(REGION).zone(ZONE)))
            .run("instance network --region cn-wlcb --zone cn-wlcb-01")
            .shows(&["Optimized"]),
        Case::new("accelerator, everywhere", optimizer, json!({}))
            .typed(send!(CheckCompShareNetOptimizer::new()))
            .run("instance network"),
        Case::new("software", ports, region.clone())
            .typed(send!(DescribeCompShareSoftwarePort::new().region(REGION)))
            .run("instance software list --region cn-wlcb")
            .shows(&["JupyterLab"]),
        Case::new("software, everywhere", ports, region)
            .run("instance ports list")
            .shows(&["JupyterLab"]),
    ]
}
