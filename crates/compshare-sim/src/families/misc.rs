//! The misc family: projects, and the models that instances and OpenClaw can use.

use crate::families::prelude::*;

/// Every action of the family.
pub(crate) const TABLE: &[(&str, Handler)] = &[
    ("DescribeModelRepositoryModels", models),
    ("DescribeModelRepositoryTags", tags),
    ("GetOpenClawModelList", open_claw),
    ("GetProjectList", projects),
];

/// A model of the repository: name, tags, size, age of the entry in days.
type Model = (&'static str, &'static [&'static str], &'static str, i64);

/// Models of the repository, the same in every zone.
const MODELS: &[Model] = &[
    ("Llama-3.1-8B-Instruct", &["LLM", "Meta"], "16GB", 1),
    ("Llama-3.3-70B-Instruct", &["LLM", "Meta"], "141GB", 2),
    ("Qwen3-32B", &["LLM", "Qwen"], "65GB", 3),
    ("DeepSeek-R1-Distill-Qwen-7B", &["LLM", "DeepSeek"], "15GB", 4),
    ("FLUX.1-dev", &["图像生成"], "34GB", 5),
    ("Wan2.1-T2V-14B", &["视频生成"], "57GB", 6),
    ("bge-m3", &["Embedding"], "2GB", 7),
];

/// When the repository was begun, in Unix seconds.
const BEGIN: i64 = 1_750_000_000;

/// Models that OpenClaw can work with: id and name. A single one, which may come without its list.
const OPEN_CLAW: &[(&str, &str)] = &[("minimax-m2", "MiniMax M2")];

/// DescribeModelRepositoryModels: by a part of the name in any case, and by tags, all of which a model
/// must have.
fn models(_: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let part = sent.text("name").unwrap_or_default().to_lowercase();
    let wanted: Vec<&str> = split(sent.text("tags").unwrap_or_default()).collect();
    let rows: Vec<Value> = MODELS
        .iter()
        .filter(|(name, tags, ..)| {
            name.to_lowercase().contains(&part) && wanted.iter().all(|tag| tags.contains(tag))
        })
        .map(|(name, tags, size, days)| {
            json!({
                "Name": name,
                "Path": format!("/model-repository/{name}"),
                "Tag": tags.join(","),
                "Size": size,
                "CreateTime": BEGIN + days * 86_400,
            })
        })
        .collect();
    Ok(json!({ "Models": rows }))
}

/// Texts that commas join.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// DescribeModelRepositoryTags: each once, in the order in which the models have them.
fn tags(_: &mut State, _: &Call<'_>) -> Outcome {
    let mut tags: Vec<&str> = Vec::new();
    for tag in MODELS.iter().flat_map(|(_, tags, ..)| tags.iter()) {
        if !tags.contains(tag) {
            tags.push(tag);
        }
    }
    Ok(json!({ "Tags": tags }))
}

/// GetOpenClawModelList.
fn open_claw(_: &mut State, _: &Call<'_>) -> Outcome {
    let rows: Vec<Value> =
        OPEN_CLAW.iter().map(|(id, name)| json!({ "Id": id, "Name": name })).collect();
    Ok(json!({ "Models": rows }))
}

/// GetProjectList: a company has a default project and another one.
fn projects(_: &mut State, _: &Call<'_>) -> Outcome {
    let project = |id: &str, name: &str, is_default: bool, members: i64| {
        json!({
            "ProjectId": id,
            "ProjectName": name,
            "CreateTime": BEGIN,
            "IsDefault": is_default,
            "ResourceCount": 0,
            "MemberCount": members,
            "ParentId": "",
            "ParentName": "",
        })
    };
    let rows = [project("org-xxxx", "默认项目", true, 2), project("org-lab", "lab", false, 1)];
    Ok(json!({ "ProjectCount": rows.len(), "ProjectSet": rows }))
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
