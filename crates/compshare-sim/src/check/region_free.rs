//! Actions that work without the region that their documentation requires.

/// Actions for which the official CLI sends no region.
const REGION_FREE: &[&str] = &[
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

/// Whether an action works in every region.
pub(super) fn is_region_free(action: &str) -> bool {
    REGION_FREE.contains(&action)
}
