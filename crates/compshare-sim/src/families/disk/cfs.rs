//! File storage: buying, listing, enlarging and deleting it.

use crate::families::prelude::*;
use crate::model::regions;

/// How file storage can be billed.
pub(super) const CHARGES: [ChargeType; 4] =
    [ChargeType::Month, ChargeType::Year, ChargeType::Day, ChargeType::Dynamic];

/// CreateCFS: one in a zone.
pub(super) fn create(state: &mut State, call: &Call<'_>) -> Outcome {
    let charge = ChargeType::required(call, &CHARGES)?;
    check_zone(call)?;
    let zone = call.required("Zone")?;
    state.check_paid(call)?;
    let has_one = state.cfs_of_zone(call.company, zone).is_some();
    Refusal::when(has_one, "Zone", "the account already has a CFS in the zone")?;
    let size = call.number("Size")?;
    let place = state.buy_cfs(call, call.required("Name")?, size, charge)?;
    Ok(json!({ "CfsId": state.cfs.get(place).map(|cfs| &cfs.id) }))
}

/// DescribeCFS, without pages.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Outcome {
    let id = call.parameters.filled("CfsId");
    let rows: Vec<Value> = state
        .cfs
        .iter()
        .filter(|cfs| cfs.is_here(call) && id.is_none_or(|id| cfs.id == id))
        .map(|cfs| show(cfs, call.seconds()))
        .collect();
    Ok(json!({ "Found": !rows.is_empty(), "CFSSet": rows }))
}

fn show(cfs: &Cfs, now: i64) -> Value {
    // What is paid by the hour is paid until the next full hour.
    let expiry = if cfs.expire_time == 0 { (now / 3600 + 1) * 3600 } else { cfs.expire_time };
    json!({
        "CfsId": cfs.id,
        "Name": cfs.name,
        "ZoneId": regions::find(&cfs.zone).map_or(0, |zone| zone.number),
        "Size": cfs.size_gb,
        "ChargeType": cfs.charge_type.as_str(),
        "PurchaseValue": expiry,
        "MountStatus": if cfs.mounted.is_empty() { "Unmounted" } else { "Mounted" },
        "MountedUHostIds": cfs.mounted,
    })
}

/// ResizeCFS: takes effect at once.
pub(super) fn resize(state: &mut State, call: &Call<'_>) -> Outcome {
    let size = call.number("Size")?;
    state.own_cfs(call, "CfsId")?;
    state.check_paid(call)?;
    let cfs = state.own_cfs(call, "CfsId")?;
    super::grow(&mut cfs.size_gb, size, i64::MAX, "Size")?;
    Ok(json!({ "CfsId": cfs.id }))
}

/// DeleteCFS: refused while mounted, unless `Recycle` is set and every mounting instance is stopped.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Outcome {
    let cfs = state.own_cfs(call, "CfsId")?.clone();
    let recycle = call.parameters.is_on("Recycle");
    let blocks = |id: &&String| {
        let mut stopped = state.instances.iter().filter(|own| own.state == InstanceState::Stopped);
        !(recycle && stopped.any(|own| own.id == **id))
    };
    if let Some(id) = cfs.mounted.iter().find(blocks) {
        let way = if recycle { "stop it first" } else { "unmount it first" };
        return Err(Refusal::unavailable("CfsId", format_args!("{id} mounts it; {way}")));
    }
    state.cfs.retain(|other| other.id != cfs.id);
    Ok(json!({ "CfsId": cfs.id }))
}

/// Refuses a zone that has no file storage.
pub(super) fn check_zone(call: &Call<'_>) -> Result<(), Refusal> {
    let is_pod = regions::is_pod(call.required("Zone")?);
    Refusal::when(!is_pod, "Zone", "CFS exists in container zones only")
}

impl State {
    /// Buys file storage in the request's zone; returns its place.
    pub(super) fn buy_cfs(
        &mut self,
        call: &Call<'_>,
        name: &str,
        size: i64,
        charge: ChargeType,
    ) -> Result<usize, Refusal> {
        let mut cfs = Cfs::new(self.new_id("cfs"), name, call.company, size);
        call.required("Region")?.clone_into(&mut cfs.region);
        call.required("Zone")?.clone_into(&mut cfs.zone);
        cfs.charge_type = charge;
        cfs.expire_time = charge.expiry(call.seconds(), call.quantity());
        self.cfs.push(cfs);
        Ok(self.cfs.len() - 1)
    }
}

#[cfg(test)]
#[path = "cfs/tests.rs"]
mod tests;
