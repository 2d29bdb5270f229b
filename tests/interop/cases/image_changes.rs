//! Calls of the image family that change something.

use compshare_proto::{
    Cny,
    actions::{
        CopyCompShareCustomImage, CreateCompShareCustomImage, CreateCompShareImageFavorite,
        DeleteCompShareImageFavorite, ModifyCompShareImageShareAccount, PublishCompShareImage,
        TerminateCompShareCustomImage, UpdateCompShareImage,
    },
    types::{CreateImageSoftwares, PublishImageSoftwares, Visibility},
};
use serde_json::json;

use super::{IMAGE, LOCATE, REGION, ZONE, here};
use crate::{
    case::{Case, send},
    files::{COVER, COVER_BASE64, COVER_FILE, README, README_FILE},
};

/// Everything that escaping can get wrong.
pub(super) const ODD: &str = "a+b c&d=e%20~*'()\"/?#\t\n深度学习 🚀";

const UPDATE: &str = "UpdateCompShareImage";
const PUBLISH: &str = "PublishCompShareImage";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = updates();
    cases.extend(publications());
    cases.extend(builds());
    cases.extend(shares());
    cases.extend(bookmarks());
    cases
}

fn updates() -> Vec<Case> {
    let page = json!({
        "Region": REGION, "CompShareImageId": IMAGE, "Name": "my-updated-env",
        "Tags": ["深度学习", "PyTorch"],
    });
    let files = json!({
        "Region": REGION, "Zone": ZONE, "CompShareImageId": IMAGE, "Name": "full",
        "GroupId": "group-xxxx", "Description": ODD, "Visibility": 1, "Price": 2.5,
        "Cover": COVER_BASE64, "Readme": README, "Tags": ["a", "b", "c"], "VersionName": "v2.0",
        "VersionDesc": "all of it", "SupportedGpuTypes": ["4090", "A100"], "AutoStart": false,
    });
    let small = json!({ "Region": REGION, "CompShareImageId": IMAGE, "Price": 0.000_01 });
    let clear = json!({ "Region": REGION, "CompShareImageId": IMAGE, "Description": "" });
    vec![
        Case::new("update, the page's example", UPDATE, page)
            .typed(send!(
                UpdateCompShareImage::new(IMAGE)
                    .region(REGION)
                    .name("my-updated-env")
                    .tags(["深度学习", "PyTorch"])
            ))
            .image([
                "update",
                IMAGE,
                "--region",
                REGION,
                "--name",
                "my-updated-env",
                "--tag",
                "深度学习",
                "--tag",
                "PyTorch",
            ]),
        everything(),
        Case::new("update, from files", UPDATE, files)
            .typed(send!(
                UpdateCompShareImage::new(IMAGE)
                    .region(REGION)
                    .zone(ZONE)
                    .name("full")
                    .group_id("group-xxxx")
                    .description(ODD)
                    .visibility(Visibility::Public)
                    .price(Cny(2.5))
                    .cover_bytes(COVER)
                    .readme(README)
                    .tags(["a", "b", "c"])
                    .version_name("v2.0")
                    .version_desc("all of it")
                    .supported_gpu_types(["4090", "A100"])
                    .auto_start(false)
            ))
            .image([
                "update",
                IMAGE,
                "--region",
                REGION,
                "--zone",
                ZONE,
                "--name",
                "full",
                "--group",
                "group-xxxx",
                "--description",
                ODD,
                "--visibility",
                "1",
                "--price",
                "2.5",
                "--cover",
                COVER_FILE,
                "--readme",
                README_FILE,
                "--tag",
                "a",
                "--tag",
                "b,c",
                "--version",
                "v2.0",
                "--version-description",
                "all of it",
                "--gpu",
                "4090,A100",
                "--no-autostart",
            ]),
        Case::new("update, a small price", UPDATE, small)
            .typed(send!(UpdateCompShareImage::new(IMAGE).region(REGION).price(Cny(0.000_01))))
            .image(["update", IMAGE, "--region", REGION, "--price", "0.00001"]),
        Case::new("update, to empty", UPDATE, clear)
            .typed(send!(UpdateCompShareImage::new(IMAGE).region(REGION).description("")))
            .image(["update", IMAGE, "--region", REGION, "--description", ""]),
    ]
}

