//! Creating, changing and deleting teams.

use crate::families::prelude::*;
use crate::model::team::Status;

/// CreateCompShareTeam: the response has no id.
pub(super) fn create(state: &mut State, call: &Call<'_>) -> Outcome {
    state.check_verified(call)?;
    let name = call.required("Name")?;
    let description = call.parameters.text("Description").unwrap_or_default();
    let id = state.teams.add(call.company, name, description);
    state.teams.log(id, call.seconds(), "CreateTeam", Ok(format!("created team {name}")));
    Ok(json!({}))
}

/// UpdateCompShareTeam: omitted parameters keep their values.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Outcome {
    let team = state.teams.administered(call)?;
    for (name, field) in [("Name", &mut team.name), ("Description", &mut team.description)] {
        if let Some(value) = call.parameters.text(name) {
            value.clone_into(field);
        }
    }
    let (id, done) = (team.id, format!("updated team {}", team.name));
    state.teams.log(id, call.seconds(), "UpdateTeam", Ok(done));
    Ok(json!({}))
}

/// DeleteCompShareTeam: of a team without members.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Outcome {
    let id = state.teams.administered(call)?.id;
    let is_there = |status| matches!(status, Status::Pending | Status::Joined);
    let members = state.teams.of_team(id).filter(|own| is_there(own.status)).count();
    if members > 0 {
        let why = format!("the team has {members} members or invitations; remove them first");
        state.teams.log(id, call.seconds(), "DeleteTeam", Err(why.clone()));
        return Err(Refusal::unavailable("TeamId", why));
    }
    state.teams.teams.retain(|team| team.id != id);
    state.teams.relations.retain(|relation| relation.team != id);
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        model::{Account, PRIVATE_KEY, PUBLIC_KEY},
        testing::{Caller, column},
    };

    const TEAM: (&str, &str) = ("TeamId", "1001");

    #[test]
    fn a_team_is_created_changed_and_deleted() {
        let mut caller = Caller::new();
        let response =
            caller.ok("CreateCompShareTeam", &[("Name", "lab"), ("Description", "AI research")]);
        assert_eq!(response, json!({ "RetCode": 0, "Action": "CreateCompShareTeamResponse" }));
        let teams = caller.ok("ListCompShareTeam", &[])["Teams"].clone();
        let lab = json!({
            "Id": 3001,
            "Name": "lab",
            "CompanyId": 12345,
            "Description": "AI research",
            "MemberCount": 0,
        });
        assert_eq!((&teams[2], teams.as_array().map(Vec::len)), (&lab, Some(3)));

        caller.ok("UpdateCompShareTeam", &[("TeamId", "3001"), ("Description", "")]);
        let response = caller.ok("GetCompShareTeamInfo", &[("TeamId", "3001")]);
        assert_eq!(
            (&response["Team"]["Name"], &response["Team"]["Description"]),
            (&json!("lab"), &json!(""))
        );
        caller.ok("UpdateCompShareTeam", &[("TeamId", "3001"), ("Name", "new-team-name")]);
        let response = caller.ok("GetCompShareTeamInfo", &[("TeamId", "3001")]);
        assert_eq!(response["Team"]["Name"], "new-team-name");

        caller.ok("DeleteCompShareTeam", &[("TeamId", "3001")]);
        let gone = "Params [TeamId] not available: no such team: 3001".to_owned();
        for action in ["DeleteCompShareTeam", "UpdateCompShareTeam", "GetCompShareTeamInfo"] {
            assert_eq!(caller.refused(action, &[("TeamId", "3001")]), (230, gone.clone()));
        }
        assert_eq!(column(&caller.ok("ListCompShareTeam", &[])["Teams"], "Id"), ["1001", "1002"]);
    }

    #[test]
    fn names_are_needed() {
        let mut caller = Caller::new();
        let message = "Missing params [Name]".to_owned();
        assert_eq!(caller.refused("CreateCompShareTeam", &[]), (220, message));
        assert_eq!(caller.refused("UpdateCompShareTeam", &[TEAM, ("Name", "")]).0, 230);
    }

    #[test]
    fn a_team_with_members_stays() {
        let mut caller = Caller::new();
        let (code, message) = caller.refused("DeleteCompShareTeam", &[TEAM]);
        assert_eq!(code, 230);
        assert!(message.ends_with("3 members or invitations; remove them first"), "{message}");
        for user in ["54321", "67890", "50002"] {
            let pairs = [TEAM, ("Status", "Cancel"), ("UserCompanyId", user)];
            caller.ok("SetCompShareTeamRelation", &pairs);
        }
        caller.ok("DeleteCompShareTeam", &[TEAM]);
    }

    #[test]
    fn only_the_administrator_changes_a_team() {
        let mut caller = Caller::new();
        for (team, code) in [("2001", 299), ("2002", 230), ("9", 230)] {
            for action in ["DeleteCompShareTeam", "UpdateCompShareTeam"] {
                let (found, message) = caller.refused(action, &[("TeamId", team)]);
                assert_eq!(found, code, "{action} {team}");
                assert!(message.contains("[TeamId]"), "{message}");
            }
        }
    }

    #[test]
    fn an_account_must_be_verified() {
        let mut caller = Caller::new();
        let account = Account::new(12345, PUBLIC_KEY, PRIVATE_KEY).verified(false);
        caller.gateway.add_account(account);
        assert_eq!(caller.refused("CreateCompShareTeam", &[("Name", "lab")]).0, 226_606);
        assert_eq!(caller.refused("ListCompShareTeamOperateLog", &[TEAM]).0, 226_606);
        assert_eq!(caller.refused("DownloadTeamOrder", &[TEAM]).0, 226_606);
    }
}
