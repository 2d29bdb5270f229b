//! Calls of projects and models, and those that production does not have.

use compshare_proto::{
    actions::{
        DescribeModelRepositoryModels, DescribeModelRepositoryTags, GetOpenClawModelList,
        GetProjectList,
    },
    types::YesNo,
};
use serde_json::json;

use super::{PROJECTS, REGION, RUNNING, ZONE, here};
use crate::case::{Case, send};

pub(super) fn cases() -> Vec<Case> {
    let models = here(json!({ "name": "qwen", "tags": "LLM,Qwen" }));
    let region = json!({ "Region": REGION });
    let pages = here(json!({ "UHostId": RUNNING, "Software": "JupyterLab" }));
    vec![
        Case::new("models of the repository", "DescribeModelRepositoryModels", models)
            .typed(send!(
                DescribeModelRepositoryModels::new()
                    .region(REGION)
                    .zone(ZONE)
                    .name("qwen")
                    .tags("LLM,Qwen")
            ))
            .run("instance models --name qwen --tags LLM,Qwen --region cn-wlcb --zone cn-wlcb-01")
            .shows(&["Qwen3-32B", "65GB"]),
        Case::new("models, of a region", "DescribeModelRepositoryModels", region)
            .typed(send!(DescribeModelRepositoryModels::new().region(REGION)))
            .run("instance models --region cn-wlcb"),
        Case::new("tags of the repository", "DescribeModelRepositoryTags", here(json!({})))
            .typed(send!(DescribeModelRepositoryTags::new().region(REGION).zone(ZONE))),
        Case::new("models of OpenClaw", "GetOpenClawModelList", json!({}))
            .typed(send!(GetOpenClawModelList::new())),
        Case::new("projects", PROJECTS, json!({ "IsFinance": "No" }))
            .typed(send!(GetProjectList::new().is_finance(YesNo::No))),
        Case::new("pages of software, dead", "GetSoftwareURL", pages).ret_code(501),
    ]
}
