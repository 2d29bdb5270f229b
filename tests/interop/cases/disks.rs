//! Calls of disks.

use compshare_proto::{
    Gb,
    actions::{
        AttachCompshareDisk, AttachUS3, CreateAndAttachCompshareDisk,
        CreateAndAttachCompshareDiskRequired, DeleteCompshareDisk, DescribeCompshareDisk,
        DetachCompshareDisk, GetCompShareAttachedDiskUpgradePrice, ResizeCompShareDisk,
    },
    types::{BackupMode, ChargeType, DataDiskType, YesNo},
};
use serde_json::json;

use super::{LOCATE, REGION, RUNNING, STOPPED, ZONE, here};
use crate::case::{Case, send};

const LIST: &str = "DescribeCompshareDisk";
const ATTACH: &str = "AttachCompshareDisk";
const RESIZE: &str = "ResizeCompShareDisk";
const DELETE: &str = "DeleteCompshareDisk";
/// A disk that no instance has.
const SPARE: &str = "udisk-xxxx";
/// The disk of the instance that is stopped.
const DATA: &str = "udisk-stopped";
/// What the official CLI calls to learn where a disk is.
const FIND: &[&str] = &[LIST, "DescribeCompShareSupportZone"];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = lists();
    cases.extend(creations());
    cases.extend(mounts());
    cases.extend(resizes());
    cases.extend(deletions());
    cases
}

fn lists() -> Vec<Case> {
    let own = json!({ "Region": REGION, "HostId": STOPPED });
    vec![
        Case::new("disks, everywhere", LIST, json!({}))
            .typed(send!(DescribeCompshareDisk::new()))
            .run("storage disk list")
            .shows(&[SPARE, DATA, "udisk-sh2"]),
        Case::new("disks of an instance", LIST, own)
            .typed(send!(DescribeCompshareDisk::new().region(REGION).host_id(STOPPED)))
            .run("storage disk list --instance uhost-stopped --region cn-wlcb")
            .shows(&[DATA, STOPPED]),
    ]
}

fn creations() -> Vec<Case> {
    let full = here(json!({
        "UHostId": RUNNING, "Size": 100, "DiskType": "SSDDataDisk", "Name": "data",
        "ChargeType": "Month", "Quantity": 2, "CouponId": "coupon-xxxx",
    }));
    vec![
        Case::new("create a disk", "CreateAndAttachCompshareDisk", full)
            .typed(|client| {
                let required = CreateAndAttachCompshareDiskRequired {
                    uhost_id: RUNNING.to_owned(),
                    size: Gb(100),
                    disk_type: DataDiskType::Ssd,
                    name: "data".to_owned(),
                    charge_type: ChargeType::Month,
                };
                let action = CreateAndAttachCompshareDisk::new(required)
                    .region(REGION)
                    .zone(ZONE)
                    .quantity(2)
                    .coupon_id("coupon-xxxx");
                client.send(action).map(drop)
            })
            .run(
                "storage disk create --instance uhost-xxxx --size 100GiB --name data \
                 --quantity 2 --coupon coupon-xxxx --yes",
            )
            .before(&[LOCATE]),
        Case::new("attach object storage", "AttachUS3", here(json!({ "UHostId": RUNNING })))
            .typed(send!(AttachUS3::new(RUNNING).region(REGION).zone(ZONE)))
            .run("storage us3 attach --instance uhost-xxxx --yes")
            .before(&[LOCATE]),
    ]
}

