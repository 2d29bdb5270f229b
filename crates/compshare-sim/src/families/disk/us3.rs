//! AttachUS3.

use super::cfs_mount;
use crate::families::prelude::*;

/// AttachUS3: on a container instance it mounts file storage instead.
pub(super) fn attach(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.own_instance(call)?;
    if instance.is_pod() {
        return cfs_mount::attach(state, call);
    }
    instance.must_be(&[InstanceState::Running])?;
    state.check_us3(call)?;
    state.own_instance(call)?.us3 = true;
    Ok(json!({}))
}

impl State {
    /// 8433: US3 is not enabled for the region.
    pub(crate) fn check_us3(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let region = call.required("Region")?;
        let is_enabled = self.company(call.company).us3_regions.contains(region);
        let why = format!("[Region] US3 is not enabled in {region}");
        Refusal::new_if(!is_enabled, 8433, why)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Caller;

    const ATTACH: &str = "AttachUS3";

    #[test]
    fn us3_must_be_enabled() {
        let mut caller = Caller::new();
        let response = caller.ok(ATTACH, &[("UHostId", "uhost-xxxx")]);
        assert_eq!(response["Action"], "AttachUS3");
        assert!(caller.gateway.instance("uhost-xxxx").is_some_and(|instance| instance.us3));
        let sh = [("Region", "cn-sh2"), ("Zone", "cn-sh2-02"), ("UHostId", "uhost-sh2")];
        let (code, message) = caller.refused(ATTACH, &sh);
        assert_eq!((code, message.as_str()), (8433, "[Region] US3 is not enabled in cn-sh2"));
        let company = caller.gateway.company_mut(crate::model::COMPANY_ID);
        company.us3_regions.insert("cn-sh2".to_owned());
        caller.ok(ATTACH, &sh);
    }

    #[test]
    fn us3_needs_a_running_instance() {
        let mut caller = Caller::new();
        assert_eq!(caller.refused(ATTACH, &[("UHostId", "uhost-stopped")]).0, 8905);
        assert_eq!(caller.refused(ATTACH, &[("UHostId", "uhost-none")]).0, 230);
    }
}
