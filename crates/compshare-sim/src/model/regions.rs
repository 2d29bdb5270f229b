//! Regions and zones that the simulated gateway has.

/// A zone.
#[derive(Debug)]
pub(crate) struct Zone {
    /// Region that it belongs to.
    pub(crate) region: &'static str,
    /// Zone id.
    pub(crate) id: &'static str,
    /// Name for people.
    pub(crate) name: &'static str,
    /// Number of the region.
    pub(crate) region_number: i64,
    /// Number of the zone.
    pub(crate) number: i64,
    /// Whether it has container instances only.
    pub(crate) pod: bool,
}

/// Every zone.
pub(crate) const ZONES: &[Zone] = &[
    zone("cn-wlcb", "cn-wlcb-01", "华北二A", 1_000_009, 9001, false),
    zone("cn-sh2", "cn-sh2-01", "上海二A", 1_000_007, 7001, true),
    zone("cn-sh2", "cn-sh2-02", "上海二", 1_000_007, 7002, false),
    zone("cn-bj2", "cn-bj2-03", "北京二C", 1_000_001, 1003, true),
];

const fn zone(
    region: &'static str,
    id: &'static str,
    name: &'static str,
    region_number: i64,
    number: i64,
    pod: bool,
) -> Zone {
    Zone { region, id, name, region_number, number, pod }
}

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
