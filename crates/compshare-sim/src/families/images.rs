//! The image family: which function acts on which action.

mod community;
mod custom;
mod favorite;
mod filter;
mod lists;
mod publish;
mod share;
mod show;
mod tags;
mod update;

use crate::families::prelude::*;

/// Every action of the family that production has.
pub(crate) const TABLE: &[(&str, Handler)] = &[
    ("CopyCompShareCustomImage", custom::copy),
    ("CreateCompShareCustomImage", custom::create),
    ("CreateCompShareImageFavorite", favorite::add),
    ("DeleteCompShareImageFavorite", favorite::remove),
    ("DescribeCommunityImages", community::all),
    ("DescribeCompShareCustomImages", lists::custom),
    ("DescribeCompShareImageShareAccounts", share::accounts),
    ("DescribeCompShareImageTags", tags::list),
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
