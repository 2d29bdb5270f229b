//! `Image` and `ImageGroup`: what the gateway keeps of an image and of a community image's versions.

use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime},
};

use super::row::{Field, Row as _, row};
use crate::call::{Refusal, short};

/// How long building, copying and reviewing an image take.
pub(crate) const WORK_TIME: Duration = Duration::from_secs(60);

/// Which list an image belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImageKind {
    /// Platform image: an operating system.
    System,
    /// Platform image: an application.
    App,
    /// Platform image: a game.
    Game,
    /// Any other platform image.
    Other,
    /// An account's own image.
    Custom,
    /// One version of a community image.
    Community,
}

names! { pub ImageKind: System, App, Game, Other, Custom, Community }

impl ImageKind {
    /// The kinds of platform images, in the order in which they are listed.
    pub(crate) const PLATFORM: [Self; 4] = [Self::System, Self::App, Self::Game, Self::Other];
}

/// Status of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImageStatus {
    /// Being built or copied.
    Making,
    /// Ready for use.
    Available,
    /// Failed or withdrawn.
    UnAvailable,
    /// Submitted to the community, under review.
    Reviewing,
    /// Taken offline by its owner.
    Offline,
}

names! { pub ImageStatus: Making, Available, UnAvailable, Reviewing, Offline }

/// Frameworks and applications in an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImageSoftware {
    /// Framework name.
    pub framework: String,
    /// Framework version.
    pub framework_version: String,
    /// CUDA version.
    pub cuda_version: String,
    /// Application names.
    pub applications: Vec<String>,
}

row! {
    /// An image: the platform's, an account's own, or one version of a community image.
    ///
    /// ```
    /// use compshare_sim::{Gateway, Image};
    ///
    /// let mut gateway = Gateway::new();
    /// let mut image = Image::custom("compshareImage-test", "test", 12345);
    /// image.tags = vec!["PyTorch".into()];
    /// gateway.add_image(image);
    /// assert_eq!(gateway.image("compshareImage-test").map(|image| image.name.as_str()), Some("test"));
    /// ```
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct Image {
        /// Image id.
        pub id: String,
        /// Name shown to users.
        pub name: String,
        /// Description.
        pub description: String,
        /// Author's name.
        pub author: String,
        /// Author's level: 0 ordinary, 1 official, 2 verified.
        pub auth_info: i64,
        /// Company that it belongs to; 0 for the platform.
        pub owner: i64,
        /// Which list it belongs to.
        pub kind: ImageKind = ImageKind::Custom,
        /// Status.
        pub status: ImageStatus = ImageStatus::Available,
        /// Price in CNY per hour.
        pub price: f64,
        /// Version label.
        pub version_name: String,
        /// What changed in this version.
        pub version_desc: String,
        /// Tags.
        pub tags: Vec<String>,
        /// GPU models that it may run on.
        pub supported_gpu_types: Vec<String>,
        /// URL of the cover picture.
        pub cover: String,
        /// Whether it is a container image; otherwise it is for virtual machines.
        pub container: bool = true,
        /// Whether its software starts by itself.
        pub auto_start: bool,
        /// When it was created, in Unix seconds.
        pub create_time: i64,
        /// Time of the last change, in Unix seconds.
        pub update_time: i64,
        /// Time of publication, in Unix seconds; 0 if it is not published.
        pub pub_time: i64,
        /// Size in MB.
        pub size_mb: i64 = 20_480,
        /// Guide; shown only if the image is requested by id.
        pub readme: String,
        /// 0 private, 1 public.
        pub visibility: i64,
        /// Frameworks and applications inside.
        pub softwares: ImageSoftware,
        /// Group that ties the versions of a community image together; empty for none.
        pub group_id: String,
        /// GPU model that it was captured on.
        pub source_gpu_type: String,
        /// Number of instances created from it.
        pub created_count: i64,
        /// Total hours of use.
        pub use_hours: i64,
        /// Companies that it is shared with.
        pub shared_with: BTreeSet<i64>,
        /// Instance or image that it was captured, copied or published from; empty for none.
        pub source: String,
        /// Work in progress.
        pub(crate) work: Option<Work>,
    }
}

impl Field for ImageSoftware {}
impl Field for Option<Work> {}

