//! Resources of a gateway: what tests set up and examine.

use super::Gateway;
use crate::model::{Account, Cfs, Company, Disk, Image, ImageGroup, Instance};

impl Gateway {
    /// Adds a key pair; one with the same public key is replaced.
    pub fn add_account(&mut self, account: Account) {
        self.state.add_account(account);
    }

    /// Adds an image; one with the same id is replaced.
    ///
    /// A version of a community image takes its owner from its group, and its name and author too where
    /// it has none: add the group first.
    pub fn add_image(&mut self, image: Image) {
        self.state.add_image(image);
    }

    /// Adds a community image; one with the same id is replaced. An empty author becomes the owner's name.
    pub fn add_group(&mut self, group: ImageGroup) {
        self.state.add_group(group);
    }

    /// The image of that id, as of the last request.
    pub fn image(&self, id: &str) -> Option<&Image> {
        self.state.images.iter().find(|image| image.id == id)
    }

    /// All images, as of the last request, oldest first.
    pub fn images(&self) -> &[Image] {
        &self.state.images
    }

    /// The community image of that id.
    pub fn group(&self, id: &str) -> Option<&ImageGroup> {
        self.state.group(id)
    }

    /// Adds an instance; one with the same id is replaced.
    ///
    /// An instance without a system disk gets one of 100 GB; one without a serial number gets one.
    pub fn add_instance(&mut self, instance: Instance) {
        self.state.add_instance(instance);
    }

    /// Removes an instance with its disks; `None` if there is no such instance.
    pub fn remove_instance(&mut self, id: &str) -> Option<Instance> {
        let place = self.state.instances.iter().position(|instance| instance.id == id)?;
        self.state.disks.retain(|disk| disk.instance != id);
        Some(self.state.instances.remove(place))
    }

    /// The instance of that id, as of the last request.
    pub fn instance(&self, id: &str) -> Option<&Instance> {
        self.state.instances.iter().find(|instance| instance.id == id)
    }

    /// All instances, as of the last request, oldest first.
    pub fn instances(&self) -> &[Instance] {
        &self.state.instances
    }

    /// Adds a disk; one with the same id is replaced.
    pub fn add_disk(&mut self, disk: Disk) {
        self.state.add_disk(disk);
    }

    /// The disk of that id, as of the last request.
    pub fn disk(&self, id: &str) -> Option<&Disk> {
        self.state.disks.iter().find(|disk| disk.id == id)
    }

    /// All disks, including system disks, as of the last request.
    pub fn disks(&self) -> &[Disk] {
        &self.state.disks
    }

    /// Adds file storage; one with the same id is replaced.
    pub fn add_cfs(&mut self, cfs: Cfs) {
        self.state.add_cfs(cfs);
    }

    /// The file storage of that id.
    pub fn cfs(&self, id: &str) -> Option<&Cfs> {
        self.state.cfs.iter().find(|cfs| cfs.id == id)
    }

    /// Sets the number of cards of a model in a zone, including those in use.
    pub fn set_stock(&mut self, zone: impl Into<String>, gpu_type: impl Into<String>, cards: i64) {
        self.state.stock.insert((zone.into(), gpu_type.into()), cards);
    }

    /// Number of free cards of a model in a zone; `None` if it is not sold there.
    pub fn free_cards(&self, zone: &str, gpu_type: &str) -> Option<i64> {
        self.state.free_cards(zone, gpu_type)
    }

    /// The standing of a company.
    pub fn company(&self, id: i64) -> Company {
        self.state.company(id)
    }

    /// The standing of a company, for changes.
    pub fn company_mut(&mut self, id: i64) -> &mut Company {
        self.state.companies.entry(id).or_default()
    }

    /// HTTP and TCP ports that were set for an instance, which no action shows.
    pub fn instance_ports(&self, id: &str) -> (&[u16], &[u16]) {
        let own = self.state.bandwidths.ports.get(id);
        own.map_or((&[], &[]), |own| (&own.http, &own.tcp))
    }

    /// Adds orders of a member of a team, for lists and exports of any length.
    ///
    /// A new gateway has a team 1001 of the account with members 60001 (130 orders) and 60002 (12
    /// orders).
    pub fn add_team_orders(&mut self, team_id: i64, virtual_company_id: i64, count: u32) {
        self.state.teams.add_orders(team_id, virtual_company_id, count.into());
    }
}
