//! Lists and sums of orders.

use super::select::select;
use crate::families::prelude::*;
use crate::model::order::{Order, yuan};

/// DescribeTeamMemberOrder.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Outcome {
    let orders = select(state, call)?;
    let remark = |order: Order| {
        state.teams.member(order.team, order.member).map_or("", |member| &member.remark)
    };
    Ok(paged(orders, call.parameters, |order| order.show(remark(order))))
}

/// DescribeTeamMemberUnpaidOrder.
pub(super) fn list_unpaid(state: &mut State, call: &Call<'_>) -> Outcome {
    let mut orders = select(state, call)?;
    orders.retain(|order| !order.is_paid());
    Ok(paged(orders, call.parameters, Order::show_unpaid))
}

/// A page of orders, the newest first unless the request says otherwise.
fn paged(mut orders: Vec<Order>, sent: &Parameters, show: impl Fn(Order) -> Value) -> Value {
    orders.sort_by_key(|order| match sent.filled("OrderBy") {
        Some("order_end_time") => (order.end(), order.created),
        // A billed period begins when the order is made.
        _ => (order.created, order.end()),
    });
    if sent.filled("OrderDir") != Some("ASC") {
        orders.reverse();
    }
    let total = orders.len();
    let rows: Vec<Value> = page(orders, sent, 25).map(show).collect();
    json!({
        "OrderInfos": rows,
        "Total": total,
        "Limit": sent.int("Limit").unwrap_or(25),
        "Offset": sent.int("Offset").unwrap_or(0),
    })
}

/// DescribeTeamMemberOrderCount.
pub(super) fn count(state: &mut State, call: &Call<'_>) -> Outcome {
    let orders = select(state, call)?;
    Ok(json!({
        "TotalCount": orders.len(),
        "Amount": sum(&orders, Order::amount),
        "AmountReal": sum(&orders, Order::real),
        "AmountFree": sum(&orders, Order::free),
        "AmountCoupon": sum(&orders, Order::coupon),
    }))
}

/// DescribeTeamMemberUnpaidOrderCount.
pub(super) fn count_unpaid(state: &mut State, call: &Call<'_>) -> Outcome {
    let mut orders = select(state, call)?;
    orders.retain(|order| !order.is_paid());
    Ok(json!({ "TotalCount": orders.len(), "Amount": sum(&orders, Order::amount) }))
}

fn sum(orders: &[Order], part: fn(Order) -> i64) -> String {
    yuan(orders.iter().copied().map(part).fold(0, i64::saturating_add))
}

