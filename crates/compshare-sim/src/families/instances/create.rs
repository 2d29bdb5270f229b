//! CreateCompShareInstance.

use crate::families::prelude::*;
use compshare_proto::Secret;

use super::{instance_request, password};

/// Most instances of one call.
const MAX_COUNT: i64 = 100;

/// CreateCompShareInstance: the instances are running after 30 seconds.
pub(super) fn create(state: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    state.check_paid(call)?;
    state.check_verified(call)?;
    let model = instance_request::model(call)?;
    // A size that is not sold has a code of its own here.
    let size = instance_request::Size::read(call, model, ["GPU", "CPU"]).map_err(|refusal| {
        let code = if refusal.code == 230 { 226_603 } else { refusal.code };
        Refusal { code, ..refusal }
    })?;
    let platform = instance_request::platform(call, model)?;
    let disks = instance_request::disks(call, model)?;
    let charge = instance_request::charge(call, model)?.unwrap_or(ChargeType::Month);
    let name = sent.filled("Name").unwrap_or("host");
    instance_request::check_name(name)?;
    let zone = call.required("Zone")?;
    let image = state.usable_image(call.company, call.required("CompShareImageId")?)?;
    image.check_gpu(&model.name)?;
    let fails = image.fails_on(name);
    let (image_id, container) = (image.id.clone(), image.container);
    let password = password::read(call, state.is_windows(&image_id))?;
    if sent.is_on("EnableUS3") {
        Refusal::when(!container, "EnableUS3", "it needs a container image")?;
        state.check_us3(call)?;
    }
    let cfs = if sent.is_on("EnableCfs") { Some(state.cfs_for(call, container)?) } else { None };
    let count = sent.int("MaxCount").unwrap_or(1);
    Refusal::when(count > MAX_COUNT, "MaxCount", format_args!("it must be at most {MAX_COUNT}"))?;
    check_quota(state, call.company, count)?;
    let free = state.free_cards(zone, &model.name).ok_or_else(|| {
        Refusal::unavailable("GpuType", format_args!("{} is not sold in {zone}", model.name))
    })?;
    if size.gpu * count > free {
        return Err(instance_request::sold_out(&model.name));
    }
    let now = call.seconds();
    let pod = crate::model::regions::is_pod(zone);
    let mut ids = Vec::new();
    let mut first_password = None;
    for _ in 0..count {
        let serial = state.new_serial();
        let mut instance =
            Instance::new(state.new_id(if pod { "cpod" } else { "uhost" }), name, call.company);
        instance.region = call.required("Region")?.to_owned();
        instance.zone = zone.to_owned();
        instance.remark = sent.text("Remark").unwrap_or_default().to_owned();
        instance.gpu_type = model.name.clone();
        (instance.gpu, instance.cpu) = (size.gpu, size.cpu);
        instance.memory_mb = size.memory_mb;
        instance.cpu_platform = platform.to_owned();
        instance.image_id.clone_from(&image_id);
        instance.container = container;
        instance.password =
            password.clone().unwrap_or_else(|| Secret::new(format!("Cs{serial:06}pw")));
        instance.security_group_id = sent.text("SecurityGroupId").unwrap_or_default().to_owned();
        instance.us3 = sent.is_on("EnableUS3");
        instance.charge_type = charge;
        instance.create_time = now;
        instance.expire_time = charge.expiry(now, call.quantity());
        instance.serial = serial;
        instance.create(now, fails);
        add_disks(state, &instance, &disks);
        if let Some(cfs) = cfs.and_then(|place| state.cfs.get_mut(place)) {
            cfs.mounted.push(instance.id.clone());
        }
        first_password.get_or_insert_with(|| password::encode(&instance.password));
        ids.push(instance.id.clone());
        state.instances.push(instance);
    }
    if let Some(image) = state.images.iter_mut().find(|image| image.id == image_id) {
        image.created_count += count;
    }
    Ok(json!({ "UHostIds": ids, "Warning": [], "Password": first_password }))
}

fn check_quota(state: &State, company: i64, count: i64) -> Result<(), Refusal> {
    let quota = state.company(company).quota();
    let has = state.instances.iter().filter(|instance| instance.owner == company).count();
    let wants = has.saturating_add(usize::try_from(count).unwrap_or(usize::MAX));
    if wants > quota {
        let why = format!("[MaxCount] quota exhausted: {has} of {quota} instances are in use");
        return Err(Refusal::new(8095, why));
    }
    Ok(())
}

/// Gives a new instance its disks.
fn add_disks(state: &mut State, instance: &Instance, wanted: &[instance_request::WantedDisk]) {
    let mut letters = 'a'..='z';
    // The boot disk comes first, whatever the order of the request.
    let boots = wanted.iter().filter(|disk| disk.boot);
    for wanted in boots.chain(wanted.iter().filter(|disk| !disk.boot)) {
        let id = state.new_id(if wanted.boot { "bsi" } else { "udisk" });
        let name = if wanted.boot { "system" } else { "data" };
        let mut disk = Disk::new(id, name, instance.owner, wanted.size_gb);
        disk.region.clone_from(&instance.region);
        disk.zone.clone_from(&instance.zone);
        disk.kind = wanted.kind;
        disk.boot = wanted.boot;
        disk.charge_type = match instance.charge_type {
            ChargeType::Spot => ChargeType::Postpay,
            other => other,
        };
        disk.expire_time = instance.expire_time;
        let letter = letters.next().unwrap_or('z');
        state.disks.push(disk.attached(&*instance.id, format!("/dev/vd{letter}")));
    }
}

#[cfg(test)]
#[path = "create/tests.rs"]
mod tests;
