//! Reading teams.

use crate::families::prelude::*;
use crate::model::team::{Relation, Status, Team, Teams, no_such_team};

/// GetCompShareTeamInfo: for the administrator and members, by team or by virtual account.
pub(super) fn info(state: &mut State, call: &Call<'_>) -> Outcome {
    let teams = &state.teams;
    let sent = call.parameters;
    let by_member = sent.int("VirtualCompanyId").filter(|member| *member != 0);
    let may_look =
        |team: &Team| team.owner == call.company || teams.is_member(team.id, call.company);
    let team = match (sent.int("TeamId"), by_member) {
        (Some(id), _) => {
            teams.team(id).filter(|team| may_look(team)).ok_or_else(|| no_such_team(id))?
        }
        (None, Some(member)) => teams
            .relations
            .iter()
            .find(|relation| relation.member == member)
            .and_then(|relation| teams.team(relation.team))
            .filter(|team| may_look(team))
            .ok_or_else(|| no_such_member(member))?,
        (None, None) => return Err(Refusal::missing("TeamId or VirtualCompanyId")),
    };
    if let Some(member) = by_member {
        teams.member(team.id, member).ok_or_else(|| no_such_member(member))?;
    }
    let rows: Vec<Value> = teams
        .of_team(team.id)
        .map(|own| {
            let quota =
                json!({ "AllocateAmount": own.allocated, "AvailableAmount": own.available });
            merged(relation(teams, own), quota)
        })
        .collect();
    Ok(json!({
        "Team": {
            "Id": team.id,
            "Name": team.name,
            "CompanyId": team.owner,
            "Description": team.description,
            "Deleted": 0,
        },
        "TeamRelation": rows,
    }))
}

/// What every list shows of a user's relation to a team.
pub(super) fn relation(teams: &Teams, own: &Relation) -> Value {
    json!({
        "TeamId": own.team,
        "TeamName": teams.team(own.team).map_or("", |team| &team.name),
        "UserCompanyId": own.user,
        "VirtualCompanyId": own.member,
        "Status": own.status.as_str(),
        "RemarkName": own.remark,
        "CreateTime": own.created,
    })
}

/// ListCompShareTeam: the caller's own teams.
pub(super) fn own(state: &mut State, call: &Call<'_>) -> Outcome {
    let teams = &state.teams;
    let own = teams.teams.iter().filter(|team| team.owner == call.company);
    let rows: Vec<Value> = own
        .map(|team| {
            let joined = teams.of_team(team.id).filter(|own| own.status == Status::Joined).count();
            json!({
                "Id": team.id,
                "Name": team.name,
                "CompanyId": team.owner,
                "Description": team.description,
                "MemberCount": joined,
            })
        })
        .collect();
    Ok(json!({ "Teams": rows }))
}

/// ListCompShareTeamJoined: teams with a relation to the caller, of one status if the request names one.
pub(super) fn joined(state: &mut State, call: &Call<'_>) -> Outcome {
    let status = call.parameters.filled("Status");
    let rows: Vec<Value> = state
        .teams
        .relations
        .iter()
        .filter(|own| own.user == call.company)
        .filter(|own| status.is_none_or(|status| status == own.status.as_str()))
        .map(|own| merged(relation(&state.teams, own), json!({ "IsPersonalAccount": true })))
        .collect();
    Ok(json!({ "JoinedTeams": rows }))
}

/// The refusal of a virtual account that the team does not have.
pub(super) fn no_such_member(member: i64) -> Refusal {
    Refusal::unavailable("VirtualCompanyId", format_args!("the team has no such member: {member}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Caller, column};

    #[test]
    fn a_team_shows_its_members_with_their_quota() {
        let mut caller = Caller::new();
        let response = caller.ok("GetCompShareTeamInfo", &[("TeamId", "1001")]);
        assert_eq!(response["Team"]["CompanyId"], 12345);
        let members = &response["TeamRelation"];
        assert_eq!(column(members, "VirtualCompanyId"), ["60001", "60002", "60003"]);
        assert_eq!(column(members, "Status"), ["Joined", "Joined", "Pending"]);
        assert_eq!(column(members, "AvailableAmount"), ["63500", "50000", "0"]);
        let by_member = caller.ok("GetCompShareTeamInfo", &[("VirtualCompanyId", "60002")]);
        assert_eq!(by_member, response);
        let own = caller.ok("GetCompShareTeamInfo", &[("TeamId", "2001")]);
        assert_eq!(own["Team"]["Name"], "模型工坊团队");
    }

    #[test]
    fn a_team_must_be_named_and_the_callers() {
        let mut caller = Caller::new();
        let message = "Missing params [TeamId or VirtualCompanyId]".to_owned();
        assert_eq!(caller.refused("GetCompShareTeamInfo", &[]), (220, message));
        for pairs in [
            &[("TeamId", "2002")][..],
            &[("VirtualCompanyId", "61002")],
            &[("VirtualCompanyId", "1")],
            &[("TeamId", "1001"), ("VirtualCompanyId", "61001")],
        ] {
            assert_eq!(caller.refused("GetCompShareTeamInfo", pairs).0, 230, "{pairs:?}");
        }
    }

    #[test]
    fn lists_are_of_own_and_of_joined_teams() {
        let mut caller = Caller::new();
        let own = caller.ok("ListCompShareTeam", &[])["Teams"].clone();
        assert_eq!(column(&own, "MemberCount"), ["2", "0"]);
        let response = caller.ok("ListCompShareTeamJoined", &[]);
        assert_eq!(column(&response["JoinedTeams"], "TeamId"), ["2001", "2002"]);
        let response = caller.ok("ListCompShareTeamJoined", &[("Status", "Joined")]);
        assert_eq!(column(&response["JoinedTeams"], "VirtualCompanyId"), ["61001"]);
        assert_eq!(response["JoinedTeams"][0]["IsPersonalAccount"], json!(true));
        assert_eq!(caller.refused("ListCompShareTeamJoined", &[("Status", "x")]).0, 230);
    }
}
