//! Every image action with all that its setters set.

#![allow(deprecated, reason = "actions that are dead in production are still here")]

use compshare_proto::{Cny, actions};

use super::objects;

typed!(AddFavoriteImage, add_favorite_image, |s| {
    actions::AddFavoriteImage::new(s.text("CompShareImageId")).region(s.text("Region"))
});

typed!(CopyCompShareCustomImage, copy_compshare_custom_image, |s| {
    actions::CopyCompShareCustomImage::new(s.text("CompShareImageId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .target_image_name(s.text("TargetImageName"))
});

typed!(CreateCompShareCustomImage, create_compshare_custom_image, |s| {
    actions::CreateCompShareCustomImage::new(s.text("UHostId"), s.text("Name"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .description(s.text("Description"))
        .softwares(objects::create_image_softwares(&s.inner("Softwares")))
});

typed!(CreateCompShareImageFavorite, create_compshare_image_favorite, |s| {
    actions::CreateCompShareImageFavorite::new(s.text("GroupId"))
});

typed!(DeleteCompShareImageFavorite, delete_compshare_image_favorite, |s| {
    actions::DeleteCompShareImageFavorite::new(s.text("GroupId"))
});

typed!(DescribeCommunityImages, describe_community_images, |s| {
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

typed!(DescribeCompShareCustomImages, describe_compshare_custom_images, |s| {
    actions::DescribeCompShareCustomImages::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .compshare_image_id(s.text("CompShareImageId"))
        .offset(s.int("Offset"))
        .limit(s.int("Limit"))
});

typed!(DescribeCompShareImageShareAccounts, describe_compshare_image_share_accounts, |s| {
    actions::DescribeCompShareImageShareAccounts::new(s.text("CompShareImageId"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
});

typed!(DescribeCompShareImageTags, describe_compshare_image_tags, |s| {
    actions::DescribeCompShareImageTags::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(DescribeCompShareImages, describe_compshare_images, |s| {
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

typed!(DescribeCompShareSharingImages, describe_compshare_sharing_images, |s| {
    actions::DescribeCompShareSharingImages::new()
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
        .compshare_image_id(s.text("CompShareImageId"))
        .offset(s.int("Offset"))
        .limit(s.int("Limit"))
});

typed!(DescribeFavoriteImages, describe_favorite_images, |s| {
    actions::DescribeFavoriteImages::new()
        .region(s.text("Region"))
        .offset(s.int("Offset"))
        .limit(s.int("Limit"))
});

typed!(DescribeSelfCommunityImages, describe_self_community_images, |s| {
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

typed!(DescribeUserCommunityImages, describe_user_community_images, |s| {
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

typed!(GetCompShareImageCreateProgress, get_compshare_image_create_progress, |s| {
    actions::GetCompShareImageCreateProgress::new(s.text("CompShareImageId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(ModifyCompShareImageShareAccount, modify_compshare_image_share_account, |s| {
    actions::ModifyCompShareImageShareAccount::new(s.text("CompShareImageId"))
        .region(s.text("Region"))
        .project_id(s.text("ProjectId"))
        .add_accounts(s.ints("AddAccounts"))
        .remove_accounts(s.ints("RemoveAccounts"))
});

typed!(PublishCompShareImage, publish_compshare_image, |s| {
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

typed!(RemoveFavoriteImage, remove_favorite_image, |s| {
    actions::RemoveFavoriteImage::new(s.text("CompShareImageId")).region(s.text("Region"))
});

typed!(TerminateCompShareCustomImage, terminate_compshare_custom_image, |s| {
    actions::TerminateCompShareCustomImage::new(s.text("CompShareImageId"))
        .region(s.text("Region"))
        .zone(s.text("Zone"))
        .project_id(s.text("ProjectId"))
});

typed!(UpdateCompShareImage, update_compshare_image, |s| {
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
