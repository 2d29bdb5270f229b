//! Starting, stopping and rebooting.

use super::instance_request::sold_out;
use crate::families::prelude::*;
use crate::model::catalog::Model;

/// StartCompShareInstance: no effect if the instance is running or starting.
pub(super) fn start(state: &mut State, call: &Call<'_>) -> Outcome {
    let paid = state.check_paid(call);
    let own = state.own_instance(call)?.clone();
    let free = state.free_cards(&own.zone, &own.gpu_type).unwrap_or_default();
    let instance = state.own_instance(call)?;
    let without_gpu = without_gpu(call, instance)?;
    match instance.state {
        InstanceState::Running | InstanceState::Starting => {
            let why = format!("[WithoutGpu] {} must be stopped first", instance.id);
            Refusal::new_if(without_gpu != instance.without_gpu, 8010, why)?;
        }
        InstanceState::Stopped => {
            paid?;
            instance.must_not_be_expired(call.seconds())?;
            if without_gpu.is_none() && instance.gpu - instance.cards() > free {
                return Err(sold_out(&instance.gpu_type));
            }
            instance.without_gpu = without_gpu;
            instance.start(call.seconds());
        }
        _ => return Err(instance.wrong_state()),
    }
    Ok(json!({ "UHostId": instance.id }))
}

/// StopCompShareInstance: no effect if it is stopped or stopping; an interruptible instance needs `Force`.
pub(super) fn stop(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.own_instance(call)?;
    let needs_force = instance.charge_type == ChargeType::Spot && !call.parameters.is_on("Force");
    let why = "an interruptible instance is stopped only with Force";
    Refusal::when(needs_force, "UHostId", why)?;
    match instance.state {
        InstanceState::Stopped | InstanceState::Stopping => {}
        InstanceState::Running => instance.stop(call.seconds()),
        _ => return Err(instance.wrong_state()),
    }
    Ok(json!({ "UHostId": instance.id }))
}

/// RebootCompShareInstance: of a running instance.
pub(super) fn reboot(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.free_instance(call)?;
    instance.must_be(&[InstanceState::Running])?;
    instance.reboot(call.seconds());
    Ok(json!({ "UHostId": instance.id }))
}

