//! What a request wants of an instance: model, size, disks and billing, checked against the catalogue.

use crate::call::parameters::parse_index;
use crate::families::prelude::*;
use crate::model::{catalog::Model, price};

/// Least and most GB of a system disk, and most of a data disk.
pub(super) const BOOT_GB: (i64, i64) = (20, 1000);
pub(super) const DATA_GB: (i64, i64) = (1, 8000);

/// The model that the request names.
pub(super) fn model(call: &Call<'_>) -> Result<&'static Model, Refusal> {
    let name = call.required("GpuType")?;
    Model::find(name).ok_or_else(|| no_such("GpuType", "GPU model", name))
}

/// 226604: sold out.
pub(super) fn sold_out(gpu_type: &str) -> Refusal {
    Refusal::new(226_604, format!("[GpuType] not enough {} resources now", short(gpu_type)))
}

/// A size of instance; `names` are those of its GPU and CPU parameters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) gpu: i64,
    pub(super) cpu: i64,
    pub(super) memory_mb: i64,
}

impl Size {
    /// Reads a size that is sold.
    pub(super) fn read(call: &Call<'_>, model: &Model, names: [&str; 2]) -> Result<Self, Refusal> {
        let [gpu, cpu] = names;
        let (gpu, cpu) = (call.number(gpu)?, call.number(cpu)?);
        let size = Self { gpu, cpu, memory_mb: call.number("Memory")? };
        size.check(model, names)?;
        Ok(size)
    }

    /// Refuses what the catalogue does not have.
    pub(super) fn check(&self, model: &Model, [gpu, cpu]: [&str; 2]) -> Result<(), Refusal> {
        let why = format!("{} instances have 1 to {} GPUs", model.name, model.max_gpus);
        Refusal::when(!(1..=model.max_gpus).contains(&self.gpu), gpu, why)?;
        Refusal::when(self.memory_mb % 1024 != 0, "Memory", "it must be a multiple of 1024")?;
        let known: Vec<i64> = model.sizes(self.gpu).iter().map(|size| size.cpu).collect();
        let names: Vec<String> = known.iter().map(i64::to_string).collect();
        let names = names.join(" or ");
        let why = format!("{} {} GPUs come with {names} cores", self.gpu, model.name);
        Refusal::when(!known.contains(&self.cpu), cpu, why)?;
        let is_sold = model.has_size(self.gpu, self.cpu, self.memory_mb / 1024);
        let why = "no such combination; see DescribeAvailableCompShareInstanceTypes";
        Refusal::when(!is_sold, "Memory", why)
    }

    /// What it costs by the hour, without disks and image.
    pub(super) fn hourly(&self, model: &Model) -> f64 {
        price::machine(model, self.gpu, self.cpu, self.memory_mb)
    }
}

/// Reads `Disks`, which must be empty or have exactly one boot disk; they have no ids yet.
pub(super) fn disks(call: &Call<'_>, model: &Model) -> Result<Vec<Disk>, Refusal> {
    let sent = call.parameters;
    let mut indices: Vec<usize> =
        sent.children("Disks").into_iter().filter_map(parse_index).collect();
    indices.sort_unstable();
    let mut disks = Vec::new();
    for index in indices {
        let name = |field| format!("Disks.{index}.{field}");
        let kind = sent.text(&name("Type")).and_then(DiskKind::parse);
        let kind = kind.ok_or_else(|| Refusal::unavailable(&name("Type"), "no such disk type"))?;
        let fits = kind != DiskKind::CloudRssd || model.name == "A800";
        Refusal::when(!fits, &name("Type"), "CLOUD_RSSD works with A800 only")?;
        let boot = sent.is_on(&name("IsBoot"));
        let size_gb = call.number(&name("Size"))?;
        let (least, most) = if boot { BOOT_GB } else { DATA_GB };
        let why = format!("it must be from {least} to {most}");
        Refusal::when(!(least..=most).contains(&size_gb), &name("Size"), why)?;
        let name = if boot { "system" } else { "data" };
        disks.push(Disk { boot, kind, ..Disk::new("", name, call.company, size_gb) });
    }
    let boots = disks.iter().filter(|disk| disk.boot).count();
    let why = format!("exactly one disk must be the boot disk, not {boots}");
    Refusal::when(!disks.is_empty() && boots != 1, "Disks", why)?;
    Ok(disks)
}

/// The image that the request names, which must run on that GPU model.
pub(super) fn image(state: &State, call: &Call<'_>, gpu_type: &str) -> Result<Image, Refusal> {
    let image = state.usable_image(call.company, call.required("CompShareImageId")?)?;
    image.check_gpu(gpu_type)?;
    Ok(image.clone())
}

/// The requested billing, if any.
pub(super) fn charge(call: &Call<'_>, model: &Model) -> Result<Option<ChargeType>, Refusal> {
    let charge = ChargeType::sent(call, "ChargeType", &ChargeType::QUOTED)?;
    let why = format!("{} is not sold as Spot", model.name);
    Refusal::when(charge == Some(ChargeType::Spot) && !model.spot, "ChargeType", why)?;
    Ok(charge)
}

/// The CPU platform that the instance gets.
pub(super) fn platform(call: &Call<'_>, model: &Model) -> Result<&'static str, Refusal> {
    let wish = call.parameters.filled("MinimalCpuPlatform").unwrap_or("Auto");
    model.platform(wish).ok_or_else(|| {
        let why = format!("{} is not available on this CPU platform", model.name);
        Refusal::unavailable("MinimalCpuPlatform", why)
    })
}

/// Refuses a name that is too long.
pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    Refusal::when(name.chars().count() > 63, "Name", "it must have at most 63 characters")
}
