//! Calls of the orders of a team.

use compshare_proto::{
    actions::{
        DescribeTeamMemberOrder, DescribeTeamMemberOrderCount, DescribeTeamMemberUnpaidOrder,
        DescribeTeamMemberUnpaidOrderCount, DownloadTeamOrder, ListMemberProductType,
    },
    types::{ChargeType, OrderSortField, OrderState, SortDirection},
};
use serde_json::{Value, json};

use super::{REGION, at, join, teams::of_team};
use crate::case::{Case, send};

const ORDERS: &str = "DescribeTeamMemberOrder";
const UNPAID: &str = "DescribeTeamMemberUnpaidOrder";
const UNPAID_COUNT: &str = "DescribeTeamMemberUnpaidOrderCount";
const DOWNLOAD: &str = "DownloadTeamOrder";
const BEGIN: i64 = 1_700_000_000;
const END: i64 = 1_900_000_000;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = lists();
    cases.extend(unpaid());
    cases.extend(ever());
    cases.extend(filtered());
    cases.extend(others());
    cases
}

/// The parameters for a member of a team.
fn of_member(parameters: Value) -> Value {
    of_team(join(parameters, json!({ "TeamId": 1001, "VirtualCompanyId": 60001 })))
}

/// The parameters for a member of a team, in a time.
fn member(parameters: Value) -> Value {
    of_member(join(parameters, json!({ "BeginTime": BEGIN, "EndTime": END })))
}

fn lists() -> Vec<Case> {
    let filters = member(json!({
        "ChargeTypes": ["Month", "Postpay", "Spot"], "OrderStates": ["Paid"],
        "ResourceIds": ["uhost-60001000000", "uhost-60001000003"], "OrderBy": "order_end_time",
        "OrderDir": "ASC", "Offset": 0, "Limit": 10,
    }));
    let rest = member(json!({
        "Regions": [1_000_009], "ResourceTypes": [1, 2], "OrderTypes": ["Buy", "Renew"],
        "OrderNos": ["1", "2"], "Offset": 0, "Limit": 10,
    }));
    vec![
        Case::new("orders, filtered", ORDERS, filters)
            .typed(send!(
                DescribeTeamMemberOrder::new(1001, 60001)
                    .region(REGION)
                    .begin_time(at(BEGIN))
                    .end_time(at(END))
                    .charge_types([ChargeType::Month, ChargeType::Postpay, ChargeType::Spot])
                    .order_states([OrderState::Paid])
                    .resource_ids(["uhost-60001000000", "uhost-60001000003"])
                    .order_by(OrderSortField::EndTime)
                    .order_dir(SortDirection::Ascending)
                    .offset(0)
                    .limit(10)
            ))
            .run(
                "team billing list 1001 60001 --start 1700000000 --end 1900000000 \
                 --charge Month,Postpay --charge Spot --status Paid --resource uhost-60001000000 \
                 --resource uhost-60001000003 --sort order-end-time --ascending --limit 10",
            ),
        Case::new("orders, everything else", ORDERS, rest).typed(send!(
            DescribeTeamMemberOrder::new(1001, 60001)
                .region(REGION)
                .begin_time(at(BEGIN))
                .end_time(at(END))
                .regions([1_000_009])
                .resource_types([1, 2])
                .order_types(["Buy", "Renew"])
                .order_nos(["1", "2"])
                .offset(0)
                .limit(10)
        )),
        Case::new("orders, counted", "DescribeTeamMemberOrderCount", member(json!({})))
            .typed(send!(
                DescribeTeamMemberOrderCount::new(1001, 60001)
                    .region(REGION)
                    .begin_time(at(BEGIN))
                    .end_time(at(END))
            ))
            .run("team billing summary 1001 60001 --start 1700000000 --end 1900000000")
            .shows(&["130"]),
    ]
}

fn unpaid() -> Vec<Case> {
    vec![
        Case::new("unpaid orders", UNPAID, member(json!({ "Offset": 0, "Limit": 25 })))
            .typed(send!(
                DescribeTeamMemberUnpaidOrder::new(1001, 60001)
                    .region(REGION)
                    .begin_time(at(BEGIN))
                    .end_time(at(END))
                    .offset(0)
                    .limit(25)
            ))
            .run("team billing unpaid 1001 60001 --start 1700000000 --end 1900000000")
            .after(&[UNPAID_COUNT]),
        Case::new("unpaid orders, counted", UNPAID_COUNT, member(json!({})))
            .typed(send!(
                DescribeTeamMemberUnpaidOrderCount::new(1001, 60001)
                    .region(REGION)
                    .begin_time(at(BEGIN))
                    .end_time(at(END))
            ))
            .run("--json team billing unpaid 1001 60001 --start 1700000000 --end 1900000000")
            .before(&[UNPAID]),
    ]
}