/// Every parameter of an update, those included that the official CLI has no option for.
fn everything() -> Case {
    let parameters = json!({
        "Region": REGION, "Zone": ZONE, "CompShareImageId": IMAGE, "Name": ODD,
        "GroupId": "group-xxxx", "Description": ODD, "Visibility": 0, "Price": 3.0,
        "Cover": COVER_BASE64, "Readme": README, "Tags": [ODD], "VersionName": "v2.0",
        "VersionDesc": "all of it", "SupportedGpuTypes": ["4090"], "AutoStart": true,
        "Framework": "PyTorch", "Softwares": "vim,git",
    });
    Case::new("update, everything", UPDATE, parameters).typed(send!(
        UpdateCompShareImage::new(IMAGE)
            .region(REGION)
            .zone(ZONE)
            .name(ODD)
            .group_id("group-xxxx")
            .description(ODD)
            .visibility(Visibility::Private)
            .price(Cny(3.0))
            .cover(COVER_BASE64)
            .readme(README)
            .tags([ODD])
            .version_name("v2.0")
            .version_desc("all of it")
            .supported_gpu_types(["4090"])
            .auto_start(true)
            .framework("PyTorch")
            .softwares("vim,git")
    ))
}

fn publications() -> Vec<Case> {
    let least = json!({
        "Region": REGION, "Zone": ZONE, "CompShareImageId": IMAGE, "VersionName": "v1.0",
    });
    let full = json!({
        "Region": REGION, "Zone": ZONE, "CompShareImageId": IMAGE, "VersionName": "v1.0",
        "GroupId": "group-xxxx", "CommunityImageName": "my-ai-env", "VersionDesc": "first",
        "Price": 0.5, "Cover": COVER_BASE64, "Tags": ["深度学习"], "Description": ODD,
        "Readme": README, "SupportedGpuTypes": ["4090"], "AutoStart": true,
    });
    let software = json!({
        "Region": REGION, "Zone": ZONE, "CompShareImageId": IMAGE, "VersionName": "v1.0",
        "Price": 1, "Softwares": {
            "Framework": "PyTorch", "FrameworkVersion": "2.7", "CUDAVersion": "12.1",
            "Applications": ["vim", "git"],
        },
    });
    vec![
        Case::new("publish, the least", PUBLISH, least)
            .typed(send!(PublishCompShareImage::new(IMAGE, "v1.0").region(REGION).zone(ZONE)))
            .image([
                "publish",
                IMAGE,
                "--version",
                "v1.0",
                "--region",
                REGION,
                "--zone",
                ZONE,
                "--yes",
            ]),
        Case::new("publish, everything", PUBLISH, full)
            .typed(send!(
                PublishCompShareImage::new(IMAGE, "v1.0")
                    .region(REGION)
                    .zone(ZONE)
                    .group_id("group-xxxx")
                    .community_image_name("my-ai-env")
                    .version_desc("first")
                    .price(Cny(0.5))
                    .cover_bytes(COVER)
                    .tags(["深度学习"])
                    .description(ODD)
                    .readme(README)
                    .supported_gpu_types(["4090"])
                    .auto_start(true)
            ))
            .image([
                "publish",
                IMAGE,
                "--version",
                "v1.0",
                "--region",
                REGION,
                "--zone",
                ZONE,
                "--yes",
                "--group",
                "group-xxxx",
                "--name",
                "my-ai-env",
                "--version-description",
                "first",
                "--price",
                "0.5",
                "--cover",
                COVER_FILE,
                "--tag",
                "深度学习",
                "--description",
                ODD,
                "--readme",
                README_FILE,
                "--gpu",
                "4090",
                "--autostart",
            ]),
        Case::new("publish, with software", PUBLISH, software).typed(send!(
            PublishCompShareImage::new(IMAGE, "v1.0")
                .region(REGION)
                .zone(ZONE)
                .price(Cny(1.0))
                .softwares(
                    PublishImageSoftwares::new()
                        .framework("PyTorch")
                        .framework_version("2.7")
                        .cuda_version("12.1")
                        .applications(["vim", "git"])
                )
        )),
    ]
}

