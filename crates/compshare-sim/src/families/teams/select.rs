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
        Refusal::when(end < begin, "EndTime", "it must not be before BeginTime")?;
        Ok(Self { begin, end })
    }

    pub(super) const fn has(self, time: i64) -> bool {
        self.begin <= time && time <= self.end
    }
}

/// The member whose orders a request is about, with the remark for it; `None` is every member.
fn member(state: &mut State, call: &Call<'_>) -> Result<(i64, Option<i64>), Refusal> {
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

/// Whether an order passes the filters of a request: lists, or one text where an action takes but one.
fn fits(order: Order, sent: &Parameters) -> bool {
    let passes = |name, value: &str| {
        sent.list(name).is_none_or(|wanted| wanted.is_empty() || wanted.contains(&value))
    };
    passes("ChargeTypes", order.charge())
        && passes("OrderStates", order.state())
        && passes("OrderTypes", order.kind())
        && passes("ResourceIds", &order.resource_id())
        && passes("ResourceTypes", &order.product_code().to_string())
        && passes("Regions", &order.region().to_string())
        && passes("OrderNos", &order.order_no())
        && passes("TransactionNos", &order.trade_no())
        && sent.int("OrganizationId").is_none_or(|id| id == ORGANIZATION)
}

/// Orders of one member or all, that pass the filters, in the order in which they were made.
pub(super) fn select(state: &mut State, call: &Call<'_>) -> Result<Vec<Order>, Refusal> {
    let (team, member) = member(state, call)?;
    let window = Window::of(call.parameters)?;
    let orders = state.teams.orders.iter().copied();
    Ok(orders
        .filter(|order| order.team == team && member.is_none_or(|member| order.member == member))
        .filter(|order| window.has(order.created) && fits(*order, call.parameters))
        .collect())
}
