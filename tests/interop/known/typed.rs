//! What the typed SDK cannot do without, loses, and does not have.

use super::{FILE, FORM, typed};
use crate::{ledger::Known, wire::Kind};

const ZONE: &str = "its schema requires a zone, the documentation does not";
const SCHEMA: &str = "its schema lacks it, and what it lacks is left out without a word";
const CASE: &str = "its schema spells it otherwise, so that it is left out without a word";
const TEXT: &str =
    "its schema has text there, so that True and a list become Python's text for them";
const NO_SUCH: &str = "only its call by name knows the action";
const TIMES: &str = "its schema requires both times, the documentation does not";

/// Actions that it does not have.
pub(super) const ABSENT: &[Known] = &[typed(
    &[
        "AddFavoriteImage",
        "CheckCompShareResourceCapacity",
        "CreateAndAttachCompshareDisk",
        "CreateCFS",
        "CreateCompShareImageFavorite",
        "CreateCompShareShareBandwidth",
        "DeleteCFS",
        "DeleteCompShareImageFavorite",
        "DeleteCompShareShareBandwidth",
        "DescribeCFS",
        "DescribeCompShareShareBandwidth",
        "DescribeCompshareDisk",
        "DescribeFavoriteImages",
        "DetachCFS",
        "GetCompShareCFSPrice",
        "GetCompShareCFSRefundPrice",
        "GetCompShareCFSUpgradePrice",
        "GetCompShareShareBandwidthPrice",
        "GetCompShareShareBandwidthRefundPrice",
        "GetCompShareShareBandwidthUpgradePrice",
        "GetProjectList",
        "ModifyCompShareShareBandwidth",
        "RemoveFavoriteImage",
        "ResizeCFS",
        "SetCompShareTeamAmount",
        "SwitchChargeType",
        "SwitchCompShareEIPShareBandwidth",
    ],
    Kind::Absent,
    &[],
    NO_SUCH,
)];

/// Parameters that it does not send without.
pub(super) const DEMANDED: &[Known] = &[
    typed(
        &[
            "DescribeCommunityImages",
            "DescribeCompShareCustomImages",
            "DescribeModelRepositoryModels",
            "DescribeSelfCommunityImages",
            "DescribeUserCommunityImages",
            "ModifyCompShareInstanceName",
            "UpdateCompShareImage",
        ],
        Kind::Demands,
        &["Zone"],
        ZONE,
    ),
    typed(
        &["PublishCompShareImage"],
        Kind::Demands,
        &["Price"],
        "its schema requires a price, the documentation does not",
    ),
    typed(
        &["CreateCompShareInstance"],
        Kind::Demands,
        &["MachineType"],
        "its schema requires the one there is, the documentation does not",
    ),
    typed(
        &["CheckCompShareNetOptimizer"],
        Kind::Demands,
        &["Region", "Zone"],
        "its schema requires a place; without one, every region is shown",
    ),
    typed(
        &["DescribeCompShareMachineTypeFamilies"],
        Kind::Demands,
        &["ProjectId"],
        "its schema requires a project, the documentation does not have it",
    ),
    typed(
        &["UpdateCompShareStopScheduler"],
        Kind::Demands,
        &["StopTime"],
        "its schema has that for SchedulerStopTime, so that it cannot plan a stop",
    ),
    typed(
        &["DeleteCompshareDisk"],
        Kind::Demands,
        &["OrganizationID", "TopOrganizationID"],
        "its schema requires the ids of the account, which the documentation does not have",
    ),
    typed(
        &["a team of a member"],
        Kind::Demands,
        &["TeamId"],
        "its schema requires a team, the documentation does not",
    ),
    typed(
        &[
            "DescribeTeamMemberOrder",
            "DescribeTeamMemberOrderCount",
            "DescribeTeamMemberUnpaidOrder",
            "DescribeTeamMemberUnpaidOrderCount",
            "ListCompShareTeamOperateLog",
            "ListMemberProductType",
        ],
        Kind::Demands,
        &["BeginTime", "EndTime"],
        TIMES,
    ),
];

