//! `ULHost`: what the gateway keeps of a lightweight host.

use super::{Instance, InstanceState, row::row};
use crate::call::Refusal;

row! {
    /// A lightweight host: a machine that is sold as a package.
    #[derive(Debug)]
    pub(crate) struct ULHost {
        /// The machine, whose own paid period never ends.
        pub(crate) machine: Instance = Instance::first(),
        pub(crate) bundle: String,
        /// End of the paid period, in Unix seconds.
        pub(crate) expires: i64,
        /// Size of its data disk in GB; 0 for none.
        pub(crate) data_gb: i64,
    }
}

impl ULHost {
    /// Whether the paid period is over.
    pub(crate) fn is_expired(&self, now: i64) -> bool {
        self.expires <= now
    }

    /// The refusal of what the host in its state cannot do.
    pub(crate) fn wrong_state(&self, needed: InstanceState) -> Refusal {
        let (state, needed) = (self.machine.state.as_str(), needed.as_str());
        let why = format!("the host is {state}; it must be {needed}");
        Refusal::unavailable("ULHostId", why)
    }

    /// Applies what is due; a host whose time is over shuts down.
    pub(crate) fn settle(&mut self, now: i64) {
        self.machine.settle(now);
        if self.is_expired(now) && self.machine.state == InstanceState::Running {
            self.machine.stop(self.expires);
            self.machine.settle(now);
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
