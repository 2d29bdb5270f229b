//! `State`: what the gateway remembers between requests, and what one call sees of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{SystemTime, UNIX_EPOCH},
};

use serde_json::Value;

use crate::{
    Account, Cfs, Company, Disk, Image, ImageGroup, ImageKind, ImageStatus, Instance,
    answer::Refusal, network::Bandwidths, parameters::Parameters, teams::Teams, ulhosts::ULHost,
};

/// Acts on a checked request; answers the fields of the JSON answer.
pub(crate) type Handler = fn(&mut State, &Call<'_>) -> Result<Value, Refusal>;

/// One checked request.
pub(crate) struct Call<'a> {
    /// Company that calls.
    pub(crate) company: i64,
    /// Time of the call.
    pub(crate) now: SystemTime,
    /// What it sent.
    pub(crate) parameters: &'a Parameters,
}

impl Call<'_> {
    /// Time of the call in Unix seconds.
    pub(crate) fn seconds(&self) -> i64 {
        seconds(self.now)
    }

    /// A required parameter, as the checks have made sure that it is there.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.parameters.filled(name).ok_or_else(|| Refusal::missing(name))
    }
}

/// Accounts, images, groups and bookmarks, instances, disks, and so on.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) accounts: Vec<Account>,
    pub(crate) images: Vec<Image>,
    pub(crate) groups: Vec<ImageGroup>,
    /// Bookmarks: company and group.
    pub(crate) favorites: BTreeSet<(i64, String)>,
    pub(crate) bandwidths: Bandwidths,
    pub(crate) teams: Teams,
    pub(crate) ulhosts: Vec<ULHost>,
    pub(crate) instances: Vec<Instance>,
    pub(crate) disks: Vec<Disk>,
    pub(crate) cfs: Vec<Cfs>,
    /// How companies stand, where it is not as usual.
    pub(crate) companies: BTreeMap<i64, Company>,
    /// Cards by zone and model, where they are not as in the catalogue.
    pub(crate) stock: BTreeMap<(String, String), i64>,
    ids: u64,
    serials: u32,
}

impl State {
    /// Ends the work that is due.
    pub(crate) fn settle(&mut self, now: SystemTime) {
        for image in &mut self.images {
            image.settle(now);
        }
        let second = seconds(now);
        for instance in &mut self.instances {
            instance.settle(second);
        }
        let due = |instance: &&Instance| (1..=second).contains(&instance.release_time());
        let reclaimed: Vec<String> =
            self.instances.iter().filter(due).map(|instance| instance.id.clone()).collect();
        for id in reclaimed {
            self.delete_instance(&id, false);
        }
        for disk in &mut self.disks {
            disk.settle(second);
        }
        for host in &mut self.ulhosts {
            host.settle(now);
        }
    }

    /// Takes an instance out, with its system disk, and with its data disks if they are released too.
    pub(crate) fn delete_instance(&mut self, id: &str, release: bool) {
        self.instances.retain(|instance| instance.id != id);
        // A disk in the host goes with its instance, as the system disk does.
        self.disks
            .retain(|disk| disk.instance != id || !(disk.boot || release || disk.kind.is_local()));
        for disk in self.disks.iter_mut().filter(|disk| disk.instance == id) {
            disk.release();
        }
        for cfs in &mut self.cfs {
            cfs.mounted.retain(|mounted| mounted != id);
        }
    }

    /// An id that was not given out before, such as `group-sim0001`.
    pub(crate) fn new_id(&mut self, prefix: &str) -> String {
        self.ids += 1;
        format!("{prefix}-sim{:04}", self.ids)
    }

    /// A number that no other instance has.
    pub(crate) fn new_serial(&mut self) -> u32 {
        self.serials = self.serials.wrapping_add(1);
        self.serials
    }

    /// How a company stands.
    pub(crate) fn company(&self, id: i64) -> Company {
        self.companies.get(&id).cloned().unwrap_or_default()
    }

    /// Whether a company has passed real-name verification.
    pub(crate) fn is_verified(&self, company: i64) -> bool {
        !self.accounts.iter().any(|own| own.company_id() == company && !own.is_verified())
    }

    /// Name of a company, if there is such a company.
    pub(crate) fn company_name(&self, id: i64) -> Option<&str> {
        let mut accounts = self.accounts.iter();
        accounts.find(|account| account.company_id() == id).map(Account::display_name)
    }

    /// The custom or community image that the caller owns.
    pub(crate) fn own_image(&mut self, call: &Call<'_>) -> Result<&mut Image, Refusal> {
        let id = call.required("CompShareImageId")?;
        self.images
            .iter_mut()
            .find(|image| image.id == id && image.owner == call.company && !image.is_platform())
            .ok_or_else(|| no_such_image(id))
    }

    /// The custom image that the caller owns.
    pub(crate) fn own_custom_image(&mut self, call: &Call<'_>) -> Result<&mut Image, Refusal> {
        let image = self.own_image(call)?;
        if image.kind == ImageKind::Custom { Ok(image) } else { Err(no_such_image(&image.id)) }
    }

    pub(crate) fn group(&self, id: &str) -> Option<&ImageGroup> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// A group that the caller owns.
    pub(crate) fn own_group(&self, call: &Call<'_>, id: &str) -> Result<&ImageGroup, Refusal> {
        self.group(id).filter(|group| group.owner == call.company).ok_or_else(|| no_such_group(id))
    }

    /// Versions of a community image in the order in which they were published.
    pub(crate) fn versions<'a>(&'a self, group_id: &'a str) -> impl Iterator<Item = &'a Image> {
        self.images
            .iter()
            .filter(move |image| image.kind == ImageKind::Community && image.group_id == group_id)
    }

    /// Whether a version that was published from the image, or that the image is, is not offline.
    pub(crate) fn is_published(&self, id: &str) -> bool {
        self.images.iter().any(|image| {
            image.kind == ImageKind::Community
                && (image.id == id || image.source == id)
                && matches!(image.status, ImageStatus::Available | ImageStatus::Reviewing)
        })
    }
}

/// A moment in Unix seconds.
fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// The refusal of an image that is not there, or not the caller's.
pub(crate) fn no_such_image(id: &str) -> Refusal {
    Refusal::unavailable("CompShareImageId", format_args!("no such image: {}", short(id)))
}

/// The refusal of a group that is not there, or not the caller's.
pub(crate) fn no_such_group(id: &str) -> Refusal {
    Refusal::unavailable("GroupId", format_args!("no such group: {}", short(id)))
}

/// A value from a request, short enough for a message.
pub(crate) fn short(value: &str) -> String {
    value.chars().take(64).collect()
}
