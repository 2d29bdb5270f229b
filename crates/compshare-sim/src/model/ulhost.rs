//! `ULHost`: what the gateway keeps of a lightweight host, and how it changes as time passes.

use std::collections::VecDeque;

use compshare_proto::Secret;

use super::ChargeType;
use crate::call::Refusal;

/// Seconds after which a created or started host runs.
pub(crate) const STARTING: i64 = 30;
/// Seconds that a shutdown takes.
pub(crate) const STOPPING: i64 = 10;
/// Seconds that a reboot takes.
pub(crate) const REBOOTING: i64 = 20;

/// A lightweight host.
#[derive(Debug)]
pub(crate) struct ULHost {
    pub(crate) id: String,
    pub(crate) owner: i64,
    pub(crate) region: String,
    pub(crate) name: String,
    pub(crate) remark: String,
    pub(crate) image: &'static str,
    pub(crate) bundle: &'static str,
    pub(crate) charge: ChargeType,
    pub(crate) state: &'static str,
    pub(crate) password: Secret,
    pub(crate) created: i64,
    pub(crate) expires: i64,
    /// Size of its data disk in GB; 0 for none.
    pub(crate) data_gb: i64,
    /// Number that its addresses are derived from.
    pub(crate) serial: usize,
    pub(crate) steps: VecDeque<(i64, &'static str)>,
}

impl ULHost {
    /// A host that runs.
    pub(crate) fn new(id: String, owner: i64, region: &str, now: i64) -> Self {
        Self {
            name: id.clone(),
            id,
            owner,
            region: region.to_owned(),
            remark: String::new(),
            image: "uimage-ubuntu2204",
            bundle: "ulh.c1m1s40b30t800",
            charge: ChargeType::Month,
            state: "Running",
            password: Secret::new("Password1"),
            created: now,
            expires: ChargeType::Month.expiry(now, 1),
            data_gb: 0,
            serial: 0,
            steps: VecDeque::new(),
        }
    }

    /// Enters the first state now, and each of the others that many seconds after the one before.
    pub(crate) fn go(&mut self, now: i64, first: &'static str, then: &[(i64, &'static str)]) {
        self.state = first;
        self.steps.clear();
        let mut time = now;
        for (after, state) in then {
            time = time.saturating_add(*after);
            self.steps.push_back((time, state));
        }
    }

    /// Whether the paid period is over.
    pub(crate) fn is_expired(&self, now: i64) -> bool {
        self.expires <= now
    }

    /// The refusal of what the host in its state cannot do.
    pub(crate) fn wrong_state(&self, needed: &str) -> Refusal {
        let why = format!("the host is {}; it must be {needed}", self.state);
        Refusal::unavailable("ULHostId", why)
    }

    /// Takes the steps that are due; a host whose time is over shuts down.
    pub(crate) fn settle(&mut self, now: i64) {
        self.settle_steps(now);
        if self.is_expired(now) && self.state == "Running" {
            self.go(self.expires, "Stopping", &[(STOPPING, "Stopped")]);
            self.settle_steps(now);
        }
    }

    fn settle_steps(&mut self, now: i64) {
        while let Some((_, state)) = self.steps.front().copied().filter(|(due, _)| *due <= now) {
            self.steps.pop_front();
            self.state = state;
        }
    }
}

/// Zone of the hosts in a region.
pub(crate) fn zone_of(region: &str) -> String {
    match region {
        "cn-sh2" => "cn-sh2-02".to_owned(),
        "cn-bj2" => "cn-bj2-03".to_owned(),
        region => format!("{region}-01"),
    }
}
