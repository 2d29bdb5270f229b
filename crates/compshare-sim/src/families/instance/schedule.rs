//! Planned stops.

use crate::families::prelude::*;

/// Least seconds ahead of a planned stop.
const AHEAD: i64 = 300;
/// Most seconds ahead of a planned stop. The limit of the service is unknown; a later time is in
/// milliseconds, or has a wrong year.
const FAR: i64 = 366 * 86_400;

/// UpdateCompShareStopScheduler: sets or changes the planned stop.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Outcome {
    let time = call.number("SchedulerStopTime")?;
    let instance = state.own_instance(call)?;
    let why = "an interruptible instance cannot be stopped";
    Refusal::when(instance.charge_type == ChargeType::Spot, "UHostId", why)?;
    let why = format!("it must be at least {AHEAD} seconds ahead");
    Refusal::when(time < call.seconds().saturating_add(AHEAD), "SchedulerStopTime", why)?;
    let why = "it must be Unix seconds at most a year ahead";
    Refusal::when(time > call.seconds().saturating_add(FAR), "SchedulerStopTime", why)?;
    instance.scheduled_stop = time;
    Ok(json!({ "UHostId": instance.id }))
}

/// DeleteCompShareStopScheduler: no effect if no stop is planned.
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
    fn a_planned_stop_is_carried_out() {
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
    fn a_planned_stop_can_be_deleted() {
        let mut caller = Caller::new();
        caller.ok(UPDATE, &[RUNNING, PROJECT, ("SchedulerStopTime", "1800000300")]);
        caller.ok(DELETE, &[RUNNING, PROJECT]);
        caller.ok(DELETE, &[RUNNING, PROJECT]);
        caller.now = at(1000);
        let shown = instance(&mut caller, "uhost-xxxx");
        assert_eq!((&shown["State"], &shown["SchedulerStopTime"]), (&"Running".into(), &0.into()));
    }

    #[test]
    fn a_planned_stop_has_limits() {
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
