//! Changing and deleting lightweight hosts.

use super::image;
use crate::families::prelude::*;

/// Shut the host down first.
const MUST_BE_STOPPED: i64 = 8010;

/// ModifyULHostAttribute: a name, a remark, or both.
pub(super) fn modify(state: &mut State, call: &Call<'_>) -> Outcome {
    let (name, remark) = (call.parameters.text("Name"), call.parameters.text("Remark"));
    let host = &mut state.own_ulhost(call)?.machine;
    if name.is_none() && remark.is_none() {
        return Err(Refusal::missing("Name or Remark"));
    }
    if let Some(name) = name {
        name.clone_into(&mut host.name);
    }
    if let Some(remark) = remark {
        remark.clone_into(&mut host.remark);
    }
    Ok(json!({ "ULHostId": host.id }))
}

/// ReinstallULHostInstance: of a stopped host; custom images are refused.
pub(super) fn reinstall(state: &mut State, call: &Call<'_>) -> Outcome {
    let image_id = call.required("ImageId")?;
    let is_custom = image::find(image_id)?["ImageType"] == "Custom";
    let why = "a host cannot be reinstalled from a custom image";
    Refusal::when(is_custom, "ImageId", why)?;
    let password = call.password()?.ok_or_else(|| Refusal::missing("Password"))?;
    let host = stopped(&mut state.own_ulhost(call)?.machine)?;
    host.image_id = image_id.to_owned();
    host.password = password;
    host.create(call.seconds(), false);
    Ok(json!({ "ULHostId": host.id }))
}

/// ResetULHostInstancePassword: of a stopped host.
pub(super) fn reset_password(state: &mut State, call: &Call<'_>) -> Outcome {
    let password = call.password()?.ok_or_else(|| Refusal::missing("Password"))?;
    let host = stopped(&mut state.own_ulhost(call)?.machine)?;
    host.password = password;
    Ok(json!({ "ULHostId": host.id }))
}

fn stopped(host: &mut Instance) -> Result<&mut Instance, Refusal> {
    let why = format!("ULHostId {} is {}; shut it down first", host.id, host.state.as_str());
    Refusal::new_if(host.state != InstanceState::Stopped, MUST_BE_STOPPED, why)?;
    Ok(host)
}

/// TerminateULHostInstance: a host for which time is left goes to the recycle bin, which no action
/// shows.
pub(super) fn terminate(state: &mut State, call: &Call<'_>) -> Outcome {
    let host = state.own_ulhost(call)?;
    let in_recycle = if host.is_expired(call.seconds()) { "No" } else { "Yes" };
    let id = host.machine.id.clone();
    state.ulhosts.retain(|host| host.machine.id != id);
    Ok(json!({ "ULHostId": id, "InRecycle": in_recycle }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Caller, at};

    const RUNNING: (&str, &str) = ("ULHostId", "ulhost-xxxx");
    const STOPPED: (&str, &str) = ("ULHostId", "ulhost-stopped");
    const PASSWORD: (&str, &str) = ("Password", "UGFzc3dvcmQx");

    fn show(caller: &mut Caller, host: (&str, &str)) -> Value {
        let response = caller.ok("DescribeULHostInstance", &[("ULHostIds.0", host.1)]);
        response["ULHostInstanceSets"][0].clone()
    }

    #[test]
    fn names_and_remarks_change_one_by_one() {
        let mut caller = Caller::new();
        let modify = "ModifyULHostAttribute";
        caller.ok(modify, &[RUNNING, ("Name", "shop")]);
        caller.ok(modify, &[RUNNING, ("Remark", "mine")]);
        let host = show(&mut caller, RUNNING);
        assert_eq!((&host["Name"], &host["Remark"]), (&json!("shop"), &json!("mine")));
        let (code, message) = caller.refused(modify, &[RUNNING]);
        assert_eq!((code, message.as_str()), (220, "Missing params [Name or Remark]"));
        assert_eq!(caller.refused(modify, &[RUNNING, ("Name", "")]).0, 230);
        assert_eq!(caller.refused(modify, &[("ULHostId", "ulhost-none"), ("Name", "x")]).0, 230);
    }

    #[test]
    fn a_stopped_host_is_reinstalled() {
        let mut caller = Caller::new();
        let reinstall = "ReinstallULHostInstance";
        let image = ("ImageId", "uimage-lamp");
        assert_eq!(caller.refused(reinstall, &[RUNNING, image, PASSWORD]).0, 8010);
        let custom = [STOPPED, ("ImageId", "uimage-custom"), PASSWORD];
        let (code, message) = caller.refused(reinstall, &custom);
        assert_eq!(code, 230);
        assert!(message.contains("[ImageId]"), "{message}");
        assert_eq!(caller.refused(reinstall, &[STOPPED, image]).0, 220);
        assert_eq!(caller.refused(reinstall, &[STOPPED, image, ("Password", "YQ==")]).0, 230);
        caller.ok(reinstall, &[STOPPED, image, PASSWORD]);
        let host = show(&mut caller, STOPPED);
        assert_eq!(
            (&host["State"], &host["ImageName"]),
            (&json!("Initializing"), &json!("LAMP 8"))
        );
        caller.now = at(30);
        assert_eq!(show(&mut caller, STOPPED)["State"], "Running");
    }

    #[test]
    fn a_password_is_reset_while_the_host_is_stopped() {
        let mut caller = Caller::new();
        let reset = "ResetULHostInstancePassword";
        assert_eq!(caller.ok(reset, &[STOPPED, PASSWORD])["ULHostId"], STOPPED.1);
        let (code, message) = caller.refused(reset, &[RUNNING, PASSWORD]);
        let why = "ULHostId ulhost-xxxx is Running; shut it down first";
        assert_eq!((code, message.as_str()), (8010, why));
        assert_eq!(caller.refused(reset, &[STOPPED, ("Password", "YQ==")]).0, 230);
    }

    #[test]
    fn a_host_is_deleted_once() {
        let mut caller = Caller::new();
        let terminate = "TerminateULHostInstance";
        let response = caller.ok(terminate, &[RUNNING, ("ReleaseUDisk", "true")]);
        assert_eq!(
            (&response["InRecycle"], &response["ULHostId"]),
            (&json!("Yes"), &json!(RUNNING.1))
        );
        assert_eq!(show(&mut caller, RUNNING), Value::Null);
        let (code, message) = caller.refused(terminate, &[RUNNING]);
        let why = "Params [ULHostId] not available: no such host: ulhost-xxxx";
        assert_eq!((code, message.as_str()), (230, why));
        caller.now = at(400_000_000);
        assert_eq!(caller.ok(terminate, &[STOPPED])["InRecycle"], "No");
    }
}
