//! SwitchChargeType.

use crate::families::prelude::*;

/// What an instance can be switched to.
const TARGETS: [ChargeType; 4] =
    [ChargeType::Month, ChargeType::Day, ChargeType::Dynamic, ChargeType::Postpay];

/// SwitchChargeType: takes effect at once, for one period.
pub(super) fn switch(state: &mut State, call: &Call<'_>) -> Outcome {
    let target = ChargeType::sent(call, "DestChargeType", &TARGETS)?
        .ok_or_else(|| Refusal::missing("DestChargeType"))?;
    state.check_paid(call)?;
    let instance = state.free_instance(call)?;
    let why = "the billing of an interruptible instance cannot be changed";
    Refusal::when(instance.charge_type == ChargeType::Spot, "UHostId", why)?;
    let why = "the instance is billed this way already";
    Refusal::when(instance.charge_type == target, "DestChargeType", why)?;
    instance.charge_type = target;
    instance.expire_time = target.expiry(call.seconds(), 1);
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, instance};

    const SWITCH: &str = "SwitchChargeType";

    #[test]
    fn a_switch_shows() {
        let mut caller = Caller::new();
        let running = ("UHostId", "uhost-xxxx");
        let before = instance(&mut caller, "uhost-xxxx");
        caller.ok(SWITCH, &[running, ("DestChargeType", "Day")]);
        let after = instance(&mut caller, "uhost-xxxx");
        assert_eq!(
            (&after["ChargeType"], &after["ExpireTime"]),
            (&"Day".into(), &1_800_086_400.into())
        );
        assert!(after["InstancePrice"].as_f64() < before["InstancePrice"].as_f64());
        assert_eq!(caller.refused(SWITCH, &[running, ("DestChargeType", "Day")]).0, 230);
        caller.ok(SWITCH, &[running, ("DestChargeType", "Postpay")]);
    }

    #[test]
    fn some_billing_cannot_be_switched() {
        let mut caller = Caller::new();
        let running = ("UHostId", "uhost-xxxx");
        for target in ["Spot", "Year", "Week"] {
            let (code, message) = caller.refused(SWITCH, &[running, ("DestChargeType", target)]);
            assert_eq!((code, message.contains("[DestChargeType]")), (230, true), "{target}");
        }
        let spot = [("UHostId", "uhost-spot"), ("DestChargeType", "Month")];
        assert_eq!(caller.refused(SWITCH, &spot).0, 230);
        caller.gateway.company_mut(crate::model::COMPANY_ID).arrears = true;
        assert_eq!(caller.refused(SWITCH, &[running, ("DestChargeType", "Month")]).0, 226_601);
    }
}
