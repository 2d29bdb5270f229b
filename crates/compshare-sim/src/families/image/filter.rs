//! Filters of images.

use crate::families::prelude::*;

/// Whether an image passes every filter of the request; an action has only those of its table. A
/// version of a community image is found by the name of its group, too.
///
/// The switches `IsFree`, `IsOfficial` and `IfAutoStart` filter where they are on, and are as good as
/// absent where they are off.
pub(super) fn fits(image: &Image, group: Option<&ImageGroup>, sent: &Parameters) -> bool {
    let passes = |name, test: &dyn Fn(&str) -> bool| sent.filled(name).is_none_or(test);
    let is_named = |text: &str| {
        contains(&image.name, text) || group.is_some_and(|group| contains(&group.name, text))
    };
    let wanted = sent.list("Tag").unwrap_or_default();
    passes("CompShareImageId", &|id| image.id == id)
        && passes("GroupId", &|id| image.group_id == id)
        && passes("Name", &is_named)
        && passes("Author", &|author| image.author == author)
        && passes("FuzzySearch", &|text| is_named(text) || contains(&image.author, text))
        && wanted.iter().all(|tag| image.tags.iter().any(|has| has == tag))
        && (!sent.is_on("IsFree") || image.price <= 0.0)
        && (!sent.is_on("IsOfficial") || image.auth_info == 1)
        && (!sent.is_on("IfAutoStart") || image.auto_start)
}

/// Whether a text contains another, in any case.
fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}
