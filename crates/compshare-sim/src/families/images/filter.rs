//! Filters of community images.

use crate::families::prelude::*;

/// Whether a version passes every filter of the request.
///
/// The switches `IsFree`, `IsOfficial` and `IfAutoStart` filter where they are on, and are as good as
/// absent where they are off.
pub(super) fn version_fits(group: &ImageGroup, image: &Image, sent: &Parameters) -> bool {
    let is_named = |text: &str| contains(&image.name, text) || contains(&group.name, text);
    sent.filled("CompShareImageId").is_none_or(|id| image.id == id)
        && sent.filled("GroupId").is_none_or(|id| group.id == id)
        && sent.filled("Name").is_none_or(is_named)
        && sent.filled("Author").is_none_or(|author| image.author == author)
        && sent
            .filled("FuzzySearch")
            .is_none_or(|text| is_named(text) || contains(&image.author, text))
        && has_tags(image, sent)
        && (!sent.is_on("IsFree") || image.price <= 0.0)
        && (!sent.is_on("IsOfficial") || image.auth_info == 1)
        && (!sent.is_on("IfAutoStart") || image.auto_start)
}

/// Whether an image has every tag of the request's `Tag`.
pub(super) fn has_tags(image: &Image, sent: &Parameters) -> bool {
    let wanted = sent.list("Tag").unwrap_or_default();
    wanted.iter().all(|tag| image.tags.iter().any(|has| has == tag))
}

/// Whether a text contains another, in any case.
pub(super) fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}
