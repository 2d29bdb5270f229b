//! Calls of lightweight hosts, which the official CLI has no command for.

use compshare_proto::{
    Secret,
    actions::{
        CheckULHostResourceCapacity, CreateULHostInstance, CreateULHostInstanceRequired,
        DescribeULHostBundles, DescribeULHostImage, DescribeULHostInstance, GetULHostInstancePrice,
        GetULHostRenewPrice, ModifyULHostAttribute, PoweroffULHostInstance, RebootULHostInstance,
        ReinstallULHostInstance, ResetULHostInstancePassword, StartULHostInstance,
        StopULHostInstance, TerminateULHostInstance,
    },
    types::{ChargeType, OsType, ULHostImageType, ULHostScene},
};
use serde_json::{Value, json};

use super::{REGION, ZONE, join};
use crate::case::{Case, send};

const RUNNING: &str = "ulhost-xxxx";
const STOPPED: &str = "ulhost-stopped";
const BUNDLE: &str = "ulh.c1m1s40b30t800";
const IMAGE: &str = "uimage-ubuntu2404";
const BASE64: &str = "U2VjcmV0LTEyMw==";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = lists();
    cases.extend(prices());
    cases.extend(purchases());
    cases.extend(powers());
    cases.extend(changes());
    cases
}

fn of_host(id: &str, parameters: Value) -> Value {
    join(parameters, json!({ "Region": REGION, "ULHostId": id }))
}

fn lists() -> Vec<Case> {
    let images = json!({
        "Region": REGION, "Zone": ZONE, "ImageId": IMAGE, "ImageIds": [IMAGE, "uimage-lamp"],
        "ImageType": "App", "Limit": 20, "Offset": 0, "OsType": "Linux", "Scene": "Normal",
        "Tag": "Default",
    });
    let hosts =
        json!({ "Region": REGION, "ULHostIds": [RUNNING, STOPPED], "Offset": 0, "Limit": 20 });
    vec![
        Case::new("bundles", "DescribeULHostBundles", json!({ "Region": REGION }))
            .typed(send!(DescribeULHostBundles::new().region(REGION))),
        Case::new("images of hosts", "DescribeULHostImage", images).typed(send!(
            DescribeULHostImage::new()
                .region(REGION)
                .zone(ZONE)
                .image_id(IMAGE)
                .image_ids([IMAGE, "uimage-lamp"])
                .image_type(ULHostImageType::App)
                .limit(20)
                .offset(0)
                .os_type(OsType::Linux)
                .scene(ULHostScene::Normal)
                .tag("Default")
        )),
        Case::new("hosts", "DescribeULHostInstance", hosts).typed(send!(
            DescribeULHostInstance::new()
                .region(REGION)
                .ulhost_ids([RUNNING, STOPPED])
                .offset(0)
                .limit(20)
        )),
    ]
}

fn prices() -> Vec<Case> {
    let new = json!({
        "Region": REGION, "BundleId": BUNDLE, "ChargeType": "Month", "Count": 2, "Quantity": 3,
    });
    let renewal = of_host(RUNNING, json!({ "ChargeType": "Year" }));
    vec![
        Case::new("price of a host", "GetULHostInstancePrice", new).typed(send!(
            GetULHostInstancePrice::new(BUNDLE)
                .region(REGION)
                .charge_type(ChargeType::Month)
                .count(2)
                .quantity(3)
        )),
        Case::new("price of more time", "GetULHostRenewPrice", renewal).typed(send!(
            GetULHostRenewPrice::new(RUNNING).region(REGION).charge_type(ChargeType::Year)
        )),
    ]
}

fn purchases() -> Vec<Case> {
    let common = json!({
        "Region": REGION, "ImageId": IMAGE, "BundleId": BUNDLE, "Name": "web",
        "ChargeType": "Month", "Quantity": 1, "VPCId": "uvnet-xxxx", "SubnetId": "subnet-xxxx",
        "SecurityGroupId": "firewall-xxxx", "CouponId": "coupon-xxxx",
    });
    let new = join(common.clone(), json!({ "Password": BASE64 }));
    vec![
        Case::new("stock of hosts", "CheckULHostResourceCapacity", common).typed(send!(
            CheckULHostResourceCapacity::new(BUNDLE, IMAGE)
                .region(REGION)
                .name("web")
                .charge_type(ChargeType::Month)
                .quantity(1)
                .vpc_id("uvnet-xxxx")
                .subnet_id("subnet-xxxx")
                .security_group_id("firewall-xxxx")
                .coupon_id("coupon-xxxx")
        )),
        Case::new("create a host", "CreateULHostInstance", new).typed(send!(
            CreateULHostInstance::new(CreateULHostInstanceRequired {
                image_id: IMAGE.to_owned(),
                bundle_id: BUNDLE.to_owned(),
                password: Secret::new("Secret-123"),
                charge_type: ChargeType::Month,
            })
            .region(REGION)
            .name("web")
            .quantity(1)
            .vpc_id("uvnet-xxxx")
            .subnet_id("subnet-xxxx")
            .security_group_id("firewall-xxxx")
            .coupon_id("coupon-xxxx")
        )),
    ]
}

fn powers() -> Vec<Case> {
    let gone = of_host(STOPPED, json!({ "ReleaseUDisk": true }));
    vec![
        Case::new("start a host", "StartULHostInstance", of_host(STOPPED, json!({})))
            .typed(send!(StartULHostInstance::new(STOPPED).region(REGION))),
        Case::new("stop a host", "StopULHostInstance", of_host(RUNNING, json!({})))
            .typed(send!(StopULHostInstance::new(RUNNING).region(REGION))),
        Case::new("cut a host off", "PoweroffULHostInstance", of_host(RUNNING, json!({})))
            .typed(send!(PoweroffULHostInstance::new(RUNNING).region(REGION))),
        Case::new("reboot a host", "RebootULHostInstance", of_host(RUNNING, json!({})))
            .typed(send!(RebootULHostInstance::new(RUNNING).region(REGION))),
        Case::new("terminate a host", "TerminateULHostInstance", gone)
            .typed(send!(TerminateULHostInstance::new(STOPPED).region(REGION).release_udisk(true))),
    ]
}

fn changes() -> Vec<Case> {
    let named = of_host(RUNNING, json!({ "Name": "网站", "Remark": "a & b" }));
    let image = of_host(STOPPED, json!({ "ImageId": IMAGE, "Password": BASE64 }));
    let password = of_host(STOPPED, json!({ "Password": BASE64 }));
    vec![
        Case::new("rename a host", "ModifyULHostAttribute", named).typed(send!(
            ModifyULHostAttribute::new(RUNNING).region(REGION).name("网站").remark("a & b")
        )),
        Case::new("reinstall a host", "ReinstallULHostInstance", image).typed(send!(
            ReinstallULHostInstance::new(STOPPED, IMAGE, Secret::new("Secret-123")).region(REGION)
        )),
        Case::new("password of a host", "ResetULHostInstancePassword", password).typed(send!(
            ResetULHostInstancePassword::new(STOPPED, Secret::new("Secret-123")).region(REGION)
        )),
    ]
}
