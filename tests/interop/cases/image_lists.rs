//! Calls of the image family that only look.

use compshare_proto::{
    actions::{
        DescribeCommunityImages, DescribeCompShareCustomImages,
        DescribeCompShareImageShareAccounts, DescribeCompShareImageTags, DescribeCompShareImages,
        DescribeCompShareSharingImages, DescribeSelfCommunityImages, DescribeUserCommunityImages,
        GetCompShareImageCreateProgress,
    },
    types::{ImageType, SortCondition, SortField},
};
use serde_json::{Value, json};

use super::{IMAGE, REGION, ZONE};
use crate::case::{Case, send};

const PUBLISHED: &str = "compshareImage-published";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = platform();
    cases.extend(own_and_shared());
    cases.extend(community());
    cases.extend(of_a_user());
    cases.extend(others());
    cases
}

fn platform() -> Vec<Case> {
    let action = "DescribeCompShareImages";
    let filters = json!({
        "Region": REGION, "Zone": ZONE, "CompShareImageId": "compshareImage-app01",
        "ImageType": "App", "Name": "PyTorch 2.1", "Author": "CompShare", "Tag": "深度学习",
        "Offset": 0, "Limit": 20,
    });
    vec![
        Case::new("platform, filtered", action, filters)
            .typed(send!(
                DescribeCompShareImages::new()
                    .region(REGION)
                    .zone(ZONE)
                    .compshare_image_id("compshareImage-app01")
                    .image_type(ImageType::App)
                    .name("PyTorch 2.1")
                    .author("CompShare")
                    .tag("深度学习")
                    .offset(0)
                    .limit(20)
            ))
            .image([
                "list",
                "--source",
                "platform",
                "--id",
                "compshareImage-app01",
                "--type",
                "App",
                "--name",
                "PyTorch 2.1",
                "--author",
                "CompShare",
                "--tag",
                "深度学习",
                "--region",
                REGION,
                "--zone",
                ZONE,
            ]),
        Case::new("platform, every type", action, json!({ "Region": REGION }))
            .typed(send!(DescribeCompShareImages::new().region(REGION)))
            .image(["list", "--region", REGION])
            .spread("ImageType", &["System", "App", "Game", "Other"]),
        Case::new("platform, one", action, one("compshareImage-app01")).image([
            "show",
            "compshareImage-app01",
            "--region",
            REGION,
        ]),
    ]
}

fn own_and_shared() -> Vec<Case> {
    let page = json!({ "Region": REGION, "Offset": 1, "Limit": 2 });
    vec![
        Case::new("custom, a page", "DescribeCompShareCustomImages", page.clone())
            .typed(send!(DescribeCompShareCustomImages::new().region(REGION).offset(1).limit(2)))
            .image([
                "list", "--source", "custom", "--offset", "1", "--limit", "2", "--region", REGION,
            ]),
        Case::new("custom, one", "DescribeCompShareCustomImages", one(IMAGE))
            .image(["show", IMAGE, "--source", "custom", "--region", REGION]),
        Case::new("shared, a page", "DescribeCompShareSharingImages", page)
            .typed(send!(DescribeCompShareSharingImages::new().region(REGION).offset(1).limit(2)))
            .image([
                "list", "--source", "shared", "--offset", "1", "--limit", "2", "--region", REGION,
            ]),
        Case::new("shared, one", "DescribeCompShareSharingImages", one("compshareImage-shared"))
            .image(["show", "compshareImage-shared", "--source", "shared", "--region", REGION]),
    ]
}