impl Image {
    /// Creates a container image in status `Available` that a company owns.
    pub fn custom(id: impl Into<String>, name: impl Into<String>, owner: i64) -> Self {
        Self { id: id.into(), name: name.into(), owner, ..Self::first() }
    }

    /// Creates a platform image.
    pub fn platform(id: impl Into<String>, name: impl Into<String>, kind: ImageKind) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            kind,
            author: "CompShare".to_owned(),
            auth_info: 1,
            ..Self::first()
        }
    }

    /// Creates a published version of a community image; [`Gateway::add_image`] gives it to the group's
    /// owner.
    ///
    /// [`Gateway::add_image`]: crate::Gateway::add_image
    pub fn version(
        id: impl Into<String>,
        group_id: impl Into<String>,
        version_name: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            kind: ImageKind::Community,
            group_id: group_id.into(),
            version_name: version_name.into(),
            visibility: 1,
            ..Self::first()
        }
    }

    /// Whether the platform owns it.
    pub(crate) fn is_platform(&self) -> bool {
        ImageKind::PLATFORM.contains(&self.kind)
    }

    /// Whether it is a Windows image.
    pub(crate) fn is_windows(&self) -> bool {
        self.name.contains("Windows")
    }

    /// Whether a company may create instances from it.
    pub(crate) fn is_usable_by(&self, company: i64) -> bool {
        self.kind != ImageKind::Custom
            || self.owner == company
            || self.shared_with.contains(&company)
    }

    /// 226603: the image is not for that GPU model.
    pub(crate) fn check_gpu(&self, gpu_type: &str) -> Result<(), Refusal> {
        let models = &self.supported_gpu_types;
        if models.is_empty() || models.iter().any(|model| model == gpu_type) {
            return Ok(());
        }
        let gpu_type = short(gpu_type);
        let why = format!("[CompShareImageId] the image does not support GpuType {gpu_type}");
        Err(Refusal::new(226_603, why))
    }

    /// Whether installing it fails: the image or the instance has "fail" in its name.
    pub(crate) fn fails_on(&self, instance: &str) -> bool {
        [&self.id, &self.name, instance].iter().any(|text| text.to_lowercase().contains("fail"))
    }

    /// Starts work that ends in status `Available`.
    pub(crate) fn begin(&mut self, status: ImageStatus, now: SystemTime) {
        self.status = status;
        self.work = Some(Work { started: now });
    }

    /// Ends the work in progress if it is due.
    pub(crate) fn settle(&mut self, now: SystemTime) {
        if self.work.is_some_and(|work| work.left(now).is_zero()) {
            self.work = None;
            self.status = ImageStatus::Available;
        }
    }
}

/// Work in progress on an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    started: SystemTime,
}

impl Work {
    /// Time left; a clock that was set back counts as no time passed.
    pub(crate) fn left(self, now: SystemTime) -> Duration {
        WORK_TIME.saturating_sub(now.duration_since(self.started).unwrap_or_default())
    }
}

row! {
    /// A community image: what its versions share.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub struct ImageGroup {
        /// Group id.
        pub id: String,
        /// Title in the market.
        pub name: String,
        /// Description in the market.
        pub description: String,
        /// Author's name.
        pub author: String,
        /// Company that it belongs to.
        pub owner: i64,
        /// Number of bookmarks by companies that the gateway does not know.
        pub favorites_count: i64,
        /// Number of recommendations.
        pub recommend_count: i64,
    }
}

impl ImageGroup {
    /// Creates a community image without versions.
    pub fn new(id: impl Into<String>, name: impl Into<String>, owner: i64) -> Self {
        Self { id: id.into(), name: name.into(), owner, ..Self::first() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_ends_after_its_time() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1000);
        let mut image = Image::custom("i", "n", 1);
        image.begin(ImageStatus::Making, start);
        image.settle(start + Duration::from_secs(59));
        assert_eq!(image.status, ImageStatus::Making);
        image.settle(start - Duration::from_secs(500));
        assert_eq!(image.status, ImageStatus::Making);
        image.settle(start + WORK_TIME);
        assert_eq!(image.status, ImageStatus::Available);
        assert_eq!(image.work, None);
    }
}
