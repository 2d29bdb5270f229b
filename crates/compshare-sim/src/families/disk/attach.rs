//! AttachCompshareDisk.

use crate::families::prelude::*;

/// AttachCompshareDisk: takes a few seconds.
pub(super) fn attach(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.own_instance(call)?.clone();
    let disk = state.own_disk(call, "UDiskId")?;
    let refused = match disk.status {
        DiskStatus::Available => None,
        DiskStatus::Attaching => Some((17_056, "an attach is already running")),
        DiskStatus::InUse => Some((17_057, "the disk is already attached")),
        DiskStatus::Detaching => Some((17_061, "the disk is still detaching")),
    };
    if let Some((code, why)) = refused {
        return Err(Refusal::new(code, format!("[UDiskId] {why}")));
    }
    super::check(disk.kind, &instance, "UDiskId")?;
    let wanted = call.parameters.filled("DataDiskType");
    let is_other = wanted.is_some_and(|kind| DiskKind::parse_data(kind) != Some(disk.kind));
    let why = format!("the disk is of type {}", disk.kind.data_name());
    Refusal::when(is_other, "DataDiskType", why)?;
    let device = state.free_device(&instance.id);
    state.own_disk(call, "UDiskId")?.attach(call.seconds(), &instance.id, device);
    Ok(json!({}))
}

impl State {
    /// The next device name of an instance.
    pub(super) fn free_device(&self, instance: &str) -> String {
        let taken = |device: &str| self.disks_of(instance).any(|disk| disk.device == device);
        let mut names = ('b'..='z').map(|letter| format!("/dev/vd{letter}"));
        names.find(|name| !taken(name)).unwrap_or_else(|| "/dev/vdaa".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        model::{COMPANY_ID, Disk, DiskKind},
        testing::{Caller, at, disk, instance},
    };

    const ATTACH: &str = "AttachCompshareDisk";
    const FREE: (&str, &str) = ("UDiskId", "udisk-xxxx");
    const RUNNING: (&str, &str) = ("UHostId", "uhost-xxxx");

    #[test]
    fn an_attached_disk_shows_on_both_sides() {
        let mut caller = Caller::new();
        caller.ok(ATTACH, &[FREE, RUNNING, ("DataDiskType", "SSDDataDisk")]);
        assert_eq!(disk(&mut caller, "udisk-xxxx")["Status"], "Attaching");
        assert_eq!(caller.refused(ATTACH, &[FREE, RUNNING]).0, 17_056);
        caller.now = at(5);
        let row = disk(&mut caller, "udisk-xxxx");
        assert_eq!(
            (&row["Status"], &row["MountInstance"]),
            (&"InUse".into(), &"uhost-xxxx".into())
        );
        let shown = instance(&mut caller, "uhost-xxxx");
        assert_eq!(shown["DiskSet"][1]["DiskId"], "udisk-xxxx");
        assert_eq!(shown["DiskSet"][1]["Drive"], "/dev/vdb");
        assert_eq!(shown["TotalDiskSpace"], 100);
        assert_eq!(caller.refused(ATTACH, &[FREE, RUNNING]).0, 17_057);
    }

    #[test]
    fn disk_and_instance_must_fit() {
        let mut caller = Caller::new();
        let none = ("UDiskId", "udisk-none");
        assert_eq!(caller.refused(ATTACH, &[none, RUNNING]).0, 17_041);
        assert_eq!(caller.refused(ATTACH, &[FREE, ("UHostId", "uhost-none")]).0, 230);
        let kind = [FREE, RUNNING, ("DataDiskType", "DataDisk")];
        assert_eq!(caller.refused(ATTACH, &kind).0, 230);
        let mut fast = Disk::new("udisk-fast", "fast", COMPANY_ID, 100);
        fast.kind = DiskKind::CloudRssd;
        caller.gateway.add_disk(fast);
        assert_eq!(caller.refused(ATTACH, &[("UDiskId", "udisk-fast"), RUNNING]).0, 230);
        caller.ok("RebootCompShareInstance", &[RUNNING]);
        assert_eq!(caller.refused(ATTACH, &[FREE, RUNNING]).0, 8905);
        caller.gateway.add_disk({
            let mut disk = Disk::new("udisk-pod", "pod", COMPANY_ID, 100);
            disk.region = "cn-bj2".to_owned();
            disk.zone = "cn-bj2-03".to_owned();
            disk
        });
        let pod = [
            ("UDiskId", "udisk-pod"),
            ("UHostId", "cpod-xxxx"),
            ("Region", "cn-bj2"),
            ("Zone", "cn-bj2-03"),
        ];
        assert_eq!(caller.refused(ATTACH, &pod).0, 230);
    }
}
