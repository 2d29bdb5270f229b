//! The calls: every action of the image family, in the ways that people call it.

mod changes;
mod json;
mod lists;

use crate::case::Case;

const REGION: &str = "cn-wlcb";
const ZONE: &str = "cn-wlcb-01";
const IMAGE: &str = "compshareImage-xxxx";

/// Every call, in order.
pub(crate) fn all() -> Vec<Case> {
    let mut cases = lists::cases();
    cases.extend(changes::cases());
    cases.extend(json::cases());
    cases
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use compshare_proto::actions::ACTIONS;

    use super::*;

    #[test]
    fn every_image_action_has_a_case_and_every_case_a_name_of_its_own() {
        let cases = all();
        for info in ACTIONS.iter().filter(|info| info.family == "image") {
            assert!(cases.iter().any(|case| case.action == info.name), "{}", info.name);
        }
        let names: BTreeSet<&str> = cases.iter().map(|case| case.name).collect();
        assert_eq!(names.len(), cases.len());
    }
}
