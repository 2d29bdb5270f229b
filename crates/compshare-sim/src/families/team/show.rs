//! Reading teams, and what users are to them.

use crate::families::prelude::*;
use crate::model::team::{Relation, Status, Team, Teams, no_such_member, no_such_team};

/// GetCompShareTeamInfo: for the administrator and members, by team or by virtual account.
pub(super) fn info(state: &mut State, call: &Call<'_>) -> Outcome {
    let teams = &state.teams;
    let sent = call.parameters;
    let by_member = sent.int("VirtualCompanyId").filter(|member| *member != 0);
    let visible = |id: i64| {
        let is_member = teams.is_member(id, call.company);
        teams.team(id).filter(|team| is_member || team.owner == call.company)
    };
    let team = match (sent.int("TeamId"), by_member) {
        (Some(id), _) => visible(id).ok_or_else(|| no_such_team(id))?,
        (None, Some(member)) => {
            let own = teams.relations.iter().find(|own| own.member == member);
            own.and_then(|own| visible(own.team)).ok_or_else(|| no_such_member(member))?
        }
        (None, None) => return Err(Refusal::missing("TeamId or VirtualCompanyId")),
    };
    if let Some(member) = by_member {
        teams.member(team.id, member)?;
    }
    Ok(json!({
        "Team": merged(show(team), json!({ "Deleted": 0 })),
        "TeamRelation": relations(teams, |own| own.team == team.id, quota),
    }))
}

fn quota(own: &Relation) -> Value {
    json!({ "AllocateAmount": own.allocated, "AvailableAmount": own.available })
}

fn show(team: &Team) -> Value {
    json!({
        "Id": team.id,
        "Name": team.name,
        "CompanyId": team.owner,
        "Description": team.description,
    })
}

/// Relations of users to teams: what every list shows, and more.
fn relations(
    teams: &Teams,
    fits: impl Fn(&Relation) -> bool,
    more: impl Fn(&Relation) -> Value,
) -> Value {
    let row = |own: &Relation| {
        json!({
            "TeamId": own.team,
            "TeamName": teams.team(own.team).map_or("", |team| &team.name),
            "UserCompanyId": own.user,
            "VirtualCompanyId": own.member,
            "Status": own.status.as_str(),
            "RemarkName": own.remark,
            "CreateTime": own.created,
        })
    };
    let own = teams.relations.iter().filter(|own| fits(own));
    own.map(|own| merged(row(own), more(own))).collect()
}

/// ListCompShareTeam: the caller's own teams.
pub(super) fn own(state: &mut State, call: &Call<'_>) -> Outcome {
    let teams = &state.teams;
    let row = |team: &Team| {
        let joined = teams.of_team(team.id).filter(|own| own.status == Status::Joined).count();
        merged(show(team), json!({ "MemberCount": joined }))
    };
    let own = teams.teams.iter().filter(|team| team.owner == call.company);
    Ok(json!({ "Teams": own.map(row).collect::<Value>() }))
}

/// ListCompShareTeamJoined: teams with a relation to the caller, of one status if the request names one.
pub(super) fn joined(state: &mut State, call: &Call<'_>) -> Outcome {
    let status = call.parameters.filled("Status");
    let fits = |own: &Relation| {
        own.user == call.company && status.is_none_or(|status| status == own.status.as_str())
    };
    let rows = relations(&state.teams, fits, |_| json!({ "IsPersonalAccount": true }));
    Ok(json!({ "JoinedTeams": rows }))
}

/// ListCompShareTeamInvite: the invitations that the caller received; with a `TeamId`, those of the
/// caller's own team, or those received from that team.
pub(super) fn invites(state: &mut State, call: &Call<'_>) -> Outcome {
    let teams = &state.teams;
    let wanted = call.parameters.int("TeamId");
    let owner = |id| teams.team(id).map(|team| team.owner);
    let is_own = wanted.and_then(owner) == Some(call.company);
    let fits = |own: &Relation| {
        wanted.is_none_or(|id| own.team == id) && (is_own || own.user == call.company)
    };
    let more = |own: &Relation| json!({ "TeamUseCompanyId": owner(own.team).unwrap_or_default() });
    Ok(json!({ "Invites": relations(teams, fits, more) }))
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

    #[test]
    fn invitations_are_received_or_of_the_own_team() {
        let mut caller = Caller::new();
        let mut invites = |pairs: &[(&str, &str)]| {
            column(&caller.ok("ListCompShareTeamInvite", pairs)["Invites"], "VirtualCompanyId")
        };
        assert_eq!(invites(&[]), ["61001", "61002"]);
        assert_eq!(invites(&[("TeamId", "1001")]), ["60001", "60002", "60003"]);
        assert_eq!(invites(&[("TeamId", "2002")]), ["61002"]);
        assert_eq!(invites(&[("TeamId", "9")]), [""; 0]);
    }
}
