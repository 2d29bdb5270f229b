//! How an image is shown in a response.

use crate::families::prelude::*;

/// An image as lists show it; the guide is left out unless the image was asked for by id.
pub(super) fn image(state: &State, image: &Image, sent: &Parameters) -> Value {
    let is_version = image.kind == ImageKind::Community;
    let group = state.group(&image.group_id).filter(|_| is_version);
    let author = Some(image.author.as_str()).filter(|author| !author.is_empty());
    let author = author.or_else(|| state.company_name(image.owner)).unwrap_or_default();
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
        "ImageOwnerAlias": if is_version { "Community" } else { "Official" },
        "IsOfficial": image.auth_info == 1,
        "Visibility": image.visibility,
        "Softwares": {
            "Framework": image.softwares.framework,
            "FrameworkVersion": image.softwares.framework_version,
            "CUDAVersion": image.softwares.cuda_version,
            "Applications": image.softwares.applications,
        },
        "CreatedCount": image.created_count,
        "FavoritesCount": group.map_or(0, |group| favorites(state, group)),
        "FailedReason": "",
        "Owner": { "AccountName": author, "AccountId": image.owner.to_string() },
        "GroupId": image.group_id,
        "SourceGpuType": image.source_gpu_type,
        "ImageCharge": image.price > 0.0,
        "ImageUseTime": image.use_hours,
    });
    let by_id = sent.filled("CompShareImageId").is_some();
    if by_id { merged(shown, json!({ "Readme": image.readme })) } else { shown }
}

/// Bookmarks of a group: those of the accounts here on top of everyone else's.
pub(super) fn favorites(state: &State, group: &ImageGroup) -> i64 {
    let here = state.favorites.iter().filter(|(_, id)| *id == group.id).count();
    group.favorites_count.saturating_add(i64::try_from(here).unwrap_or(i64::MAX))
}
