//! Finding what belongs to the caller, and the refusals where it is not there.

use super::State;
use crate::{
    call::{Call, Refusal, no_such, short},
    model::{Cfs, Disk, Instance, Placed, catalog, ulhost::ULHost},
};

impl State {
    /// The caller's instance of that id, in the request's region and zone.
    pub(crate) fn instance(
        &self,
        call: &Call<'_>,
        name: &str,
        id: &str,
    ) -> Result<&Instance, Refusal> {
        let mut instances = self.instances.iter();
        instances
            .find(|own| own.id == id && own.is_here(call))
            .ok_or_else(|| no_such(name, "instance", id))
    }

    /// The caller's instance that the request names, in the request's region and zone.
    pub(crate) fn own_instance(&mut self, call: &Call<'_>) -> Result<&mut Instance, Refusal> {
        own(&mut self.instances, call, "UHostId", |id| no_such("UHostId", "instance", id))
    }

    /// Like [`own_instance`](Self::own_instance), for actions that no other may overlap.
    pub(crate) fn free_instance(&mut self, call: &Call<'_>) -> Result<&mut Instance, Refusal> {
        let instance = self.own_instance(call)?;
        if instance.is_busy() { Err(instance.wrong_state()) } else { Ok(instance) }
    }

    /// The caller's cloud disk that the request names, in the request's region and zone.
    pub(crate) fn own_disk(&mut self, call: &Call<'_>, name: &str) -> Result<&mut Disk, Refusal> {
        let none = |id: &str| Refusal::new(17_041, format!("[{name}] no such disk: {}", short(id)));
        own(&mut self.disks, call, name, none)
    }

    /// The caller's file storage that the request names, in the request's region and zone.
    pub(crate) fn own_cfs(&mut self, call: &Call<'_>, name: &str) -> Result<&mut Cfs, Refusal> {
        own(&mut self.cfs, call, name, |id| no_such(name, "CFS", id))
    }

    /// The caller's lightweight host that the request names, in the request's region.
    pub(crate) fn own_ulhost(&mut self, call: &Call<'_>) -> Result<&mut ULHost, Refusal> {
        let (id, region) = (call.required("ULHostId")?, call.required("Region")?);
        let mut hosts = self.ulhosts.iter_mut();
        hosts
            .find(|host| {
                let own = &host.machine;
                own.id == id && own.owner == call.company && own.region == region
            })
            .ok_or_else(|| no_such("ULHostId", "host", id))
    }

    /// Disks that are in an instance, in the order in which they came.
    pub(crate) fn disks_of<'a>(&'a self, instance: &'a str) -> impl Iterator<Item = &'a Disk> {
        self.disks.iter().filter(move |disk| disk.instance == instance)
    }

    /// Number of free cards of a model in a zone; `None` if it is not sold there.
    pub(crate) fn free_cards(&self, zone: &str, gpu_type: &str) -> Option<i64> {
        let own = self.stock.get(&(zone.to_owned(), gpu_type.to_owned())).copied();
        let all = own.or_else(|| catalog::stock(zone, gpu_type))?;
        let instances = self.instances.iter();
        let same = instances.filter(|own| own.zone == zone && own.gpu_type == gpu_type);
        Some(all.saturating_sub(same.map(Instance::cards).sum()).max(0))
    }
}

/// The caller's resource that a parameter names, in the request's region and zone.
fn own<'a, T: Placed>(
    all: &'a mut [T],
    call: &Call<'_>,
    name: &str,
    none: impl FnOnce(&str) -> Refusal,
) -> Result<&'a mut T, Refusal> {
    let id = call.required(name)?;
    all.iter_mut().find(|own| own.id() == id && own.is_here(call)).ok_or_else(|| none(id))
}

#[cfg(test)]
mod tests {
    use crate::testing::Caller;

    #[test]
    fn resources_of_others_are_not_found() {
        let mut caller = Caller::new();
        let none = "Params [UHostId] not available: no such instance: uhost-xxxx";
        let elsewhere = [("UHostId", "uhost-xxxx"), ("Region", "cn-sh2"), ("Zone", "cn-sh2-02")];
        let refused = caller.refused("StopCompShareInstance", &elsewhere);
        assert_eq!(refused, (230, none.to_owned()));
        caller.keys = ("sim-friend-public-key", "sim-friend-private-key");
        for action in ["StopCompShareInstance", "TerminateCompShareInstance", "AttachUS3"] {
            let refused = caller.refused(action, &[("UHostId", "uhost-xxxx")]);
            assert_eq!(refused, (230, none.to_owned()), "{action}");
        }
        let disk = [("UHostId", "uhost-xxxx"), ("UDiskId", "udisk-xxxx")];
        assert_eq!(caller.refused("AttachCompshareDisk", &disk).0, 230);
        let free = [("UDiskId", "udisk-xxxx"), ("Size", "200")];
        assert_eq!(caller.refused("ResizeCompShareDisk", &free).0, 17_041);
        caller.ok("DeleteCompshareDisk", &[("UDiskId", "udisk-xxxx")]);
        assert!(caller.gateway.disk("udisk-xxxx").is_some());
    }

    #[test]
    fn debug_shows_no_passwords() {
        let shown = format!("{:?}", Caller::new().gateway);
        assert!(shown.contains("uhost-xxxx") && !shown.contains("Password1"));
    }
}
