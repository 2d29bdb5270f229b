//! Which orders a request is about.

use super::show::no_such_member;
use crate::families::prelude::*;
use crate::model::order::Order;

/// Organization that every order belongs to.
const ORGANIZATION: i64 = 9001;

/// A period, both ends of which may be open.
#[derive(Clone, Copy)]
pub(super) struct Window {
    begin: i64,
    end: i64,
}

impl Window {
    pub(super) fn of(sent: &Parameters) -> Result<Self, Refusal> {
        let begin = sent.int("BeginTime").unwrap_or(i64::MIN);
        let end = sent.int("EndTime").unwrap_or(i64::MAX);
        if end < begin {
            return Err(Refusal::unavailable("EndTime", "it must not be before BeginTime"));
        }
        Ok(Self { begin, end })
    }

    pub(super) const fn has(self, time: i64) -> bool {
        self.begin <= time && time <= self.end
    }
}

/// The member whose orders a request is about, with the remark for it; `None` is every member.
pub(super) fn member(state: &mut State, call: &Call<'_>) -> Result<(i64, Option<i64>), Refusal> {
    state.check_verified(call)?;
    let team = state.teams.administered(call)?.id;
    match call.parameters.int("VirtualCompanyId") {
        None | Some(0) => Ok((team, None)),
        Some(member) => match state.teams.member(team, member) {
            Some(_) => Ok((team, Some(member))),
            None => Err(no_such_member(member)),
        },
    }
}

/// The filters of a request: lists, or one text where an action takes but one.
pub(super) struct Filter<'a> {
    window: Window,
    charges: Vec<&'a str>,
    states: Vec<&'a str>,
    kinds: Vec<&'a str>,
    resources: Vec<&'a str>,
    resource_types: Vec<&'a str>,
    regions: Vec<&'a str>,
    numbers: Vec<&'a str>,
    trades: Vec<&'a str>,
    organization: Option<i64>,
}

impl<'a> Filter<'a> {
    pub(super) fn of(sent: &'a Parameters) -> Result<Self, Refusal> {
        let list = |name| sent.list(name).unwrap_or_default();
        Ok(Self {
            window: Window::of(sent)?,
            charges: list("ChargeTypes"),
            states: list("OrderStates"),
            kinds: list("OrderTypes"),
            resources: list("ResourceIds"),
            resource_types: list("ResourceTypes"),
            regions: list("Regions"),
            numbers: list("OrderNos"),
            trades: list("TransactionNos"),
            organization: sent.int("OrganizationId"),
        })
    }

    /// Whether an order passes every filter.
    pub(super) fn fits(&self, order: Order) -> bool {
        let passes = |wanted: &[&str], value: &str| wanted.is_empty() || wanted.contains(&value);
        self.window.has(order.created)
            && passes(&self.charges, order.charge())
            && passes(&self.states, order.state())
            && passes(&self.kinds, order.kind())
            && passes(&self.resources, &order.resource_id())
            && passes(&self.resource_types, &order.product_code().to_string())
            && passes(&self.regions, &order.region().to_string())
            && passes(&self.numbers, &order.order_no())
            && passes(&self.trades, &order.trade_no())
            && self.organization.is_none_or(|id| id == ORGANIZATION)
    }
}

/// Orders of one member or all, that pass the filters, in the order in which they were made.
pub(super) fn select(state: &mut State, call: &Call<'_>) -> Result<Vec<Order>, Refusal> {
    let (team, member) = member(state, call)?;
    let filter = Filter::of(call.parameters)?;
    let orders = state.teams.orders.iter().copied();
    Ok(orders
        .filter(|order| order.team == team && member.is_none_or(|member| order.member == member))
        .filter(|order| filter.fits(*order))
        .collect())
}
