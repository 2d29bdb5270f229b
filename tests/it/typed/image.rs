//! Every image action with all that its setters set.

#![allow(deprecated, reason = "actions that are dead in production are still here")]

use compshare_proto::{Cny, actions};

use super::{assert_typed_is_raw, objects};

#[test]
fn add_favorite_image() {
    assert_typed_is_raw(|s| {
        actions::AddFavoriteImage::new(s.text("CompShareImageId")).region(s.text("Region"))
    });
}

#[test]
fn copy_compshare_custom_image() {
    assert_typed_is_raw(|s| {
        actions::CopyCompShareCustomImage::new(s.text("CompShareImageId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .target_image_name(s.text("TargetImageName"))
    });
}

#[test]
fn create_compshare_custom_image() {
    assert_typed_is_raw(|s| {
        actions::CreateCompShareCustomImage::new(s.text("UHostId"), s.text("Name"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .description(s.text("Description"))
            .softwares(objects::create_image_softwares(&s.inner("Softwares")))
    });
}

#[test]
fn create_compshare_image_favorite() {
    assert_typed_is_raw(|s| actions::CreateCompShareImageFavorite::new(s.text("GroupId")));
}

#[test]
fn delete_compshare_image_favorite() {
    assert_typed_is_raw(|s| actions::DeleteCompShareImageFavorite::new(s.text("GroupId")));
}

#[test]
fn describe_community_images() {
    assert_typed_is_raw(|s| {
        actions::DescribeCommunityImages::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .compshare_image_id(s.text("CompShareImageId"))
            .group_id(s.text("GroupId"))
            .name(s.text("Name"))
            .author(s.text("Author"))
            .fuzzy_search(s.text("FuzzySearch"))
            .tags(s.texts("Tag"))
            .is_free(s.is("IsFree"))
            .is_official(s.is("IsOfficial"))
            .if_auto_start(s.is("IfAutoStart"))
            .sort_condition(objects::sort_condition(&s.inner("SortCondition")))
            .offset(s.int("Offset"))
            .limit(s.int("Limit"))
    });
}

#[test]
fn describe_compshare_custom_images() {
    assert_typed_is_raw(|s| {
        actions::DescribeCompShareCustomImages::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .compshare_image_id(s.text("CompShareImageId"))
            .offset(s.int("Offset"))
            .limit(s.int("Limit"))
    });
}

#[test]
fn describe_compshare_image_share_accounts() {
    assert_typed_is_raw(|s| {
        actions::DescribeCompShareImageShareAccounts::new(s.text("CompShareImageId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn describe_compshare_image_tags() {
    assert_typed_is_raw(|s| {
        actions::DescribeCompShareImageTags::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn describe_compshare_images() {
    assert_typed_is_raw(|s| {
        actions::DescribeCompShareImages::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .compshare_image_id(s.text("CompShareImageId"))
            .image_type(s.text("ImageType"))
            .name(s.text("Name"))
            .author(s.text("Author"))
            .tag(s.text("Tag"))
            .offset(s.int("Offset"))
            .limit(s.int("Limit"))
    });
}

#[test]
fn describe_compshare_sharing_images() {
    assert_typed_is_raw(|s| {
        actions::DescribeCompShareSharingImages::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .compshare_image_id(s.text("CompShareImageId"))
            .offset(s.int("Offset"))
            .limit(s.int("Limit"))
    });
}

#[test]
fn describe_favorite_images() {
    assert_typed_is_raw(|s| {
        actions::DescribeFavoriteImages::new()
            .region(s.text("Region"))
            .offset(s.int("Offset"))
            .limit(s.int("Limit"))
    });
}

#[test]
fn describe_self_community_images() {
    assert_typed_is_raw(|s| {
        actions::DescribeSelfCommunityImages::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .offset(s.int("Offset"))
            .limit(s.int("Limit"))
            .compshare_image_id(s.text("CompShareImageId"))
            .group_id(s.text("GroupId"))
            .name(s.text("Name"))
            .author(s.text("Author"))
            .fuzzy_search(s.text("FuzzySearch"))
            .tags(s.texts("Tag"))
            .is_free(s.is("IsFree"))
            .is_official(s.is("IsOfficial"))
            .if_auto_start(s.is("IfAutoStart"))
            .sort_condition(objects::sort_condition(&s.inner("SortCondition")))
    });
}

#[test]
fn describe_user_community_images() {
    assert_typed_is_raw(|s| {
        actions::DescribeUserCommunityImages::new()
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .target_top_organization_id(s.int("TargetTopOrganizationId"))
            .offset(s.int("Offset"))
            .limit(s.int("Limit"))
            .compshare_image_id(s.text("CompShareImageId"))
            .group_id(s.text("GroupId"))
            .name(s.text("Name"))
            .author(s.text("Author"))
            .fuzzy_search(s.text("FuzzySearch"))
            .tags(s.texts("Tag"))
            .is_free(s.is("IsFree"))
            .is_official(s.is("IsOfficial"))
            .if_auto_start(s.is("IfAutoStart"))
            .sort_condition(objects::sort_condition(&s.inner("SortCondition")))
    });
}

#[test]
fn get_compshare_image_create_progress() {
    assert_typed_is_raw(|s| {
        actions::GetCompShareImageCreateProgress::new(s.text("CompShareImageId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn modify_compshare_image_share_account() {
    assert_typed_is_raw(|s| {
        actions::ModifyCompShareImageShareAccount::new(s.text("CompShareImageId"))
            .region(s.text("Region"))
            .project_id(s.text("ProjectId"))
            .add_accounts(s.ints("AddAccounts"))
            .remove_accounts(s.ints("RemoveAccounts"))
    });
}

#[test]
fn publish_compshare_image() {
    assert_typed_is_raw(|s| {
        actions::PublishCompShareImage::new(s.text("CompShareImageId"), s.text("VersionName"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .group_id(s.text("GroupId"))
            .community_image_name(s.text("CommunityImageName"))
            .version_desc(s.text("VersionDesc"))
            .price(Cny(s.float("Price")))
            .cover(s.text("Cover"))
            .tags(s.texts("Tags"))
            .description(s.text("Description"))
            .readme(s.text("Readme"))
            .supported_gpu_types(s.texts("SupportedGpuTypes"))
            .auto_start(s.is("AutoStart"))
            .softwares(objects::publish_image_softwares(&s.inner("Softwares")))
    });
}

#[test]
fn remove_favorite_image() {
    assert_typed_is_raw(|s| {
        actions::RemoveFavoriteImage::new(s.text("CompShareImageId")).region(s.text("Region"))
    });
}

#[test]
fn terminate_compshare_custom_image() {
    assert_typed_is_raw(|s| {
        actions::TerminateCompShareCustomImage::new(s.text("CompShareImageId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
    });
}

#[test]
fn update_compshare_image() {
    assert_typed_is_raw(|s| {
        actions::UpdateCompShareImage::new(s.text("CompShareImageId"))
            .region(s.text("Region"))
            .zone(s.text("Zone"))
            .project_id(s.text("ProjectId"))
            .group_id(s.text("GroupId"))
            .name(s.text("Name"))
            .description(s.text("Description"))
            .visibility(s.int("Visibility"))
            .price(Cny(s.float("Price")))
            .cover(s.text("Cover"))
            .readme(s.text("Readme"))
            .tags(s.texts("Tags"))
            .version_name(s.text("VersionName"))
            .version_desc(s.text("VersionDesc"))
            .supported_gpu_types(s.texts("SupportedGpuTypes"))
            .auto_start(s.is("AutoStart"))
            .framework(s.text("Framework"))
            .softwares(s.text("Softwares"))
    });
}
