//! Teams: what the gateway remembers of them, and who may do what to them.

use super::order::Order;
use crate::call::{Call, Refusal};

/// Code of a member whose quota does not suffice.
pub(crate) const NOT_ENOUGH: i64 = 17001;
/// Code of a user who is in the team already.
pub(crate) const ALREADY_IN: i64 = 16001;
/// Quota in fen that a new team can give to its members.
const FUNDS: i64 = 1_000_000;
/// Time of the first order of a member, in Unix seconds.
const FIRST_ORDER: i64 = 1_760_000_000;

/// Every team, with all that belongs to one.
#[derive(Debug)]
pub(crate) struct Teams {
    pub(crate) teams: Vec<Team>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) logs: Vec<Log>,
    pub(crate) orders: Vec<Order>,
    next_team: i64,
    next_member: i64,
}

/// A team.
#[derive(Debug)]
pub(crate) struct Team {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// Company that administers it.
    pub(crate) owner: i64,
    pub(crate) description: String,
    /// Quota in fen that is not given to any member.
    pub(crate) funds: i64,
}

/// Status of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Pending,
    Joined,
    Rejected,
    Canceled,
}

names! { pub(crate) Status: Pending, Joined, Rejected, Canceled }

/// What a user is to a team.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub(crate) team: i64,
    /// Company of the user.
    pub(crate) user: i64,
    /// Account that the user has in the team.
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

/// An operation on a team, done or attempted.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) team: i64,
    pub(crate) kind: &'static str,
    pub(crate) content: String,
    pub(crate) succeeded: bool,
    pub(crate) time: i64,
}

impl Default for Teams {
    fn default() -> Self {
        Self {
            teams: Vec::new(),
            relations: Vec::new(),
            logs: Vec::new(),
            orders: Vec::new(),
            next_team: 3001,
            next_member: 63_001,
        }
    }
}

impl Teams {
    /// Adds a team.
    pub(crate) fn add(&mut self, owner: i64, name: &str, description: &str) -> i64 {
        let id = self.next_team;
        self.next_team += 1;
        self.teams.push(Team::new(id, owner, name, description));
        id
    }

    /// Invites a user, or does so again; says why not if the user is in the team or invited already.
    pub(crate) fn invite(
        &mut self,
        team: i64,
        user: i64,
        remark: &str,
        now: i64,
    ) -> Result<(), Refusal> {
        let is_owner = self.team(team).is_some_and(|team| team.owner == user);
        let old = self.relations.iter_mut().find(|old| old.team == team && old.user == user);
        match old {
            _ if is_owner => {
                return Err(Refusal::new(
                    ALREADY_IN,
                    "the team's administrator is already in the team",
                ));
            }
            Some(old) if matches!(old.status, Status::Pending | Status::Joined) => {
                return Err(Refusal::new(ALREADY_IN, "the user is already in the team"));
            }
            Some(old) => {
                old.status = Status::Pending;
                remark.clone_into(&mut old.remark);
                old.created = now;
            }
            None => {
                let member = self.next_member;
                self.next_member += 1;
                self.relations.push(Relation::new(team, user, member, remark, now));
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
        let team = self.teams.iter_mut().find(|team| team.id == id);
        let team = team.ok_or_else(|| no_such_team(id))?;
        if team.owner == call.company {
            Ok(team)
        } else if is_member {
            let why =
                "Permission denied for params [TeamId]: only the team's administrator may do this";
            Err(Refusal::new(299, why))
        } else {
            Err(no_such_team(id))
        }
    }

    /// Whether a company has joined a team.
    pub(crate) fn is_member(&self, team: i64, company: i64) -> bool {
        self.relations.iter().any(|relation| {
            relation.team == team && relation.user == company && relation.status == Status::Joined
        })
    }

    /// What a company is to a team.
    pub(crate) fn relation(&mut self, team: i64, user: i64) -> Option<&mut Relation> {
        self.relations.iter_mut().find(|own| own.team == team && own.user == user)
    }

    /// The relation behind a virtual account of a team.
    pub(crate) fn member(&self, team: i64, member: i64) -> Option<&Relation> {
        self.relations.iter().find(|own| own.team == team && own.member == member)
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

    /// Notes what was done.
    pub(crate) fn log(&mut self, team: i64, time: i64, kind: &'static str, content: String) {
        self.logs.push(Log { team, kind, content, succeeded: true, time });
    }

    /// Notes what was tried.
    pub(crate) fn log_failure(&mut self, team: i64, time: i64, kind: &'static str, why: String) {
        self.logs.push(Log { team, kind, content: why, succeeded: false, time });
    }
}

impl Team {
    pub(crate) fn new(id: i64, owner: i64, name: &str, description: &str) -> Self {
        let (name, description) = (name.to_owned(), description.to_owned());
        Self { id, name, owner, description, funds: FUNDS }
    }
}

impl Relation {
    pub(crate) fn new(team: i64, user: i64, member: i64, remark: &str, created: i64) -> Self {
        let (status, remark) = (Status::Pending, remark.to_owned());
        Self { team, user, member, status, remark, allocated: 0, available: 0, created }
    }
}

/// The refusal of a team that does not exist, or that the caller may not see.
pub(crate) fn no_such_team(id: i64) -> Refusal {
    Refusal::unavailable("TeamId", format_args!("no such team: {id}"))
}
