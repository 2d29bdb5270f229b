//! The condition of an image: its build is done.

use super::Place;
use crate::{
    api::{
        actions::{GetCompShareImageCreateProgress, GetCompShareImageCreateProgressResponse},
        types::CompShareInstanceSet,
    },
    call::poll::{Condition, PollState},
    codec::response::Response,
};

/// A custom image is built. The state is the progress; the wait fails if the build fails.
///
/// ```
/// use compshare_proto::conditions::ImageBuilt;
///
/// let built = ImageBuilt::new("compshareImage-xxxx").zone("cn-wlcb-01");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a condition does nothing until a client waits for it"]
pub struct ImageBuilt {
    action: GetCompShareImageCreateProgress,
}

impl ImageBuilt {
    /// The condition that the image of that id is built.
    pub fn new(compshare_image_id: impl Into<String>) -> Self {
        Self { action: GetCompShareImageCreateProgress::new(compshare_image_id) }
    }

    /// Polls in the region and zone of the instance that the image is made of.
    pub fn at(mut self, instance: &CompShareInstanceSet) -> Self {
        let Place { region, zone, .. } = Place::of(instance);
        self.action.region = region.or(self.action.region);
        self.action.zone = zone.or(self.action.zone);
        self
    }

    /// Polls in that zone instead of the client's.
    pub fn zone(mut self, zone: impl Into<String>) -> Self {
        self.action = self.action.zone(zone);
        self
    }

    /// Polls in that region instead of the client's.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.action = self.action.region(region);
        self
    }
}

impl Condition for ImageBuilt {
    type Action = GetCompShareImageCreateProgress;
    type Done = ();

    fn action(&self) -> GetCompShareImageCreateProgress {
        self.action.clone()
    }

    fn judge(
        &mut self,
        response: &Response<GetCompShareImageCreateProgressResponse>,
    ) -> PollState<()> {
        let status = response.status.to_ascii_lowercase();
        if status.contains("fail") || status == "unavailable" {
            return PollState::Failed(format!("the build's status is {}", response.status));
        }
        let percent = response.process.unwrap_or(0.0);
        if percent >= 100.0 || status == "available" {
            return PollState::Ready(());
        }
        PollState::Pending(match response.remaining_duration {
            Some(left) => format!("{percent} % is built, {} s are left", left.as_secs()),
            None => format!("{percent} % is built"),
        })
    }
}