fn builds() -> Vec<Case> {
    let create = json!({
        "Region": REGION, "Zone": ZONE, "UHostId": "uhost-xxxx", "Name": "my-custom-env",
        "Description": ODD,
    });
    let software = json!({
        "Region": REGION, "Zone": ZONE, "UHostId": "uhost-xxxx", "Name": "my-custom-env",
        "Softwares": { "Framework": "PyTorch", "Application": ["vim", "git"] },
    });
    let place = json!({ "Region": REGION, "Zone": ZONE, "CompShareImageId": IMAGE });
    let copy = json!({ "Region": REGION, "CompShareImageId": IMAGE, "TargetImageName": "copy" });
    let waited = here(json!({ "UHostId": "uhost-xxxx", "Name": "my-custom-env" }));
    vec![
        Case::new("create, and wait", "CreateCompShareCustomImage", waited)
            .hurry()
            .run("image create --instance uhost-xxxx --name my-custom-env --wait --yes")
            .before(&[LOCATE])
            .after(&["GetCompShareImageCreateProgress"]),
        Case::new("create", "CreateCompShareCustomImage", create)
            .typed(send!(
                CreateCompShareCustomImage::new("uhost-xxxx", "my-custom-env")
                    .region(REGION)
                    .zone(ZONE)
                    .description(ODD)
            ))
            .image([
                "create",
                "--instance",
                "uhost-xxxx",
                "--name",
                "my-custom-env",
                "--description",
                ODD,
                "--no-wait",
                "--yes",
            ])
            .before(&[LOCATE]),
        Case::new("create, with software", "CreateCompShareCustomImage", software).typed(send!(
            CreateCompShareCustomImage::new("uhost-xxxx", "my-custom-env")
                .region(REGION)
                .zone(ZONE)
                .softwares(
                    CreateImageSoftwares::new().framework("PyTorch").applications(["vim", "git"])
                )
        )),
        Case::new("copy", "CopyCompShareCustomImage", copy).typed(send!(
            CopyCompShareCustomImage::new(IMAGE).region(REGION).target_image_name("copy")
        )),
        Case::new("delete", "TerminateCompShareCustomImage", place)
            .typed(send!(TerminateCompShareCustomImage::new(IMAGE).region(REGION).zone(ZONE)))
            .image(["delete", IMAGE, "--region", REGION, "--zone", ZONE, "--yes"]),
    ]
}

fn shares() -> Vec<Case> {
    let action = "ModifyCompShareImageShareAccount";
    let list =
        |name: &str| json!({ "Region": REGION, "CompShareImageId": IMAGE, name: [67890, 54321] });
    vec![
        Case::new("share", action, list("AddAccounts"))
            .typed(send!(
                ModifyCompShareImageShareAccount::new(IMAGE)
                    .region(REGION)
                    .add_accounts([67890, 54321])
            ))
            .image(["share", IMAGE, "67890", "54321", "--region", REGION]),
        Case::new("unshare", action, list("RemoveAccounts"))
            .typed(send!(
                ModifyCompShareImageShareAccount::new(IMAGE)
                    .region(REGION)
                    .remove_accounts([67890, 54321])
            ))
            .image(["unshare", IMAGE, "67890", "54321", "--region", REGION, "--yes"]),
    ]
}

fn bookmarks() -> Vec<Case> {
    let group = json!({ "GroupId": "group-01" });
    let dead = json!({ "Region": REGION, "CompShareImageId": "compshareImage-published" });
    vec![
        Case::new("bookmark", "CreateCompShareImageFavorite", group.clone())
            .typed(send!(CreateCompShareImageFavorite::new("group-01")))
            .image(["favorite", "group-01"]),
        Case::new("forget", "DeleteCompShareImageFavorite", group)
            .typed(send!(DeleteCompShareImageFavorite::new("group-01")))
            .image(["unfavorite", "group-01"]),
        Case::new("bookmark, dead", "AddFavoriteImage", dead.clone()).ret_code(501),
        Case::new("forget, dead", "RemoveFavoriteImage", dead).ret_code(501),
    ]
}
