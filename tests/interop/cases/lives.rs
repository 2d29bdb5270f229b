//! Calls that begin, end and interrupt the life of an instance.

use compshare_proto::{
    Gb, Secret,
    actions::{
        CreateCompShareInstance, CreateCompShareInstanceRequired, RebootCompShareInstance,
        StartCompShareInstance, StopCompShareInstance, TerminateCompShareInstance,
    },
    types::{
        ChargeType, DiskType, InstanceDisk, LoginMode, MachineType, MinimalCpuPlatform,
        WithoutGpuSize,
    },
};
use serde_json::{Value, json};

use super::{IMAGE, LOCATE, REGION, RUNNING, STOPPED, ZONE, here, join};
use crate::case::{Case, send};

const CREATE: &str = "CreateCompShareInstance";
const START: &str = "StartCompShareInstance";
const STOP: &str = "StopCompShareInstance";
const REBOOT: &str = "RebootCompShareInstance";
const TERMINATE: &str = "TerminateCompShareInstance";
/// What the official CLI calls before it creates an instance.
const QUOTE: &[&str] = &["CheckCompShareResourceCapacity", "GetCompShareInstancePrice"];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = creations();
    cases.push(least());
    cases.extend(starts());
    cases.extend(ends());
    cases
}

/// Parameters of a new instance.
fn machine() -> Value {
    here(json!({
        "GpuType": "4090", "GPU": 1, "CPU": 16, "Memory": 65536, "MachineType": "G",
        "MinimalCpuPlatform": "Auto", "CompShareImageId": IMAGE, "ChargeType": "Postpay",
        "Quantity": 1, "MaxCount": 1,
        "Disks": [{ "IsBoot": true, "Type": "CLOUD_SSD", "Size": 100 }],
    }))
}

/// What our type needs of it.
fn required() -> CreateCompShareInstanceRequired {
    CreateCompShareInstanceRequired {
        gpu_type: "4090".to_owned(),
        gpu: 1,
        cpu: 16,
        memory: Gb(64).into(),
        compshare_image_id: IMAGE.to_owned(),
        disks: vec![InstanceDisk::new(true, DiskType::CloudSsd, Gb(100))],
        charge_type: ChargeType::Postpay,
    }
}

/// The same as our type.
fn ours() -> CreateCompShareInstance {
    CreateCompShareInstance::new(required())
        .region(REGION)
        .zone(ZONE)
        .machine_type(MachineType::G)
        .minimal_cpu_platform(MinimalCpuPlatform::Auto)
        .quantity(1)
        .max_count(1)
}

fn creations() -> Vec<Case> {
    let full = json!({
        "Name": "node", "Remark": "实验", "SecurityGroupId": "firewall-xxxx", "MaxCount": 2,
        "ChargeType": "Day", "EnableCfs": false, "MinimalCpuPlatform": "Amd/Auto",
        "Disks": [
            { "IsBoot": true, "Type": "CLOUD_SSD", "Size": 100 },
            { "IsBoot": false, "Type": "CLOUD_NORMAL", "Size": 200 },
        ],
    });
    let login = json!({ "LoginMode": "Password", "Password": "U2VjcmV0LTEyMw==" });
    vec![
        Case::new("create an instance", CREATE, machine())
            .typed(send!(ours()))
            .run(
                "instance create --gpu 4090 --count 1 --cpu 16 --memory 64GiB \
                 --image compshareImage-xxxx --region cn-wlcb --zone cn-wlcb-01 --no-wait --yes",
            )
            .before(QUOTE)
            .shows(&["uhost-", "4090"]),
        Case::new("create an instance, as the vendor's examples do", CREATE, example()),
        Case::new("create an instance, everything", CREATE, join(machine(), full))
            .run(
                "instance create --gpu 4090 --count 1 --cpu 16 --memory 64GiB \
                 --image compshareImage-xxxx --region cn-wlcb --zone cn-wlcb-01 --disk 100GiB \
                 --disk-type CLOUD_SSD --data-disk 200GiB:CLOUD_NORMAL --charge Day --quantity 1 \
                 --name node --remark 实验 --firewall firewall-xxxx --max-count 2 --no-cfs \
                 --platform Amd/Auto --max-price 1000 --no-wait --yes",
            )
            .before(QUOTE),
        Case::new("create an instance, and wait", CREATE, machine())
            .hurry()
            .run(
                "instance create --gpu 4090 --count 1 --cpu 16 --memory 64GiB \
                 --image compshareImage-xxxx --region cn-wlcb --zone cn-wlcb-01 --yes",
            )
            .before(QUOTE)
            .after(&[LOCATE])
            .shows(&["uhost-", "4090"]),
        Case::new("create an instance, with a password", CREATE, join(machine(), login)).typed(
            send!(ours().login_mode(LoginMode::Password).password(Secret::new("Secret-123"))),
        ),
    ]
}

