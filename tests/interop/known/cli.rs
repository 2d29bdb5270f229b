//! What the official CLI adds, leaves out and sends otherwise.

use super::{EXPONENT, cli};
use crate::{ledger::Known, wire::Kind};

const PAGE: &str = "it always sends a page of 20 rows";
const NO_REGION: &str = "it has no option for it; the documentation requires one";
const NOT_NEEDED: &str = "it can do without; the documentation requires one";

pub(super) const KNOWN: &[Known] = &[
    cli(&["platform, every type", "published, sorted"], Kind::Adds, &["Limit", "Offset"], PAGE),
    cli(&["published, sorted"], Kind::Changes, &["SortCondition"], "it always sends ASC"),
    cli(
        &["publish, the least"],
        Kind::Adds,
        &["Price"],
        "it always sends a price, 0 if none is given",
    ),
    cli(&["update, a small price"], Kind::Changes, &["Price"], EXPONENT),
    cli(&["update, a small price"], Kind::Answered, &["230"], EXPONENT),
    cli(
        &["zones, everywhere", "zones, for a diagnosis", "software, everywhere"],
        Kind::Drops,
        &["Region"],
        NOT_NEEDED,
    ),
    cli(
        &[
            "CreateCompShareTeam",
            "CreateCompShareTeamRelation",
            "DeleteCompShareTeam",
            "DescribeCompShareImageTags",
            "DescribeCompShareMachineTypeFamilies",
            "DescribeTeamMemberOrder",
            "DescribeTeamMemberOrderCount",
            "DescribeTeamMemberUnpaidOrder",
            "DescribeTeamMemberUnpaidOrderCount",
            "DownloadTeamOrder",
            "GetCompShareTeamInfo",
            "ListCompShareTeam",
            "ListCompShareTeamInvite",
            "ListCompShareTeamJoined",
            "ListCompShareTeamOperateLog",
            "ListMemberProductType",
            "SetCompShareTeamAmount",
            "SetCompShareTeamRelation",
            "UpdateCompShareTeam",
        ],
        Kind::Drops,
        &["Region"],
        NO_REGION,
    ),
];
