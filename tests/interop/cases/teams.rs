//! Calls of teams, their invitations and quotas.

use compshare_proto::{
    Fen,
    actions::{
        CreateCompShareTeam, CreateCompShareTeamRelation, DeleteCompShareTeam,
        GetCompShareTeamInfo, ListCompShareTeam, ListCompShareTeamInvite, ListCompShareTeamJoined,
        ListCompShareTeamOperateLog, SetCompShareTeamAmount, SetCompShareTeamAmountRequired,
        SetCompShareTeamRelation, UpdateCompShareTeam,
    },
    types::{TeamAmountChange, TeamInvitee, TeamMemberStatus, TeamRelationChange},
};
use serde_json::{Value, json};

use super::{REGION, ZONE, at, join};
use crate::case::{Case, send};

const RELATION: &str = "SetCompShareTeamRelation";
const AMOUNT: &str = "SetCompShareTeamAmount";
const LOG: &str = "ListCompShareTeamOperateLog";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = lists();
    cases.extend(changes());
    cases.extend(invitations());
    cases.extend(relations());
    cases.extend(quotas());
    cases
}

/// The parameters in the region that we send, and the official CLI does not.
pub(super) fn of_team(parameters: Value) -> Value {
    join(parameters, json!({ "Region": REGION }))
}

fn lists() -> Vec<Case> {
    let log = of_team(json!({
        "TeamId": 1001, "OperateType": ["InviteMember"], "Status": ["Success"],
        "OrderByASC": true, "BeginTime": 1_700_000_000, "EndTime": 1_900_000_000, "Offset": 1,
        "Limit": 2,
    }));
    let ever = of_team(json!({
        "TeamId": 1001, "OrderByASC": false, "Offset": 0, "Limit": 100,
    }));
    vec![
        Case::new("teams", "ListCompShareTeam", of_team(json!({})))
            .typed(send!(ListCompShareTeam::new().region(REGION)))
            .run("team list")
            .shows(&["1001", "my-team"]),
        Case::new("teams that one is in", "ListCompShareTeamJoined", of_team(json!({})))
            .typed(send!(ListCompShareTeamJoined::new().region(REGION)))
            .run("team joined")
            .shows(&["2001", "模型工坊团队"]),
        Case::new(
            "teams that one has joined",
            "ListCompShareTeamJoined",
            of_team(json!({ "Status": "Joined" })),
        )
        .typed(send!(
            ListCompShareTeamJoined::new().region(REGION).status(TeamMemberStatus::Joined)
        ))
        .run("team joined --status Joined"),
        Case::new("a team", "GetCompShareTeamInfo", of_team(json!({ "TeamId": 1001 })))
            .typed(send!(GetCompShareTeamInfo::new().region(REGION).team_id(1001)))
            .run("team show 1001")
            .shows(&["my-team", "60001", "635.00"]),
        Case::new(
            "a team of a member",
            "GetCompShareTeamInfo",
            of_team(json!({ "VirtualCompanyId": 61001 })),
        )
        .typed(send!(GetCompShareTeamInfo::new().region(REGION).virtual_company_id(61001))),
        Case::new("members", "GetCompShareTeamInfo", of_team(json!({ "TeamId": 1001 })))
            .run("team member list 1001")
            .shows(&["bob", "635.00"]),
        Case::new("log, ever", LOG, ever)
            .typed(send!(
                ListCompShareTeamOperateLog::new(1001)
                    .region(REGION)
                    .order_by_asc(false)
                    .offset(0)
                    .limit(100)
            ))
            .run("team audit 1001 --all")
            .shows(&["InviteMember"]),
        Case::new("log", LOG, log)
            .typed(send!(
                ListCompShareTeamOperateLog::new(1001)
                    .region(REGION)
                    .operate_type("InviteMember")
                    .status("Success")
                    .order_by_asc(true)
                    .begin_time(at(1_700_000_000))
                    .end_time(at(1_900_000_000))
                    .offset(1)
                    .limit(2)
            ))
            .run(
                "team audit 1001 --operation InviteMember --status Success --ascending \
                 --start 1700000000 --end 1900000000 --offset 1 --limit 2",
            )
            .shows(&["InviteMember"]),
    ]
}

