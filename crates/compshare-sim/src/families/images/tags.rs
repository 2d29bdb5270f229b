//! DescribeCompShareImageTags.

use crate::families::prelude::*;
use std::collections::BTreeMap;

/// Categories in display order, each with its tags.
const TAGS: &[(&str, &[&str])] = &[
    ("应用场景", &["深度学习", "图像生成", "语音合成", "大语言模型", "视频生成"]),
    ("框架", &["PyTorch", "TensorFlow", "ComfyUI", "base"]),
];

/// Lists every tag, also by category.
pub(super) fn list(_: &mut State, _: &Call<'_>) -> Outcome {
    let all: Vec<&str> = TAGS.iter().flat_map(|(_, tags)| tags.iter().copied()).collect();
    let map: BTreeMap<&str, &[&str]> = TAGS.iter().copied().collect();
    let index: Vec<&str> = TAGS.iter().map(|(category, _)| *category).collect();
    Ok(json!({ "Tags": all, "TagsMap": map, "TagIndex": index }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Caller, column};

    #[test]
    fn tags_come_plain_and_by_category() {
        let response = Caller::new().ok("DescribeCompShareImageTags", &[]);
        assert_eq!(response["TagIndex"], json!(["应用场景", "框架"]));
        assert_eq!(response["Tags"].as_array().map(Vec::len), Some(9));
        assert_eq!(
            response["TagsMap"]["框架"],
            json!(["PyTorch", "TensorFlow", "ComfyUI", "base"])
        );
        assert!(response["TagsMap"].get("Tags").is_none());
        assert_eq!(column(&json!([{ "a": 1 }]), "a"), ["1"]);
    }
}
