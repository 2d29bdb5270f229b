//! SetCompShareTeamAmount.

use super::invite::failures;
use crate::call::parameters::parse_int;
use crate::families::prelude::*;
use crate::model::team::{NOT_ENOUGH, Status, Teams, no_such_member};

/// Moves quota between the team and each member; failures are in `FailedMembers`, and the call succeeds.
pub(super) fn set(state: &mut State, call: &Call<'_>) -> Outcome {
    let team = state.teams.administered(call)?.id;
    let amount = call.number("Amount")?;
    let (kind, delta) = match call.required("OperateType")? {
        "WithdrawAmount" => ("WithdrawAmount", amount.saturating_neg()),
        _ => ("AllocateAmount", amount),
    };
    let members = call.parameters.list("VirtualCompanyId").unwrap_or_default();
    let failed = failures(members.into_iter().filter_map(parse_int).map(|member| {
        let outcome = move_quota(&mut state.teams, team, member, delta);
        let note = match &outcome {
            Ok(()) => Ok(format!("{member}: {delta} fen")),
            Err(error) => Err(format!("{member}: {}", error.message)),
        };
        state.teams.log(team, call.seconds(), kind, note);
        (member, outcome)
    }));
    Ok(json!({ "FailedMembers": failed }))
}

/// Gives quota to a member, or takes it back where `delta` is negative.
fn move_quota(teams: &mut Teams, team: i64, member: i64, delta: i64) -> Result<(), Refusal> {
    let own = teams.relations.iter_mut().find(|own| own.team == team && own.member == member);
    let team = teams.teams.iter_mut().find(|own| own.id == team);
    let (own, team) = own.zip(team).ok_or_else(|| no_such_member(member))?;
    let is_outside = own.status != Status::Joined;
    Refusal::when(is_outside, "VirtualCompanyId", "the user has not joined the team")?;
    let left = |sum: Option<i64>, who: &str| {
        let refusal = || Refusal::new(NOT_ENOUGH, format!("the {who} does not have enough quota"));
        sum.filter(|sum| *sum >= 0).ok_or_else(refusal)
    };
    let funds = left(team.funds.checked_sub(delta), "team")?;
    own.available = left(own.available.checked_add(delta), "member")?;
    team.funds = funds;
    own.allocated = own.allocated.saturating_add(delta);
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Caller, column};

    const TEAM: (&str, &str) = ("TeamId", "1001");
    const GIVE: (&str, &str) = ("OperateType", "AllocateAmount");
    const TAKE: (&str, &str) = ("OperateType", "WithdrawAmount");
    const SET: &str = "SetCompShareTeamAmount";

    fn quotas(caller: &mut Caller) -> Vec<String> {
        let members = caller.ok("GetCompShareTeamInfo", &[TEAM])["TeamRelation"].clone();
        let rows = column(&members, "AllocateAmount").into_iter();
        rows.zip(column(&members, "AvailableAmount")).map(|(a, b)| format!("{b}/{a}")).collect()
    }

    #[test]
    fn quota_is_given_and_taken_back_for_each_member() {
        let mut caller = Caller::new();
        let both = [TEAM, ("VirtualCompanyId.0", "60001"), ("VirtualCompanyId.1", "60002")];
        let give = [&both[..], &[("Amount", "100000"), GIVE]].concat();
        for _ in 0..2 {
            assert_eq!(caller.ok(SET, &give)["FailedMembers"], json!({}));
        }
        assert_eq!(quotas(&mut caller), ["263500/300000", "250000/250000", "0/0"]);
        caller.ok(SET, &[&both[..], &[("Amount", "250000"), TAKE]].concat());
        assert_eq!(quotas(&mut caller), ["13500/50000", "0/0", "0/0"]);
    }

    #[test]
    fn some_members_may_fail() {
        let mut caller = Caller::new();
        let members = [
            ("VirtualCompanyId.0", "60001"),
            ("VirtualCompanyId.1", "60002"),
            ("VirtualCompanyId.2", "60003"),
            ("VirtualCompanyId.3", "99"),
        ];
        let pairs = [&[TEAM, ("Amount", "60000"), TAKE], &members[..]].concat();
        let failed = caller.ok(SET, &pairs)["FailedMembers"].clone();
        assert_eq!(failed["60002"]["Code"], 17001);
        assert_eq!(failed["60003"]["Code"], 230);
        let why = "Params [VirtualCompanyId] not available: the team has no such member: 99";
        assert_eq!(failed["99"], json!({ "Code": 230, "Message": why }));
        assert_eq!(failed.get("60001"), None);
        assert_eq!(quotas(&mut caller), ["3500/40000", "50000/50000", "0/0"]);
        let pairs = [TEAM, ("Amount", "9000000"), GIVE, ("VirtualCompanyId", "60001")];
        let failed = caller.ok(SET, &pairs)["FailedMembers"].clone();
        assert_eq!(failed["60001"]["Message"], "the team does not have enough quota");
        let log = caller.ok("ListCompShareTeamOperateLog", &[TEAM, ("Status", "Failed")]);
        assert_eq!(log["Total"], 4);
    }

    #[test]
    fn an_amount_is_not_negative_and_the_team_the_callers() {
        let mut caller = Caller::new();
        let member = ("VirtualCompanyId.0", "60001");
        assert_eq!(caller.refused(SET, &[TEAM, GIVE, member, ("Amount", "-1")]).0, 230);
        assert_eq!(caller.refused(SET, &[TEAM, GIVE, ("Amount", "1")]).0, 220);
        assert_eq!(caller.refused(SET, &[TEAM, member, ("Amount", "1")]).0, 220);
        let other = [("TeamId", "2001"), GIVE, member, ("Amount", "1")];
        assert_eq!(caller.refused(SET, &other).0, 299);
    }
}
