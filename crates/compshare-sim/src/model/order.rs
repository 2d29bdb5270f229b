//! `Order`: an order of a member, all of which follows from its number.

use serde_json::{Value, json};

use crate::call::merged;

/// Seconds of an hour, a day and thirty days.
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
const MONTH: i64 = 30 * DAY;

/// Products: name, code, prefix of resource ids.
const PRODUCTS: [(&str, i64, &str); 3] =
    [("GPU 云主机", 101, "uhost"), ("云硬盘", 102, "bsm"), ("文件存储", 103, "cfs")];
/// Codes of the regions that orders are for.
const REGIONS: [i64; 3] = [1_000_009, 1_000_007, 1_000_001];
/// How orders are billed, each with the seconds of a period.
const CHARGES: [(&str, i64); 4] =
    [("Dynamic", HOUR), ("Month", MONTH), ("Postpay", HOUR), ("Day", DAY)];

/// An order; its attributes go round with its number, so that there are some of every kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) team: i64,
    pub(crate) member: i64,
    /// Counted from 0 for each member.
    pub(crate) number: i64,
    pub(crate) created: i64,
}

/// The item of a list that it is the turn of.
fn turn<T: Copy, const N: usize>(list: [T; N], number: i64) -> T {
    let place = usize::try_from(number).unwrap_or_default() % N;
    #[allow(clippy::indexing_slicing, reason = "the remainder is within the list")]
    list[place]
}

impl Order {
    pub(crate) fn order_no(self) -> String {
        format!("order-{}-{:06}", self.member, self.number)
    }

    pub(crate) fn trade_no(self) -> String {
        format!("trade-{}-{:06}", self.member, self.number)
    }

    pub(crate) fn kind(self) -> &'static str {
        turn(["Buy", "Buy", "Renew", "Buy", "Upgrade"], self.number)
    }

    pub(crate) fn is_paid(self) -> bool {
        self.number % 7 != 3
    }

    pub(crate) fn state(self) -> &'static str {
        if self.is_paid() { "Paid" } else { "Unpaid" }
    }

    fn is_spot(self) -> bool {
        self.number % 13 == 5
    }

    pub(crate) fn charge(self) -> &'static str {
        if self.is_spot() { "Spot" } else { turn(CHARGES, self.number).0 }
    }

    pub(crate) fn product(self) -> &'static str {
        turn(PRODUCTS, self.number).0
    }

    pub(crate) fn product_code(self) -> i64 {
        turn(PRODUCTS, self.number).1
    }

    pub(crate) fn resource_id(self) -> String {
        format!("{}-{}{:06}", turn(PRODUCTS, self.number).2, self.member, self.number)
    }

    pub(crate) fn region(self) -> i64 {
        turn(REGIONS, self.number / 2)
    }

    pub(crate) fn quantity(self) -> i64 {
        turn([1, 2, 3], self.number)
    }

    pub(crate) fn end(self) -> i64 {
        let period = if self.is_spot() { HOUR } else { turn(CHARGES, self.number).1 };
        self.created.saturating_add(period.saturating_mul(self.quantity()))
    }

    /// What it comes to, in fen.
    pub(crate) fn amount(self) -> i64 {
        1000 + self.number % 1000 * 37 % 9000
    }

    /// What free credit covers, in fen.
    pub(crate) fn free(self) -> i64 {
        if self.is_paid() && self.number % 6 == 0 { self.amount() / 10 } else { 0 }
    }

    /// What a coupon covers, in fen.
    pub(crate) fn coupon(self) -> i64 {
        if self.is_paid() && self.number % 10 == 0 { self.amount() / 20 } else { 0 }
    }

    /// What was paid in money, in fen.
    pub(crate) fn real(self) -> i64 {
        if self.is_paid() { self.amount() - self.free() - self.coupon() } else { 0 }
    }

    /// The order as `DescribeTeamMemberOrder` shows it.
    pub(crate) fn show(self, remark: &str) -> Value {
        let cores = 16 * self.quantity();
        let lines = json!([
            { "ProductName": "GPU", "Value": "4090 × 1" },
            { "ProductName": "CPU", "Value": format!("{cores} 核") },
        ]);
        let old = json!([{ "ProductName": "CPU", "Value": "8 核" }]);
        let more = json!({
            "OrderDetail": lines,
            "AmountFree": yuan(self.free()),
            "AmountCoupon": yuan(self.coupon()),
            "Count": 1,
            "SpotDiscount": if self.is_spot() { "0.5" } else { "" },
            "ProjectName": "默认项目",
            "OrderDetailOld": if self.kind() == "Upgrade" { old } else { json!([]) },
            "ResourceTag": [{ "KeyId": "member", "Value": remark }],
        });
        merged(self.common(), more)
    }

    /// The order as `DescribeTeamMemberUnpaidOrder` shows it.
    pub(crate) fn show_unpaid(self) -> Value {
        let line = json!({
            "ProductId": self.product_code(),
            "Multiple": self.quantity(),
            "BillItemId": self.resource_id(),
            "PurchaseValue": self.end(),
        });
        merged(self.common(), json!({ "OrderDetail": [line] }))
    }

    fn common(self) -> Value {
        json!({
            "OrderNo": self.order_no(),
            "OrderType": self.kind(),
            "OrderState": self.state(),
            "ChargeType": self.charge(),
            "Amount": yuan(self.amount()),
            "AmountReal": yuan(self.real()),
            "ResourceId": self.resource_id(),
            "CreateTime": self.created,
            "RegionId": self.region().to_string(),
            "ResourceType": self.product_code().to_string(),
            "Quantity": self.quantity().to_string(),
            "UpdateTime": self.created,
            "StartTime": self.created,
            "EndTime": self.end(),
            "TradeNo": self.trade_no(),
            "OriginalPrice": if self.kind() == "Renew" { "0.9" } else { "1" },
        })
    }
}

/// An amount of fen in yuan, as text.
pub(crate) fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_add_up() {
        for number in 0..2000 {
            let order = Order { team: 1, member: 2, number, created: 0 };
            let parts = order.real() + order.free() + order.coupon();
            assert_eq!(parts, if order.is_paid() { order.amount() } else { 0 });
            assert!(order.real() >= 0 && order.end() > 0);
        }
        assert_eq!((yuan(1005), yuan(0)), ("10.05".to_owned(), "0.00".to_owned()));
    }
}
