//! The image family: which function acts on which action.

mod community;
mod custom;
mod favorite;
mod filter;
mod lists;
mod publish;
mod share;
mod show;
mod update;

use crate::families::prelude::*;

/// Every action of the family that production has.
pub(crate) const TABLE: &[(&str, Handler)] = &[
    ("CopyCompShareCustomImage", custom::copy),
    ("CreateCompShareCustomImage", custom::create),
    ("CreateCompShareImageFavorite", |state, call| favorite::set(state, call, true)),
    ("DeleteCompShareImageFavorite", |state, call| favorite::set(state, call, false)),
    ("DescribeCommunityImages", community::all),
    ("DescribeCompShareCustomImages", lists::custom),
    ("DescribeCompShareImageShareAccounts", share::accounts),
    ("DescribeCompShareImageTags", |_, _| Ok(constant("DescribeCompShareImageTags"))),
    ("DescribeCompShareImages", lists::platform),
    ("DescribeCompShareSharingImages", lists::sharing),
    ("DescribeSelfCommunityImages", community::own),
    ("DescribeUserCommunityImages", community::of_user),
    ("GetCompShareImageCreateProgress", custom::progress),
    ("ModifyCompShareImageShareAccount", share::modify),
    ("PublishCompShareImage", publish::publish),
    ("TerminateCompShareCustomImage", custom::terminate),
    ("UpdateCompShareImage", update::update),
];

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
