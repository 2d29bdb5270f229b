//! The differences of the official clients that we know of, with their reasons.
//!
//! A difference that is not here fails the comparison, and so does one that is here and no longer
//! shows: then a new version of the SDK or the CLI is better than the table says.

use crate::{
    ledger::{Known, Who},
    wire::Kind,
};

const ZONE: &str = "its schema requires a zone, the documentation does not";
const SCHEMA: &str = "its schema lacks them, and what it lacks is left out without a word";
const TEXT: &str =
    "its schema has text there, so that True and a list become Python's text for them";
const NO_VERSION: &str = "VersionName, which it drops, is required";
const NO_SUCH: &str = "only its call by name knows the action";
const EXPONENT: &str =
    "Python writes small floats with an exponent, which the simulator does not read";
const PAGE: &str = "it always sends a page of 20 rows";

pub(crate) const KNOWN: &[Known] = &[
    // What the typed SDK cannot do without.
    typed("DescribeCompShareCustomImages", Kind::Demands, &["Zone"], ZONE),
    typed("DescribeCommunityImages", Kind::Demands, &["Zone"], ZONE),
    typed("DescribeSelfCommunityImages", Kind::Demands, &["Zone"], ZONE),
    typed("DescribeUserCommunityImages", Kind::Demands, &["Zone"], ZONE),
    typed("UpdateCompShareImage", Kind::Demands, &["Zone"], ZONE),
    typed(
        "PublishCompShareImage",
        Kind::Demands,
        &["Price"],
        "its schema requires a price, the documentation does not",
    ),
    // What the typed SDK loses.
    typed(
        "DescribeCommunityImages",
        Kind::Drops,
        &["FuzzySearch", "GroupId", "IfAutoStart", "IsFree", "IsOfficial"],
        SCHEMA,
    ),
    typed(
        "DescribeSelfCommunityImages",
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
        "DescribeUserCommunityImages",
        Kind::Drops,
        &["GroupId", "IfAutoStart", "TargetTopOrganizationId"],
        SCHEMA,
    ),
    typed(
        "UpdateCompShareImage",
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
        "PublishCompShareImage",
        Kind::Drops,
        &["GroupId", "SupportedGpuTypes", "VersionDesc", "VersionName"],
        SCHEMA,
    ),
    typed("PublishCompShareImage", Kind::Answered, &["220"], NO_VERSION),
    // What the typed SDK sends otherwise.
    typed("community, filtered", Kind::Changes, &["SortCondition", "Tag"], TEXT),
    typed("community, filtered", Kind::Answered, &["230"], "SortCondition.ASC is True, not true"),
    typed("of a user, filtered", Kind::Changes, &["SortCondition", "Tag"], TEXT),
    typed("of a user, filtered", Kind::Answered, &["230"], "SortCondition.ASC is True, not true"),
    typed("publish, everything", Kind::Changes, &["AutoStart"], TEXT),
    // What the typed SDK does not have.
    typed("CreateCompShareImageFavorite", Kind::Absent, &[], NO_SUCH),
    typed("DeleteCompShareImageFavorite", Kind::Absent, &[], NO_SUCH),
    typed("DescribeFavoriteImages", Kind::Absent, &[], NO_SUCH),
    typed("AddFavoriteImage", Kind::Absent, &[], NO_SUCH),
    typed("RemoveFavoriteImage", Kind::Absent, &[], NO_SUCH),
    // Numbers.
    known(Who::SdkInvoke, "update, a small price", Kind::Changes, &["Price"], EXPONENT),
    known(Who::SdkInvoke, "update, a small price", Kind::Answered, &["230"], EXPONENT),
    cli("update, a small price", Kind::Changes, &["Price"], EXPONENT),
    cli("update, a small price", Kind::Answered, &["230"], EXPONENT),
    // What the CLI adds and leaves out.
    cli("platform, every type", Kind::Adds, &["Limit", "Offset"], PAGE),
    cli("published, sorted", Kind::Adds, &["Limit", "Offset"], PAGE),
    cli("published, sorted", Kind::Changes, &["SortCondition"], "it always sends ASC"),
    cli(
        "publish, the least",
        Kind::Adds,
        &["Price"],
        "it always sends a price, 0 if none is given",
    ),
    cli(
        "DescribeCompShareImageTags",
        Kind::Drops,
        &["Region"],
        "it has no option for it; the documentation requires one, the SDK's schema does not",
    ),
    cli("DescribeCompShareImageTags", Kind::Answered, &["220"], "Region is missing"),
];

const fn typed(
    at: &'static str,
    kind: Kind,
    subjects: &'static [&'static str],
    reason: &'static str,
) -> Known {
    known(Who::SdkTyped, at, kind, subjects, reason)
}

const fn cli(
    at: &'static str,
    kind: Kind,
    subjects: &'static [&'static str],
    reason: &'static str,
) -> Known {
    known(Who::Cli, at, kind, subjects, reason)
}

const fn known(
    who: Who,
    at: &'static str,
    kind: Kind,
    subjects: &'static [&'static str],
    reason: &'static str,
) -> Known {
    Known { who, at, kind, subjects, reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases;

    #[test]
    fn no_signature_may_be_refused_and_nothing_odd_may_be_known() {
        for known in KNOWN {
            assert_ne!(known.kind, Kind::Odd, "{}", known.at);
            assert!(!matches!(known.who, Who::Raw | Who::Typed), "{}", known.at);
            let refused = ["170", "171", "172", "173", "174"];
            assert!(!known.subjects.iter().any(|code| refused.contains(code)), "{}", known.at);
        }
    }

    #[test]
    fn every_row_is_of_an_action_or_a_case() {
        let cases = cases::all();
        for known in KNOWN {
            let found = cases.iter().any(|case| known.at == case.action || known.at == case.name);
            assert!(found, "{}", known.at);
        }
    }
}
