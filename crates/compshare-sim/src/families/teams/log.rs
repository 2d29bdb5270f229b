//! ListCompShareTeamOperateLog.

use super::select::Window;
use crate::families::prelude::*;
use crate::model::team::Log;

/// Types of operations with the names to show for them.
const KINDS: &[(&str, &str)] = &[
    ("CreateTeam", "创建团队"),
    ("UpdateTeam", "修改团队"),
    ("DeleteTeam", "删除团队"),
    ("InviteMember", "邀请成员"),
    ("CancelInvite", "取消邀请"),
    ("AcceptInvite", "接受邀请"),
    ("RejectInvite", "拒绝邀请"),
    ("RemoveMember", "移除成员"),
    ("UpdateRemarkName", "修改备注"),
    ("AllocateAmount", "分配额度"),
    ("WithdrawAmount", "回收额度"),
];

/// Outcomes with the names to show for them.
const STATUSES: &[(&str, &str)] = &[("Success", "成功"), ("Failed", "失败")];

const fn status(log: &Log) -> &'static str {
    if log.succeeded { "Success" } else { "Failed" }
}

/// Lists the operations, newest first by default.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Outcome {
    state.check_verified(call)?;
    let team = state.teams.administered(call)?.id;
    let sent = call.parameters;
    let window = Window::of(sent)?;
    let kinds = sent.list("OperateType").unwrap_or_default();
    let statuses = sent.list("Status").unwrap_or_default();
    let mut logs: Vec<&Log> = state
        .teams
        .logs
        .iter()
        .filter(|log| log.team == team && window.has(log.time))
        .filter(|log| kinds.is_empty() || kinds.contains(&log.kind))
        .filter(|log| statuses.is_empty() || statuses.contains(&status(log)))
        .collect();
    let total = logs.len();
    if !sent.is_on("OrderByASC") {
        logs.reverse();
    }
    let rows: Vec<Value> = page(logs, sent, 25)
        .map(|log| {
            json!({
                "Content": log.content,
                "OperateType": log.kind,
                "CreateTime": log.time,
                "Status": status(log),
            })
        })
        .collect();
    Ok(json!({
        "Logs": rows,
        "Total": total,
        "OperateTypeList": names(KINDS),
        "StatusList": names(STATUSES),
    }))
}

fn names(pairs: &[(&str, &str)]) -> Value {
    pairs.iter().map(|(code, name)| ((*code).to_owned(), Value::from(*name))).collect()
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
