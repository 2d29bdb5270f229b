//! Calls that plan to stop an instance.

use std::{sync::LazyLock, time::SystemTime};

use compshare_proto::actions::{DeleteCompShareStopScheduler, UpdateCompShareStopScheduler};
use serde_json::{Value, json};

use super::{LOCATE, PROJECTS, REGION, RUNNING, ZONE, at, here};
use crate::case::{Case, send};

const UPDATE: &str = "UpdateCompShareStopScheduler";

/// A month from now; the same in all cases.
static TIME: LazyLock<i64> = LazyLock::new(|| {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or_default() + 30 * 86_400
});

pub(super) fn cases() -> Vec<Case> {
    let time = *TIME;
    let later = time + 7200;
    let place = json!({ "Region": REGION, "UHostId": RUNNING, "ProjectId": "org-xxxx" });
    let one = json!({ "UHostIds": [RUNNING], "Limit": 1, "Offset": 0 });
    vec![
        Case::new("plan a stop", UPDATE, plan(time))
            .typed(send!(
                UpdateCompShareStopScheduler::new(RUNNING, at(*TIME))
                    .region(REGION)
                    .zone(ZONE)
                    .project_id("org-xxxx")
            ))
            .run(format!("instance schedule set uhost-xxxx --at {time}").leak())
            .before(&[LOCATE, PROJECTS]),
        Case::new("plan a later stop", UPDATE, plan(later))
            .given(UPDATE, plan(time))
            .run("instance schedule extend uhost-xxxx --by 2h --project-id org-xxxx")
            .before(&[LOCATE])
            .after(&[LOCATE])
            .shows(vec![&*later.to_string().leak()].leak()),
        Case::new("a planned stop", LOCATE, one)
            .given(UPDATE, plan(time))
            .run("instance schedule show uhost-xxxx")
            .shows(vec![&*time.to_string().leak()].leak()),
        Case::new("plan no stop", "DeleteCompShareStopScheduler", place)
            .given(UPDATE, plan(time))
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
