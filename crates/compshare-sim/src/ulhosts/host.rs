//! `ULHost`: what the gateway keeps of a lightweight host, and how it changes as time passes.

use std::{
    collections::VecDeque,
    time::{SystemTime, UNIX_EPOCH},
};

use compshare_proto::Secret;

use super::price::Charge;
use crate::{
    answer::Refusal,
    gateway::COMPANY_ID,
    state::{Call, State, short},
};

/// Seconds after which a created or started host runs.
pub(super) const STARTING: i64 = 30;
/// Seconds that a shutdown takes.
pub(super) const STOPPING: i64 = 10;
/// Seconds that a reboot takes.
pub(super) const REBOOTING: i64 = 20;

/// A lightweight host.
#[derive(Debug)]
pub(crate) struct ULHost {
    pub(super) id: String,
    pub(super) owner: i64,
    pub(super) region: String,
    pub(super) name: String,
    pub(super) remark: String,
    pub(super) image: &'static str,
    pub(super) bundle: &'static str,
    pub(super) charge: Charge,
    pub(super) state: &'static str,
    pub(super) password: Secret,
    pub(super) created: i64,
    pub(super) expires: i64,
    /// Size of its data disk in GB; 0 for none.
    pub(super) data_gb: i64,
    /// Number that its addresses are made from.
    pub(super) serial: usize,
    steps: VecDeque<(i64, &'static str)>,
}

impl ULHost {
    /// A host that runs.
    pub(super) fn new(id: String, owner: i64, region: &str, now: i64) -> Self {
        Self {
            name: id.clone(),
            id,
            owner,
            region: region.to_owned(),
            remark: String::new(),
            image: "uimage-ubuntu2204",
            bundle: "ulh.c1m1s40b30t800",
            charge: Charge::Month,
            state: "Running",
            password: Secret::new("Password1"),
            created: now,
            expires: now.saturating_add(Charge::Month.seconds()),
            data_gb: 0,
            serial: 0,
            steps: VecDeque::new(),
        }
    }

    /// Goes through states, the first at once, each other one after so many seconds more.
    pub(super) fn go(&mut self, now: i64, first: &'static str, then: &[(i64, &'static str)]) {
        self.state = first;
        self.steps.clear();
        let mut time = now;
        for (after, state) in then {
            time = time.saturating_add(*after);
            self.steps.push_back((time, state));
        }
    }

    /// Whether what was paid for is over.
    pub(super) fn is_expired(&self, now: i64) -> bool {
        self.expires <= now
    }

    /// Takes the steps that are due; a host whose time is over shuts down.
    pub(crate) fn settle(&mut self, now: SystemTime) {
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let now = i64::try_from(since).unwrap_or(i64::MAX);
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

/// The caller's host that the request names, in the request's region.
pub(super) fn own<'a>(state: &'a mut State, call: &Call<'_>) -> Result<&'a mut ULHost, Refusal> {
    let id = call.required("ULHostId")?;
    let region = call.required("Region")?;
    state
        .ulhosts
        .iter_mut()
        .find(|host| host.id == id && host.owner == call.company && host.region == region)
        .ok_or_else(|| {
            Refusal::unavailable("ULHostId", format_args!("no such host: {}", short(id)))
        })
}

/// The refusal of what a host in its state cannot do.
pub(super) fn wrong_state(host: &ULHost, needed: &str) -> Refusal {
    let why = format!("the host is {}, and must be {needed}", host.state);
    Refusal::unavailable("ULHostId", why)
}

/// Zone of the hosts in a region.
pub(super) fn zone_of(region: &str) -> String {
    match region {
        "cn-sh2" => "cn-sh2-02".to_owned(),
        "cn-bj2" => "cn-bj2-03".to_owned(),
        region => format!("{region}-01"),
    }
}

/// Puts hosts into a new gateway: one that runs, one that is stopped, one in another region.
pub(crate) fn fill(state: &mut State) {
    /// When the fixtures begin.
    const START: i64 = 1_760_000_000;
    let years = |host: ULHost| ULHost {
        charge: Charge::Year,
        expires: START + 10 * Charge::Year.seconds(),
        ..host
    };
    let new = |id: &str, region| years(ULHost::new(id.to_owned(), COMPANY_ID, region, START));
    let web = ULHost { name: "web".to_owned(), data_gb: 50, ..new("ulhost-xxxx", "cn-wlcb") };
    let stopped = ULHost { state: "Stopped", serial: 1, ..new("ulhost-stopped", "cn-wlcb") };
    let far = ULHost { serial: 2, ..new("ulhost-sh2", "cn-sh2") };
    state.ulhosts.extend([web, stopped, far]);
}
