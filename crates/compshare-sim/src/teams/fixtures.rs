//! Teams, members and orders that a new gateway holds.

use super::{
    model::{Relation, Status, Team, Teams},
    order::Order,
};
use crate::{Account, Gateway, gateway::COMPANY_ID};

/// Companies that the gateway has anyway.
const AUTHOR: i64 = 67890;
const FRIEND: i64 = 54321;
/// Company that is in no team.
const STUDENT: i64 = 50001;
/// Company that is invited to one.
const GUEST: i64 = 50002;
/// Time of the first fixture, in Unix seconds.
const START: i64 = 1_760_000_000;

/// Puts everything into a gateway.
pub(crate) fn fill(gateway: &mut Gateway) {
    let student =
        Account::new(STUDENT, "sim-student-public-key", "sim-student-private-key").name("alice");
    gateway.add_account(student);
    let guest = Account::new(GUEST, "sim-guest-public-key", "sim-guest-private-key").name("guest");
    gateway.add_account(guest);
    let teams = gateway.teams();
    teams.teams.extend([
        Team::new(1001, COMPANY_ID, "my-team", "AI research group"),
        Team::new(1002, COMPANY_ID, "empty-team", ""),
        Team::new(2001, AUTHOR, "模型工坊团队", "镜像作者"),
        Team::new(2002, FRIEND, "friend-team", ""),
    ]);
    let rows = [
        (1001, FRIEND, 60001, "bob", Status::Joined, (100_000, 63_500)),
        (1001, AUTHOR, 60002, "模型工坊", Status::Joined, (50_000, 50_000)),
        (1001, GUEST, 60003, "guest", Status::Pending, (0, 0)),
        (2001, COMPANY_ID, 61001, "sim-user", Status::Joined, (20_000, 12_345)),
        (2002, COMPANY_ID, 61002, "sim-user", Status::Pending, (0, 0)),
    ];
    for (hours, (team, user, member, remark, status, (allocated, available))) in (0..).zip(rows) {
        let new = Relation::new(team, user, member, remark, START + hours * 3600);
        teams.relations.push(Relation { status, allocated, available, ..new });
        if team == 1001 {
            let time = START + hours * 3600;
            teams.log(team, time, "InviteMember", format!("invited {remark} ({user})"));
        }
    }
    add_orders(teams, 1001, 60001, 130);
    add_orders(teams, 1001, 60002, 12);
    add_orders(teams, 2001, 61001, 5);
}

/// Adds orders of a member, each an hour younger than the one before.
pub(super) fn add_orders(teams: &mut Teams, team: i64, member: i64, count: i64) {
    let have = teams.orders.iter().filter(|order| order.member == member).count();
    let first = i64::try_from(have).unwrap_or(i64::MAX);
    let last = first.saturating_add(count);
    teams.orders.extend((first..last).map(|number| {
        let created = START.saturating_add(number.saturating_mul(3600));
        Order { team, member, number, created }
    }));
}

impl Gateway {
    /// Adds orders of a member of a team, for lists and exports of any length.
    ///
    /// A new gateway has a team 1001 of the account with members 60001 (130 orders) and 60002 (12
    /// orders).
    pub fn add_team_orders(&mut self, team_id: i64, virtual_company_id: i64, count: u32) {
        add_orders(self.teams(), team_id, virtual_company_id, count.into());
    }
}
