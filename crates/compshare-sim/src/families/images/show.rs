//! How an image is shown in a response.

use crate::families::prelude::*;

/// An image as lists show it; the guide is left out unless the image was asked for by id.
pub(super) fn image(state: &State, image: &Image, by_id: bool) -> Value {
    let group = state.group(&image.group_id).filter(|_| image.kind == ImageKind::Community);
    let author = if image.author.is_empty() {
        state.company_name(image.owner).unwrap_or_default()
    } else {
        &image.author
    };
    let shown = json!({
        "CompShareImageId": image.id,
        "Name": image.name,
        "Author": author,
        "AuthInfo": image.auth_info,
        "Status": image.status.as_str(),
        "Price": image.price,
        "VersionName": image.version_name,
        "VersionDesc": image.version_desc,
        "Description": image.description,
        "Tags": image.tags,
        "SupportedGpuTypes": image.supported_gpu_types,
        "Cover": image.cover,
        "Container": if image.container { "True" } else { "False" },
        "AutoStart": image.auto_start,
        "CreateTime": image.create_time,
        "UpdateTime": image.update_time,
        "PubTime": image.pub_time,
        "Size": image.size_mb,
        "QrCodeUrl": "",
        "SoftwarePorts": [],
        "ImageType": image.kind.as_str(),
        "ImageOwnerAlias": if image.kind == ImageKind::Community { "Community" } else { "Official" },
        "IsOfficial": image.auth_info == 1,
        "Visibility": image.visibility,
        "Softwares": {
            "Framework": image.softwares.framework,
            "FrameworkVersion": image.softwares.framework_version,
            "CUDAVersion": image.softwares.cuda_version,
            "Applications": image.softwares.applications,
        },
        "CreatedCount": image.created_count,
        "FavoritesCount": group.map_or(0, |group| favorites(state, &group.id, group.favorites_count)),
        "FailedReason": "",
        "Owner": { "AccountName": author, "AccountId": image.owner.to_string() },
        "GroupId": image.group_id,
        "SourceGpuType": image.source_gpu_type,
        "ImageCharge": image.price > 0.0,
        "ImageUseTime": image.use_hours,
    });
    if by_id { merged(shown, json!({ "Readme": image.readme })) } else { shown }
}

/// Bookmarks of a group: those of the accounts here on top of everyone else's.
pub(super) fn favorites(state: &State, group_id: &str, others: i64) -> i64 {
    let here = state.favorites.iter().filter(|(_, id)| id == group_id).count();
    others.saturating_add(i64::try_from(here).unwrap_or(i64::MAX))
}
