//! The disk family: which function acts on which action, and what disks have in common.

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

use crate::{
    Disk, DiskKind, DiskStatus, Instance, InstanceState,
    answer::Refusal,
    state::{Call, Handler, State, short},
};

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

/// The `Action` of an answer, where it is not the action's name and `Response`.
pub(crate) fn answer_name(action: &str) -> Option<&'static str> {
    (action == "AttachUS3").then_some("AttachUS3")
}

impl State {
    /// The caller's cloud disk of that id, in the request's region and zone.
    pub(crate) fn own_disk(
        &mut self,
        call: &Call<'_>,
        parameter: &str,
    ) -> Result<&mut Disk, Refusal> {
        let id = call.required(parameter)?;
        self.disks.iter_mut().find(|disk| disk.id == id && is_here(disk, call)).ok_or_else(|| {
            Refusal::new(17_041, format!("[{parameter}] no such disk: {}", short(id)))
        })
    }
}

/// Whether a disk is the caller's, and where the request says.
fn is_here(disk: &Disk, call: &Call<'_>) -> bool {
    let sent = call.parameters;
    disk.owner == call.company
        && sent.filled("Region").is_none_or(|region| disk.region == region)
        && sent.filled("Zone").is_none_or(|zone| disk.zone == zone)
}

/// Whether a disk that is free could be attached to an instance.
pub(crate) fn fits(disk: &Disk, instance: &Instance) -> bool {
    disk.status == DiskStatus::Available
        && disk.zone == instance.zone
        && check_instance(instance).is_ok()
        && check_kind(disk.kind, instance, "UDiskId").is_ok()
}

/// Refuses an instance that takes no disk now.
fn check_instance(instance: &Instance) -> Result<(), Refusal> {
    if instance.is_pod() {
        return Err(Refusal::unavailable("UHostId", "a container instance takes no cloud disk"));
    }
    if matches!(instance.state, InstanceState::Running | InstanceState::Stopped) {
        return Ok(());
    }
    let state = instance.state.as_str();
    let why = format!("[UHostId] {} is {state}, neither Running nor Stopped", instance.id);
    Err(Refusal::new(8905, why))
}

/// Refuses a type of disk that the instance cannot have.
fn check_kind(kind: DiskKind, instance: &Instance, parameter: &str) -> Result<(), Refusal> {
    if kind == DiskKind::CloudRssd && instance.gpu_type != "A800" {
        return Err(Refusal::unavailable(parameter, "RSSD works with A800 only"));
    }
    Ok(())
}

/// Enlarges a disk.
pub(crate) fn grow(size: &mut i64, wanted: i64, most: i64, parameter: &str) -> Result<(), Refusal> {
    if wanted <= *size {
        return Err(Refusal::unavailable(parameter, format_args!("it must be more than {size}")));
    }
    if wanted > most {
        return Err(Refusal::unavailable(parameter, format_args!("it must be at most {most}")));
    }
    *size = wanted;
    Ok(())
}

/// Most GB of a data disk.
const MAX_GB: i64 = 8000;
