//! Inviting users, and what becomes of an invitation.

use std::collections::BTreeSet;

use crate::families::prelude::*;
use crate::model::team::{Relation, Status, no_such_team};

/// CreateCompShareTeamRelation: users that cannot be invited are in `ErrorMap`; the call succeeds.
pub(super) fn create(state: &mut State, call: &Call<'_>) -> Outcome {
    state.check_verified(call)?;
    let team = state.teams.administered(call)?.id;
    let sent = call.parameters;
    let items: BTreeSet<usize> =
        sent.children("UserInfo").into_iter().filter_map(|item| item.parse().ok()).collect();
    let errors = failures(items.into_iter().filter_map(|item| {
        let prefix = format!("UserInfo.{item}.");
        let user = sent.int(&format!("{prefix}UserCompanyId"))?;
        Some((user, invite(state, call, team, &prefix)))
    }));
    Ok(json!({ "ErrorMap": errors }))
}

/// The failures among outcomes, by company id.
pub(super) fn failures(outcomes: impl Iterator<Item = (i64, Result<(), Refusal>)>) -> Value {
    outcomes
        .filter_map(|(id, outcome)| {
            let Refusal { code, message } = outcome.err()?;
            Some((id.to_string(), json!({ "Code": code, "Message": message })))
        })
        .collect()
}

/// Invites one user, whose parameters begin with `prefix`.
fn invite(state: &mut State, call: &Call<'_>, team: i64, prefix: &str) -> Result<(), Refusal> {
    let parameter = format!("{prefix}UserCompanyId");
    let user = call.number(&parameter)?;
    let remark = call.parameters.text(&format!("{prefix}RemarkName"));
    let created = call.seconds();
    let outcome = state
        .company_name(user)
        .map(|name| remark.unwrap_or(name).to_owned())
        .ok_or_else(|| Refusal::unavailable(&parameter, format_args!("no such user: {user}")))
        .map(|remark| Relation { team, user, remark, created, ..Relation::default() })
        .and_then(|new| state.teams.invite(new));
    let note = match &outcome {
        Ok(()) => Ok(format!("invited {user}")),
        Err(error) => Err(format!("could not invite {user}: {}", error.message)),
    };
    state.teams.log(team, created, "InviteMember", note);
    outcome
}

/// SetCompShareTeamRelation: the invited user agrees or rejects, the administrator does the rest.
///
/// `Cancel` takes back an invitation, and removes a member: no other action does, and the page's title
/// promises it. What quota the member has left goes back to the team.
pub(super) fn set(state: &mut State, call: &Call<'_>) -> Outcome {
    match call.required("Status")? {
        "Agree" => decide(state, call, Status::Joined, "AcceptInvite")?,
        "Reject" => decide(state, call, Status::Rejected, "RejectInvite")?,
        change => administer(state, call, change)?,
    }
    Ok(json!({}))
}

/// The decision of the invited user; repeating it has no effect.
fn decide(state: &mut State, call: &Call<'_>, status: Status, kind: &str) -> Result<(), Refusal> {
    let id = call.number("TeamId")?;
    let own = state.teams.relation(id, call.company).ok_or_else(|| no_such_team(id))?;
    if own.status == status {
        return Ok(());
    }
    if own.status != Status::Pending {
        let why = format!("the invitation is no longer pending: {}", own.status.as_str());
        return Err(Refusal::unavailable("Status", why));
    }
    own.status = status;
    let content = format!("{} ({}) {}", own.remark, own.user, status.as_str().to_lowercase());
    state.teams.log(id, call.seconds(), kind, Ok(content));
    Ok(())
}

