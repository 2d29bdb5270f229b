//! The disk family: which function acts on which action, and what disks have in common.

use crate::families::prelude::*;

mod attach;
mod cfs;
mod cfs_mount;
mod cfs_price;
mod create;
mod delete;
mod detach;
mod list;
mod price;
mod resize;
mod us3;

/// Every action of the family.
pub(crate) const TABLE: &[(&str, Handler)] = &[
    ("AttachCompshareDisk", attach::attach),
    ("AttachUS3", us3::attach),
    ("CreateAndAttachCompshareDisk", create::create),
    ("CreateCFS", cfs::create),
    ("DeleteCFS", cfs::delete),
    ("DeleteCompshareDisk", delete::delete),
    ("DescribeCFS", cfs::list),
    ("DescribeCompshareDisk", list::list),
    ("DetachCFS", cfs_mount::detach),
    ("DetachCompshareDisk", detach::detach),
    ("GetCompShareAttachedDiskUpgradePrice", price::upgrade),
    ("GetCompShareCFSPrice", cfs_price::new_storage),
    ("GetCompShareCFSRefundPrice", cfs_price::refund),
    ("GetCompShareCFSUpgradePrice", cfs_price::upgrade),
    ("ResizeCFS", cfs::resize),
    ("ResizeCompShareDisk", resize::resize),
];

/// Whether a disk that is free could be attached to an instance.
pub(crate) fn fits(disk: &Disk, instance: &Instance) -> bool {
    disk.status == DiskStatus::Available
        && disk.zone == instance.zone
        && check(disk.kind, instance, "UDiskId").is_ok()
}

/// Refuses an instance that takes no disk now, or none of that type.
fn check(kind: DiskKind, instance: &Instance, parameter: &str) -> Result<(), Refusal> {
    Refusal::when(instance.is_pod(), "UHostId", "a container instance cannot have a cloud disk")?;
    instance.must_be(&[InstanceState::Running, InstanceState::Stopped])?;
    let is_wrong = kind == DiskKind::CloudRssd && instance.gpu_type != "A800";
    Refusal::when(is_wrong, parameter, "RSSD works with A800 only")
}

/// Enlarges a disk.
pub(crate) fn grow(size: &mut i64, wanted: i64, most: i64, parameter: &str) -> Result<(), Refusal> {
    Refusal::when(wanted <= *size, parameter, format_args!("it must be more than {size}"))?;
    Refusal::when(wanted > most, parameter, format_args!("it must be at most {most}"))?;
    *size = wanted;
    Ok(())
}

/// Most GB of a data disk.
const MAX_GB: i64 = 8000;
