//! The misc family: projects, and the models that instances and OpenClaw can use.

use crate::families::prelude::*;

/// Every action of the family.
pub(crate) const TABLE: &[(&str, Handler)] = &[
    ("DescribeModelRepositoryModels", models),
    ("DescribeModelRepositoryTags", |_, _| Ok(constant("DescribeModelRepositoryTags"))),
    ("GetOpenClawModelList", |_, _| Ok(constant("GetOpenClawModelList"))),
    ("GetProjectList", |_, _| Ok(constant("GetProjectList"))),
];

/// DescribeModelRepositoryModels: by a part of the name in any case, and by tags, all of which a model
/// must have. The models are the same in every zone.
fn models(_: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let part = sent.text("name").unwrap_or_default().to_lowercase();
    let wanted: Vec<&str> = split(sent.text("tags").unwrap_or_default()).collect();
    let mut response = constant("DescribeModelRepositoryModels");
    if let Some(models) = response.get_mut("Models").and_then(Value::as_array_mut) {
        models.retain(|model| {
            text(model, "Name").to_lowercase().contains(&part)
                && wanted.iter().all(|tag| split(text(model, "Tag")).any(|own| own == *tag))
        });
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Caller, column};

    #[test]
    fn models_are_found_by_name_and_tags() {
        let mut caller = Caller::new();
        let mut names = |pairs: &[(&str, &str)]| {
            column(&caller.ok("DescribeModelRepositoryModels", pairs)["Models"], "Name")
        };
        assert_eq!(names(&[]).len(), 7);
        assert_eq!(names(&[("name", "LLAMA")]).len(), 2);
        assert_eq!(names(&[("tags", "LLM,Qwen")]), ["Qwen3-32B"]);
        assert_eq!(names(&[("name", "flux"), ("tags", "LLM")]), [""; 0]);
    }

    #[test]
    fn a_model_says_where_it_is() {
        let response = Caller::new().ok("DescribeModelRepositoryModels", &[("name", "bge")]);
        let model = json!({
            "Name": "bge-m3",
            "Path": "/model-repository/bge-m3",
            "Tag": "Embedding",
            "Size": "2GB",
            "CreateTime": 1_750_604_800,
        });
        assert_eq!(response["Models"], json!([model]));
    }

    #[test]
    fn tags_come_once_each() {
        let response = Caller::new().ok("DescribeModelRepositoryTags", &[]);
        let tags = ["LLM", "Meta", "Qwen", "DeepSeek", "图像生成", "视频生成", "Embedding"];
        assert_eq!(response["Tags"], json!(tags));
        let (code, message) = Caller::new().refused("DescribeModelRepositoryTags", &[("Zone", "")]);
        assert_eq!((code, message.as_str()), (220, "Missing params [Zone]"));
    }

    #[test]
    fn one_project_is_the_default() {
        let response = Caller::new().ok("GetProjectList", &[]);
        assert_eq!(response["ProjectCount"], 2);
        assert_eq!(column(&response["ProjectSet"], "IsDefault"), ["true", "false"]);
        let (code, _) = Caller::new().refused("GetProjectList", &[("IsFinance", "maybe")]);
        assert_eq!(code, 230);
    }

    #[test]
    fn open_claw_has_models() {
        let response = Caller::new().ok("GetOpenClawModelList", &[]);
        assert_eq!(response["Models"], json!([{ "Id": "minimax-m2", "Name": "MiniMax M2" }]));
    }
}