fn administer(state: &mut State, call: &Call<'_>, change: &str) -> Result<(), Refusal> {
    let team = state.teams.administered(call)?.id;
    let now = call.seconds();
    let user = call.number("UserCompanyId")?;
    let own = state.teams.relation(team, user);
    if change == "Send" {
        // The user is reminded of an invitation that is still open.
        if let Some(own) = own.filter(|own| own.status == Status::Pending) {
            own.created = now;
            return Ok(());
        }
        return invite(state, call, team, "");
    }
    let own = own.ok_or_else(|| {
        Refusal::unavailable("UserCompanyId", format_args!("the team has no such user: {user}"))
    })?;
    let (kind, done) = match (change, own.status) {
        ("UpdateRemarkName", _) => {
            let remark = call.parameters.text("RemarkName");
            remark.ok_or_else(|| Refusal::missing("RemarkName"))?.clone_into(&mut own.remark);
            (change, "renamed")
        }
        (_, Status::Joined) => ("RemoveMember", "removed"),
        (_, Status::Pending) => ("CancelInvite", "canceled"),
        (_, Status::Canceled) => return Ok(()),
        (_, Status::Rejected) => {
            let why = "the user has rejected the invitation";
            return Err(Refusal::unavailable("UserCompanyId", why));
        }
    };
    if change == "Cancel" {
        own.status = Status::Canceled;
        own.allocated = 0;
        let left = std::mem::take(&mut own.available);
        let team = state.teams.administered(call)?;
        team.funds = team.funds.saturating_add(left);
    }
    state.teams.log(team, now, kind, Ok(format!("{done} {user}")));
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Caller, START, at, column};

    const TEAM: (&str, &str) = ("TeamId", "1001");
    const SET: &str = "SetCompShareTeamRelation";
    const STUDENT: (&str, &str) = ("sim-student-public-key", "sim-student-private-key");

    fn status(caller: &mut Caller, user: i64) -> Value {
        let response = caller.ok("GetCompShareTeamInfo", &[TEAM]);
        let rows = response["TeamRelation"].as_array().expect("members").clone();
        let row = rows.into_iter().find(|row| row["UserCompanyId"] == user);
        row.map_or(Value::Null, |row| row["Status"].clone())
    }

    #[test]
    fn some_invitations_may_fail() {
        let mut caller = Caller::new();
        let response = caller.ok(
            "CreateCompShareTeamRelation",
            &[
                TEAM,
                ("UserInfo.0.UserCompanyId", "50001"),
                ("UserInfo.0.RemarkName", "alice"),
                ("UserInfo.1.UserCompanyId", "54321"),
                ("UserInfo.2.UserCompanyId", "99"),
                ("UserInfo.3.UserCompanyId", "12345"),
            ],
        );
        let unknown = "Params [UserInfo.2.UserCompanyId] not available: no such user: 99";
        assert_eq!(
            response["ErrorMap"],
            json!({
                "54321": { "Code": 16001, "Message": "the user is already in the team" },
                "99": { "Code": 230, "Message": unknown },
                "12345": { "Code": 16001, "Message": "the team's administrator is already in the team" },
            })
        );
        assert_eq!(status(&mut caller, 50001), "Pending");
        let log = caller.ok("ListCompShareTeamOperateLog", &[TEAM, ("Status.0", "Failed")]);
        assert_eq!(log["Total"], 3);
    }

    #[test]
    fn users_are_named_and_at_most_a_hundred() {
        let mut caller = Caller::new();
        let invite = "CreateCompShareTeamRelation";
        let (code, message) = caller.refused(invite, &[TEAM]);
        assert_eq!((code, message.as_str()), (220, "Missing params [UserInfo]"));
        let (code, message) = caller.refused(invite, &[TEAM, ("UserInfo.0.RemarkName", "x")]);
        assert_eq!((code, message.as_str()), (220, "Missing params [UserInfo.0.UserCompanyId]"));
        let names: Vec<String> = (0..101).map(|i| format!("UserInfo.{i}.UserCompanyId")).collect();
        let mut pairs = vec![TEAM];
        pairs.extend(names.iter().map(|name| (name.as_str(), "50001")));
        assert_eq!(caller.refused(invite, &pairs).0, 240);
    }

    #[test]
    fn an_invitation_is_accepted_once() {
        let mut caller = Caller::new();
        caller.ok("CreateCompShareTeamRelation", &[TEAM, ("UserInfo.0.UserCompanyId", "50001")]);
        let own = std::mem::replace(&mut caller.keys, STUDENT);
        let invites = caller.ok("ListCompShareTeamInvite", &[])["Invites"].clone();
        assert_eq!(
            invites,
            json!([{
                "TeamId": 1001,
                "TeamName": "my-team",
                "TeamUseCompanyId": 12345,
                "UserCompanyId": 50001,
                "VirtualCompanyId": 63001,
                "Status": "Pending",
                "RemarkName": "alice",
                "CreateTime": START,
            }])
        );
        for _ in 0..2 {
            caller.ok(SET, &[TEAM, ("Status", "Agree")]);
        }
        let (code, message) = caller.refused(SET, &[TEAM, ("Status", "Reject")]);
        assert_eq!(code, 230);
        assert!(message.starts_with("Params [Status] not available: "), "{message}");
        assert_eq!(caller.refused(SET, &[TEAM, ("Status", "Cancel")]).0, 299);
        let joined = caller.ok("ListCompShareTeamJoined", &[("Status", "Joined")]);
        assert_eq!(column(&joined["JoinedTeams"], "VirtualCompanyId"), ["63001"]);
        caller.keys = own;
        assert_eq!(status(&mut caller, 50001), "Joined");
    }

    #[test]
    fn a_user_who_rejected_can_be_invited_again() {
        let mut caller = Caller::new();
        let user = ("UserCompanyId", "50001");
        let send = [TEAM, ("Status", "Send"), user, ("RemarkName", "al")];
        caller.ok(SET, &send);
        let own = std::mem::replace(&mut caller.keys, STUDENT);
        caller.ok(SET, &[TEAM, ("Status", "Reject")]);
        assert_eq!(caller.refused(SET, &[TEAM, ("Status", "Agree")]).0, 230);
        caller.keys = own;
        assert_eq!(status(&mut caller, 50001), "Rejected");
        assert_eq!(caller.refused(SET, &[TEAM, ("Status", "Cancel"), user]).0, 230);
        caller.now = at(60);
        caller.ok(SET, &send);
        caller.ok(SET, &send);
        assert_eq!(status(&mut caller, 50001), "Pending");
        assert_eq!(
            caller.refused(SET, &[TEAM, ("Status", "Send"), ("UserCompanyId", "54321")]).0,
            16001
        );
        assert_eq!(
            caller.refused(SET, &[TEAM, ("Status", "Send"), ("UserCompanyId", "99")]).0,
            230
        );
    }

    #[test]
    fn a_removed_member_returns_the_quota() {
        let mut caller = Caller::new();
        let cancel = [TEAM, ("Status", "Cancel"), ("UserCompanyId", "54321")];
        for _ in 0..2 {
            caller.ok(SET, &cancel);
        }
        assert_eq!(status(&mut caller, 54321), "Canceled");
        let log =
            caller.ok("ListCompShareTeamOperateLog", &[TEAM, ("OperateType", "RemoveMember")]);
        assert_eq!(log["Total"], 1);
        let give = [TEAM, ("VirtualCompanyId.0", "60002"), ("OperateType", "AllocateAmount")];
        let all = [&give[..], &[("Amount", "1063500")]].concat();
        assert_eq!(caller.ok("SetCompShareTeamAmount", &all)["FailedMembers"], json!({}));
    }

    #[test]
    fn a_remark_can_change() {
        let mut caller = Caller::new();
        let rename = [TEAM, ("Status", "UpdateRemarkName"), ("UserCompanyId", "54321")];
        let (code, message) = caller.refused(SET, &rename);
        assert_eq!((code, message.as_str()), (220, "Missing params [RemarkName]"));
        caller.ok(SET, &[&rename[..], &[("RemarkName", "robert")]].concat());
        let response = caller.ok("GetCompShareTeamInfo", &[TEAM]);
        assert_eq!(response["TeamRelation"][0]["RemarkName"], "robert");
        for status in ["Send", "Cancel", "UpdateRemarkName"] {
            let (code, message) = caller.refused(SET, &[TEAM, ("Status", status)]);
            assert_eq!((code, message.as_str()), (220, "Missing params [UserCompanyId]"));
        }
        assert_eq!(
            caller.refused(SET, &[TEAM, ("Status", "Cancel"), ("UserCompanyId", "99")]).0,
            230
        );
        assert_eq!(caller.refused(SET, &[TEAM, ("Status", "Promote")]).0, 230);
        assert_eq!(caller.refused(SET, &[("TeamId", "9"), ("Status", "Agree")]).0, 230);
    }
}
