//! Calls that plan to stop an instance.

use compshare_proto::actions::{DeleteCompShareStopScheduler, UpdateCompShareStopScheduler};
use serde_json::{Value, json};

use super::{LOCATE, PROJECTS, REGION, RUNNING, ZONE, at, here};
use crate::case::{Case, send};

const UPDATE: &str = "UpdateCompShareStopScheduler";
/// In the year 2030.
const TIME: i64 = 1_893_456_000;

pub(super) fn cases() -> Vec<Case> {
    let place = json!({ "Region": REGION, "UHostId": RUNNING, "ProjectId": "org-xxxx" });
    let one = json!({ "UHostIds": [RUNNING], "Limit": 1, "Offset": 0 });
    vec![
        Case::new("plan a stop", UPDATE, plan(TIME))
            .typed(send!(
                UpdateCompShareStopScheduler::new(RUNNING, at(TIME))
                    .region(REGION)
                    .zone(ZONE)
                    .project_id("org-xxxx")
            ))
            .run("instance schedule set uhost-xxxx --at 1893456000")
            .before(&[LOCATE, PROJECTS]),
        Case::new("plan a later stop", UPDATE, plan(TIME + 7200))
            .given(UPDATE, plan(TIME))
            .run("instance schedule extend uhost-xxxx --by 2h --project-id org-xxxx")
            .before(&[LOCATE])
            .after(&[LOCATE])
            .shows(&["1893463200"]),
        Case::new("a planned stop", LOCATE, one)
            .given(UPDATE, plan(TIME))
            .run("instance schedule show uhost-xxxx")
            .shows(&["1893456000"]),
        Case::new("plan no stop", "DeleteCompShareStopScheduler", place)
            .given(UPDATE, plan(TIME))
            .typed(send!(
                DeleteCompShareStopScheduler::new(RUNNING).region(REGION).project_id("org-xxxx")
            ))
            .run("instance schedule cancel uhost-xxxx --yes")
            .before(&[LOCATE, PROJECTS]),
    ]
}

fn plan(time: i64) -> Value {
    here(json!({ "UHostId": RUNNING, "SchedulerStopTime": time, "ProjectId": "org-xxxx" }))
}
