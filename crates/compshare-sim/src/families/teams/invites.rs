//! ListCompShareTeamInvite.

use super::show::relation;
use crate::families::prelude::*;

/// Lists the invitations that the caller received; with a `TeamId`, those of the caller's own team, or
/// those received from that team.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Outcome {
    let teams = &state.teams;
    let wanted = call.parameters.int("TeamId");
    let is_own =
        wanted.and_then(|id| teams.team(id)).is_some_and(|team| team.owner == call.company);
    let rows: Vec<Value> = teams
        .relations
        .iter()
        .filter(|own| wanted.is_none_or(|team| own.team == team))
        .filter(|own| is_own || own.user == call.company)
        .map(|own| {
            let owner = teams.team(own.team).map_or(0, |team| team.owner);
            merged(relation(teams, own), json!({ "TeamUseCompanyId": owner }))
        })
        .collect();
    Ok(json!({ "Invites": rows }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, column};

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