fn changes() -> Vec<Case> {
    let new = of_team(json!({ "Name": "lab", "Description": "深度学习" }));
    let changed = of_team(json!({ "TeamId": 1001, "Name": "lab", "Description": "" }));
    vec![
        Case::new("create a team", "CreateCompShareTeam", new)
            .typed(send!(CreateCompShareTeam::new("lab").region(REGION).description("深度学习")))
            .run("team create lab --description 深度学习 --yes"),
        Case::new("change a team", "UpdateCompShareTeam", changed)
            .typed(send!(UpdateCompShareTeam::new(1001).region(REGION).name("lab").description("")))
            .run("team update 1001 --name lab --description="),
        Case::new("delete a team", "DeleteCompShareTeam", of_team(json!({ "TeamId": 1002 })))
            .typed(send!(DeleteCompShareTeam::new(1002).region(REGION)))
            .run("team delete 1002 --yes"),
    ]
}

fn invitations() -> Vec<Case> {
    let users = of_team(json!({
        "TeamId": 1002,
        "UserInfo": [
            { "UserCompanyId": 50001, "RemarkName": "alice" },
            { "UserCompanyId": 50002 },
        ],
    }));
    vec![
        Case::new("invitations", "ListCompShareTeamInvite", of_team(json!({})))
            .typed(send!(ListCompShareTeamInvite::new().region(REGION)))
            .run("team invite list")
            .shows(&["2002", "friend-team"]),
        Case::new(
            "invitations of a team",
            "ListCompShareTeamInvite",
            of_team(json!({ "TeamId": 1001, "Zone": ZONE, "ProjectId": "org-xxxx" })),
        )
        .typed(send!(
            ListCompShareTeamInvite::new()
                .region(REGION)
                .zone(ZONE)
                .project_id("org-xxxx")
                .team_id(1001)
        )),
        Case::new("invite", "CreateCompShareTeamRelation", users)
            .typed(send!(
                CreateCompShareTeamRelation::new(
                    1002,
                    [TeamInvitee::new(50001).remark_name("alice"), TeamInvitee::new(50002)]
                )
                .region(REGION)
            ))
            .run("team invite send 1002 50001:alice 50002 --yes"),
    ]
}

fn relations() -> Vec<Case> {
    let response = |status: &str| of_team(json!({ "TeamId": 2002, "Status": status }));
    let cancel = of_team(json!({ "TeamId": 1001, "Status": "Cancel", "UserCompanyId": 50002 }));
    let rename = of_team(json!({
        "TeamId": 1001, "Status": "UpdateRemarkName", "UserCompanyId": 54321,
        "RemarkName": "robert",
    }));
    vec![
        Case::new("accept", RELATION, response("Agree"))
            .typed(send!(
                SetCompShareTeamRelation::new(2002, TeamRelationChange::Agree).region(REGION)
            ))
            .run("team invite accept 2002 --yes"),
        Case::new("reject", RELATION, response("Reject"))
            .typed(send!(
                SetCompShareTeamRelation::new(2002, TeamRelationChange::Reject).region(REGION)
            ))
            .run("team invite reject 2002 --yes"),
        Case::new("cancel", RELATION, cancel)
            .typed(send!(
                SetCompShareTeamRelation::new(1001, TeamRelationChange::Cancel)
                    .region(REGION)
                    .user_company_id(50002)
            ))
            .run("team invite cancel 1001 50002 --yes"),
        Case::new("rename a member", RELATION, rename)
            .typed(send!(
                SetCompShareTeamRelation::new(1001, TeamRelationChange::UpdateRemarkName)
                    .region(REGION)
                    .user_company_id(54321)
                    .remark_name("robert")
            ))
            .run("team member rename 1001 54321 robert"),
    ]
}

fn quotas() -> Vec<Case> {
    let grant = of_team(json!({
        "TeamId": 1001, "VirtualCompanyId": [60001, 60002], "Amount": 1050,
        "OperateType": "AllocateAmount",
    }));
    let reclaim = of_team(json!({
        "TeamId": 1001, "VirtualCompanyId": [60001], "Amount": 100,
        "OperateType": "WithdrawAmount",
    }));
    vec![
        Case::new("grant", AMOUNT, grant)
            .typed(send!(amount(vec![60001, 60002], Fen(1050), TeamAmountChange::Allocate)))
            .run("team quota grant 1001 60001 60002 --amount 10.50 --yes")
            .shows(&["10.50"]),
        Case::new("reclaim", AMOUNT, reclaim)
            .typed(send!(amount(vec![60001], Fen(100), TeamAmountChange::Withdraw)))
            .run("team quota reclaim 1001 60001 --amount 1 --yes")
            .shows(&["1.00"]),
    ]
}

fn amount(members: Vec<i64>, amount: Fen, change: TeamAmountChange) -> SetCompShareTeamAmount {
    let required = SetCompShareTeamAmountRequired {
        team_id: 1001,
        virtual_company_id: members,
        amount,
        operate_type: change,
    };
    SetCompShareTeamAmount::new(required).region(REGION)
}
