//! The team family: which function acts on which action.

mod change;
mod csv;
mod invite;
mod log;
mod orders;
mod quota;
mod select;
mod show;

pub(crate) use csv::download;

use crate::families::prelude::*;

/// Every action of the family but `DownloadTeamOrder`, which returns a file.
pub(crate) const TABLE: &[(&str, Handler)] = &[
    ("CreateCompShareTeam", change::create),
    ("CreateCompShareTeamRelation", invite::create),
    ("DeleteCompShareTeam", change::delete),
    ("DescribeTeamMemberOrder", orders::list),
    ("DescribeTeamMemberOrderCount", orders::count),
    ("DescribeTeamMemberUnpaidOrder", orders::list_unpaid),
    ("DescribeTeamMemberUnpaidOrderCount", orders::count_unpaid),
    ("GetCompShareTeamInfo", show::info),
    ("ListCompShareTeam", show::own),
    ("ListCompShareTeamInvite", show::invites),
    ("ListCompShareTeamJoined", show::joined),
    ("ListCompShareTeamOperateLog", log::list),
    ("ListMemberProductType", orders::product_types),
    ("SetCompShareTeamAmount", quota::set),
    ("SetCompShareTeamRelation", invite::set),
    ("UpdateCompShareTeam", change::update),
];