/// Without the times that the typed SDK demands.
fn ever() -> Vec<Case> {
    let page = json!({
        "OrderBy": "create_time", "OrderDir": "DESC", "Offset": 0, "Limit": 100,
    });
    vec![
        Case::new("orders, ever", ORDERS, of_member(page))
            .typed(send!(
                DescribeTeamMemberOrder::new(1001, 60001)
                    .region(REGION)
                    .order_by(OrderSortField::CreateTime)
                    .order_dir(SortDirection::Descending)
                    .offset(0)
                    .limit(100)
            ))
            .run("team billing list 1001 60001 --limit 100")
            .shows(&["Postpay", "uhost-60001000129"]),
        Case::new("orders, ever, counted", "DescribeTeamMemberOrderCount", of_member(json!({})))
            .typed(send!(DescribeTeamMemberOrderCount::new(1001, 60001).region(REGION)))
            .run("team billing summary 1001 60001")
            .shows(&["130"]),
        Case::new("unpaid orders, ever", UNPAID, of_member(json!({ "Offset": 2, "Limit": 3 })))
            .typed(send!(
                DescribeTeamMemberUnpaidOrder::new(1001, 60001).region(REGION).offset(2).limit(3)
            ))
            .run("team billing unpaid 1001 60001 --offset 2 --limit 3")
            .after(&[UNPAID_COUNT])
            .shows(&["Unpaid"]),
        Case::new("unpaid orders, ever, counted", UNPAID_COUNT, of_member(json!({})))
            .typed(send!(DescribeTeamMemberUnpaidOrderCount::new(1001, 60001).region(REGION)))
            .run("--json team billing unpaid 1001 60001")
            .before(&[UNPAID]),
        Case::new("products, ever", "ListMemberProductType", of_member(json!({})))
            .typed(send!(ListMemberProductType::new(1001, 60001).region(REGION)))
            .run("team billing products 1001 60001")
            .shows(&["GPU"]),
        Case::new("export, of everyone", DOWNLOAD, of_team(json!({ "TeamId": 1001 })))
            .typed(send!(DownloadTeamOrder::new(1001).region(REGION))),
    ]
}

/// The filters that the documentation does not have, and the official CLI no options for.
fn filtered() -> Vec<Case> {
    let texts = member(json!({
        "Regions": "1000009", "ResourceTypes": "1", "OrderTypes": "Buy", "ChargeTypes": "Month",
        "OrderStates": "Paid",
    }));
    let lists = || {
        json!({
            "Regions": [1_000_009], "ResourceTypes": [1, 2], "OrderTypes": ["Buy", "Renew"],
            "ChargeTypes": ["Month"], "OrderStates": ["Unpaid"], "OrderNos": ["1", "2"],
            "ResourceIds": ["uhost-60001000000"], "OrderBy": "create_time", "OrderDir": "DESC",
            "Offset": 0, "Limit": 10,
        })
    };
    let counted = member(json!({
        "OrganizationId": 9001, "ResourceIds": "uhost-60001000000", "ResourceTypes": 1,
        "OrderTypes": ["Buy", "Renew"], "OrderStates": ["Unpaid"], "ChargeTypes": ["Month"],
        "Regions": [1_000_009], "TransactionNos": ["1", "2"],
    }));
    vec![
        Case::new("orders, filtered and counted", "DescribeTeamMemberOrderCount", texts).typed(
            send!(
                DescribeTeamMemberOrderCount::new(1001, 60001)
                    .region(REGION)
                    .begin_time(at(BEGIN))
                    .end_time(at(END))
                    .regions("1000009")
                    .resource_types("1")
                    .order_types("Buy")
                    .charge_types("Month")
                    .order_states("Paid")
            ),
        ),
        Case::new("unpaid orders, filtered", UNPAID, member(lists())).typed(send!(
            DescribeTeamMemberUnpaidOrder::new(1001, 60001)
                .region(REGION)
                .begin_time(at(BEGIN))
                .end_time(at(END))
                .regions([1_000_009])
                .resource_types([1, 2])
                .order_types(["Buy", "Renew"])
                .charge_types([ChargeType::Month])
                .order_states([OrderState::Unpaid])
                .order_nos(["1", "2"])
                .resource_ids(["uhost-60001000000"])
                .order_by(OrderSortField::CreateTime)
                .order_dir(SortDirection::Descending)
                .offset(0)
                .limit(10)
        )),
        Case::new("unpaid orders, filtered and counted", UNPAID_COUNT, counted).typed(send!(
            DescribeTeamMemberUnpaidOrderCount::new(1001, 60001)
                .region(REGION)
                .begin_time(at(BEGIN))
                .end_time(at(END))
                .organization_id(9001)
                .resource_ids("uhost-60001000000")
                .resource_types(1)
                .order_types(["Buy", "Renew"])
                .order_states([OrderState::Unpaid])
                .charge_types([ChargeType::Month])
                .regions([1_000_009])
                .transaction_nos(["1", "2"])
        )),
    ]
}

fn others() -> Vec<Case> {
    let paid = member(json!({ "OrderStates": ["Paid", "Unpaid"] }));
    vec![
        Case::new("products", "ListMemberProductType", paid.clone())
            .typed(send!(
                ListMemberProductType::new(1001, 60001)
                    .region(REGION)
                    .begin_time(at(BEGIN))
                    .end_time(at(END))
                    .order_states([OrderState::Paid, OrderState::Unpaid])
            ))
            .run(
                "team billing products 1001 60001 --start 1700000000 --end 1900000000 \
                 --status Paid --status Unpaid",
            ),
        Case::new("export", DOWNLOAD, paid)
            .typed(send!(
                DownloadTeamOrder::new(1001)
                    .region(REGION)
                    .virtual_company_id(60001)
                    .begin_time(at(BEGIN))
                    .end_time(at(END))
                    .order_states([OrderState::Paid, OrderState::Unpaid])
            ))
            .run(
                "team billing export 1001 --member 60001 --start 1700000000 --end 1900000000 \
                 --status Paid,Unpaid --output orders.csv --force",
            )
            .shows(&["orders.csv"]),
    ]
}
