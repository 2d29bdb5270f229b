//! Actions that work without the region that their documentation requires.

/// Actions for which the official CLI sends no region.
const ANYWHERE: &[&str] = &[
    "CreateCompShareTeam",
    "CreateCompShareTeamRelation",
    "DeleteCompShareTeam",
    "DescribeCommunityImages",
    "DescribeCompShareCustomImages",
    "DescribeCompShareImageTags",
    "DescribeCompShareImages",
    "DescribeCompShareMachineTypeFamilies",
    "DescribeCompShareSharingImages",
    "DescribeCompShareSoftwarePort",
    "DescribeCompShareSupportZone",
    "DescribeSelfCommunityImages",
    "DescribeTeamMemberOrder",
    "DescribeTeamMemberOrderCount",
    "DescribeTeamMemberUnpaidOrder",
    "DescribeTeamMemberUnpaidOrderCount",
    "DescribeUserCommunityImages",
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
];

/// Whether an action does not care for its region.
pub(super) fn is_anywhere(action: &str) -> bool {
    ANYWHERE.contains(&action)
}
