//! How an instance is shown in a response.

use crate::families::prelude::*;

use super::{monitor, password};
use crate::{
    families::network,
    model::{catalog::Model, price},
};

/// An instance as the list shows it.
pub(super) fn instance(state: &State, instance: &Instance, call: &Call<'_>) -> Value {
    let image = state.images.iter().find(|image| image.id == instance.image_id);
    let (sent, now) = (call.parameters, call.seconds());
    let has_bill = !sent.is_on("SkipBill");
    [
        identity(instance),
        machine(instance),
        image_part(state, instance, image),
        login(instance),
        addresses(state, instance, sent.is_on("IncludeShareBandwidth")),
        disks(state, instance),
        json!({ "MonitorMessages": monitor::snapshot(instance, now) }),
        if has_bill { billing(state, instance, image, now) } else { json!({}) },
    ]
    .into_iter()
    // Most of the constants are internal fields of the vendor, or seen only in sample responses.
    .fold(constant("DescribeCompShareInstance"), merged)
}

/// What it is, where and since when.
fn identity(instance: &Instance) -> Value {
    json!({
        "UHostId": instance.id,
        "Name": instance.name,
        "Tag": instance.tag,
        "Remark": instance.remark,
        "Region": instance.region,
        "Zone": instance.zone,
        "State": instance.state.as_str(),
        "InstanceType": if instance.container { "Container" } else { "UHost" },
        "ChargeType": instance.charge_type.as_str(),
        "CreateTime": instance.create_time,
        "StartTime": instance.start_time,
        "StopTime": instance.stop_time,
        "UpdateTime": instance.update_time,
        "SchedulerStopTime": instance.scheduled_stop,
        "ReleaseTime": instance.release_time(),
        "HostIp": instance.ip("172.18"),
        "PodId": format!("pod-{}", instance.zone),
        "UUID": monitor::uuid(instance),
    })
}

/// Size and model; without a GPU where it runs without one.
fn machine(instance: &Instance) -> Value {
    let model = Model::find(&instance.gpu_type);
    let (gpu, cpu, memory_mb) = match instance.without_gpu {
        Some(size) => (0, size.cpu(), size.memory_mb()),
        None => (instance.gpu, instance.cpu, instance.memory_mb),
    };
    let graphics_gb = model.map_or(0, |model| model.memory_gb);
    let spare = instance.without_gpu.unwrap_or(WithoutGpu::A);
    json!({
        "GpuType": instance.gpu_type,
        "GPU": gpu,
        "CPU": cpu,
        "Memory": memory_mb,
        "CpuPlatform": instance.cpu_platform,
        "GraphicsMemory": { "Value": graphics_gb, "Rate": 3, "Unit": "GB" },
        "SupportWithoutGpuStart": model.is_some_and(|model| model.without_gpu),
        "WithoutGpuSpec": { "Cpu": spare.cpu(), "Memory": spare.memory_mb(), "Gpu": 0 },
    })
}

fn image_part(state: &State, instance: &Instance, image: Option<&Image>) -> Value {
    let Some(image) = image else {
        return json!({ "CompShareImageId": instance.image_id, "ImageId": instance.image_id });
    };
    let kind = match image.kind {
        ImageKind::Community | ImageKind::Custom | ImageKind::App => image.kind.as_str(),
        _ => "System",
    };
    let alias = if image.kind == ImageKind::Community { kind } else { "Official" };
    let windows = image.is_windows();
    let system = if windows { image.name.as_str() } else { "Ubuntu 22.04 64位" };
    let author = match image.author.as_str() {
        "" => state.company_name(image.owner).unwrap_or_default(),
        author => author,
    };
    json!({
        "CompShareImageId": image.id,
        "ImageId": image.id,
        "CompShareImageName": image.name,
        "CompShareImageVersionName": image.version_name,
        "CompShareImageAuthor": author,
        "CompShareImageOwnerAlias": alias,
        "CompShareImageType": kind,
        "CompShareImageStatus": image.status.as_str(),
        "CompShareImageBillId": format!("bill-{}", image.id),
        "BasicImageId": "compshareImage-system02",
        "BasicImageName": "Ubuntu 22.04",
        "OsName": system,
        "OsType": if windows { "Windows" } else { "Linux" },
    })
}

/// How to log in; a stopped instance has no command, and a container zone is behind NAT.
fn login(instance: &Instance) -> Value {
    let off = [InstanceState::Initializing, InstanceState::Stopped, InstanceState::InstallFail];
    let port = 20_000 + instance.serial % 40_000;
    let command = match instance.is_pod() {
        _ if off.contains(&instance.state) => String::new(),
        true => format!("ssh -p {port} root@{}.podtcp.compshare.cn", instance.id),
        false => format!("ssh root@{}", instance.public_ip()),
    };
    let up = instance.container && instance.state == InstanceState::Running;
    let url = format!("http://{}:8888/lab?token={}", instance.public_ip(), instance.serial);
    let pages = if up { json!([{ "Name": "JupyterLab", "URL": url }]) } else { json!([]) };
    json!({
        "Password": password::encode(&instance.password),
        "SshLoginCommand": command,
        "FileBrowserPassword": format!("fb-{:06}", instance.serial),
        "Softwares": pages,
    })
}

