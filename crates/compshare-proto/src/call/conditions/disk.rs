//! The condition of a cloud disk: it is attached to an instance, or to none.

use super::{Missing, Place, Sightings, never_listed};
use crate::{
    api::{
        actions::{DescribeCompshareDisk, DescribeCompshareDiskResponse},
        types::{CompShareInstanceSet, CompshareDiskInfo},
    },
    call::poll::{Condition, PollState},
    codec::response::Response,
};

/// A cloud disk is attached to an instance, or to none. The wait returns the disk, and fails if the disk is
/// gone.
///
/// ```
/// use compshare_proto::conditions::DiskMoved;
///
/// let attached = DiskMoved::to("bsm-xxxx", "uhost-xxxx");
/// let detached = DiskMoved::away("bsm-xxxx");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a condition does nothing until a client waits for it"]
pub struct DiskMoved {
    disk_id: String,
    uhost_id: String,
    region: Option<String>,
    sightings: Sightings,
}

impl DiskMoved {
    /// The condition that the disk is attached to the instance.
    pub fn to(disk_id: impl Into<String>, uhost_id: impl Into<String>) -> Self {
        Self {
            disk_id: disk_id.into(),
            uhost_id: uhost_id.into(),
            region: None,
            sightings: Sightings::default(),
        }
    }

    /// The condition that the disk is attached to no instance.
    pub fn away(disk_id: impl Into<String>) -> Self {
        Self::to(disk_id, "")
    }

    /// Polls in the region of that instance, to or from which the disk moves.
    pub fn at(mut self, instance: &CompShareInstanceSet) -> Self {
        self.region = Place::of(instance).region.or(self.region);
        self
    }

    /// Polls in that region instead of the client's.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }
}

impl Condition for DiskMoved {
    type Action = DescribeCompshareDisk;
    type Done = CompshareDiskInfo;

    fn action(&self) -> DescribeCompshareDisk {
        let mut action = DescribeCompshareDisk::new();
        action.region.clone_from(&self.region);
        action
    }

    fn judge(
        &mut self,
        response: &Response<DescribeCompshareDiskResponse>,
    ) -> PollState<CompshareDiskInfo> {
        let (id, rows) = (&self.disk_id, &response.disk_set);
        let Some(disk) = rows.iter().find(|disk| disk.resource_id == *id) else {
            let listed = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            if response.total_count.unwrap_or(0) > listed {
                return PollState::Pending(format!(
                    "the response does not list {id}, and counts more than it lists"
                ));
            }
            if response.may_hide("DiskSet", "ResourceId", &[]) {
                return PollState::Pending(format!(
                    "the response does not list {id}, and has rows that cannot be read"
                ));
            }
            return match self.sightings.missing() {
                Missing::NotYet => PollState::Pending(format!("{id} is not listed")),
                Missing::Gone => PollState::Failed(format!("there is no disk {id} any more")),
                Missing::NeverListed => PollState::Failed(never_listed(id)),
            };
        };
        self.sightings.listed();
        // A disk whose instance cannot be read is not attached to none; rows may hide it by the dozen.
        let unreadable = disk.mount_instance.is_empty() || disk.status.is_empty();
        if unreadable && response.may_hide("DiskSet", "ResourceId", &["MountInstance", "Status"]) {
            return PollState::Pending(format!("the state of {id} cannot be read"));
        }
        let moving = ["attaching", "detaching"]
            .iter()
            .any(|word| disk.status.to_ascii_lowercase().contains(word));
        if disk.mount_instance == self.uhost_id && !moving {
            return PollState::Ready(disk.clone());
        }
        PollState::Pending(match disk.mount_instance.as_str() {
            _ if moving => format!("{id} is {}", disk.status),
            "" => format!("{id} is attached to no instance"),
            other => format!("{id} is attached to {other}"),
        })
    }
}
