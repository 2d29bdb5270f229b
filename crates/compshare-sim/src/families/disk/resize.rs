//! ResizeCompShareDisk.

use super::MAX_GB;
use crate::families::prelude::*;

/// ResizeCompShareDisk: of a disk that is free, or of a stopped instance.
pub(super) fn resize(state: &mut State, call: &Call<'_>) -> Outcome {
    let size = call.number("Size")?;
    let disk = state.own_disk(call, "UDiskId")?.clone();
    let is_other = call.parameters.filled("UHostId").is_some_and(|id| id != disk.instance);
    Refusal::when(is_other, "UHostId", "the disk is not attached to it")?;
    if let Some(instance) = state.instances.iter().find(|instance| instance.id == disk.instance) {
        instance.must_be_stopped(8010)?;
    }
    state.check_paid(call)?;
    let disk = state.own_disk(call, "UDiskId")?;
    super::grow(&mut disk.size_gb, size, MAX_GB, "Size")?;
    Ok(json!({ "UDiskId": disk.id }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, disk};

    const RESIZE: &str = "ResizeCompShareDisk";
    const FREE: (&str, &str) = ("UDiskId", "udisk-xxxx");
    const USED: (&str, &str) = ("UDiskId", "udisk-stopped");

    #[test]
    fn disks_grow() {
        let mut caller = Caller::new();
        assert_eq!(caller.ok(RESIZE, &[FREE, ("Size", "200")])["UDiskId"], "udisk-xxxx");
        assert_eq!(disk(&mut caller, "udisk-xxxx")["Configuration"], "200GB");
        caller.ok(RESIZE, &[USED, ("UHostId", "uhost-stopped"), ("Size", "500")]);
        assert_eq!(disk(&mut caller, "udisk-stopped")["Configuration"], "500GB");
    }

    #[test]
    fn disks_never_shrink() {
        let mut caller = Caller::new();
        for size in ["100", "50", "8001"] {
            let (code, message) = caller.refused(RESIZE, &[FREE, ("Size", size)]);
            assert_eq!((code, message.contains("[Size]")), (230, true), "{size}");
        }
        assert_eq!(caller.refused(RESIZE, &[("UDiskId", "udisk-no"), ("Size", "200")]).0, 17_041);
        let other = [USED, ("UHostId", "uhost-xxxx"), ("Size", "500")];
        assert_eq!(caller.refused(RESIZE, &other).0, 230);
        caller.ok("StartCompShareInstance", &[("UHostId", "uhost-stopped")]);
        assert_eq!(caller.refused(RESIZE, &[USED, ("Size", "500")]).0, 8010);
        caller.gateway.company_mut(crate::model::COMPANY_ID).arrears = true;
        assert_eq!(caller.refused(RESIZE, &[FREE, ("Size", "200")]).0, 226_601);
    }
}
