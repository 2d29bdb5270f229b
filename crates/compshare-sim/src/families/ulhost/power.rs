//! Starting and stopping lightweight hosts.

use crate::families::prelude::*;

use InstanceState::{Rebooting, Running, Starting, Stopped, Stopping};

/// StartULHostInstance: no effect if the host is running or starting.
pub(super) fn start(state: &mut State, call: &Call<'_>) -> Outcome {
    let host = state.own_ulhost(call)?;
    let is_over = host.machine.state == Stopped && host.is_expired(call.seconds());
    Refusal::new_if(is_over, 226_602, format_args!("ULHostId {} has expired", host.machine.id))?;
    change(state, call, Stopped, &[Running, Starting], Instance::start)
}

/// StopULHostInstance: no effect if the host is stopped or stopping.
pub(super) fn stop(state: &mut State, call: &Call<'_>) -> Outcome {
    change(state, call, Running, &[Stopped, Stopping], Instance::stop)
}

/// PoweroffULHostInstance: at once, also while the host starts, stops or reboots.
pub(super) fn power_off(state: &mut State, call: &Call<'_>) -> Outcome {
    let host = state.own_ulhost(call)?;
    match host.machine.state {
        Stopped => {}
        Running | Starting | Stopping | Rebooting => {
            host.machine.go(call.seconds(), Stopped, &[]);
        }
        _ => return Err(host.wrong_state(Running)),
    }
    Ok(json!({ "ULHostId": host.machine.id }))
}

/// RebootULHostInstance.
pub(super) fn reboot(state: &mut State, call: &Call<'_>) -> Outcome {
    change(state, call, Running, &[], Instance::reboot)
}

/// Changes a host that is in the state that this needs; no effect in the states `done`.
fn change(
    state: &mut State,
    call: &Call<'_>,
    needed: InstanceState,
    done: &[InstanceState],
    change: fn(&mut Instance, i64),
) -> Outcome {
    let host = state.own_ulhost(call)?;
    if host.machine.state == needed {
        change(&mut host.machine, call.seconds());
    } else if !done.contains(&host.machine.state) {
        return Err(host.wrong_state(needed));
    }
    Ok(json!({ "ULHostId": host.machine.id }))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::testing::{Caller, at};

    const HOST: (&str, &str) = ("ULHostId", "ulhost-xxxx");

    fn state(caller: &mut Caller, seconds: u64) -> Value {
        caller.now = at(seconds);
        let response = caller.ok("DescribeULHostInstance", &[("ULHostIds.0", HOST.1)]);
        response["ULHostInstanceSets"][0]["State"].clone()
    }

    #[test]
    fn a_host_stops_and_starts() {
        let mut caller = Caller::new();
        for _ in 0..2 {
            assert_eq!(caller.ok("StopULHostInstance", &[HOST])["ULHostId"], HOST.1);
        }
        assert_eq!(state(&mut caller, 9), "Stopping");
        assert_eq!(caller.refused("StartULHostInstance", &[HOST]).0, 230);
        assert_eq!(state(&mut caller, 10), "Stopped");
        caller.ok("StopULHostInstance", &[HOST]);
        assert_eq!(caller.refused("RebootULHostInstance", &[HOST]).0, 230);
        for _ in 0..2 {
            caller.ok("StartULHostInstance", &[HOST]);
        }
        let (code, message) = caller.refused("StopULHostInstance", &[HOST]);
        let why = "Params [ULHostId] not available: the host is Starting; it must be Running";
        assert_eq!((code, message.as_str()), (230, why));
        assert_eq!(state(&mut caller, 39), "Starting");
        assert_eq!(state(&mut caller, 40), "Running");
        caller.ok("StartULHostInstance", &[HOST]);
    }

    #[test]
    fn a_reboot_takes_a_while_and_a_power_cut_none() {
        let mut caller = Caller::new();
        caller.ok("RebootULHostInstance", &[HOST]);
        assert_eq!(state(&mut caller, 19), "Rebooting");
        assert_eq!(caller.refused("RebootULHostInstance", &[HOST]).0, 230);
        assert_eq!(state(&mut caller, 20), "Running");
        caller.ok("RebootULHostInstance", &[HOST]);
        for _ in 0..2 {
            caller.ok("PoweroffULHostInstance", &[HOST]);
        }
        assert_eq!(state(&mut caller, 20), "Stopped");
        assert_eq!(state(&mut caller, 60), "Stopped");
    }

    #[test]
    fn a_host_stops_when_it_expires() {
        let mut caller = Caller::new();
        let over = 1_760_000_000 + 10 * 365 * 86_400 - crate::testing::START;
        assert_eq!(state(&mut caller, over - 1), "Running");
        assert_eq!(state(&mut caller, over), "Stopping");
        assert_eq!(state(&mut caller, over + 10), "Stopped");
        let (code, message) = caller.refused("StartULHostInstance", &[HOST]);
        assert_eq!((code, message.as_str()), (226_602, "ULHostId ulhost-xxxx has expired"));
    }

    #[test]
    fn hosts_of_other_regions_are_not_found() {
        let mut caller = Caller::new();
        for action in [
            "StartULHostInstance",
            "StopULHostInstance",
            "PoweroffULHostInstance",
            "RebootULHostInstance",
        ] {
            let (code, message) = caller.refused(action, &[("ULHostId", "ulhost-sh2")]);
            let why = "Params [ULHostId] not available: no such host: ulhost-sh2";
            assert_eq!((code, message.as_str()), (230, why));
        }
    }
}