fn mounts() -> Vec<Case> {
    let attach = here(json!({
        "UHostId": STOPPED, "UDiskId": SPARE, "DataDiskType": "SSDDataDisk",
    }));
    let across = here(json!({
        "UHostId": RUNNING, "UDiskId": SPARE, "ProjectId": "org-xxxx",
        "EnableCrossPodAttach": "No",
    }));
    let detach = here(json!({ "UHostId": STOPPED, "UDiskId": DATA, "Device": "/dev/vdb" }));
    vec![
        Case::new("attach a disk", ATTACH, attach)
            .typed(send!(
                AttachCompshareDisk::new(STOPPED, SPARE)
                    .region(REGION)
                    .zone(ZONE)
                    .data_disk_type(DataDiskType::Ssd)
            ))
            .run("storage disk attach udisk-xxxx --instance uhost-stopped --type SSDDataDisk")
            .before(&[LOCATE]),
        Case::new("attach a disk across pods", ATTACH, across).typed(send!(
            AttachCompshareDisk::new(RUNNING, SPARE)
                .region(REGION)
                .zone(ZONE)
                .project_id("org-xxxx")
                .enable_cross_pod_attach(YesNo::No)
        )),
        Case::new("detach a disk", "DetachCompshareDisk", detach)
            .typed(send!(
                DetachCompshareDisk::new(STOPPED, DATA, "/dev/vdb").region(REGION).zone(ZONE)
            ))
            .run(
                "storage disk detach udisk-stopped --instance uhost-stopped --device /dev/vdb \
                 --yes",
            )
            .before(&[LOCATE]),
    ]
}

fn resizes() -> Vec<Case> {
    let price = here(json!({
        "UHostId": STOPPED, "DiskId": DATA, "DiskSpace": 300, "BackupMode": "SNAPSHOT",
    }));
    let attached = here(json!({ "UDiskId": DATA, "UHostId": STOPPED, "Size": 300 }));
    let spare = here(json!({ "UDiskId": SPARE, "Size": 200 }));
    vec![
        Case::new("price of a larger disk", "GetCompShareAttachedDiskUpgradePrice", price)
            .typed(send!(
                GetCompShareAttachedDiskUpgradePrice::new(STOPPED, DATA, Gb(300))
                    .region(REGION)
                    .zone(ZONE)
                    .backup_mode(BackupMode::Snapshot)
            ))
            .run(
                "storage disk price udisk-stopped --instance uhost-stopped --size 300GiB \
                 --backup SNAPSHOT",
            )
            .before(&[LOCATE])
            .shows(&["Price"]),
        Case::new("resize a disk", RESIZE, attached.clone())
            .typed(send!(
                ResizeCompShareDisk::new(DATA, Gb(300)).region(REGION).zone(ZONE).uhost_id(STOPPED)
            ))
            .run("storage disk resize udisk-stopped --instance uhost-stopped --size 300GiB --yes")
            .before(&[LOCATE]),
        Case::new("resize a disk, wherever it is", RESIZE, attached)
            .run("storage disk resize udisk-stopped --size 300GiB --yes")
            .before(FIND),
        Case::new("resize a spare disk", RESIZE, spare)
            .typed(send!(ResizeCompShareDisk::new(SPARE, Gb(200)).region(REGION).zone(ZONE)))
            .run(
                "storage disk resize udisk-xxxx --size 200GiB --region cn-wlcb \
                 --zone cn-wlcb-01 --yes",
            ),
    ]
}

fn deletions() -> Vec<Case> {
    let spare = here(json!({ "UDiskId": SPARE }));
    let full = here(json!({
        "UDiskId": SPARE, "ProjectId": "org-xxxx", "TopOrganizationID": 12345,
        "OrganizationID": 12345, "UHostId": STOPPED,
    }));
    vec![
        Case::new("delete a disk", DELETE, spare)
            .typed(send!(DeleteCompshareDisk::new(SPARE).region(REGION).zone(ZONE)))
            .run("storage disk delete udisk-xxxx --yes")
            .before(FIND),
        Case::new("delete a disk, everything", DELETE, full).typed(send!(
            DeleteCompshareDisk::new(SPARE)
                .region(REGION)
                .zone(ZONE)
                .project_id("org-xxxx")
                .top_organization_id(12345)
                .organization_id(12345)
                .uhost_id(STOPPED)
        )),
    ]
}
