//! Calls of dedicated bandwidth.

use compshare_proto::{
    actions::{
        CreateCompShareShareBandwidth, DeleteCompShareShareBandwidth,
        DescribeCompShareShareBandwidth, GetCompShareShareBandwidthPrice,
        GetCompShareShareBandwidthRefundPrice, GetCompShareShareBandwidthUpgradePrice,
        ModifyCompShareShareBandwidth, SwitchCompShareEIPShareBandwidth,
    },
    types::{BandwidthScope, ChargeType},
};
use serde_json::json;

use super::{LOCATE, REGION, RUNNING, ZONE, here, within};
use crate::case::{Case, send};

/// The bandwidth that is there, in the zone of most cases.
const BANDWIDTH: &str = "bw-xxxx";
const PRICE: &str = "GetCompShareShareBandwidthPrice";
const UPGRADE: &str = "GetCompShareShareBandwidthUpgradePrice";
const REFUND: &str = "GetCompShareShareBandwidthRefundPrice";
/// A place without any.
const OTHER: (&str, &str) = ("cn-sh2", "cn-sh2-02");

pub(super) fn cases() -> Vec<Case> {
    let mut cases = purchases();
    cases.extend(changes());
    cases
}

fn purchases() -> Vec<Case> {
    let (region, zone) = OTHER;
    let new = || json!({ "ShareBandwidth": 200, "ChargeType": "Year", "Quantity": 1 });
    vec![
        Case::new("bandwidth", "DescribeCompShareShareBandwidth", here(json!({})))
            .typed(send!(DescribeCompShareShareBandwidth::new().region(REGION).zone(ZONE)))
            .run("bandwidth list --region cn-wlcb --zone cn-wlcb-01")
            .before(&["DescribeCompShareSupportZone"])
            .shows(&[BANDWIDTH]),
        Case::new("price of bandwidth", PRICE, here(new())).typed(send!(
            GetCompShareShareBandwidthPrice::new(200, ChargeType::Year, 1)
                .region(REGION)
                .zone(ZONE)
        )),
        Case::new("buy bandwidth", "CreateCompShareShareBandwidth", within(region, zone, new()))
            .typed(send!(
                CreateCompShareShareBandwidth::new(200, ChargeType::Year, 1)
                    .region(OTHER.0)
                    .zone(OTHER.1)
            ))
            .run(
                "bandwidth create --bandwidth 200 --charge year --quantity 1 --region cn-sh2 \
                 --zone cn-sh2-02 --yes",
            )
            .before(&[PRICE])
            .shows(&["CNY", "200 Mbps"]),
    ]
}

fn changes() -> Vec<Case> {
    let more = here(json!({ "ShareBandwidthId": BANDWIDTH, "ShareBandwidth": 300 }));
    let own = here(json!({ "ShareBandwidthId": BANDWIDTH }));
    let switch = here(json!({ "UHostIds": [RUNNING], "TargetScope": "Company" }));
    vec![
        Case::new("price of more bandwidth", UPGRADE, more.clone())
            .typed(send!(
                GetCompShareShareBandwidthUpgradePrice::new(BANDWIDTH, 300)
                    .region(REGION)
                    .zone(ZONE)
            ))
            .run(
                "bandwidth resize bw-xxxx --bandwidth 300 --region cn-wlcb --zone cn-wlcb-01 \
                 --dry-run",
            )
            .shows(&["CNY"]),
        Case::new("more bandwidth", "ModifyCompShareShareBandwidth", more)
            .typed(send!(
                ModifyCompShareShareBandwidth::new(BANDWIDTH, 300).region(REGION).zone(ZONE)
            ))
            .run(
                "bandwidth resize bw-xxxx --bandwidth 300 --region cn-wlcb --zone cn-wlcb-01 \
                 --yes",
            )
            .before(&[UPGRADE])
            .shows(&["300 Mbps"]),
        Case::new("refund of bandwidth", REFUND, own.clone())
            .typed(send!(
                GetCompShareShareBandwidthRefundPrice::new(BANDWIDTH).region(REGION).zone(ZONE)
            ))
            .run("bandwidth delete bw-xxxx --region cn-wlcb --zone cn-wlcb-01 --dry-run")
            .shows(&["CNY"]),
        Case::new("delete bandwidth", "DeleteCompShareShareBandwidth", own)
            .typed(send!(DeleteCompShareShareBandwidth::new(BANDWIDTH).region(REGION).zone(ZONE)))
            .run("bandwidth delete bw-xxxx --region cn-wlcb --zone cn-wlcb-01 --yes")
            .before(&[REFUND])
            .shows(&[BANDWIDTH]),
        Case::new("switch bandwidth", "SwitchCompShareEIPShareBandwidth", switch)
            .typed(send!(
                SwitchCompShareEIPShareBandwidth::new([RUNNING], BandwidthScope::Company)
                    .region(REGION)
                    .zone(ZONE)
            ))
            .run("bandwidth switch uhost-xxxx --to dedicated --yes")
            .before(&[LOCATE])
            .shows(&["Company"]),
    ]
}
