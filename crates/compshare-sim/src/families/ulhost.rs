//! The ulhost family, lightweight application hosts: which function acts on which action.

mod bundle;
mod buy;
mod change;
mod image;
mod power;
mod price;
mod show;

use crate::families::prelude::*;

/// Every action of the family.
pub(crate) const TABLE: &[(&str, Handler)] = &[
    ("CheckULHostResourceCapacity", buy::check),
    ("CreateULHostInstance", buy::create),
    ("DescribeULHostBundles", bundle::list),
    ("DescribeULHostImage", image::list),
    ("DescribeULHostInstance", show::list),
    ("GetULHostInstancePrice", price::new),
    ("GetULHostRenewPrice", price::renew),
    ("ModifyULHostAttribute", change::modify),
    ("PoweroffULHostInstance", power::power_off),
    ("RebootULHostInstance", power::reboot),
    ("ReinstallULHostInstance", change::reinstall),
    ("ResetULHostInstancePassword", change::reset_password),
    ("StartULHostInstance", power::start),
    ("StopULHostInstance", power::stop),
    ("TerminateULHostInstance", change::terminate),
];
