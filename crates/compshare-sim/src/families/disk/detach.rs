//! DetachCompshareDisk.

use crate::families::prelude::*;

/// DetachCompshareDisk: goes on for ten seconds after the response.
pub(super) fn detach(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.own_instance(call)?.clone();
    let device = call.required("Device")?;
    let disk = state.own_disk(call, "UDiskId")?;
    Refusal::when(disk.boot, "UDiskId", "a system disk cannot be detached")?;
    Refusal::when(disk.instance != instance.id, "UDiskId", "the instance has no such disk")?;
    let why = "[UDiskId] a detach is already running";
    Refusal::new_if(disk.status == DiskStatus::Detaching, 17_061, why)?;
    Refusal::when(disk.kind.is_local(), "UDiskId", "a disk in the host cannot be detached")?;
    instance.must_be_stopped(8010)?;
    Refusal::when(disk.device != device, "Device", format_args!("the disk is {}", disk.device))?;
    disk.detach(call.seconds());
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, at, disk, instance};

    const DETACH: &str = "DetachCompshareDisk";
    const DISK: [(&str, &str); 3] =
        [("UHostId", "uhost-stopped"), ("UDiskId", "udisk-stopped"), ("Device", "/dev/vdb")];

    #[test]
    fn a_detached_disk_is_free_after_a_while() {
        let mut caller = Caller::new();
        caller.ok(DETACH, &DISK);
        assert_eq!(disk(&mut caller, "udisk-stopped")["Status"], "Detaching");
        assert_eq!(caller.refused(DETACH, &DISK).0, 17_061);
        caller.now = at(10);
        let row = disk(&mut caller, "udisk-stopped");
        assert_eq!((&row["Status"], &row["MountInstance"]), (&"Available".into(), &"".into()));
        assert_eq!(
            instance(&mut caller, "uhost-stopped")["DiskSet"].as_array().map(Vec::len),
            Some(1)
        );
        assert_eq!(caller.refused(DETACH, &DISK).0, 230);
        let attach = [("UHostId", "uhost-xxxx"), ("UDiskId", "udisk-stopped")];
        caller.ok("AttachCompshareDisk", &attach);
    }

    #[test]
    fn only_what_is_attached_to_a_stopped_instance() {
        let mut caller = Caller::new();
        let change = |place: usize, value: &'static str| {
            let mut sent = DISK;
            sent[place].1 = value;
            sent
        };
        assert_eq!(caller.refused(DETACH, &change(0, "uhost-none")).0, 230);
        assert_eq!(caller.refused(DETACH, &change(0, "uhost-xxxx")).0, 230);
        assert_eq!(caller.refused(DETACH, &change(1, "udisk-none")).0, 17_041);
        let (code, message) = caller.refused(DETACH, &change(2, "/dev/vdc"));
        assert_eq!((code, message.contains("[Device]")), (230, true));
        let shown = instance(&mut caller, "uhost-stopped");
        let boot = shown["DiskSet"][0]["DiskId"].as_str().expect("a boot disk").to_owned();
        let sent = [DISK[0], ("UDiskId", boot.as_str()), DISK[2]];
        assert_eq!(caller.refused(DETACH, &sent).0, 230);
        caller.ok("StartCompShareInstance", &[DISK[0]]);
        assert_eq!(caller.refused(DETACH, &DISK).0, 8010);
        assert_eq!(caller.refused(DETACH, &DISK[..2]).0, 220);
    }
}