/// Parameters that it leaves out.
pub(super) const DROPPED: &[Known] = &[
    typed(
        &["DescribeCommunityImages"],
        Kind::Drops,
        &["FuzzySearch", "GroupId", "IfAutoStart", "IsFree", "IsOfficial"],
        SCHEMA,
    ),
    typed(
        &["DescribeSelfCommunityImages"],
        Kind::Drops,
        &[
            "Author",
            "FuzzySearch",
            "IfAutoStart",
            "IsFree",
            "IsOfficial",
            "Limit",
            "Name",
            "Offset",
            "SortCondition",
            "Tag",
        ],
        SCHEMA,
    ),
    typed(
        &["DescribeUserCommunityImages"],
        Kind::Drops,
        &["GroupId", "IfAutoStart", "TargetTopOrganizationId"],
        SCHEMA,
    ),
    typed(
        &["UpdateCompShareImage"],
        Kind::Drops,
        &[
            "AutoStart",
            "GroupId",
            "Name",
            "Price",
            "SupportedGpuTypes",
            "VersionDesc",
            "VersionName",
        ],
        SCHEMA,
    ),
    typed(
        &["PublishCompShareImage"],
        Kind::Drops,
        &["GroupId", "SupportedGpuTypes", "VersionDesc", "VersionName"],
        SCHEMA,
    ),
    typed(
        &["DescribeCompShareInstance"],
        Kind::Drops,
        &[
            "IncludeShareBandwidth",
            "NoEIP",
            "ResourceType",
            "SkipBill",
            "SubnetId",
            "Tag",
            "UDiskIdForAttachment",
            "VPCId",
        ],
        SCHEMA,
    ),
    typed(&["DescribeAvailableCompShareInstanceTypes"], Kind::Drops, &["InstanceType"], SCHEMA),
    typed(&["CreateCompShareInstance"], Kind::Drops, &["EnableCfs", "MaxCount", "Remark"], SCHEMA),
    typed(
        &["StartCompShareInstance", "ResizeCompShareInstance"],
        Kind::Drops,
        &["WithoutGpu", "WithoutGpuSpec"],
        SCHEMA,
    ),
    typed(
        &["ReinstallCompShareInstance", "ResizeCompShareInstance"],
        Kind::Drops,
        &["CouponId"],
        SCHEMA,
    ),
    typed(&["TerminateCompShareInstance"], Kind::Drops, &["ReleaseUDisk"], SCHEMA),
    typed(&["GetCompShareInstancePrice"], Kind::Drops, &["Quantity", "Volumes"], SCHEMA),
    typed(
        &["GetCompShareInstanceUserPrice", "GetCompShareInstanceUpgradePrice"],
        Kind::Drops,
        &["CPU", "GPU"],
        CASE,
    ),
    typed(&["GetCompShareInstanceMonitor"], Kind::Drops, &["EndTime", "StartTime"], SCHEMA),
    typed(&["AttachCompshareDisk"], Kind::Drops, &["DataDiskType"], SCHEMA),
    typed(&["DetachCompshareDisk"], Kind::Drops, &["Device"], SCHEMA),
    typed(&["GetCompShareAttachedDiskUpgradePrice"], Kind::Drops, &["BackupMode"], SCHEMA),
    typed(&["ResizeCompShareDisk"], Kind::Drops, &["UHostId"], SCHEMA),
    typed(&["UpdateCompShareTeam"], Kind::Drops, &["TeamId"], SCHEMA),
    typed(
        &[
            "DescribeCompShareMachineTypeFamilies",
            "DescribeTeamMemberOrder",
            "DescribeTeamMemberOrderCount",
            "DescribeTeamMemberUnpaidOrder",
            "DescribeTeamMemberUnpaidOrderCount",
            "DownloadTeamOrder",
            "ListCompShareTeamOperateLog",
            "ListMemberProductType",
        ],
        Kind::Drops,
        &["Region"],
        SCHEMA,
    ),
    typed(&["DescribeModelRepositoryModels"], Kind::Drops, &["name", "tags"], CASE),
];

/// Parameters that it sends otherwise, and responses that it cannot read.
pub(super) const CHANGED: &[Known] = &[
    typed(&["community, filtered"], Kind::Changes, &["SortCondition", "Tag"], TEXT),
    typed(
        &["community, filtered"],
        Kind::Answered,
        &["230"],
        "SortCondition.ASC is True, not true",
    ),
    typed(&["of a user, filtered"], Kind::Changes, &["SortCondition", "Tag"], TEXT),
    typed(
        &["of a user, filtered"],
        Kind::Answered,
        &["230"],
        "SortCondition.ASC is True, not true",
    ),
    typed(&["publish, everything"], Kind::Changes, &["AutoStart"], TEXT),
    typed(
        &["DescribeTeamMemberUnpaidOrder"],
        Kind::Fails,
        &[],
        "its schema has a whole number for Amount, which is text with a fraction",
    ),
    typed(
        &["GetOpenClawModelList"],
        Kind::Fails,
        &[],
        "its schema has one model for Models, which is a list",
    ),
    typed(&["GetCompShareInstanceMonitor"], Kind::Encodes, &[], FORM),
    typed(&["DownloadTeamOrder"], Kind::Fails, &[], FILE),
];

/// What the service makes of what it leaves out.
pub(super) const REFUSED: &[Known] = &[
    typed(&["GetCompShareInstanceMonitor"], Kind::Answered, &["230"], FORM),
    typed(
        &["PublishCompShareImage"],
        Kind::Answered,
        &["220"],
        "VersionName, which it drops, is required",
    ),
    typed(
        &["resize to no GPU", "resize to no GPU, as documented"],
        Kind::Answered,
        &["220"],
        "nothing is left to change",
    ),
    typed(
        &["GetCompShareInstanceUserPrice"],
        Kind::Answered,
        &["220"],
        "GPU and CPU, which it drops, are required",
    ),
    typed(
        &["GetCompShareInstanceUpgradePrice"],
        Kind::Answered,
        &["230"],
        "that memory does not go with the old GPU and CPU",
    ),
    typed(
        &["DetachCompshareDisk"],
        Kind::Answered,
        &["220"],
        "Device, which it drops, is required",
    ),
    typed(
        &["UpdateCompShareTeam"],
        Kind::Answered,
        &["220"],
        "TeamId, which it drops, is required",
    ),
];
