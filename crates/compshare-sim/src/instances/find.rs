//! Finding instances, images and stock, and the refusals where they are not as they must be.

use crate::{
    Disk, Image, ImageKind, ImageStatus, Instance, InstanceState,
    answer::Refusal,
    catalog,
    state::{Call, State, no_such_image, short},
};

impl State {
    /// The caller's instance that the request names, in the request's region and zone.
    pub(crate) fn own_instance(&mut self, call: &Call<'_>) -> Result<&mut Instance, Refusal> {
        let id = call.required("UHostId")?;
        self.instances
            .iter_mut()
            .find(|instance| instance.id == id && is_here(instance, call))
            .ok_or_else(|| no_such_instance("UHostId", id))
    }

    /// Like [`own_instance`](Self::own_instance), for actions that wait for no other to end.
    pub(crate) fn free_instance(&mut self, call: &Call<'_>) -> Result<&mut Instance, Refusal> {
        let instance = self.own_instance(call)?;
        if instance.is_busy() { Err(wrong_state(instance)) } else { Ok(instance) }
    }

    /// Disks that are in an instance, in the order in which they came.
    pub(crate) fn disks_of<'a>(&'a self, instance: &'a str) -> impl Iterator<Item = &'a Disk> {
        self.disks.iter().filter(move |disk| disk.instance == instance)
    }

    /// Cards of a model that are free in a zone; `None` where it is not sold there.
    pub(crate) fn free_cards(&self, zone: &str, gpu_type: &str) -> Option<i64> {
        let own = self.stock.get(&(zone.to_owned(), gpu_type.to_owned())).copied();
        let all = own.or_else(|| catalog::stock(zone, gpu_type))?;
        let used: i64 = self
            .instances
            .iter()
            .filter(|instance| instance.zone == zone && instance.gpu_type == gpu_type)
            .map(Instance::cards)
            .sum();
        Some(all.saturating_sub(used).max(0))
    }

    /// The image, where the caller may use it and it is ready.
    pub(crate) fn usable_image(&self, company: i64, id: &str) -> Result<&Image, Refusal> {
        let image = self
            .images
            .iter()
            .find(|image| image.id == id && may_use(image, company))
            .ok_or_else(|| no_such_image(id))?;
        if image.status != ImageStatus::Available {
            return Err(Refusal::unavailable(
                "CompShareImageId",
                format_args!("the image is {}, not Available", image.status.as_str()),
            ));
        }
        Ok(image)
    }
}

/// Whether an instance is the caller's, and where the request says.
pub(super) fn is_here(instance: &Instance, call: &Call<'_>) -> bool {
    let sent = call.parameters;
    instance.owner == call.company
        && sent.filled("Region").is_none_or(|region| instance.region == region)
        && sent.filled("Zone").is_none_or(|zone| instance.zone == zone)
}

fn may_use(image: &Image, company: i64) -> bool {
    match image.kind {
        ImageKind::Custom => image.owner == company || image.shared_with.contains(&company),
        _ => true,
    }
}

/// 226603: the image is not for that GPU model.
pub(super) fn check_gpu(image: &Image, gpu_type: &str) -> Result<(), Refusal> {
    let models = &image.supported_gpu_types;
    if models.is_empty() || models.iter().any(|model| model == gpu_type) {
        return Ok(());
    }
    let why = format!("[CompShareImageId] the image does not support GpuType {}", short(gpu_type));
    Err(Refusal::new(226_603, why))
}

/// 226604: sold out.
pub(super) fn sold_out(gpu_type: &str) -> Refusal {
    Refusal::new(226_604, format!("[GpuType] not enough {} resources now", short(gpu_type)))
}

/// 226601: the account owes something.
pub(super) fn unpaid() -> Refusal {
    Refusal::new(226_601, "the account has unpaid orders; pay them first")
}

/// The refusal of an instance that is not there, or not the caller's.
pub(super) fn no_such_instance(parameter: &str, id: &str) -> Refusal {
    Refusal::unavailable(parameter, format_args!("no such instance: {}", short(id)))
}

/// The refusal of an instance that another operation holds, or that is in no state for this one.
pub(super) fn wrong_state(instance: &Instance) -> Refusal {
    let (id, state) = (&instance.id, instance.state.as_str());
    if instance.is_busy() {
        return Refusal::new(8905, format!("InstanceOperationInProgress: {id} is {state}"));
    }
    Refusal::new(8905, format!("[UHostId] {id} is {state}, which does not allow this"))
}

/// Refuses, with the code for it, an instance that is not shut down.
pub(crate) fn needs_stop(instance: &Instance, code: i64) -> Result<(), Refusal> {
    if instance.state == InstanceState::Stopped {
        return Ok(());
    }
    let state = instance.state.as_str();
    Err(Refusal::new(code, format!("[UHostId] {} is {state}; stop it first", instance.id)))
}

/// Whether an image of that name, or an instance of that name, is one that fails to install.
pub(super) fn fails(image: &Image, name: &str) -> bool {
    [&image.id, &image.name, name].iter().any(|text| text.to_lowercase().contains("fail"))
}

#[cfg(test)]
mod tests {
    use crate::testing::Caller;

    #[test]
    fn nobody_else_has_the_instance() {
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
