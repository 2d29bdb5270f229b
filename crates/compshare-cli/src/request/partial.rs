//! Finds the failed items in a response, as the typed responses do.

use compshare_blocking::{metadata::ActionInfo, partial::ItemFailure};
use serde_json::Value;

/// What failed in a call that the server counts as a success; empty if nothing did.
pub(crate) fn failures(name: &str, response: &Value) -> Vec<ItemFailure> {
    ActionInfo::find(name).map(|info| info.failures(response)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use compshare_blocking::actions::ACTIONS;
    use serde_json::json;

    use super::*;

    #[test]
    fn every_action_with_partial_failures_has_a_reader() {
        for info in ACTIONS {
            let unreadable = failures(info.name, &json!("text"));
            assert_eq!(unreadable.is_empty(), info.partial.is_empty(), "{}", info.name);
            assert_eq!(failures(info.name, &json!({ "RetCode": 0 })), [], "{}", info.name);
        }
    }

    #[test]
    fn failures_match_the_typed_responses() {
        for (name, response, text) in [
            (
                "CreateCompShareTeamRelation",
                json!({ "ErrorMap": { "50001": { "Message": "no such user", "Code": 230 } } }),
                "50001: no such user (RetCode 230)",
            ),
            (
                "GetCompShareRefundPrice",
                json!({ "RefundPriceSet": [
                    { "UHostId": "uhost-1", "Code": 0 },
                    { "UHostId": "uhost-2", "Code": "8039", "Message": "not there" },
                ] }),
                "uhost-2: not there (RetCode 8039)",
            ),
            (
                "ModifyCompShareImageShareAccount",
                json!({ "InvalidAccounts": [50001] }),
                "50001: there is no such account",
            ),
            (
                "SetCompShareTeamAmount",
                json!({ "FailedMembers": { "7": { "Message": "too much" } } }),
                "7: too much",
            ),
            (
                "SwitchCompShareEIPShareBandwidth",
                json!({ "Results": [
                    { "UHostId": "uhost-1", "Success": true },
                    { "UHostId": "uhost-2", "Success": false, "Message": "no address" },
                ] }),
                "uhost-2: no address",
            ),
        ] {
            let failures = failures(name, &response);
            let texts: Vec<String> = failures.iter().map(ToString::to_string).collect();
            assert_eq!(texts, [text]);
        }
    }

    #[test]
    fn what_cannot_be_read_is_no_success() {
        let response = json!({ "Results": { "a": [] }, "RetCode": 0 });
        let failures = failures("SwitchCompShareEIPShareBandwidth", &response);
        assert_eq!(failures[0].to_string(), "Results: the field cannot be read");
    }
}
