//! `Inventory`: free GPUs by the names of zone and model.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{
    actions::DescribeCompShareGpuInventoryResponse,
    types::{ChargeType, SupportZone},
};

/// Pool of every other instance, beside that of spot instances.
const EXCLUSIVE: &str = "Exclusive";

/// The free GPUs of every zone, by the names of zone and GPU model.
///
/// The API counts by the numbers of zones, region by region. A client's `inventory()` asks for the zones
/// and for each region's numbers, and joins them. It is a snapshot: `CheckCompShareResourceCapacity` says
/// whether a certain instance can be created now.
///
/// ```
/// use compshare_proto::{
///     actions::{DescribeCompShareGpuInventory, DescribeCompShareSupportZone},
///     decode,
///     inventory::Inventory,
/// };
///
/// # let response = |body: &'static str| http::Response::new(bytes::Bytes::from(body));
/// let zones = response(
///     r#"{"RetCode":0,"ZoneInfo":[{"Region":"cn-wlcb","Zone":"cn-wlcb-01","ZoneId":6003}]}"#,
/// );
/// let counts = response(r#"{"RetCode":0,"GpuInventory":{"Exclusive":{"6003":{"4090":12}}}}"#);
/// let zones = decode(&DescribeCompShareSupportZone::new(), &zones)?.into_body().zone_info;
///
/// let mut inventory = Inventory::new(zones);
/// inventory.add(&*decode(&DescribeCompShareGpuInventory::new(), &counts)?);
/// assert_eq!(inventory.free("cn-wlcb-01", "4090"), 12);
/// assert_eq!(inventory.free("cn-wlcb-01", "H20"), 0);
/// # Ok::<(), compshare_proto::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    zones: Vec<SupportZone>,
    /// By pool, number of the zone, and model.
    counts: BTreeMap<String, BTreeMap<String, BTreeMap<String, i64>>>,
}

impl Inventory {
    /// An inventory of these zones, in which nothing has been counted.
    pub fn new(zones: Vec<SupportZone>) -> Self {
        Self { zones, counts: BTreeMap::new() }
    }

    /// Adds what a response counts, such as that of one region.
    pub fn add(&mut self, response: &DescribeCompShareGpuInventoryResponse) {
        for (pool, zones) in &response.gpu_inventory {
            self.counts.entry(pool.clone()).or_default().extend(zones.clone());
        }
    }

    /// The zones, as the API lists them.
    pub fn zones(&self) -> &[SupportZone] {
        &self.zones
    }

    /// The regions of the zones, sorted.
    pub fn regions(&self) -> BTreeSet<&str> {
        self.zones.iter().map(|zone| zone.region.as_str()).collect()
    }

    /// Number of free GPUs of that model in that zone, for instances that are not spot instances; 0 if the
    /// zone or the model is unknown.
    pub fn free(&self, zone: &str, gpu_type: &str) -> i64 {
        self.count(EXCLUSIVE, zone, gpu_type)
    }

    /// The same for spot instances.
    pub fn free_for_spot(&self, zone: &str, gpu_type: &str) -> i64 {
        self.count(ChargeType::Spot.as_str(), zone, gpu_type)
    }

    /// The zones where the model is in stock, with the number of its free GPUs, the most first; not for
    /// spot instances.
    pub fn in_stock(&self, gpu_type: &str) -> Vec<(&SupportZone, i64)> {
        let zones = self.zones.iter().map(|zone| (zone, self.free(&zone.zone, gpu_type)));
        let mut zones: Vec<_> = zones.filter(|(_, free)| *free > 0).collect();
        zones.sort_by_key(|(_, free)| -free);
        zones
    }

    /// Every zone and model that was counted, with the number of free GPUs, 0 included; not for spot
    /// instances.
    pub fn iter(&self) -> impl Iterator<Item = (&SupportZone, &str, i64)> {
        self.zones.iter().flat_map(|zone| {
            let models = self.models(EXCLUSIVE, zone).into_iter().flatten();
            models.map(move |(model, free)| (zone, model.as_str(), *free))
        })
    }

    fn models(&self, pool: &str, zone: &SupportZone) -> Option<&BTreeMap<String, i64>> {
        self.counts.get(pool)?.get(&zone.zone_id?.to_string())
    }

    fn count(&self, pool: &str, zone: &str, gpu_type: &str) -> i64 {
        let zone = self.zones.iter().find(|known| known.zone == zone);
        let models = zone.and_then(|zone| self.models(pool, zone));
        models.and_then(|models| models.get(gpu_type)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_with_the_most_free_gpus_come_first() {
        let zone = |name: &str, number| SupportZone {
            region: name[..7].to_owned(),
            zone: name.to_owned(),
            zone_id: number,
            ..SupportZone::default()
        };
        let mut inventory = Inventory::new(vec![
            zone("cn-wlcb-01", Some(6003)),
            zone("cn-sh2-02", Some(7002)),
            zone("cn-bj2-05", None),
        ]);
        for (pool, zone, free) in
            [("Exclusive", "6003", 2), ("Exclusive", "7002", 5), ("Spot", "6003", 1)]
        {
            let models = BTreeMap::from([("4090".to_owned(), free), ("H20".to_owned(), 0)]);
            let zones = BTreeMap::from([(zone.to_owned(), models)]);
            inventory.add(&DescribeCompShareGpuInventoryResponse {
                gpu_inventory: BTreeMap::from([(pool.to_owned(), zones)]),
                ..Default::default()
            });
        }
        let names = |model: &str| {
            let zones = inventory.in_stock(model).into_iter();
            zones.map(|(zone, free)| (zone.zone.clone(), free)).collect::<Vec<_>>()
        };
        assert_eq!(names("4090"), [("cn-sh2-02".to_owned(), 5), ("cn-wlcb-01".to_owned(), 2)]);
        assert_eq!(names("H20"), []);
        assert_eq!(inventory.free_for_spot("cn-wlcb-01", "4090"), 1);
        assert_eq!(inventory.free_for_spot("cn-sh2-02", "4090"), 0);
        assert_eq!(inventory.free("cn-bj2-05", "4090"), 0);
        assert_eq!(inventory.regions().len(), 3);
        let all = inventory.iter().map(|(zone, model, free)| (zone.zone.as_str(), model, free));
        assert_eq!(
            all.collect::<Vec<_>>(),
            [
                ("cn-wlcb-01", "4090", 2),
                ("cn-wlcb-01", "H20", 0),
                ("cn-sh2-02", "4090", 5),
                ("cn-sh2-02", "H20", 0)
            ]
        );
    }
}