pub(super) fn vpc(instance: &Instance) -> String {
    format!("uvnet-{}", instance.region)
}

pub(super) fn subnet(instance: &Instance) -> String {
    format!("subnet-{}", instance.zone)
}

fn addresses(state: &State, instance: &Instance, with_bandwidth: bool) -> Value {
    let private = json!({
        "IP": instance.ip("10.60"),
        "Type": "Private",
        "Default": "true",
        "Mac": format!("52:54:00:00:{:02X}:{:02X}", instance.serial / 256 % 256, instance.serial % 256),
        "VPCId": vpc(instance),
        "SubnetId": subnet(instance),
    });
    let public = json!({
        "IP": instance.public_ip(),
        "Type": if instance.has_eip() { "Bgp" } else { "Proxy" },
        "IPId": if instance.has_eip() { instance.eip_id() } else { String::new() },
        "Bandwidth": 100,
        "Weight": 50,
    });
    let shared = network::share_bandwidth(state, instance);
    let more = if with_bandwidth { json!({ "ShareBandwidth": shared }) } else { json!({}) };
    let set = [private, merged(public, more)].map(|address| merged(constant("IPSet"), address));
    json!({ "IPSet": set })
}

fn disks(state: &State, instance: &Instance) -> Value {
    let own = || state.disks_of(&instance.id);
    let data = || own().filter(|disk| !disk.boot);
    let space_of_data: i64 = data().map(|disk| disk.size_gb).sum();
    let shown: Vec<Value> = own().map(show_disk).collect();
    let cloud: Vec<Value> = data().filter(|disk| !disk.kind.is_local()).map(show_disk).collect();
    let mounted = state.cfs.iter().filter(|cfs| cfs.mounted.contains(&instance.id));
    let space: i64 = mounted.clone().map(|cfs| cfs.size_gb).sum();
    let volumes: Vec<Value> =
        mounted.map(|cfs| json!({ "VolumeId": cfs.id, "Size": cfs.size_gb })).collect();
    json!({
        "DiskSet": shown,
        "UDiskSet": cloud,
        "VolumeSet": volumes,
        "TotalDiskSpace": space_of_data,
        "TotalVolumeSpace": space,
    })
}

fn show_disk(disk: &Disk) -> Value {
    let role = match disk.boot {
        true => "Boot",
        false if disk.kind.is_local() => "Data",
        false => "Udisk",
    };
    json!({
        "DiskType": disk.kind.as_str(),
        "IsBoot": if disk.boot { "True" } else { "False" },
        "Encrypted": "false",
        "Type": role,
        "DiskId": disk.id,
        "Name": disk.name,
        "Drive": disk.device,
        "Size": disk.size_gb,
        "BackupType": "NONE",
    })
}

/// Prices are by the hour, as the official CLI labels them.
fn billing(state: &State, instance: &Instance, image: Option<&Image>, now: i64) -> Value {
    let charge = instance.charge_type;
    let row = |disk: &Disk| {
        json!({
            "Price": price::disk_by_the_hour(disk),
            "Type": if disk.kind.is_local() { "LocalDisk" } else { "UDisk" },
            "ChargeType": disk.charge_type.as_str(),
            "IsBoot": disk.boot,
        })
    };
    let rows: Vec<Value> = state.disks_of(&instance.id).map(row).collect();
    let disks: f64 = state.disks_of(&instance.id).map(price::disk_by_the_hour).sum();
    let postpaid_off = charge == ChargeType::Postpay && instance.state == InstanceState::Stopped;
    let machine = if postpaid_off { 0.0 } else { price::instance(instance) };
    let image = image.map_or(0.0, |image| image.price * price::number(instance.gpu.max(1)));
    // What is paid by the hour in advance is paid until the next full hour of its life.
    let hours = now.saturating_sub(instance.create_time).max(0) / 3600 + 1;
    let next_hour = instance.create_time.saturating_add(hours.saturating_mul(3600));
    json!({
        "InstancePrice": price::paid_by_the_hour(machine, charge),
        "CompShareImagePrice": if postpaid_off { 0.0 } else { price::cny(image) },
        "DiskPrice": price::fine(disks),
        "DiskPriceInfo": rows.clone(),
        "PostPayPowerOffBillingResource": if charge == ChargeType::Postpay { rows } else { vec![] },
        "PostPayShutdown": postpaid_off,
        "AutoRenew": if charge.is_prepaid() { "No" } else { "Yes" },
        "IsExpire": if instance.is_expired(now) { "Yes" } else { "No" },
        "ExpireTime": if charge == ChargeType::Dynamic { next_hour } else { instance.expire_time },
    })
}
