//! Regions and zones that the simulated gateway has.

use std::sync::LazyLock;

use super::row::{row, rows};

row! {
    /// A zone.
    #[derive(Debug)]
    pub(crate) struct Zone {
        /// Region that it belongs to.
        pub(crate) region: String,
        /// Zone id.
        pub(crate) id: String,
        /// Name for people.
        pub(crate) name: String,
        /// Number of the region.
        pub(crate) region_number: i64,
        /// Number of the zone.
        pub(crate) number: i64,
        /// Whether it has container instances only.
        pub(crate) pod: bool,
    }
}

/// Every zone.
pub(crate) static ZONES: LazyLock<Vec<Zone>> = LazyLock::new(|| rows(include_str!("regions.json")));

/// Whether there is such a region.
pub(crate) fn is_region(name: &str) -> bool {
    ZONES.iter().any(|zone| zone.region == name)
}

/// Whether there is such a zone, in that region if one is given.
pub(crate) fn is_zone(name: &str, region: Option<&str>) -> bool {
    find(name).is_some_and(|zone| region.is_none_or(|region| region == zone.region))
}

/// The zone of that id.
pub(crate) fn find(id: &str) -> Option<&'static Zone> {
    ZONES.iter().find(|zone| zone.id == id)
}

/// Whether a zone has container instances only.
pub(crate) fn is_pod(id: &str) -> bool {
    find(id).is_some_and(|zone| zone.pod)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_belongs_to_its_region() {
        assert!(is_region("cn-bj2"));
        assert!(!is_region("cn-zj"));
        assert!(is_zone("cn-sh2-02", Some("cn-sh2")));
        assert!(!is_zone("cn-sh2-02", Some("cn-wlcb")));
        assert!(is_zone("cn-sh2-02", None));
        assert!(!is_zone("cn-wlcb-02", None));
        assert!(is_pod("cn-bj2-03") && !is_pod("cn-wlcb-01"));
    }
}
