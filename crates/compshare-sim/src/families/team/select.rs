//! Which orders a request is about.

use std::ops::RangeInclusive;

use crate::families::prelude::*;
use crate::model::order::Order;

/// Organization that every order belongs to.
const ORGANIZATION: i64 = 9001;

/// Lists of a request that filter orders, each with the field that it is about.
const FILTERS: &[(&str, &str)] = &[
    ("ChargeTypes", "ChargeType"),
    ("OrderStates", "OrderState"),
    ("OrderTypes", "OrderType"),
    ("ResourceIds", "ResourceId"),
    ("ResourceTypes", "ResourceType"),
    ("Regions", "RegionId"),
    ("OrderNos", "OrderNo"),
    ("TransactionNos", "TradeNo"),
];

/// The period of a request, both ends of which may be open.
pub(super) fn window(sent: &Parameters) -> Result<RangeInclusive<i64>, Refusal> {
    let begin = sent.int("BeginTime").unwrap_or(i64::MIN);
    let end = sent.int("EndTime").unwrap_or(i64::MAX);
    Refusal::when(end < begin, "EndTime", "it must not be before BeginTime")?;
    Ok(begin..=end)
}

/// Whether a row passes the filters of a request: lists, or one text where an action takes but one.
pub(super) fn passes(sent: &Parameters, filters: &[(&str, &str)], row: &Value) -> bool {
    filters.iter().all(|(list, field)| {
        let wanted = sent.list(list).unwrap_or_default();
        wanted.is_empty() || wanted.contains(&text(row, field))
    })
}

/// Orders of one member or all, that pass the filters, in the order in which they were made.
pub(super) fn select(state: &mut State, call: &Call<'_>) -> Result<Vec<Order>, Refusal> {
    state.check_verified(call)?;
    let team = state.teams.administered(call)?.id;
    let sent = call.parameters;
    let member = sent.int("VirtualCompanyId").filter(|member| *member != 0);
    if let Some(member) = member {
        state.teams.member(team, member)?;
    }
    let window = window(sent)?;
    let mut orders = state.teams.orders.clone();
    orders.retain(|order| order.team == team && member.is_none_or(|own| order.member == own));
    orders.retain(|order| window.contains(&order.created) && passes(sent, FILTERS, &order.row()));
    if sent.int("OrganizationId").is_some_and(|id| id != ORGANIZATION) {
        orders.clear();
    }
    Ok(orders)
}
