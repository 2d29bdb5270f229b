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
    let image = instance_request::image(state, call, &model.name)?;
    let (fails, container) = (image.fails_on(name), image.container);
    let password = password::read(call, image.is_windows())?;
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
    let text = |name| sent.text(name).unwrap_or_default().to_owned();
    let mut ids = Vec::new();
    let mut first_password = None;
    for _ in 0..count {
        let serial = state.new_serial();
        let id = state.new_id(if pod { "cpod" } else { "uhost" });
        let initial = || Secret::new(format!("Cs{serial:06}pw"));
        let mut instance = Instance {
            region: call.required("Region")?.to_owned(),
            zone: text("Zone"),
            remark: text("Remark"),
            gpu_type: model.name.clone(),
            gpu: size.gpu,
            cpu: size.cpu,
            memory_mb: size.memory_mb,
            cpu_platform: platform.to_owned(),
            image_id: image.id.clone(),
            container,
            password: password.clone().unwrap_or_else(initial),
            security_group_id: text("SecurityGroupId"),
            us3: sent.is_on("EnableUS3"),
            charge_type: charge,
            create_time: now,
            expire_time: charge.expiry(now, call.quantity()),
            serial,
            ..Instance::new(id, name, call.company)
        };
        instance.create(now, fails);
        add_disks(state, &instance, &disks);
        if let Some(cfs) = cfs.and_then(|place| state.cfs.get_mut(place)) {
            cfs.mounted.push(instance.id.clone());
        }
        first_password.get_or_insert_with(|| password::encode(&instance.password));
        ids.push(instance.id.clone());
        state.instances.push(instance);
    }
    if let Some(used) = state.images.iter_mut().find(|own| own.id == image.id) {
        used.created_count += count;
    }
    Ok(json!({ "UHostIds": ids, "Warning": [], "Password": first_password }))
}

fn check_quota(state: &State, company: i64, count: i64) -> Result<(), Refusal> {
    let quota = state.company(company).quota();
    let has = state.instances.iter().filter(|instance| instance.owner == company).count();
    let wants = has.saturating_add(usize::try_from(count).unwrap_or(usize::MAX));
    let why = format!("[MaxCount] quota exhausted: {has} of {quota} instances are in use");
    Refusal::new_if(wants > quota, 8095, why)
}

/// Gives a new instance its disks.
fn add_disks(state: &mut State, instance: &Instance, wanted: &[Disk]) {
    // The boot disk comes first, whatever the order of the request.
    let boots = wanted.iter().filter(|disk| disk.boot);
    let others = wanted.iter().filter(|disk| !disk.boot);
    for (wanted, letter) in boots.chain(others).zip(('a'..='z').chain(std::iter::repeat('z'))) {
        let disk = Disk {
            id: state.new_id(if wanted.boot { "bsi" } else { "udisk" }),
            region: instance.region.clone(),
            zone: instance.zone.clone(),
            charge_type: match instance.charge_type {
                ChargeType::Spot => ChargeType::Postpay,
                other => other,
            },
            expire_time: instance.expire_time,
            ..wanted.clone()
        };
        state.disks.push(disk.attached(&*instance.id, format!("/dev/vd{letter}")));
    }
}

#[cfg(test)]
#[path = "create/tests.rs"]
mod tests;