/// The size without a GPU that the request asks for, if it does.
pub(super) fn without_gpu(
    call: &Call<'_>,
    instance: &Instance,
) -> Result<Option<WithoutGpu>, Refusal> {
    let sent = call.parameters;
    let spec = sent.filled("WithoutGpuSpec");
    let sizes = [WithoutGpu::A, WithoutGpu::B];
    let letter = sizes.into_iter().find(|size| spec == Some(size.as_str()));
    let size = letter.or_else(|| sent.is_on("WithoutGpu").then_some(WithoutGpu::A));
    let able = Model::find(&instance.gpu_type).is_some_and(|model| model.without_gpu);
    let name = if letter.is_some() { "WithoutGpuSpec" } else { "WithoutGpu" };
    let why = format!("{} instances do not start without a GPU", instance.gpu_type);
    Refusal::when(size.is_some() && !able, name, why)?;
    Ok(size)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, at, instance, state};

    const START: &str = "StartCompShareInstance";
    const STOP: &str = "StopCompShareInstance";
    const REBOOT: &str = "RebootCompShareInstance";
    const RUNNING: (&str, &str) = ("UHostId", "uhost-xxxx");
    const STOPPED: (&str, &str) = ("UHostId", "uhost-stopped");

    #[test]
    fn stopping_and_starting_take_time() {
        let mut caller = Caller::new();
        assert_eq!(caller.ok(STOP, &[RUNNING])["UHostId"], "uhost-xxxx");
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Stopping");
        assert_eq!(caller.refused(START, &[RUNNING]).0, 8905);
        caller.ok(STOP, &[RUNNING]);
        caller.now = at(10);
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Stopped");
        caller.ok(STOP, &[RUNNING]);
        caller.ok(START, &[RUNNING]);
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Starting");
        assert_eq!(caller.refused(STOP, &[RUNNING]).0, 8905);
        caller.ok(START, &[RUNNING]);
        caller.now = at(40);
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Running");
        caller.ok(START, &[RUNNING]);
        let shown = instance(&mut caller, "uhost-xxxx");
        assert_eq!(shown["StartTime"], 1_800_000_040);
        assert_eq!(shown["StopTime"], 1_800_000_010);
    }

    #[test]
    fn a_reboot_needs_a_running_instance() {
        let mut caller = Caller::new();
        caller.ok(REBOOT, &[RUNNING]);
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Rebooting");
        let (code, message) = caller.refused(REBOOT, &[RUNNING]);
        assert_eq!((code, message.contains("InstanceOperationInProgress")), (8905, true));
        caller.now = at(20);
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Running");
        assert_eq!(caller.refused(REBOOT, &[STOPPED]).0, 8905);
        assert_eq!(caller.refused(REBOOT, &[("UHostId", "uhost-none")]).0, 230);
    }

    #[test]
    fn interruptible_instances_are_stopped_only_with_force() {
        let mut caller = Caller::new();
        let spot = ("UHostId", "uhost-spot");
        let (code, message) = caller.refused(STOP, &[spot]);
        assert_eq!((code, message.contains("Force")), (230, true));
        caller.refused(STOP, &[spot, ("Force", "false")]);
        assert_eq!(state(&mut caller, "uhost-spot"), "Running");
        caller.ok(STOP, &[spot, ("Force", "true")]);
        caller.now = at(10);
        assert_eq!(state(&mut caller, "uhost-spot"), "Stopped");
    }

    #[test]
    fn a_start_needs_a_free_card_where_billing_is_by_use() {
        let mut caller = Caller::new();
        caller.ok(STOP, &[RUNNING]);
        caller.now = at(10);
        caller.gateway.set_stock("cn-wlcb-01", "4090", 0);
        assert_eq!(caller.refused(START, &[RUNNING]).0, 226_604);
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Stopped");
        // Its card is paid for.
        caller.ok(START, &[STOPPED]);
        caller.ok(START, &[RUNNING, ("WithoutGpuSpec", "A")]);
    }

    #[test]
    fn what_is_billed_by_use_and_stopped_is_reclaimed_after_seven_days() {
        let mut caller = Caller::new();
        caller.ok(STOP, &[RUNNING]);
        caller.now = at(10);
        assert_eq!(instance(&mut caller, "uhost-stopped")["ReleaseTime"], 0);
        let release = instance(&mut caller, "uhost-xxxx")["ReleaseTime"].as_i64();
        assert_eq!(release, Some(1_800_000_010 + 7 * 86_400));
        caller.now = at(10 + 7 * 86_400 - 1);
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Stopped");
        caller.now = at(10 + 7 * 86_400);
        let list = caller.ok("DescribeCompShareInstance", &[("UHostIds.0", "uhost-xxxx")]);
        assert_eq!(list["TotalCount"], 0);
        assert_eq!(state(&mut caller, "uhost-stopped"), "Stopped");
    }

    #[test]
    fn a_start_without_gpu_shows() {
        let mut caller = Caller::new();
        let normal = instance(&mut caller, "uhost-stopped");
        caller.ok(START, &[STOPPED, ("WithoutGpuSpec", "B")]);
        caller.now = at(30);
        let shown = instance(&mut caller, "uhost-stopped");
        assert_eq!((&shown["GPU"], &shown["CPU"]), (&0.into(), &8.into()));
        assert!(shown["InstancePrice"].as_f64() < normal["InstancePrice"].as_f64());
        let few = caller.ok("DescribeCompShareInstance", &[("WithoutGpu", "true")]);
        assert_eq!(few["TotalCount"], 1);
        assert_eq!(caller.refused(START, &[STOPPED]).0, 8010);
        caller.ok(STOP, &[STOPPED]);
        caller.now = at(40);
        caller.ok(START, &[STOPPED]);
        assert_eq!(instance(&mut caller, "uhost-stopped")["GPU"], normal["GPU"]);
        let spot = [("UHostId", "uhost-a100"), ("WithoutGpu", "true")];
        caller.gateway.add_instance({
            let mut instance =
                crate::model::Instance::new("uhost-a100", "a100", crate::model::COMPANY_ID);
            instance.gpu_type = "A100".to_owned();
            instance.state = crate::model::InstanceState::Stopped;
            instance
        });
        let (code, message) = caller.refused(START, &spot);
        assert_eq!((code, message.contains("[WithoutGpu]")), (230, true));
    }

    #[test]
    fn an_unpaid_or_expired_instance_does_not_start() {
        let mut caller = Caller::new();
        caller.gateway.company_mut(crate::model::COMPANY_ID).arrears = true;
        assert_eq!(caller.refused(START, &[STOPPED]).0, 226_601);
        caller.gateway.company_mut(crate::model::COMPANY_ID).arrears = false;
        caller.now = at(10 * 365 * 86_400);
        assert_eq!(instance(&mut caller, "uhost-stopped")["IsExpire"], "Yes");
        assert_eq!(caller.refused(START, &[STOPPED]).0, 226_602);
    }
}
