//! The network family: which function acts on which action.

mod buy;
mod optimizer;
mod ports;
mod quote;
mod switch;

pub(crate) use switch::share_bandwidth;

use crate::families::prelude::*;

/// Every action of the family that production has.
pub(crate) const TABLE: &[(&str, Handler)] = &[
    ("CheckCompShareNetOptimizer", optimizer::check),
    ("CreateCompShareShareBandwidth", buy::create),
    ("DeleteCompShareShareBandwidth", buy::delete),
    ("DescribeCompShareShareBandwidth", buy::describe),
    ("DescribeCompShareSoftwarePort", ports::software),
    ("GetCompShareShareBandwidthPrice", quote::new),
    ("GetCompShareShareBandwidthRefundPrice", quote::refund),
    ("GetCompShareShareBandwidthUpgradePrice", quote::upgrade),
    ("ModifyCompShareShareBandwidth", buy::modify),
    ("SwitchCompShareEIPShareBandwidth", switch::switch),
    ("UpdateCompShareInstancePorts", ports::update),
];
