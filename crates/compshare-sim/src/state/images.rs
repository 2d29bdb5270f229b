//! Finding images and community images, and the refusals where they are not as they must be.

use super::State;
use crate::{
    call::{Call, Refusal, no_such},
    model::{Image, ImageGroup, ImageKind, ImageStatus},
};

impl State {
    /// The custom or community image that the caller owns.
    pub(crate) fn own_image(&mut self, call: &Call<'_>) -> Result<&mut Image, Refusal> {
        let id = call.required("CompShareImageId")?;
        self.images
            .iter_mut()
            .find(|image| image.id == id && image.owner == call.company && !image.is_platform())
            .ok_or_else(|| no_such("CompShareImageId", "image", id))
    }

    /// The custom image that the caller owns.
    pub(crate) fn own_custom_image(&mut self, call: &Call<'_>) -> Result<&mut Image, Refusal> {
        let image = self.own_image(call)?;
        let is_custom = image.kind == ImageKind::Custom;
        if is_custom { Ok(image) } else { Err(no_such("CompShareImageId", "image", &image.id)) }
    }

    pub(crate) fn group(&self, id: &str) -> Option<&ImageGroup> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// A group that the caller owns.
    pub(crate) fn own_group(&self, call: &Call<'_>, id: &str) -> Result<&ImageGroup, Refusal> {
        self.group(id)
            .filter(|group| group.owner == call.company)
            .ok_or_else(|| no_such("GroupId", "group", id))
    }

    /// Versions of a community image in the order in which they were published.
    pub(crate) fn versions<'a>(&'a self, group_id: &'a str) -> impl Iterator<Item = &'a Image> {
        let images = self.images.iter().filter(|image| image.kind == ImageKind::Community);
        images.filter(move |image| image.group_id == group_id)
    }

    /// Whether a version that was published from the image, or that the image is, is not offline.
    pub(crate) fn is_published(&self, id: &str) -> bool {
        self.images.iter().any(|image| {
            image.kind == ImageKind::Community
                && (image.id == id || image.source == id)
                && matches!(image.status, ImageStatus::Available | ImageStatus::Reviewing)
        })
    }

    /// The image, where the caller may use it and it is ready.
    pub(crate) fn usable_image(&self, company: i64, id: &str) -> Result<&Image, Refusal> {
        let mut images = self.images.iter();
        let image = images
            .find(|image| image.id == id && image.is_usable_by(company))
            .ok_or_else(|| no_such("CompShareImageId", "image", id))?;
        let is_ready = image.status == ImageStatus::Available;
        let why = format!("the image is {}, not Available", image.status.as_str());
        Refusal::when(!is_ready, "CompShareImageId", why)?;
        Ok(image)
    }
}
