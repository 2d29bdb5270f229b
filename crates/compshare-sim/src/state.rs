//! `State`: what the gateway remembers between requests.

mod add;
mod find;
mod images;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::SystemTime,
};

use crate::{
    call::{Call, Outcome, Refusal, seconds},
    model::{
        Account, Cfs, Company, Disk, Image, ImageGroup, Instance, bandwidth::Bandwidths,
        team::Teams, ulhost::ULHost,
    },
};

/// Carries out a checked request; returns the fields of the JSON response.
pub(crate) type Handler = fn(&mut State, &Call<'_>) -> Outcome;

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
    /// Standing of companies, where it differs from the default.
    pub(crate) companies: BTreeMap<i64, Company>,
    /// Cards by zone and model, where they differ from the catalogue.
    pub(crate) stock: BTreeMap<(String, String), i64>,
    ids: u64,
    serials: u32,
}

impl State {
    /// Applies what is due.
    pub(crate) fn settle(&mut self, now: SystemTime) {
        for image in &mut self.images {
            image.settle(now);
        }
        let second = seconds(now);
        for instance in &mut self.instances {
            instance.settle(second);
        }
        let due = |instance: &Instance| (1..=second).contains(&instance.release_time());
        while let Some(id) = self.instances.iter().find(|own| due(own)).map(|own| own.id.clone()) {
            self.delete_instance(&id, false);
        }
        for disk in &mut self.disks {
            disk.settle(second);
        }
        for host in &mut self.ulhosts {
            host.settle(second);
        }
    }

    /// Removes an instance with its system disk, and with its data disks if `release`.
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

    /// A new id, such as `group-sim0001`.
    pub(crate) fn new_id(&mut self, prefix: &str) -> String {
        self.ids += 1;
        format!("{prefix}-sim{:04}", self.ids)
    }

    /// A new serial number.
    pub(crate) fn new_serial(&mut self) -> u32 {
        self.serials = self.serials.wrapping_add(1);
        self.serials
    }

    /// The standing of a company.
    pub(crate) fn company(&self, id: i64) -> Company {
        self.companies.get(&id).cloned().unwrap_or_default()
    }

    /// 226601: the account has unpaid orders.
    pub(crate) fn check_paid(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let why = "the account has unpaid orders; pay them first";
        Refusal::new_if(self.company(call.company).arrears, 226_601, why)
    }

    /// 226606: the account is not verified.
    pub(crate) fn check_verified(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let mut accounts = self.accounts.iter();
        let is_so = accounts.any(|own| own.company_id() == call.company && !own.verified);
        Refusal::new_if(is_so, 226_606, "the account has not passed real-name verification")
    }

    /// Name of a company, if there is such a company.
    pub(crate) fn company_name(&self, id: i64) -> Option<&str> {
        let mut accounts = self.accounts.iter();
        accounts.find(|account| account.company_id() == id).map(|account| &*account.name)
    }
}