/// What the public example programs of the vendor's SDKs send.
fn example() -> Value {
    json!({
        "Region": REGION, "Zone": ZONE, "MachineType": "G",
        "CompShareImageId": "compshareImage-165jmhx19ik7",
        "GPU": 1, "GpuType": "4090", "CPU": 16, "Memory": 65_536,
        "Disks": [{ "IsBoot": true, "Size": 200, "Type": "CLOUD_SSD" }],
    })
}

/// What a new instance needs; `example` leaves out the way of billing, which our type requires.
fn least() -> Case {
    let mut parameters = machine();
    if let Some(parameters) = parameters.as_object_mut() {
        let optional = ["MachineType", "MinimalCpuPlatform", "Quantity", "MaxCount"];
        parameters.retain(|name, _| !optional.contains(&name.as_str()));
    }
    Case::new("create an instance, the least", CREATE, parameters)
        .typed(send!(CreateCompShareInstance::new(required()).region(REGION).zone(ZONE)))
}

fn starts() -> Vec<Case> {
    let spare = here(json!({ "UHostId": STOPPED, "WithoutGpuSpec": "B" }));
    let flag = here(json!({ "UHostId": STOPPED, "ProjectId": "org-xxxx", "WithoutGpu": true }));
    vec![
        Case::new("start", START, here(json!({ "UHostId": STOPPED })))
            .typed(send!(StartCompShareInstance::new(STOPPED).region(REGION).zone(ZONE)))
            .run("instance start uhost-stopped")
            .before(&[LOCATE])
            .shows(&["Succeeded"]),
        Case::new("start, and wait", START, here(json!({ "UHostId": STOPPED })))
            .hurry()
            .run("instance start uhost-stopped --wait")
            .before(&[LOCATE])
            .after(&[LOCATE])
            .shows(&["Succeeded"]),
        Case::new("start without a GPU", START, spare)
            .typed(send!(
                StartCompShareInstance::new(STOPPED)
                    .region(REGION)
                    .zone(ZONE)
                    .without_gpu_spec(WithoutGpuSize::B)
            ))
            .run("instance start uhost-stopped --without-gpu B")
            .before(&[LOCATE])
            .shows(&["Succeeded"]),
        Case::new("start without a GPU, as documented", START, flag).typed(send!(
            StartCompShareInstance::new(STOPPED)
                .region(REGION)
                .zone(ZONE)
                .project_id("org-xxxx")
                .without_gpu(true)
        )),
    ]
}

fn ends() -> Vec<Case> {
    let running = here(json!({ "UHostId": RUNNING }));
    let gone = here(json!({ "UHostId": STOPPED, "ReleaseUDisk": true }));
    let kept = here(json!({ "UHostId": STOPPED, "ReleaseUDisk": false }));
    vec![
        Case::new("stop", STOP, running.clone())
            .typed(send!(StopCompShareInstance::new(RUNNING).region(REGION).zone(ZONE)))
            .run("instance stop uhost-xxxx --yes")
            .before(&[LOCATE])
            .shows(&["Succeeded"]),
        Case::new("stop, and wait", STOP, running.clone())
            .hurry()
            .run("instance stop uhost-xxxx --yes --wait")
            .before(&[LOCATE])
            .after(&[LOCATE])
            .shows(&["Succeeded"]),
        Case::new("stop several", STOP, running.clone())
            .run("instance stop uhost-xxxx uhost-idle --yes")
            .before(&[LOCATE])
            .spread("UHostId", &[RUNNING, "uhost-idle"])
            .shows(&["uhost-xxxx", "uhost-idle"]),
        Case::new("reboot, and wait", REBOOT, running.clone())
            .hurry()
            .run("instance reboot uhost-xxxx --yes --wait")
            .before(&[LOCATE])
            .after(&[LOCATE])
            .shows(&["Succeeded"]),
        Case::new("reboot", REBOOT, running)
            .typed(send!(RebootCompShareInstance::new(RUNNING).region(REGION).zone(ZONE)))
            .run("instance reboot uhost-xxxx --yes")
            .before(&[LOCATE])
            .shows(&["Succeeded"]),
        Case::new("terminate", TERMINATE, gone)
            .typed(send!(
                TerminateCompShareInstance::new(STOPPED)
                    .region(REGION)
                    .zone(ZONE)
                    .release_udisk(true)
            ))
            .run("instance delete uhost-stopped --release-disk --yes --wait")
            .before(&[LOCATE])
            .after(&[LOCATE])
            .shows(&["Succeeded"]),
        Case::new("terminate, and keep the disks", TERMINATE, kept)
            .typed(send!(
                TerminateCompShareInstance::new(STOPPED)
                    .region(REGION)
                    .zone(ZONE)
                    .release_udisk(false)
            ))
            .run("instance delete uhost-stopped --yes")
            .before(&[LOCATE])
            .shows(&["Succeeded"]),
    ]
}
