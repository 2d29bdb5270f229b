//! The instance family: which function acts on which action.

mod capacity;
mod change;
mod create;
mod instance_request;
mod list;
mod monitor;
mod password;
mod power;
mod price;
mod rename;
mod schedule;
mod show;
mod switch;
mod terminate;
mod types;
mod zones;

use crate::families::prelude::*;

/// Every action of the family.
pub(crate) const TABLE: &[(&str, Handler)] = &[
    ("CheckCompShareResourceCapacity", capacity::check),
    ("CreateCompShareInstance", create::create),
    ("DeleteCompShareStopScheduler", schedule::delete),
    ("DescribeAvailableCompShareInstanceTypes", types::list),
    ("DescribeCompShareGpuInventory", capacity::inventory),
    ("DescribeCompShareInstance", list::list),
    ("DescribeCompShareMachineTypeFamilies", types::families),
    ("DescribeCompShareSupportZone", zones::list),
    ("GetCompShareInstanceMonitor", monitor::get),
    ("GetCompShareInstancePrice", price::new_instance),
    ("GetCompShareInstanceUpgradePrice", price::upgrade),
    ("GetCompShareInstanceUserPrice", price::of_user),
    ("GetCompShareRefundPrice", price::refund),
    ("ModifyCompShareInstanceName", rename::rename),
    ("RebootCompShareInstance", power::reboot),
    ("ReinstallCompShareInstance", change::reinstall),
    ("ResetCompShareInstancePassword", password::reset),
    ("ResizeCompShareInstance", change::resize),
    ("StartCompShareInstance", power::start),
    ("StopCompShareInstance", power::stop),
    ("SwitchChargeType", switch::switch),
    ("TerminateCompShareInstance", terminate::terminate),
    ("UpdateCompShareStopScheduler", schedule::update),
];
