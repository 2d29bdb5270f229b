//! Dedicated bandwidth: what the gateway keeps of it, and what it costs, in fen.

use std::collections::BTreeMap;

use super::{ChargeType, regions, row::row};
use crate::call::{Call, Refusal, no_such};

/// Dedicated bandwidth of every account, and which public IPs and ports instances have.
#[derive(Debug, Default)]
pub(crate) struct Bandwidths {
    pub(crate) all: Vec<Bandwidth>,
    /// Whether an instance's public IP was moved to dedicated bandwidth or away from it.
    pub(crate) moved: BTreeMap<String, bool>,
    pub(crate) ports: BTreeMap<String, Ports>,
}

/// Ports that a container opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ports {
    pub(crate) http: Vec<u16>,
    pub(crate) tcp: Vec<u16>,
}

/// How dedicated bandwidth is billed.
pub(crate) const CHARGES: [ChargeType; 2] = [ChargeType::Month, ChargeType::Year];

/// Price in fen of so much bandwidth for so many periods; a year costs ten months.
pub(crate) const fn price(charge: ChargeType, mbps: i64, periods: i64) -> i64 {
    let months = if matches!(charge, ChargeType::Year) { 10 } else { 1 };
    mbps.saturating_mul(2_000 * months).saturating_mul(periods)
}

row! {
    /// Dedicated bandwidth of an account in a zone.
    #[derive(Clone, Debug)]
    pub(crate) struct Bandwidth {
        pub(crate) id: String,
        pub(crate) owner: i64,
        pub(crate) zone: String,
        pub(crate) mbps: i64,
        pub(crate) charge: ChargeType = ChargeType::Year,
        pub(crate) periods: i64,
        pub(crate) created: i64,
        pub(crate) updated: i64,
    }
}

impl Bandwidth {
    /// When what was paid for is over.
    pub(crate) fn expires(&self) -> i64 {
        self.charge.expiry(self.created, self.periods)
    }

    pub(crate) fn is_expired(&self, now: i64) -> bool {
        self.expires() <= now
    }

    /// What so much bandwidth is worth in fen for the time that is left.
    pub(crate) fn worth(&self, mbps: i64, now: i64) -> i64 {
        let whole = self.expires().saturating_sub(self.created).max(1);
        let left = self.expires().saturating_sub(now).clamp(0, whole);
        let price = i128::from(price(self.charge, mbps, self.periods));
        i64::try_from(price * i128::from(left) / i128::from(whole)).unwrap_or(i64::MAX)
    }
}

impl Bandwidths {
    /// The bandwidth that a company has in a zone.
    pub(crate) fn of_zone(&self, company: i64, zone: &str) -> Option<&Bandwidth> {
        self.all.iter().find(|own| own.owner == company && own.zone == zone)
    }

    /// The caller's bandwidth that the request names, in the request's zone.
    pub(crate) fn own(&mut self, call: &Call<'_>) -> Result<&mut Bandwidth, Refusal> {
        let zone = zone(call)?;
        let id = call.required("ShareBandwidthId")?;
        let mut all = self.all.iter_mut();
        let own = all.find(|own| own.id == id && own.owner == call.company && own.zone == zone);
        own.ok_or_else(|| no_such("ShareBandwidthId", "dedicated bandwidth in the zone", id))
    }
}

/// The request's zone, which must be one of virtual machines.
pub(crate) fn zone<'a>(call: &'a Call<'_>) -> Result<&'a str, Refusal> {
    let zone = call.required("Zone")?;
    let why = "a container zone has no dedicated bandwidth";
    Refusal::when(regions::is_pod(zone), "Zone", why)?;
    Ok(zone)
}

#[cfg(test)]
mod tests {

    use super::*;

    const DAY: i64 = 86_400;

    #[test]
    fn worth_goes_down_to_nothing() {
        let bandwidth = Bandwidth {
            id: String::new(),
            owner: 1,
            zone: String::new(),
            mbps: 20,
            charge: ChargeType::Month,
            periods: 2,
            created: 1000,
            updated: 1000,
        };
        let end = bandwidth.expires();
        assert_eq!(end, 1000 + 60 * DAY);
        for (now, worth) in [(0, 80_000), (1000, 80_000), (1000 + 15 * DAY, 60_000), (end, 0)] {
            assert_eq!(bandwidth.worth(20, now), worth, "{now}");
        }
        assert_eq!(bandwidth.worth(i64::MAX, 1000), i64::MAX);
    }
}
