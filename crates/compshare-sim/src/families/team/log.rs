//! ListCompShareTeamOperateLog.

use super::select::{passes, window};
use crate::families::prelude::*;

/// Fields that lists of the request filter by.
const FILTERS: &[(&str, &str)] = &[("OperateType", "OperateType"), ("Status", "Status")];

/// Lists the operations, newest first by default.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Outcome {
    state.check_verified(call)?;
    let team = state.teams.administered(call)?.id;
    let sent = call.parameters;
    let window = window(sent)?;
    let logs = state.teams.logs.iter().filter(|log| log.team == team && window.contains(&log.time));
    let mut rows: Vec<&Value> =
        logs.map(|log| &log.row).filter(|row| passes(sent, FILTERS, row)).collect();
    let total = rows.len();
    if !sent.is_on("OrderByASC") {
        rows.reverse();
    }
    let rows: Vec<&Value> = page(rows, sent, 25).collect();
    Ok(merged(constant("ListCompShareTeamOperateLog"), json!({ "Logs": rows, "Total": total })))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, START, at, column};

    const LIST: &str = "ListCompShareTeamOperateLog";
    const TEAM: (&str, &str) = ("TeamId", "1001");

    #[test]
    fn the_newest_comes_first_unless_asked_otherwise() {
        let mut caller = Caller::new();
        caller.ok("UpdateCompShareTeam", &[TEAM, ("Name", "renamed")]);
        let response = caller.ok(LIST, &[TEAM]);
        assert_eq!(response["Total"], 4);
        assert_eq!(column(&response["Logs"], "OperateType")[0], "UpdateTeam");
        assert_eq!(response["Logs"][0]["CreateTime"], START);
        assert_eq!(response["OperateTypeList"]["InviteMember"], "邀请成员");
        assert_eq!(response["StatusList"]["Failed"], "失败");
        let oldest = [TEAM, ("OrderByASC", "true"), ("Limit", "1"), ("Offset", "3")];
        let response = caller.ok(LIST, &oldest);
        assert_eq!(column(&response["Logs"], "Content"), ["updated team renamed"]);
        assert_eq!(response["Total"], 4);
    }

    #[test]
    fn entries_are_filtered() {
        let mut caller = Caller::new();
        caller.now = at(10);
        caller.refused("DeleteCompShareTeam", &[TEAM]);
        let now = START.to_string();
        let mut total = |pair: (&str, &str)| caller.ok(LIST, &[TEAM, pair])["Total"].clone();
        assert_eq!(total(("Status.0", "Failed")), 1);
        assert_eq!(total(("Status.0", "Success")), 3);
        assert_eq!(total(("OperateType.0", "InviteMember")), 3);
        assert_eq!(total(("BeginTime", &now)), 1);
        assert_eq!(total(("EndTime", &now)), 3);
        let (code, message) = caller.refused(LIST, &[TEAM, ("BeginTime", "2"), ("EndTime", "1")]);
        assert_eq!(code, 230);
        assert!(message.contains("[EndTime]"), "{message}");
        assert_eq!(caller.refused(LIST, &[TEAM, ("Limit", "101")]).0, 230);
        assert_eq!(caller.refused(LIST, &[("TeamId", "2001")]).0, 299);
    }
}
