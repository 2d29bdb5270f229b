//! What programs wait for most: an instance in a state or gone, an image that is built, a disk that moved.
//!
//! A condition polls in the client's region and zone unless it says where. One that is made from an
//! instance ([`InstanceReaches::of`], [`InstanceGone::of`], [`ImageBuilt::at`], [`DiskMoved::at`]) polls
//! where the instance is.

mod disk;
mod image;
mod instance;

pub use disk::DiskMoved;
pub use image::ImageBuilt;
pub use instance::{InstanceGone, InstanceReaches};

use crate::api::types::CompShareInstanceSet;

/// Polls in a row that do not list a thing before a wait for it ends.
const MISSES: u32 = 2;

/// The same for a thing that was never listed: one that was just created may not be listed yet.
const MISSES_IF_NEW: u32 = 5;

/// Where to poll; the client's defaults where unset.
#[derive(Clone, Debug, Default)]
struct Place {
    region: Option<String>,
    zone: Option<String>,
    project_id: Option<String>,
}

impl Place {
    /// Where an instance is. A row without a region has it in its zone: `cn-wlcb` of `cn-wlcb-01`.
    fn of(instance: &CompShareInstanceSet) -> Self {
        let of_zone = instance.zone.rsplit_once('-').map(|(region, _)| region);
        let region = Some(instance.region.as_str()).filter(|region| !region.is_empty()).or(of_zone);
        let zone = Some(instance.zone.as_str()).filter(|zone| !zone.is_empty());
        let [region, zone] = [region, zone].map(|text| text.map(str::to_owned));
        Self { region, zone, project_id: None }
    }
}

/// Whether a thing is known to exist, and in how many polls in a row it was not listed.
#[derive(Clone, Debug, Default)]
struct Sightings {
    seen: bool,
    misses: u32,
}

/// What it means that a poll did not list a thing.
enum Missing {
    /// It may be listed by the next poll.
    NotYet,
    /// It existed, and is gone.
    Gone,
    /// No poll has listed it.
    NeverListed,
}

impl Sightings {
    /// Sightings of a thing that is known to exist.
    fn of_known() -> Self {
        Self { seen: true, misses: 0 }
    }

    fn listed(&mut self) {
        *self = Self::of_known();
    }

    /// Notes a poll that proves nothing: what is gone is missing in polls in a row.
    fn unproven(&mut self) {
        self.misses = 0;
    }

    fn missing(&mut self) -> Missing {
        self.misses = self.misses.saturating_add(1);
        match (self.seen, self.misses) {
            (true, MISSES..) => Missing::Gone,
            (false, MISSES_IF_NEW..) => Missing::NeverListed,
            _ => Missing::NotYet,
        }
    }
}

/// Why a wait for a thing that was never listed ends.
fn never_listed(id: &str) -> String {
    format!(
        "{id} was never listed: it does not exist, or is in another region, zone or project; set where \
         it is, or make the condition from the instance"
    )
}

#[cfg(test)]
mod tests;
