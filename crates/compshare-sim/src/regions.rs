//! Regions and zones that the simulated gateway has.

/// Each region with its zones.
const REGIONS: &[(&str, &[&str])] = &[
    ("cn-wlcb", &["cn-wlcb-01"]),
    ("cn-sh2", &["cn-sh2-01", "cn-sh2-02"]),
    ("cn-bj2", &["cn-bj2-03"]),
];

/// Actions that need no region, though their documentation has one: the official CLI sends none.
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

/// Whether an action works without the region that its documentation requires.
pub(crate) fn may_be_left_out(action: &str) -> bool {
    ANYWHERE.contains(&action)
}

/// Whether there is such a region.
pub(crate) fn is_region(name: &str) -> bool {
    REGIONS.iter().any(|(region, _)| *region == name)
}

/// Whether there is such a zone, in that region if one is given.
pub(crate) fn is_zone(name: &str, region: Option<&str>) -> bool {
    REGIONS
        .iter()
        .filter(|(id, _)| region.is_none_or(|region| region == *id))
        .any(|(_, zones)| zones.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_belongs_to_its_region() {
        assert!(is_region("cn-bj2"));
        assert!(!is_region("cn-zj"));
        assert!(is_zone("cn-sh2-02", Some("cn-sh2")));
        assert!(!is_zone("cn-sh2-02", Some("cn-wlcb")));
        assert!(is_zone("cn-sh2-02", None));
        assert!(!is_zone("cn-wlcb-02", None));
    }
}
