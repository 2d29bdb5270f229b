//! Sharing a custom image with other accounts.

use crate::families::prelude::*;

/// ModifyCompShareImageShareAccount: unknown accounts come back, the others are taken.
pub(super) fn modify(state: &mut State, call: &Call<'_>) -> Outcome {
    let added = ids(call.parameters, "AddAccounts");
    let removed = ids(call.parameters, "RemoveAccounts");
    if added.is_empty() && removed.is_empty() {
        return Err(Refusal::missing("AddAccounts or RemoveAccounts"));
    }
    let is_valid = |id: &i64| *id != call.company && state.company_name(*id).is_some();
    let (added, no_add): (Vec<i64>, Vec<i64>) = added.into_iter().partition(is_valid);
    let (removed, no_remove): (Vec<i64>, Vec<i64>) = removed.into_iter().partition(is_valid);
    let image = state.own_custom_image(call)?;
    image.shared_with.extend(added);
    image.shared_with.retain(|id| !removed.contains(id));
    let invalid = [no_add, no_remove].concat();
    Ok(json!({ "InvalidAccounts": invalid }))
}

/// DescribeCompShareImageShareAccounts.
pub(super) fn accounts(state: &mut State, call: &Call<'_>) -> Outcome {
    let shared_with = state.own_custom_image(call)?.shared_with.clone();
    let name = |id| state.company_name(id).unwrap_or_default();
    let account = |id| json!({ "AccountName": name(id), "AccountId": id });
    Ok(json!({ "AccountSet": shared_with.into_iter().map(account).collect::<Value>() }))
}

fn ids(sent: &Parameters, name: &str) -> Vec<i64> {
    let items = sent.list(name).unwrap_or_default();
    items.into_iter().filter_map(|item| item.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::Caller;

    const ID: (&str, &str) = ("CompShareImageId", "compshareImage-xxxx");
    const MODIFY: &str = "ModifyCompShareImageShareAccount";

    #[test]
    fn known_accounts_are_taken_and_others_come_back() {
        let mut caller = Caller::new();
        let pairs =
            [ID, ("AddAccounts.0", "67890"), ("AddAccounts.1", "999"), ("RemoveAccounts.0", "888")];
        assert_eq!(caller.ok(MODIFY, &pairs)["InvalidAccounts"], json!([999, 888]));
        let accounts = caller.ok("DescribeCompShareImageShareAccounts", &[ID]);
        assert_eq!(
            accounts["AccountSet"],
            json!([{ "AccountName": "模型工坊", "AccountId": 67890 }])
        );

        caller.keys = ("sim-author-public-key", "sim-author-private-key");
        assert_eq!(caller.ok("DescribeCompShareSharingImages", &[])["TotalCount"], 1);
        let (code, _) = caller.refused(MODIFY, &[ID, ("AddAccounts.0", "54321")]);
        assert_eq!(code, 230);

        caller.keys = (crate::model::PUBLIC_KEY, crate::model::PRIVATE_KEY);
        for _ in 0..2 {
            let response = caller.ok(MODIFY, &[ID, ("RemoveAccounts.0", "67890")]);
            assert_eq!(response["InvalidAccounts"], json!([]));
        }
        let accounts = caller.ok("DescribeCompShareImageShareAccounts", &[ID]);
        assert_eq!(accounts["AccountSet"], json!([]));
    }

    #[test]
    fn a_change_is_required() {
        let message = "Missing params [AddAccounts or RemoveAccounts]".to_owned();
        assert_eq!(Caller::new().refused(MODIFY, &[ID]), (220, message));
    }

    #[test]
    fn an_image_is_not_shared_with_its_owner() {
        let response = Caller::new().ok(MODIFY, &[ID, ("AddAccounts.0", "12345")]);
        assert_eq!(response["InvalidAccounts"], json!([12345]));
    }

    #[test]
    fn at_most_ten_accounts_are_added() {
        let names: Vec<String> = (0..11).map(|i| format!("AddAccounts.{i}")).collect();
        let mut pairs = vec![ID];
        pairs.extend(names.iter().map(|name| (name.as_str(), "67890")));
        assert_eq!(Caller::new().refused(MODIFY, &pairs).0, 240);
    }
}
