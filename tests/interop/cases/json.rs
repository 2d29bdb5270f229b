//! Calls with a JSON body.
//!
//! The official CLI sends one action as JSON, whose lists are native arrays there. No other action needs
//! one, so an update travels in one as well.

use compshare_proto::{
    Cny,
    actions::{GetCompShareInstanceMonitor, UpdateCompShareImage},
};
use serde_json::json;

use super::{IMAGE, LOCATE, REGION, RUNNING, STOPPED, ZONE, at, here, image_changes::ODD};
use crate::case::{Case, send};

const MONITOR: &str = "GetCompShareInstanceMonitor";

pub(super) fn cases() -> Vec<Case> {
    let update = json!({
        "Region": REGION, "CompShareImageId": IMAGE, "Name": ODD, "Description": "",
        "Visibility": 0, "Price": 0.5, "Tags": ["深度学习", "PyTorch", "三"], "AutoStart": true,
    });
    let minute = here(json!({ "UHostIds": [RUNNING, STOPPED] }));
    let hour = here(json!({
        "UHostIds": [RUNNING], "StartTime": 1_790_000_000, "EndTime": 1_790_003_600,
    }));
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
        Case::new("monitor", MONITOR, minute)
            .json()
            .typed(send!(
                GetCompShareInstanceMonitor::new([RUNNING, STOPPED]).region(REGION).zone(ZONE)
            ))
            .run("instance monitor uhost-xxxx uhost-stopped")
            .before(&[LOCATE])
            .shows(&["VRAM", "uhost-xxxx"]),
        Case::new("monitor, of a time", MONITOR, hour).json().typed(send!(
            GetCompShareInstanceMonitor::new([RUNNING])
                .region(REGION)
                .zone(ZONE)
                .start_time(at(1_790_000_000))
                .end_time(at(1_790_003_600))
        )),
    ]
}
