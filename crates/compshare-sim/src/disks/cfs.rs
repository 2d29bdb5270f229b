//! File storage: buying, listing, enlarging and deleting it.

use serde_json::{Value, json};

use crate::{
    Cfs, ChargeType, InstanceState,
    answer::Refusal,
    regions,
    state::{Call, State, short},
};

/// How file storage can be billed.
const CHARGES: [ChargeType; 4] =
    [ChargeType::Month, ChargeType::Year, ChargeType::Day, ChargeType::Dynamic];

/// CreateCFS: one in a zone.
pub(super) fn create(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let sent = call.parameters;
    let charge = charge(call)?;
    check_zone(call)?;
    let zone = call.required("Zone")?;
    if state.company(call.company).arrears {
        return Err(Refusal::new(226_601, "the account has unpaid orders; pay them first"));
    }
    if state.cfs.iter().any(|cfs| cfs.owner == call.company && cfs.zone == zone) {
        return Err(Refusal::unavailable("Zone", "the account has a CFS in the zone"));
    }
    let size = sent.int("Size").ok_or_else(|| Refusal::missing("Size"))?;
    let quantity = sent.int("Quantity").unwrap_or(1);
    let name = call.required("Name")?;
    let place = state.buy_cfs(call, name, size, charge, quantity)?;
    let id = state.cfs.get(place).map(|cfs| cfs.id.clone());
    Ok(json!({ "CfsId": id }))
}

/// DescribeCFS: all at once.
#[allow(clippy::unnecessary_wraps, reason = "a handler")]
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let id = call.parameters.filled("CfsId");
    let rows: Vec<Value> = state
        .cfs
        .iter()
        .filter(|cfs| is_here(cfs, call) && id.is_none_or(|id| cfs.id == id))
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

/// ResizeCFS: at once.
pub(super) fn resize(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let size = call.parameters.int("Size").ok_or_else(|| Refusal::missing("Size"))?;
    let arrears = state.company(call.company).arrears;
    let cfs = state.own_cfs(call, "CfsId")?;
    if arrears {
        return Err(Refusal::new(226_601, "the account has unpaid orders; pay them first"));
    }
    super::grow(&mut cfs.size_gb, size, i64::MAX, "Size")?;
    Ok(json!({ "CfsId": cfs.id }))
}

/// DeleteCFS: what mounts it keeps it, unless it is to be unmounted from what is stopped.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let cfs = state.own_cfs(call, "CfsId")?.clone();
    let recycle = call.parameters.is_on("Recycle");
    let blocks = |id: &String| {
        let mut instances = state.instances.iter();
        let stopped = instances
            .any(|instance| instance.id == *id && instance.state == InstanceState::Stopped);
        !(recycle && stopped)
    };
    if let Some(id) = cfs.mounted.iter().find(|id| blocks(id)) {
        let way = if recycle { "stop it first" } else { "unmount it first" };
        return Err(Refusal::unavailable("CfsId", format_args!("{id} mounts it; {way}")));
    }
    state.cfs.retain(|other| other.id != cfs.id);
    Ok(json!({ "CfsId": cfs.id }))
}

/// How the request wants file storage billed.
pub(super) fn charge(call: &Call<'_>) -> Result<ChargeType, Refusal> {
    ChargeType::parse(call.required("ChargeType")?)
        .filter(|charge| CHARGES.contains(charge))
        .ok_or_else(|| {
            Refusal::unavailable("ChargeType", "it must be one of Month, Year, Day, Dynamic")
        })
}

/// Refuses a zone that has no file storage.
pub(super) fn check_zone(call: &Call<'_>) -> Result<(), Refusal> {
    if regions::is_pod(call.required("Zone")?) {
        return Ok(());
    }
    Err(Refusal::unavailable("Zone", "CFS exists in container zones only"))
}

fn is_here(cfs: &Cfs, call: &Call<'_>) -> bool {
    let sent = call.parameters;
    cfs.owner == call.company
        && sent.filled("Region").is_none_or(|region| cfs.region == region)
        && sent.filled("Zone").is_none_or(|zone| cfs.zone == zone)
}

impl State {
    /// The caller's file storage that the request names, in the request's region and zone.
    pub(super) fn own_cfs(
        &mut self,
        call: &Call<'_>,
        parameter: &str,
    ) -> Result<&mut Cfs, Refusal> {
        let id = call.required(parameter)?;
        self.cfs.iter_mut().find(|cfs| cfs.id == id && is_here(cfs, call)).ok_or_else(|| {
            Refusal::unavailable(parameter, format_args!("no such CFS: {}", short(id)))
        })
    }

    /// Buys file storage in the request's zone; answers its place.
    pub(super) fn buy_cfs(
        &mut self,
        call: &Call<'_>,
        name: &str,
        size: i64,
        charge: ChargeType,
        quantity: i64,
    ) -> Result<usize, Refusal> {
        let mut cfs = Cfs::new(self.new_id("cfs"), name, call.company, size);
        call.required("Region")?.clone_into(&mut cfs.region);
        call.required("Zone")?.clone_into(&mut cfs.zone);
        cfs.charge_type = charge;
        cfs.expire_time = charge.expiry(call.seconds(), quantity);
        self.cfs.push(cfs);
        Ok(self.cfs.len() - 1)
    }
}

#[cfg(test)]
#[path = "cfs/tests.rs"]
mod tests;
