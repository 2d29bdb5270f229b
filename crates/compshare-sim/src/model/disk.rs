//! `Disk` and `Cfs`: what the gateway keeps of cloud disks and of file storage.

use crate::model::{
    ChargeType,
    row::{Field, Row as _, row},
};

/// Seconds that attaching a disk takes.
const ATTACHING: i64 = 5;
/// Seconds that detaching a disk takes.
const DETACHING: i64 = 10;

/// Status of a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DiskStatus {
    /// Not attached.
    Available,
    /// Being attached.
    Attaching,
    /// Attached.
    InUse,
    /// Being detached.
    Detaching,
}

names! { pub DiskStatus: Available, Attaching, InUse, Detaching }

/// Type of a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DiskKind {
    /// Cloud disk on SSD.
    CloudSsd,
    /// Cloud disk on faster SSD, for A800 instances only.
    CloudRssd,
    /// Ordinary cloud disk.
    CloudNormal,
    /// Efficiency cloud disk.
    CloudEfficiency,
    /// Ordinary disk in the host.
    LocalNormal,
    /// SSD in the host.
    LocalSsd,
}

impl Field for DiskKind {}

impl DiskKind {
    const ALL: [Self; 6] = [
        Self::CloudSsd,
        Self::CloudRssd,
        Self::CloudNormal,
        Self::CloudEfficiency,
        Self::LocalNormal,
        Self::LocalSsd,
    ];

    /// The name used to create instances.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CloudSsd => "CLOUD_SSD",
            Self::CloudRssd => "CLOUD_RSSD",
            // Instances have no word of their own for an efficiency disk.
            Self::CloudNormal | Self::CloudEfficiency => "CLOUD_NORMAL",
            Self::LocalNormal => "LOCAL_NORMAL",
            Self::LocalSsd => "LOCAL_SSD",
        }
    }

    /// The name used to buy data disks.
    pub fn data_name(self) -> &'static str {
        match self {
            Self::CloudSsd => "SSDDataDisk",
            Self::CloudRssd => "RSSDDataDisk",
            Self::CloudEfficiency => "EfficiencyDataDisk",
            Self::CloudNormal | Self::LocalNormal | Self::LocalSsd => "DataDisk",
        }
    }

    /// The type of that name, as used to create instances.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The type of that name, as used to buy data disks.
    pub(crate) fn parse_data(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.data_name() == name)
    }

    /// Whether it is in the host and stays with its instance.
    pub(crate) fn is_local(self) -> bool {
        matches!(self, Self::LocalNormal | Self::LocalSsd)
    }

    /// Price before discounts, in CNY for a GB and an hour.
    pub(crate) fn price(self) -> f64 {
        match self {
            Self::CloudRssd => 0.002,
            Self::CloudSsd | Self::LocalSsd => 0.001,
            Self::CloudNormal | Self::CloudEfficiency | Self::LocalNormal => 0.0005,
        }
    }
}

row! {
    /// A disk of an instance, or an unattached cloud disk.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub struct Disk {
        /// Disk id.
        pub id: String,
        /// Company that it belongs to.
        pub owner: i64,
        /// Name.
        pub name: String,
        /// Region.
        pub region: String = "cn-wlcb".into(),
        /// Zone.
        pub zone: String = "cn-wlcb-01".into(),
        /// Size in GB.
        pub size_gb: i64,
        /// Type.
        pub kind: DiskKind = DiskKind::CloudSsd,
        /// Whether an instance boots from it.
        pub boot: bool,
        /// Status.
        pub status: DiskStatus = DiskStatus::Available,
        /// Instance that it is attached to; empty for none.
        pub instance: String,
        /// Its device inside the instance; empty if it is not attached.
        pub device: String,
        /// How it is billed.
        pub charge_type: ChargeType = ChargeType::Postpay,
        /// End of the paid period, in Unix seconds; 0 if it is billed by use.
        pub expire_time: i64,
        /// When it is attached or detached.
        pub(crate) done: i64,
    }
}

impl Disk {
    /// Creates an unattached cloud disk in cn-wlcb-01, billed by use.
    pub fn new(id: impl Into<String>, name: impl Into<String>, owner: i64, size_gb: i64) -> Self {
        Self { id: id.into(), owner, name: name.into(), size_gb, ..Self::first() }
    }

    /// Attaches it to an instance at once.
    #[must_use]
    pub fn attached(mut self, instance: impl Into<String>, device: impl Into<String>) -> Self {
        self.instance = instance.into();
        self.device = device.into();
        self.status = DiskStatus::InUse;
        self
    }

    pub(crate) fn attach(&mut self, now: i64, instance: &str, device: String) {
        self.instance = instance.to_owned();
        self.device = device;
        self.status = DiskStatus::Attaching;
        self.done = now.saturating_add(ATTACHING);
    }

    pub(crate) fn detach(&mut self, now: i64) {
        self.status = DiskStatus::Detaching;
        self.done = now.saturating_add(DETACHING);
    }

    /// Detaches it at once.
    pub(crate) fn release(&mut self) {
        self.status = DiskStatus::Available;
        self.instance.clear();
        self.device.clear();
    }

    /// Applies what is due.
    pub(crate) fn settle(&mut self, now: i64) {
        match self.status {
            DiskStatus::Attaching if self.done <= now => self.status = DiskStatus::InUse,
            DiskStatus::Detaching if self.done <= now => self.release(),
            _ => {}
        }
    }
}

row! {
    /// File storage for the container instances of a zone.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub struct Cfs {
        /// Id.
        pub id: String,
        /// Company that it belongs to.
        pub owner: i64,
        /// Name.
        pub name: String,
        /// Region.
        pub region: String = "cn-bj2".into(),
        /// Zone.
        pub zone: String = "cn-bj2-03".into(),
        /// Capacity in GiB.
        pub size_gb: i64,
        /// How it is billed.
        pub charge_type: ChargeType = ChargeType::Dynamic,
        /// End of the paid period, in Unix seconds; 0 if it is billed by use.
        pub expire_time: i64,
        /// Instances that mount it.
        pub mounted: Vec<String>,
    }
}

impl Cfs {
    /// Creates unmounted file storage in the container zone cn-bj2-03, billed by the hour.
    pub fn new(id: impl Into<String>, name: impl Into<String>, owner: i64, size_gb: i64) -> Self {
        Self { id: id.into(), owner, name: name.into(), size_gb, ..Self::first() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attaching_and_detaching_take_time() {
        let mut disk = Disk::new("udisk-1", "one", 1, 100);
        disk.attach(0, "uhost-1", "/dev/vdb".to_owned());
        disk.settle(4);
        assert_eq!(disk.status, DiskStatus::Attaching);
        disk.settle(5);
        assert_eq!(disk.status, DiskStatus::InUse);
        disk.detach(10);
        disk.settle(19);
        assert_eq!((disk.status, disk.instance.as_str()), (DiskStatus::Detaching, "uhost-1"));
        disk.settle(20);
        assert_eq!((disk.status, disk.instance.as_str()), (DiskStatus::Available, ""));
    }

    #[test]
    fn a_type_has_two_names() {
        assert_eq!(DiskKind::parse("CLOUD_RSSD"), DiskKind::parse_data("RSSDDataDisk"));
        assert_eq!(DiskKind::parse_data("DataDisk"), Some(DiskKind::CloudNormal));
        assert_eq!(DiskKind::parse("SSDDataDisk"), None);
    }
}
