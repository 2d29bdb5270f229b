//! Calls that change an instance.

use compshare_proto::{
    Gb, Secret,
    actions::{
        ModifyCompShareInstanceName, ReinstallCompShareInstance, ResetCompShareInstancePassword,
        ResizeCompShareInstance, SwitchChargeType, UpdateCompShareInstancePorts,
    },
    types::{ChargeType, WithoutGpuSize},
};
use serde_json::json;

use super::{IMAGE, LOCATE, REGION, RUNNING, STOPPED, ZONE, here};
use crate::case::{Case, send};

const REINSTALL: &str = "ReinstallCompShareInstance";
const RESIZE: &str = "ResizeCompShareInstance";
const PORTS: &str = "UpdateCompShareInstancePorts";
/// Container that has ports.
const CONTAINER: &str = "uhost-container";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = settings();
    cases.extend(reinstalls());
    cases.extend(resizes());
    cases
}

fn settings() -> Vec<Case> {
    let name = here(json!({ "UHostId": RUNNING, "Name": "深度学习" }));
    let anywhere = json!({ "Region": REGION, "UHostId": RUNNING, "Name": "a-b" });
    let password = here(json!({ "UHostId": STOPPED, "Password": "U2VjcmV0LTEyMw==" }));
    let charge = here(json!({ "UHostId": RUNNING, "DestChargeType": "Month" }));
    let ports =
        here(json!({ "UHostId": CONTAINER, "HttpPorts": [8188, 8888], "TcpPorts": [22, 6006] }));
    vec![
        Case::new("rename", "ModifyCompShareInstanceName", name)
            .typed(send!(
                ModifyCompShareInstanceName::new(RUNNING, "深度学习").region(REGION).zone(ZONE)
            ))
            .run("instance rename uhost-xxxx 深度学习")
            .before(&[LOCATE]),
        Case::new("rename, wherever it is", "ModifyCompShareInstanceName", anywhere)
            .typed(send!(ModifyCompShareInstanceName::new(RUNNING, "a-b").region(REGION))),
        Case::new("password", "ResetCompShareInstancePassword", password)
            .typed(send!(
                ResetCompShareInstancePassword::new(STOPPED, Secret::new("Secret-123"))
                    .region(REGION)
                    .zone(ZONE)
            ))
            .run("instance password uhost-stopped --password Secret-123 --yes")
            .before(&[LOCATE]),
        Case::new("charge", "SwitchChargeType", charge)
            .typed(send!(
                SwitchChargeType::new(RUNNING, ChargeType::Month).region(REGION).zone(ZONE)
            ))
            .run("instance charge uhost-xxxx --to Month --yes")
            .before(&[LOCATE]),
        Case::new("ports", PORTS, ports)
            .typed(send!(
                UpdateCompShareInstancePorts::new(CONTAINER)
                    .region(REGION)
                    .zone(ZONE)
                    .http_ports([8188, 8888])
                    .tcp_ports([22, 6006])
            ))
            .run(
                "instance ports update uhost-container --http 8188 --http 8888 --tcp 22 \
                 --tcp 6006 --yes",
            )
            .before(&[LOCATE]),
    ]
}

fn reinstalls() -> Vec<Case> {
    let full = here(json!({
        "UHostId": STOPPED, "CompShareImageId": IMAGE, "Password": "U2VjcmV0LTEyMw==",
        "CouponId": "coupon-xxxx",
    }));
    let least = here(json!({ "UHostId": STOPPED, "CompShareImageId": IMAGE }));
    vec![
        Case::new("reinstall", REINSTALL, least.clone())
            .typed(send!(ReinstallCompShareInstance::new(STOPPED, IMAGE).region(REGION).zone(ZONE)))
            .run("instance reinstall uhost-stopped --image compshareImage-xxxx --yes")
            .before(&[LOCATE]),
        Case::new("reinstall, and wait", REINSTALL, least)
            .hurry()
            .run("instance reinstall uhost-stopped --image compshareImage-xxxx --yes --wait")
            .before(&[LOCATE])
            .after(&[LOCATE]),
        Case::new("reinstall, everything", REINSTALL, full)
            .typed(send!(
                ReinstallCompShareInstance::new(STOPPED, IMAGE)
                    .region(REGION)
                    .zone(ZONE)
                    .password(Secret::new("Secret-123"))
                    .coupon_id("coupon-xxxx")
            ))
            .run(
                "instance reinstall uhost-stopped --image compshareImage-xxxx \
                 --password Secret-123 --coupon coupon-xxxx --yes",
            )
            .before(&[LOCATE]),
    ]
}

fn resizes() -> Vec<Case> {
    let machine = here(json!({
        "UHostId": STOPPED, "Cpu": 32, "Memory": 131_072, "Gpu": 2, "CouponId": "coupon-xxxx",
    }));
    let spare = here(json!({ "UHostId": STOPPED, "WithoutGpuSpec": "A" }));
    let flag = here(json!({ "UHostId": STOPPED, "WithoutGpu": true }));
    let disk = here(json!({ "UHostId": STOPPED, "DiskId": "udisk-stopped", "DiskSpace": 300 }));
    vec![
        Case::new("resize the machine", RESIZE, machine.clone())
            .typed(send!(
                ResizeCompShareInstance::new(STOPPED)
                    .region(REGION)
                    .zone(ZONE)
                    .cpu(32)
                    .memory(Gb(128))
                    .gpu(2)
                    .coupon_id("coupon-xxxx")
            ))
            .run(
                "instance resize uhost-stopped --cpu 32 --memory 128GiB --gpu 2 \
                 --coupon coupon-xxxx --yes",
            )
            .before(&[LOCATE]),
        Case::new("resize the machine, and wait", RESIZE, machine)
            .hurry()
            .run(
                "instance resize uhost-stopped --cpu 32 --memory 128GiB --gpu 2 \
                 --coupon coupon-xxxx --yes --wait",
            )
            .before(&[LOCATE])
            .after(&[LOCATE]),
        Case::new("resize to no GPU", RESIZE, spare)
            .typed(send!(
                ResizeCompShareInstance::new(STOPPED)
                    .region(REGION)
                    .zone(ZONE)
                    .without_gpu_spec(WithoutGpuSize::A)
            ))
            .run("instance resize uhost-stopped --without-gpu A --yes")
            .before(&[LOCATE]),
        Case::new("resize to no GPU, as documented", RESIZE, flag).typed(send!(
            ResizeCompShareInstance::new(STOPPED).region(REGION).zone(ZONE).without_gpu(true)
        )),
        Case::new("resize a disk of an instance", RESIZE, disk)
            .typed(send!(
                ResizeCompShareInstance::new(STOPPED)
                    .region(REGION)
                    .zone(ZONE)
                    .disk_id("udisk-stopped")
                    .disk_space(Gb(300))
            ))
            .run("instance resize uhost-stopped --disk udisk-stopped --disk-size 300GiB --yes")
            .before(&[LOCATE]),
    ]
}
