//! TerminateCompShareInstance.

use crate::families::prelude::*;

/// TerminateCompShareInstance: of an instance that is stopped, failed to install, or is interruptible.
pub(super) fn terminate(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.own_instance(call)?;
    let id = instance.id.clone();
    if instance.is_busy() {
        return Err(instance.wrong_state());
    }
    let spot = instance.charge_type == ChargeType::Spot;
    if instance.state != InstanceState::InstallFail && !spot {
        instance.must_be_stopped(8856)?;
    }
    let release = call.parameters.is_on("ReleaseUDisk");
    state.delete_instance(&id, release);
    Ok(json!({ "UHostId": id, "InRecycle": "No" }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, at, column};

    const TERMINATE: &str = "TerminateCompShareInstance";

    fn disks(caller: &mut Caller) -> Vec<String> {
        column(&caller.ok("DescribeCompshareDisk", &[])["DiskSet"], "ResourceId")
    }

    #[test]
    fn a_terminated_instance_leaves_its_data_disks() {
        let mut caller = Caller::new();
        let stopped = [("UHostId", "uhost-stopped")];
        let before = disks(&mut caller);
        let response = caller.ok(TERMINATE, &stopped);
        assert_eq!(response["InRecycle"], "No");
        let list = caller.ok("DescribeCompShareInstance", &[("UHostIds.0", "uhost-stopped")]);
        assert_eq!(list["TotalCount"], 0);
        assert_eq!(disks(&mut caller), before);
        let rows = caller.ok("DescribeCompshareDisk", &[]);
        let kept = rows["DiskSet"].as_array().expect("rows").iter();
        assert!(
            kept.clone()
                .any(|row| row["ResourceId"] == "udisk-stopped" && row["MountInstance"] == "")
        );
        assert_eq!(caller.refused(TERMINATE, &stopped).0, 230);
    }

    #[test]
    fn data_disks_are_released_on_request() {
        let mut caller = Caller::new();
        caller.ok(TERMINATE, &[("UHostId", "uhost-stopped"), ("ReleaseUDisk", "true")]);
        assert!(!disks(&mut caller).contains(&"udisk-stopped".to_owned()));
    }

    #[test]
    fn only_a_stopped_instance_is_terminated() {
        let mut caller = Caller::new();
        let running = [("UHostId", "uhost-xxxx")];
        assert_eq!(caller.refused(TERMINATE, &running).0, 8856);
        caller.ok("StopCompShareInstance", &running);
        let (code, message) = caller.refused(TERMINATE, &running);
        assert_eq!((code, message.contains("InstanceOperationInProgress")), (8905, true));
        caller.now = at(10);
        caller.ok(TERMINATE, &running);
        caller.ok(TERMINATE, &[("UHostId", "uhost-spot")]);
    }
}
