//! DeleteCompshareDisk.

use crate::families::prelude::*;

/// DeleteCompshareDisk: deleting a disk again succeeds.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Outcome {
    let id = call.required("UDiskId")?;
    if let Ok(disk) = state.own_disk(call, "UDiskId") {
        let why = "[UDiskId] the disk is still detaching; try again later";
        Refusal::new_if(disk.status == DiskStatus::Detaching, 8434, why)?;
        let why = "[UDiskId] the disk is attached; detach it first";
        Refusal::new_if(disk.status != DiskStatus::Available, 17_026, why)?;
    }
    state.disks.retain(|disk| disk.id != id || !disk.is_here(call));
    Ok(json!({ "UDiskId": short(id) }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, at, column};

    const DELETE: &str = "DeleteCompshareDisk";

    #[test]
    fn a_free_disk_is_deleted_and_may_be_deleted_again() {
        let mut caller = Caller::new();
        let free = [("UDiskId", "udisk-xxxx")];
        assert_eq!(caller.ok(DELETE, &free)["UDiskId"], "udisk-xxxx");
        let left = column(&caller.ok("DescribeCompshareDisk", &[])["DiskSet"], "ResourceId");
        assert!(!left.contains(&"udisk-xxxx".to_owned()));
        caller.ok(DELETE, &free);
        assert_eq!(caller.refused(DELETE, &[]).0, 220);
    }

    #[test]
    fn a_disk_in_use_is_not_deleted() {
        let mut caller = Caller::new();
        let used = [("UDiskId", "udisk-stopped")];
        assert_eq!(caller.refused(DELETE, &used).0, 17_026);
        let detach =
            [("UHostId", "uhost-stopped"), ("UDiskId", "udisk-stopped"), ("Device", "/dev/vdb")];
        caller.ok("DetachCompshareDisk", &detach);
        let (code, message) = caller.refused(DELETE, &used);
        assert_eq!((code, message.contains("still detaching")), (8434, true));
        caller.now = at(10);
        caller.ok(DELETE, &used);
    }
}
