//! Planned shutdowns.

use crate::families::prelude::*;

/// Seconds that a plan must lie ahead.
const AHEAD: i64 = 300;
/// Most seconds that a plan may lie ahead. The service's own limit is not known; what lies further ahead
/// is a time in milliseconds, or a wrong year.
const FAR: i64 = 366 * 86_400;

/// UpdateCompShareStopScheduler: sets a plan or moves it.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Outcome {
    let time = call.number("SchedulerStopTime")?;
    let instance = state.own_instance(call)?;
    if instance.charge_type == ChargeType::Spot {
        let why = "an interruptible instance cannot be stopped";
        return Err(Refusal::unavailable("UHostId", why));
    }
    if time < call.seconds().saturating_add(AHEAD) {
        let why = format!("it must lie {AHEAD} seconds ahead or more");
        return Err(Refusal::unavailable("SchedulerStopTime", why));
    }
    if time > call.seconds().saturating_add(FAR) {
        let why = "it lies more than a year ahead, and is in Unix seconds";
        return Err(Refusal::unavailable("SchedulerStopTime", why));
    }
    instance.scheduled_stop = time;
    Ok(json!({ "UHostId": instance.id }))
}

/// DeleteCompShareStopScheduler: where there is no plan, there is still none.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.own_instance(call)?;
    instance.scheduled_stop = 0;
    Ok(json!({ "UHostId": instance.id }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, at, instance, state};

    const UPDATE: &str = "UpdateCompShareStopScheduler";
    const DELETE: &str = "DeleteCompShareStopScheduler";
    const RUNNING: (&str, &str) = ("UHostId", "uhost-xxxx");
    const PROJECT: (&str, &str) = ("ProjectId", "org-xxxx");

    #[test]
    fn a_plan_is_carried_out() {
        let mut caller = Caller::new();
        caller.ok(UPDATE, &[RUNNING, PROJECT, ("SchedulerStopTime", "1800000300")]);
        assert_eq!(instance(&mut caller, "uhost-xxxx")["SchedulerStopTime"], 1_800_000_300);
        caller.ok(UPDATE, &[RUNNING, PROJECT, ("SchedulerStopTime", "1800000600")]);
        caller.now = at(599);
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Running");
        caller.now = at(600);
        assert_eq!(state(&mut caller, "uhost-xxxx"), "Stopping");
        caller.now = at(610);
        let shown = instance(&mut caller, "uhost-xxxx");
        assert_eq!((&shown["State"], &shown["SchedulerStopTime"]), (&"Stopped".into(), &0.into()));
    }

    #[test]
    fn a_plan_can_be_dropped() {
        let mut caller = Caller::new();
        caller.ok(UPDATE, &[RUNNING, PROJECT, ("SchedulerStopTime", "1800000300")]);
        caller.ok(DELETE, &[RUNNING, PROJECT]);
        caller.ok(DELETE, &[RUNNING, PROJECT]);
        caller.now = at(1000);
        let shown = instance(&mut caller, "uhost-xxxx");
        assert_eq!((&shown["State"], &shown["SchedulerStopTime"]), (&"Running".into(), &0.into()));
    }

    #[test]
    fn a_plan_has_rules() {
        let mut caller = Caller::new();
        let soon = [RUNNING, PROJECT, ("SchedulerStopTime", "1800000299")];
        let (code, message) = caller.refused(UPDATE, &soon);
        assert_eq!((code, message.contains("[SchedulerStopTime]")), (230, true));
        for absurd in ["1800000300000", "1831622401", "9223372036854775807", "1700000000", "-1"] {
            let absurd = [RUNNING, PROJECT, ("SchedulerStopTime", absurd)];
            assert_eq!(caller.refused(UPDATE, &absurd).0, 230, "{absurd:?}");
        }
        assert_eq!(instance(&mut caller, "uhost-xxxx")["SchedulerStopTime"], 0);
        let later = ("SchedulerStopTime", "1800009999");
        assert_eq!(caller.refused(UPDATE, &[("UHostId", "uhost-spot"), PROJECT, later]).0, 230);
        assert_eq!(caller.refused(UPDATE, &[RUNNING, later]).0, 220);
        assert_eq!(caller.refused(DELETE, &[RUNNING]).0, 220);
        assert_eq!(caller.refused(DELETE, &[("UHostId", "uhost-no"), PROJECT]).0, 230);
    }
}
