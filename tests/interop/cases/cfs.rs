//! Calls of file storage for containers.

use compshare_proto::{
    Gb,
    actions::{
        CreateCFS, CreateCFSRequired, DeleteCFS, DescribeCFS, DetachCFS, GetCompShareCFSPrice,
        GetCompShareCFSRefundPrice, GetCompShareCFSUpgradePrice, ResizeCFS,
    },
    types::ChargeType,
};
use serde_json::{Value, json};

use super::{LOCATE, within};
use crate::case::{Case, send};

const REGION: &str = "cn-bj2";
const ZONE: &str = "cn-bj2-03";
/// The storage that is there, in that zone.
const CFS: &str = "cfs-xxxx";
/// The container that is there, in that zone.
const POD: &str = "cpod-xxxx";
const PRICE: &str = "GetCompShareCFSPrice";
const REFUND: &str = "GetCompShareCFSRefundPrice";
const UPGRADE: &str = "GetCompShareCFSUpgradePrice";
const ATTACH: &str = "AttachUS3";
/// What the official CLI calls first to learn whether a zone has containers.
const ZONES: &str = "DescribeCompShareSupportZone";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = lists();
    cases.extend(purchases());
    cases.extend(resizes());
    cases.extend(deletions());
    cases.extend(mounts());
    cases
}

fn there(parameters: Value) -> Value {
    within(REGION, ZONE, parameters)
}

fn lists() -> Vec<Case> {
    let one = json!({ "CfsId": CFS, "ProjectId": "org-xxxx" });
    vec![
        Case::new("file storage", "DescribeCFS", there(json!({})))
            .typed(send!(DescribeCFS::new().region(REGION).zone(ZONE)))
            .run("storage cfs list --region cn-bj2 --zone cn-bj2-03")
            .before(&[ZONES])
            .shows(&[CFS, "100"]),
        Case::new("file storage, everywhere", "DescribeCFS", json!({}))
            .typed(send!(DescribeCFS::new()))
            .run("storage cfs list")
            .shows(&[CFS]),
        Case::new("file storage, one", "DescribeCFS", one)
            .typed(send!(DescribeCFS::new().cfs_id(CFS).project_id("org-xxxx")))
            .run("storage cfs show cfs-xxxx --project org-xxxx")
            .shows(&[CFS]),
    ]
}

fn purchases() -> Vec<Case> {
    let price =
        there(json!({ "Size": 200, "ChargeType": "Day", "Quantity": 3, "ProjectId": "org-xxxx" }));
    let new = within(
        "cn-sh2",
        "cn-sh2-01",
        json!({
            "Name": "shared", "Size": 100, "ChargeType": "Month", "Quantity": 1,
            "CouponId": "coupon-xxxx",
        }),
    );
    vec![
        Case::new("price of file storage", PRICE, price)
            .typed(send!(
                GetCompShareCFSPrice::new(Gb(200), ChargeType::Day, 3)
                    .region(REGION)
                    .zone(ZONE)
                    .project_id("org-xxxx")
            ))
            .run(
                "storage cfs price --size 200GiB --charge Day --quantity 3 --region cn-bj2 \
                 --zone cn-bj2-03 --project org-xxxx",
            )
            .before(&[ZONES])
            .shows(&["PriceDetails"]),
        Case::new("create file storage", "CreateCFS", new)
            .typed(|client| {
                let required = CreateCFSRequired {
                    name: "shared".to_owned(),
                    size: Gb(100),
                    charge_type: ChargeType::Month,
                    quantity: 1,
                };
                let action = CreateCFS::new(required)
                    .region("cn-sh2")
                    .zone("cn-sh2-01")
                    .coupon_id("coupon-xxxx");
                client.send(action).map(drop)
            })
            .run(
                "storage cfs create --name shared --size 100GiB --region cn-sh2 \
                 --zone cn-sh2-01 --coupon coupon-xxxx --yes",
            )
            .before(&[ZONES, PRICE])
            .shows(&["cfs-"]),
    ]
}

fn resizes() -> Vec<Case> {
    let size = there(json!({ "CfsId": CFS, "Size": 200 }));
    let paid = there(json!({ "CfsId": CFS, "Size": 200, "CouponId": "coupon-xxxx" }));
    vec![
        Case::new("price of larger file storage", UPGRADE, size)
            .typed(send!(GetCompShareCFSUpgradePrice::new(CFS, Gb(200)).region(REGION).zone(ZONE)))
            .run(
                "storage cfs resize-price cfs-xxxx --size 200GiB --region cn-bj2 \
                 --zone cn-bj2-03",
            )
            .before(&[ZONES])
            .shows(&["Price"]),
        Case::new("resize file storage", "ResizeCFS", paid)
            .typed(send!(
                ResizeCFS::new(CFS, Gb(200)).region(REGION).zone(ZONE).coupon_id("coupon-xxxx")
            ))
            .run(
                "storage cfs resize cfs-xxxx --size 200GiB --region cn-bj2 --zone cn-bj2-03 \
                 --coupon coupon-xxxx --yes",
            )
            .before(&[ZONES, UPGRADE]),
    ]
}

fn deletions() -> Vec<Case> {
    let gone = there(json!({ "CfsId": CFS, "Recycle": false }));
    vec![
        Case::new("refund of file storage", REFUND, there(json!({ "CFSId": CFS })))
            .typed(send!(GetCompShareCFSRefundPrice::new(CFS).region(REGION).zone(ZONE)))
            .run("storage cfs refund cfs-xxxx --region cn-bj2 --zone cn-bj2-03")
            .before(&[ZONES])
            .shows(&["RefundPrice"]),
        Case::new("delete file storage", "DeleteCFS", gone)
            .typed(send!(DeleteCFS::new(CFS).region(REGION).zone(ZONE).recycle(false)))
            .run("storage cfs delete cfs-xxxx --region cn-bj2 --zone cn-bj2-03 --yes")
            .before(&[ZONES, REFUND]),
    ]
}

fn mounts() -> Vec<Case> {
    let pod = there(json!({ "UHostId": POD }));
    vec![
        Case::new("attach file storage", ATTACH, pod.clone())
            .run("storage cfs attach --instance cpod-xxxx --yes")
            .before(&[LOCATE]),
        Case::new("detach file storage", "DetachCFS", pod.clone())
            .given(ATTACH, pod)
            .passes(60)
            .typed(send!(DetachCFS::new(POD).region(REGION).zone(ZONE)))
            .run("storage cfs detach --instance cpod-xxxx --yes")
            .before(&[LOCATE]),
    ]
}