fn community() -> Vec<Case> {
    let (all, own) = ("DescribeCommunityImages", "DescribeSelfCommunityImages");
    let one_of = ["show", PUBLISHED, "--region", REGION, "--source"];
    let sorted = json!({ "Region": REGION, "SortCondition": { "Field": "PubTime" } });
    vec![
        Case::new("community, filtered", all, filters())
            .typed(send!(
                DescribeCommunityImages::new()
                    .region(REGION)
                    .zone(ZONE)
                    .compshare_image_id(PUBLISHED)
                    .group_id("group-xxxx")
                    .name("my ai")
                    .author("sim-user")
                    .fuzzy_search("ai & more")
                    .tags(["深度学习", "PyTorch"])
                    .is_free(true)
                    .is_official(false)
                    .if_auto_start(true)
                    .sort_condition(SortField::Price.ascending())
                    .offset(0)
                    .limit(50)
            ))
            .image(filtered("community")),
        Case::new("community, one", all, one(PUBLISHED))
            .image([&one_of[..], &["community"]].concat()),
        Case::new("published, filtered", own, filters()).image(filtered("published")),
        Case::new("published, sorted", own, sorted)
            .typed(send!(
                DescribeSelfCommunityImages::new()
                    .region(REGION)
                    .sort_condition(SortCondition::new(SortField::PubTime))
            ))
            .image(["list", "--source", "published", "--sort", "PubTime", "--region", REGION]),
        Case::new("published, one", own, one(PUBLISHED))
            .image([&one_of[..], &["published"]].concat()),
    ]
}

fn of_a_user() -> Vec<Case> {
    let action = "DescribeUserCommunityImages";
    let page =
        json!({ "Region": REGION, "TargetTopOrganizationId": 67890, "Offset": 0, "Limit": 20 });
    vec![
        Case::new("of a user, a page", action, page)
            .typed(send!(
                DescribeUserCommunityImages::new()
                    .region(REGION)
                    .target_top_organization_id(67890)
                    .offset(0)
                    .limit(20)
            ))
            .image(["list", "--source", "user", "--user", "67890", "--region", REGION]),
        Case::new("of a user, filtered", action, filters()),
    ]
}

fn others() -> Vec<Case> {
    let region = json!({ "Region": REGION });
    let place = json!({ "Region": REGION, "Zone": ZONE, "CompShareImageId": IMAGE });
    vec![
        Case::new("accounts", "DescribeCompShareImageShareAccounts", one(IMAGE))
            .typed(send!(DescribeCompShareImageShareAccounts::new(IMAGE).region(REGION)))
            .image(["shares", IMAGE, "--region", REGION]),
        Case::new("tags", "DescribeCompShareImageTags", region.clone())
            .typed(send!(DescribeCompShareImageTags::new().region(REGION)))
            .image(["tags"]),
        Case::new("progress", "GetCompShareImageCreateProgress", place)
            .typed(send!(GetCompShareImageCreateProgress::new(IMAGE).region(REGION).zone(ZONE)))
            .image(["progress", IMAGE, "--region", REGION, "--zone", ZONE]),
        Case::new("bookmarks, dead", "DescribeFavoriteImages", region).ret_code(501),
    ]
}

/// A look at one image.
fn one(id: &str) -> Value {
    json!({ "Region": REGION, "CompShareImageId": id })
}

/// Every filter of the community's lists.
fn filters() -> Value {
    json!({
        "Region": REGION, "Zone": ZONE, "CompShareImageId": PUBLISHED, "GroupId": "group-xxxx",
        "Name": "my ai", "Author": "sim-user", "FuzzySearch": "ai & more",
        "Tag": ["深度学习", "PyTorch"], "IsFree": true, "IsOfficial": false, "IfAutoStart": true,
        "SortCondition": { "Field": "Price", "ASC": true }, "Offset": 0, "Limit": 50,
    })
}

/// [`filters`] for the official CLI.
#[rustfmt::skip]
fn filtered(source: &'static str) -> Vec<&'static str> {
    vec![
        "list", "--source", source, "--region", REGION, "--zone", ZONE, "--id", PUBLISHED,
        "--group", "group-xxxx", "--name", "my ai", "--author", "sim-user",
        "--query", "ai & more", "--tag", "深度学习", "--tag", "PyTorch", "--free",
        "--unofficial", "--autostart", "--sort", "Price", "--ascending", "--limit", "50",
    ]
}
