//! Mounting file storage on container instances.

use crate::families::prelude::*;

/// GiB that are bought where a zone has no file storage yet.
const BOUGHT_GB: i64 = 50;

/// States in which an instance can mount file storage.
const STEADY: [InstanceState; 2] = [InstanceState::Running, InstanceState::Stopped];

/// Mounts the zone's file storage on a container instance; buys it if the zone has none.
pub(super) fn attach(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.free_instance(call)?.clone();
    instance.must_be(&STEADY)?;
    let place = match state.cfs_of_zone(call.company, &instance.zone) {
        Some(place) => place,
        None => {
            state.check_paid(call)?;
            state.buy_cfs(call, "cfs", BOUGHT_GB, ChargeType::Month)?
        }
    };
    let cfs = state.cfs.get_mut(place).filter(|cfs| !cfs.mounted.contains(&instance.id));
    let why = "the instance already mounts the CFS";
    let cfs = cfs.ok_or_else(|| Refusal::unavailable("UHostId", why))?;
    cfs.mounted.push(instance.id);
    restart(state, call)
}

/// DetachCFS: what runs restarts.
pub(super) fn detach(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.free_instance(call)?.clone();
    Refusal::when(!instance.is_pod(), "UHostId", "only container instances mount CFS")?;
    instance.must_be(&STEADY)?;
    let mut storage = state.cfs.iter_mut();
    let cfs = storage
        .find(|cfs| cfs.mounted.contains(&instance.id))
        .ok_or_else(|| Refusal::unavailable("UHostId", "the instance mounts no CFS"))?;
    cfs.mounted.retain(|id| *id != instance.id);
    restart(state, call)
}

/// Reboots what runs, so that it sees the change.
fn restart(state: &mut State, call: &Call<'_>) -> Outcome {
    let instance = state.own_instance(call)?;
    if instance.state == InstanceState::Running {
        instance.reboot(call.seconds());
    }
    Ok(json!({}))
}

impl State {
    pub(super) fn cfs_of_zone(&self, company: i64, zone: &str) -> Option<usize> {
        self.cfs.iter().position(|cfs| cfs.owner == company && cfs.zone == zone)
    }

    /// Place of the file storage that a new instance is to mount.
    pub(crate) fn cfs_for(&self, call: &Call<'_>, container: bool) -> Result<usize, Refusal> {
        Refusal::when(!container, "EnableCfs", "it needs a container image")?;
        self.cfs_of_zone(call.company, call.required("Zone")?)
            .ok_or_else(|| Refusal::unavailable("EnableCfs", "the account has no CFS in the zone"))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, at, instance, state};

    const BJ: [(&str, &str); 3] =
        [("Region", "cn-bj2"), ("Zone", "cn-bj2-03"), ("UHostId", "cpod-xxxx")];

    #[test]
    fn storage_is_mounted_and_unmounted() {
        let mut caller = Caller::new();
        caller.ok("AttachUS3", &BJ);
        assert_eq!(state(&mut caller, "cpod-xxxx"), "Rebooting");
        assert_eq!(caller.refused("DetachCFS", &BJ).0, 8905);
        caller.now = at(20);
        let shown = instance(&mut caller, "cpod-xxxx");
        assert_eq!(shown["VolumeSet"][0]["VolumeId"], "cfs-xxxx");
        assert_eq!(shown["TotalVolumeSpace"], 100);
        assert_eq!(caller.refused("AttachUS3", &BJ).0, 230);
        let rows = caller.anywhere("DescribeCFS", &[("CfsId", "cfs-xxxx")]);
        assert_eq!(rows["CFSSet"][0]["MountStatus"], "Mounted");
        caller.ok("DetachCFS", &BJ);
        caller.now = at(40);
        assert_eq!(state(&mut caller, "cpod-xxxx"), "Running");
        assert_eq!(caller.refused("DetachCFS", &BJ).0, 230);
        assert_eq!(caller.refused("DetachCFS", &[("UHostId", "uhost-xxxx")]).0, 230);
    }

    #[test]
    fn storage_is_bought_where_there_is_none() {
        let mut caller = Caller::new();
        let delete = [BJ[0], BJ[1], ("CfsId", "cfs-xxxx")];
        caller.ok("DeleteCFS", &delete);
        caller.gateway.company_mut(crate::model::COMPANY_ID).arrears = true;
        assert_eq!(caller.refused("AttachUS3", &BJ).0, 226_601);
        caller.gateway.company_mut(crate::model::COMPANY_ID).arrears = false;
        caller.ok("AttachUS3", &BJ);
        let rows = caller.anywhere("DescribeCFS", &[]);
        assert_eq!((&rows["CFSSet"][0]["Size"], &rows["Found"]), (&50.into(), &true.into()));
        assert_eq!(rows["CFSSet"][0]["ChargeType"], "Month");
    }
}
