//! Calls with a JSON body.
//!
//! No image action needs one, so an update travels in one here. The official CLI sends one action as
//! JSON, which is of another family: the simulator only hands it a body, and the signatures are
//! compared.

use compshare_proto::{Cny, actions::UpdateCompShareImage};
use serde_json::json;

use super::{IMAGE, REGION, ZONE, changes::ODD};
use crate::case::{Case, send};

const INSTANCES: (&str, &str) = (
    "DescribeCompShareInstance",
    r#"{"RetCode":0,"TotalCount":2,"UHostSet":[
        {"UHostId":"uhost-xxxx","Region":"cn-wlcb","Zone":"cn-wlcb-01"},
        {"UHostId":"uhost-yyyy","Region":"cn-wlcb","Zone":"cn-wlcb-01"}]}"#,
);

pub(super) fn cases() -> Vec<Case> {
    let update = json!({
        "Region": REGION, "CompShareImageId": IMAGE, "Name": ODD, "Description": "",
        "Visibility": 0, "Price": 0.5, "Tags": ["深度学习", "PyTorch", "三"], "AutoStart": true,
    });
    let monitor =
        json!({ "Region": REGION, "Zone": ZONE, "UHostIds": ["uhost-xxxx", "uhost-yyyy"] });
    vec![
        Case::new("update, as JSON", "UpdateCompShareImage", update).json().typed(send!(
            UpdateCompShareImage::new(IMAGE)
                .region(REGION)
                .name(ODD)
                .description("")
                .visibility(0)
                .price(Cny(0.5))
                .tags(["深度学习", "PyTorch", "三"])
                .auto_start(true)
        )),
        Case::new("monitor, as JSON", "GetCompShareInstanceMonitor", monitor)
            .json()
            .script(r#"{"RetCode":0,"Action":"GetCompShareInstanceMonitorResponse"}"#)
            .cli(["monitor", "uhost-xxxx", "uhost-yyyy"])
            .group("instance")
            .before(&[INSTANCES]),
    ]
}