/// ListMemberProductType: each once.
pub(super) fn product_types(state: &mut State, call: &Call<'_>) -> Outcome {
    let mut products: Vec<&str> = Vec::new();
    for product in select(state, call)?.into_iter().map(Order::product) {
        if !products.contains(&product) {
            products.push(product);
        }
    }
    Ok(json!({ "ProductTypeList": products }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Caller, column};

    const WHO: [(&str, &str); 2] = [("TeamId", "1001"), ("VirtualCompanyId", "60001")];
    const LIST: &str = "DescribeTeamMemberOrder";

    fn ask(caller: &mut Caller, action: &str, more: &[(&str, &str)]) -> Value {
        caller.ok(action, &[&WHO[..], more].concat())
    }

    #[test]
    fn orders_come_in_pages_the_newest_first() {
        let mut caller = Caller::new();
        let response = ask(&mut caller, LIST, &[]);
        let numbers = column(&response["OrderInfos"], "OrderNo");
        assert_eq!((numbers.len(), numbers[0].as_str()), (25, "order-60001-000129"));
        assert_eq!((&response["Total"], &response["Limit"]), (&json!(130), &json!(25)));
        let second = ask(&mut caller, LIST, &[("Limit", "100"), ("Offset", "100")]);
        assert_eq!(second["OrderInfos"].as_array().map(Vec::len), Some(30));
        assert_eq!(second["Offset"], 100);
        let oldest =
            ask(&mut caller, LIST, &[("OrderDir", "ASC"), ("OrderBy", "order_start_time")]);
        assert_eq!(column(&oldest["OrderInfos"], "OrderNo")[0], "order-60001-000000");
        let last = ask(&mut caller, LIST, &[("OrderBy", "order_end_time"), ("Limit", "1")]);
        assert_eq!(column(&last["OrderInfos"], "ChargeType"), ["Month"]);
    }

    #[test]
    fn an_order_says_everything() {
        let mut caller = Caller::new();
        let response = ask(&mut caller, LIST, &[("OrderNos.0", "order-60001-000000")]);
        let order = json!({
            "OrderNo": "order-60001-000000",
            "OrderType": "Buy",
            "OrderState": "Paid",
            "ChargeType": "Dynamic",
            "Amount": "10.00",
            "AmountReal": "8.50",
            "ResourceId": "uhost-60001000000",
            "CreateTime": 1_760_000_000,
            "OrderDetail": [
                { "ProductName": "GPU", "Value": "4090 × 1" },
                { "ProductName": "CPU", "Value": "16 核" },
            ],
            "RegionId": "1000009",
            "ResourceType": "101",
            "AmountFree": "1.00",
            "AmountCoupon": "0.50",
            "Quantity": "1",
            "Count": 1,
            "UpdateTime": 1_760_000_000,
            "StartTime": 1_760_000_000,
            "EndTime": 1_760_003_600,
            "TradeNo": "trade-60001-000000",
            "SpotDiscount": "",
            "OriginalPrice": "1",
            "ProjectName": "默认项目",
            "OrderDetailOld": [],
            "ResourceTag": [{ "KeyId": "member", "Value": "bob" }],
        });
        assert_eq!(response["OrderInfos"], json!([order]));
    }

    #[test]
    fn orders_are_filtered() {
        let mut caller = Caller::new();
        let mut total = |more: &[(&str, &str)]| {
            ask(&mut caller, LIST, more)["Total"].as_i64().expect("a total")
        };
        let (paid, unpaid) =
            (total(&[("OrderStates.0", "Paid")]), total(&[("OrderStates.0", "Unpaid")]));
        assert_eq!((paid + unpaid, unpaid), (130, 19));
        assert_eq!(total(&[("ChargeTypes.0", "Spot")]), 10);
        assert_eq!(total(&[("ChargeTypes.0", "Spot"), ("ChargeTypes.1", "Day")]), 10 + 30);
        assert_eq!(total(&[("OrderTypes.0", "Upgrade")]), 26);
        assert_eq!(total(&[("ResourceTypes.0", "103")]), 43);
        assert_eq!(total(&[("Regions.0", "1000009")]), 44);
        assert_eq!(total(&[("ResourceIds.0", "bsm-60001000001")]), 1);
        assert_eq!(total(&[("BeginTime", "1760003600"), ("EndTime", "1760010800")]), 3);
    }

    #[test]
    fn unpaid_orders_are_a_part() {
        let mut caller = Caller::new();
        let response = ask(&mut caller, "DescribeTeamMemberUnpaidOrder", &[("OrderDir", "ASC")]);
        assert_eq!(
            (&response["Total"], &response["OrderInfos"][0]["Amount"]),
            (&json!(19), &json!("11.11"))
        );
        assert_eq!(response["OrderInfos"][0]["AmountReal"], "0.00");
        let line = json!([{
            "ProductId": 101,
            "Multiple": 1,
            "BillItemId": "uhost-60001000003",
            "PurchaseValue": 1_760_000_000 + 3 * 3600 + 86_400,
        }]);
        assert_eq!(response["OrderInfos"][0]["OrderDetail"], line);
        let count = "DescribeTeamMemberUnpaidOrderCount";
        let all = ask(&mut caller, count, &[]);
        assert_eq!((&all["TotalCount"], &all["Amount"]), (&json!(19), &json!("653.98")));
        for (name, value, total) in [
            ("ResourceIds", "uhost-60001000003", 1),
            ("TransactionNos.0", "trade-60001-000003", 1),
            ("OrganizationId", "9001", 19),
            ("OrganizationId", "1", 0),
            ("OrderStates.0", "Paid", 0),
        ] {
            assert_eq!(ask(&mut caller, count, &[(name, value)])["TotalCount"], total, "{name}");
        }
    }

    #[test]
    fn sums_are_those_of_the_list() {
        let mut caller = Caller::new();
        let narrow =
            [("OrderStates", "Paid"), ("BeginTime", "1760000000"), ("EndTime", "1760003600")];
        let response = ask(&mut caller, "DescribeTeamMemberOrderCount", &narrow);
        let expected = json!({
            "TotalCount": 2,
            "Amount": "20.37",
            "AmountReal": "18.87",
            "AmountFree": "1.00",
            "AmountCoupon": "0.50",
            "RetCode": 0,
            "Action": "DescribeTeamMemberOrderCountResponse",
        });
        assert_eq!(response, expected);
    }

    #[test]
    fn product_types_come_once_each() {
        let mut caller = Caller::new();
        let response = ask(&mut caller, "ListMemberProductType", &[]);
        assert_eq!(response["ProductTypeList"], json!(["GPU 云主机", "云硬盘", "文件存储"]));
        let none = ask(&mut caller, "ListMemberProductType", &[("EndTime", "1")]);
        assert_eq!(none["ProductTypeList"], json!([]));
    }

    #[test]
    fn orders_are_for_the_administrator_and_of_a_member() {
        let mut caller = Caller::new();
        for action in [
            LIST,
            "DescribeTeamMemberOrderCount",
            "DescribeTeamMemberUnpaidOrder",
            "DescribeTeamMemberUnpaidOrderCount",
            "ListMemberProductType",
        ] {
            let other = [("TeamId", "2001"), ("VirtualCompanyId", "61001")];
            assert_eq!(caller.refused(action, &other).0, 299, "{action}");
            let (code, message) =
                caller.refused(action, &[("TeamId", "1001"), ("VirtualCompanyId", "61001")]);
            assert_eq!(code, 230, "{action}");
            assert!(message.contains("[VirtualCompanyId]"), "{message}");
            let pairs = [&WHO[..], &[("BeginTime", "2"), ("EndTime", "1")]].concat();
            assert_eq!(caller.refused(action, &pairs).0, 230, "{action}");
            assert_eq!(caller.refused(action, &WHO[..1]).0, 220, "{action}");
        }
    }
}
