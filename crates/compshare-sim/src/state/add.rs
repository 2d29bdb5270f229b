//! Adding accounts and resources that exist without being bought.

use super::State;
use crate::model::{Account, Cfs, Disk, Image, ImageGroup, ImageKind, Instance};

impl State {
    pub(crate) fn add_account(&mut self, account: Account) {
        self.accounts.retain(|other| other.public_key() != account.public_key());
        self.accounts.push(account);
    }

    pub(crate) fn add_image(&mut self, mut image: Image) {
        if let Some(group) = self.group(&image.group_id) {
            if image.kind == ImageKind::Community {
                image.owner = group.owner;
                let rows = [(&mut image.name, &group.name), (&mut image.author, &group.author)];
                for (own, common) in rows.into_iter().filter(|(own, _)| own.is_empty()) {
                    common.clone_into(own);
                }
            }
        }
        self.images.retain(|other| other.id != image.id);
        self.images.push(image);
    }

    pub(crate) fn add_group(&mut self, mut group: ImageGroup) {
        if group.author.is_empty() {
            group.author = self.company_name(group.owner).unwrap_or_default().to_owned();
        }
        self.groups.retain(|other| other.id != group.id);
        self.groups.push(group);
    }

    pub(crate) fn add_instance(&mut self, mut instance: Instance) {
        if instance.serial == 0 {
            instance.serial = self.new_serial();
        }
        if !self.disks_of(&instance.id).any(|disk| disk.boot) {
            let id = format!("bsi-{}", instance.id);
            let mut disk = Disk::new(id, "system", instance.owner, 100);
            disk.region.clone_from(&instance.region);
            disk.zone.clone_from(&instance.zone);
            disk.boot = true;
            disk.charge_type = instance.charge_type;
            disk.expire_time = instance.expire_time;
            // Before its data disks, wherever these are.
            self.disks.insert(0, disk.attached(&*instance.id, "/dev/vda"));
        }
        self.instances.retain(|other| other.id != instance.id);
        self.instances.push(instance);
    }

    pub(crate) fn add_disk(&mut self, disk: Disk) {
        self.disks.retain(|other| other.id != disk.id);
        self.disks.push(disk);
    }

    pub(crate) fn add_cfs(&mut self, cfs: Cfs) {
        self.cfs.retain(|other| other.id != cfs.id);
        self.cfs.push(cfs);
    }
}
