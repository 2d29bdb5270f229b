//! Teams: what the gateway remembers of them, and who may do what to them.

use serde_json::{Value, json};

use super::{
    order::Order,
    row::{Row as _, row},
};
use crate::call::{Call, Refusal};

/// Code of a member whose quota does not suffice.
pub(crate) const NOT_ENOUGH: i64 = 17001;
/// Code of a user who is in the team already.
pub(crate) const ALREADY_IN: i64 = 16001;
/// Time of the first order of a member, in Unix seconds.
const FIRST_ORDER: i64 = 1_760_000_000;
/// Id of the first team that is created, and of the first account in a team.
const FIRST_TEAM: i64 = 3001;
const FIRST_MEMBER: i64 = 63_001;

/// Every team, with all that belongs to one.
#[derive(Debug, Default)]
pub(crate) struct Teams {
    pub(crate) teams: Vec<Team>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) logs: Vec<Log>,
    pub(crate) orders: Vec<Order>,
    /// Numbers of teams that were created, and of users that were invited first.
    created: i64,
    invited: i64,
}

row! {
    /// A team.
    #[derive(Debug)]
    pub(crate) struct Team {
        pub(crate) id: i64,
        pub(crate) name: String,
        /// Company that administers it.
        pub(crate) owner: i64,
        pub(crate) description: String,
        /// Quota in fen that is not given to any member.
        pub(crate) funds: i64 = 1_000_000,
    }
}

/// Status of an invitation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Status {
    #[default]
    Pending,
    Joined,
    Rejected,
    Canceled,
}

names! { pub(crate) Status: Pending, Joined, Rejected, Canceled }

row! {
    /// What a user is to a team.
    #[derive(Clone, Debug, Default)]
    pub(crate) struct Relation {
        pub(crate) team: i64,
        /// Company of the user.
        pub(crate) user: i64,
        /// Account that the user has in the team; made with the first invitation.
        pub(crate) member: i64,
        pub(crate) status: Status,
        pub(crate) remark: String,
        /// Quota in fen that was given.
        pub(crate) allocated: i64,
        /// Quota in fen that is left.
        pub(crate) available: i64,
        /// When the user was invited.
        pub(crate) created: i64,
    }
}

/// An operation on a team, done or attempted.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) team: i64,
    pub(crate) time: i64,
    /// The operation as `ListCompShareTeamOperateLog` shows it.
    pub(crate) row: Value,
}

impl Teams {
    /// Adds a team.
    pub(crate) fn add(&mut self, owner: i64, name: &str, description: &str) -> i64 {
        let id = FIRST_TEAM + self.created;
        self.created += 1;
        let (name, description) = (name.to_owned(), description.to_owned());
        self.teams.push(Team { id, name, owner, description, ..Team::first() });
        id
    }

    /// Invites a user, or does so again; says why not if the user is in the team or invited already.
    pub(crate) fn invite(&mut self, mut new: Relation) -> Result<(), Refusal> {
        let already_in =
            |who| Refusal::new(ALREADY_IN, format!("the {who} is already in the team"));
        if self.team(new.team).is_some_and(|team| team.owner == new.user) {
            return Err(already_in("team's administrator"));
        }
        match self.relation(new.team, new.user) {
            Some(old) if matches!(old.status, Status::Pending | Status::Joined) => {
                return Err(already_in("user"));
            }
            Some(old) => *old = Relation { member: old.member, ..new },
            None => {
                new.member = FIRST_MEMBER + self.invited;
                self.invited += 1;
                self.relations.push(new);
            }
        }
        Ok(())
    }

    pub(crate) fn team(&self, id: i64) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == id)
    }

    /// The team of the request, which only its administrator may work on.
    pub(crate) fn administered(&mut self, call: &Call<'_>) -> Result<&mut Team, Refusal> {
        let id = call.number("TeamId")?;
        let is_member = self.is_member(id, call.company);
        let why =
            "Permission denied for params [TeamId]: only the team's administrator may do this";
        match self.teams.iter_mut().find(|team| team.id == id) {
            Some(team) if team.owner == call.company => Ok(team),
            Some(_) if is_member => Err(Refusal::new(299, why)),
            _ => Err(no_such_team(id)),
        }
    }

    /// Whether a company has joined a team.
    pub(crate) fn is_member(&self, team: i64, company: i64) -> bool {
        self.of_team(team).any(|own| own.user == company && own.status == Status::Joined)
    }

    /// What a company is to a team.
    pub(crate) fn relation(&mut self, team: i64, user: i64) -> Option<&mut Relation> {
        self.relations.iter_mut().find(|own| own.team == team && own.user == user)
    }

    /// The relation behind a virtual account of a team.
    pub(crate) fn member(&self, team: i64, member: i64) -> Result<&Relation, Refusal> {
        let mut own = self.of_team(team);
        own.find(|own| own.member == member).ok_or_else(|| no_such_member(member))
    }

    /// Relations of one team in the order in which users were invited first.
    pub(crate) fn of_team(&self, team: i64) -> impl Iterator<Item = &Relation> {
        self.relations.iter().filter(move |relation| relation.team == team)
    }

    /// Adds orders of a member, each an hour younger than the one before.
    pub(crate) fn add_orders(&mut self, team: i64, member: i64, count: i64) {
        let have = self.orders.iter().filter(|order| order.member == member).count();
        let first = i64::try_from(have).unwrap_or(i64::MAX);
        let last = first.saturating_add(count);
        self.orders.extend((first..last).map(|number| {
            let created = FIRST_ORDER.saturating_add(number.saturating_mul(3600));
            Order { team, member, number, created }
        }));
    }

    /// Records an operation: what was done, or why it failed.
    pub(crate) fn log(&mut self, team: i64, time: i64, kind: &str, note: Result<String, String>) {
        let status = if note.is_ok() { "Success" } else { "Failed" };
        let content = note.unwrap_or_else(|why| why);
        let row = json!({
            "Content": content,
            "OperateType": kind,
            "CreateTime": time,
            "Status": status,
        });
        self.logs.push(Log { team, time, row });
    }
}

/// The refusal of a team that does not exist, or that the caller may not see.
pub(crate) fn no_such_team(id: i64) -> Refusal {
    Refusal::unavailable("TeamId", format_args!("no such team: {id}"))
}

/// The refusal of a virtual account that the team does not have.
pub(crate) fn no_such_member(member: i64) -> Refusal {
    Refusal::unavailable("VirtualCompanyId", format_args!("the team has no such member: {member}"))
}
