//! `Company`: the standing of an account.

use std::collections::BTreeSet;

/// The standing of a company: its quota, unpaid orders, and enabled products.
///
/// ```
/// use compshare_sim::{COMPANY_ID, Gateway};
///
/// let mut gateway = Gateway::new();
/// gateway.company_mut(COMPANY_ID).arrears = true; // nothing can be created or started now
/// assert!(gateway.company(COMPANY_ID).arrears);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Company {
    /// Level of the account, 0 to 4: it may have 1, 5, 20, 50 or 100 instances.
    pub level: u8,
    /// Whether it has unpaid orders.
    pub arrears: bool,
    /// Regions with US3 enabled.
    pub us3_regions: BTreeSet<String>,
}

impl Company {
    /// Instances that it may have.
    pub(crate) fn quota(&self) -> usize {
        [1, 5, 20, 50].get(usize::from(self.level)).copied().unwrap_or(100)
    }
}

impl Default for Company {
    /// Level 2, no unpaid orders, US3 enabled in cn-wlcb.
    fn default() -> Self {
        Self { level: 2, arrears: false, us3_regions: BTreeSet::from(["cn-wlcb".to_owned()]) }
    }
}
