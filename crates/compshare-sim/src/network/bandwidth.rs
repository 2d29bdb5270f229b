//! Dedicated bandwidth: what the gateway keeps of it, and what it costs, in fen.

use std::collections::BTreeMap;

use super::ports::Ports;
use crate::{
    COMPANY_ID,
    answer::Refusal,
    regions,
    state::{Call, State, short},
};

const DAY: i64 = 86_400;

/// Dedicated bandwidth of every account, and which public IPs and ports instances have.
#[derive(Debug, Default)]
pub(crate) struct Bandwidths {
    pub(super) all: Vec<Bandwidth>,
    /// Whether an instance's public IP was moved to dedicated bandwidth or away from it.
    pub(super) moved: BTreeMap<String, bool>,
    pub(super) ports: BTreeMap<String, Ports>,
}

/// How dedicated bandwidth is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charge {
    Month,
    Year,
}

impl Charge {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "Month",
            Self::Year => "Year",
        }
    }

    /// The way of billing of the request.
    pub(super) fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        match call.required("ChargeType")? {
            "Month" => Ok(Self::Month),
            "Year" => Ok(Self::Year),
            _ => Err(Refusal::unavailable("ChargeType", "bandwidth is billed by Month or Year")),
        }
    }

    /// Seconds of a period.
    pub(super) const fn seconds(self) -> i64 {
        match self {
            Self::Month => 30 * DAY,
            Self::Year => 365 * DAY,
        }
    }

    /// Price in fen of so much bandwidth for so many periods; a year costs ten months.
    pub(super) const fn price(self, mbps: i64, periods: i64) -> i64 {
        let rate = match self {
            Self::Month => 2_000,
            Self::Year => 20_000,
        };
        mbps.saturating_mul(rate).saturating_mul(periods)
    }
}

/// Dedicated bandwidth of an account in a zone.
#[derive(Clone, Debug)]
pub(super) struct Bandwidth {
    pub(super) id: String,
    pub(super) owner: i64,
    pub(super) zone: String,
    pub(super) mbps: i64,
    pub(super) charge: Charge,
    pub(super) periods: i64,
    pub(super) created: i64,
    pub(super) updated: i64,
}

impl Bandwidth {
    /// When what was paid for is over.
    pub(super) const fn expires(&self) -> i64 {
        self.created.saturating_add(self.charge.seconds().saturating_mul(self.periods))
    }

    pub(super) const fn is_expired(&self, now: i64) -> bool {
        self.expires() <= now
    }

    /// What so much bandwidth is worth in fen for the time that is left.
    pub(super) fn worth(&self, mbps: i64, now: i64) -> i64 {
        let whole = self.expires().saturating_sub(self.created).max(1);
        let left = self.expires().saturating_sub(now).clamp(0, whole);
        let price = i128::from(self.charge.price(mbps, self.periods));
        i64::try_from(price * i128::from(left) / i128::from(whole)).unwrap_or(i64::MAX)
    }
}

impl Bandwidths {
    /// The bandwidth that a company has in a zone.
    pub(super) fn of_zone(&self, company: i64, zone: &str) -> Option<&Bandwidth> {
        self.all.iter().find(|own| own.owner == company && own.zone == zone)
    }

    /// The caller's bandwidth that the request names, in the request's zone.
    pub(super) fn own(&mut self, call: &Call<'_>) -> Result<&mut Bandwidth, Refusal> {
        let zone = zone(call)?;
        let id = call.required("ShareBandwidthId")?;
        let mut all = self.all.iter_mut();
        let own = all.find(|own| own.id == id && own.owner == call.company && own.zone == zone);
        own.ok_or_else(|| {
            let why = format!("no such dedicated bandwidth in the zone: {}", short(id));
            Refusal::unavailable("ShareBandwidthId", why)
        })
    }
}

/// The request's zone, which must be one of virtual machines.
pub(super) fn zone<'a>(call: &'a Call<'_>) -> Result<&'a str, Refusal> {
    let zone = call.required("Zone")?;
    if regions::is_pod(zone) {
        Err(Refusal::unavailable("Zone", "a container zone has no dedicated bandwidth"))
    } else {
        Ok(zone)
    }
}

/// Puts bandwidth into a new gateway, with the public IP of one instance on it.
pub(crate) fn fill(state: &mut State) {
    state.bandwidths.all.push(Bandwidth {
        id: "bw-xxxx".to_owned(),
        owner: COMPANY_ID,
        zone: "cn-wlcb-01".to_owned(),
        mbps: 100,
        charge: Charge::Year,
        periods: 5,
        // After every instance of a new gateway.
        created: 1_762_592_000,
        updated: 1_762_592_000,
    });
    state.bandwidths.moved.insert("uhost-idle".to_owned(), true);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worth_goes_down_to_nothing() {
        let bandwidth = Bandwidth {
            id: String::new(),
            owner: 1,
            zone: String::new(),
            mbps: 20,
            charge: Charge::Month,
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
