//! Calls that succeed in part: what failed, read as the typed answers read it.

use compshare_blocking::{Action, ActionInfo, ItemFailure, PartialFailure, actions};
use serde::Deserialize as _;
use serde_json::Value;

/// Finds the reader of that action's answers among the named ones.
macro_rules! reader {
    ($name:expr, $($action:ident)*) => {
        match $name {
            $(stringify!($action) => Some(read::<actions::$action>),)*
            _ => None,
        }
    };
}

type Reader = fn(&Value) -> Option<Vec<ItemFailure>>;

/// The actions whose answer can say of single items that they failed: the metadata says which these
/// are, and their types say who failed and why.
fn reader(name: &str) -> Option<Reader> {
    reader!(
        name,
        CreateCompShareTeamRelation
        GetCompShareRefundPrice
        ModifyCompShareImageShareAccount
        SetCompShareTeamAmount
        SwitchCompShareEIPShareBandwidth
    )
}

fn read<A: Action<Response: PartialFailure>>(answer: &Value) -> Option<Vec<ItemFailure>> {
    A::Response::deserialize(answer).ok().map(|answer| answer.failures())
}

/// What failed in a call that the server counts as a success; empty if nothing did.
pub(crate) fn failures(name: &str, answer: &Value) -> Vec<ItemFailure> {
    let Some(info) = ActionInfo::find(name).filter(|info| !info.partial.is_empty()) else {
        return Vec::new();
    };
    // Nothing is known of what cannot be read, so it is no success.
    let unreadable = || vec![ItemFailure::new(info.partial, None, "the field cannot be read")];
    reader(name).and_then(|read| read(answer)).unwrap_or_else(unreadable)
}

#[cfg(test)]
mod tests {
    use compshare_blocking::actions::ACTIONS;
    use serde_json::json;

    use super::*;

    #[test]
    fn every_action_that_can_fail_in_part_is_read() {
        for info in ACTIONS {
            assert_eq!(reader(info.name).is_some(), !info.partial.is_empty(), "{}", info.name);
            assert_eq!(failures(info.name, &json!({ "RetCode": 0 })), [], "{}", info.name);
        }
    }

    #[test]
    fn who_failed_and_why_is_as_the_typed_answers_say() {
        for (name, answer, text) in [
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
            let failures = failures(name, &answer);
            let texts: Vec<String> = failures.iter().map(ToString::to_string).collect();
            assert_eq!(texts, [text]);
        }
    }

    #[test]
    fn what_cannot_be_read_is_no_success() {
        let answer = json!({ "Results": { "a": [] }, "RetCode": 0 });
        let failures = failures("SwitchCompShareEIPShareBandwidth", &answer);
        assert_eq!(failures[0].to_string(), "Results: the field cannot be read");
    }
}
