//! Instances, disks, file storage, stock and standing of a gateway: what tests put in and look at.

use super::Gateway;
use crate::{Cfs, Company, Disk, Instance};

impl Gateway {
    /// Adds an instance; one with the same id is replaced.
    ///
    /// One without a system disk gets one of 100 GB, and one without a serial number gets one.
    pub fn add_instance(&mut self, mut instance: Instance) {
        if instance.serial == 0 {
            instance.serial = self.state.new_serial();
        }
        if !self.state.disks_of(&instance.id).any(|disk| disk.boot) {
            let id = format!("bsi-{}", instance.id);
            let mut disk = Disk::new(id, "system", instance.owner, 100);
            disk.region.clone_from(&instance.region);
            disk.zone.clone_from(&instance.zone);
            disk.boot = true;
            disk.charge_type = instance.charge_type;
            disk.expire_time = instance.expire_time;
            // Before its data disks, wherever these are.
            self.state.disks.insert(0, disk.attached(&*instance.id, "/dev/vda"));
        }
        self.state.instances.retain(|other| other.id != instance.id);
        self.state.instances.push(instance);
    }

    /// Takes an instance out, with the disks that are in it; `None` if there is none of that id.
    pub fn remove_instance(&mut self, id: &str) -> Option<Instance> {
        let place = self.state.instances.iter().position(|instance| instance.id == id)?;
        self.state.disks.retain(|disk| disk.instance != id);
        Some(self.state.instances.remove(place))
    }

    /// The instance of that id, as of the last request.
    pub fn instance(&self, id: &str) -> Option<&Instance> {
        self.state.instances.iter().find(|instance| instance.id == id)
    }

    /// Every instance, as of the last request, in the order in which they came.
    pub fn instances(&self) -> &[Instance] {
        &self.state.instances
    }

    /// Adds a disk; one with the same id is replaced.
    pub fn add_disk(&mut self, disk: Disk) {
        self.state.disks.retain(|other| other.id != disk.id);
        self.state.disks.push(disk);
    }

    /// The disk of that id, as of the last request.
    pub fn disk(&self, id: &str) -> Option<&Disk> {
        self.state.disks.iter().find(|disk| disk.id == id)
    }

    /// Every disk, system disks too, as of the last request.
    pub fn disks(&self) -> &[Disk] {
        &self.state.disks
    }

    /// Adds file storage; one with the same id is replaced.
    pub fn add_cfs(&mut self, cfs: Cfs) {
        self.state.cfs.retain(|other| other.id != cfs.id);
        self.state.cfs.push(cfs);
    }

    /// The file storage of that id.
    pub fn cfs(&self, id: &str) -> Option<&Cfs> {
        self.state.cfs.iter().find(|cfs| cfs.id == id)
    }

    /// Sets how many cards of a model a zone has, those of the instances there among them.
    pub fn set_stock(&mut self, zone: impl Into<String>, gpu_type: impl Into<String>, cards: i64) {
        self.state.stock.insert((zone.into(), gpu_type.into()), cards);
    }

    /// Cards of a model that are free in a zone; `None` where it is not sold there.
    pub fn free_cards(&self, zone: &str, gpu_type: &str) -> Option<i64> {
        self.state.free_cards(zone, gpu_type)
    }

    /// How a company stands.
    pub fn company(&self, id: i64) -> Company {
        self.state.company(id)
    }

    /// How a company stands, to be changed: its level, what it owes, what it has enabled.
    pub fn company_mut(&mut self, id: i64) -> &mut Company {
        self.state.companies.entry(id).or_default()
    }
}
