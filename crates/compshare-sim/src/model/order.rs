//! `Order`: an order of a member, all of which follows from its number.

use serde_json::{Value, json};

use crate::call::merged;

/// Seconds of an hour.
const HOUR: i64 = 3600;

/// Products: name, code, prefix of resource ids.
const PRODUCTS: [(&str, i64, &str); 3] =
    [("GPU 云主机", 101, "uhost"), ("云硬盘", 102, "bsm"), ("文件存储", 103, "cfs")];
/// Codes of the regions that orders are for.
const REGIONS: [i64; 3] = [1_000_009, 1_000_007, 1_000_001];
/// How orders are billed, each with the seconds of a period.
const CHARGES: [(&str, i64); 4] =
    [("Dynamic", HOUR), ("Month", 30 * 24 * HOUR), ("Postpay", HOUR), ("Day", 24 * HOUR)];

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
    pub(crate) fn is_paid(self) -> bool {
        self.number % 7 != 3
    }

    /// How it is billed, with the seconds of a period.
    fn charge(self) -> (&'static str, i64) {
        if self.number % 13 == 5 { ("Spot", HOUR) } else { turn(CHARGES, self.number) }
    }

    fn kind(self) -> &'static str {
        turn(["Buy", "Buy", "Renew", "Buy", "Upgrade"], self.number)
    }

    pub(crate) fn product(self) -> &'static str {
        turn(PRODUCTS, self.number).0
    }

    fn quantity(self) -> i64 {
        turn([1, 2, 3], self.number)
    }

    pub(crate) fn end(self) -> i64 {
        self.created.saturating_add(self.charge().1.saturating_mul(self.quantity()))
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
        let old = json!([{ "ProductName": "CPU", "Value": "8 核" }]);
        let more = json!({
            "OrderDetail": [
                { "ProductName": "GPU", "Value": "4090 × 1" },
                { "ProductName": "CPU", "Value": format!("{} 核", 16 * self.quantity()) },
            ],
            "AmountFree": yuan(self.free()),
            "AmountCoupon": yuan(self.coupon()),
            "Count": 1,
            "SpotDiscount": if self.charge().0 == "Spot" { "0.5" } else { "" },
            "ProjectName": "默认项目",
            "OrderDetailOld": if self.kind() == "Upgrade" { old } else { json!([]) },
            "ResourceTag": [{ "KeyId": "member", "Value": remark }],
        });
        merged(self.row(), more)
    }

    /// The order as `DescribeTeamMemberUnpaidOrder` shows it.
    pub(crate) fn show_unpaid(self) -> Value {
        let row = self.row();
        let line = json!({
            "ProductId": turn(PRODUCTS, self.number).1,
            "Multiple": self.quantity(),
            "BillItemId": row.get("ResourceId"),
            "PurchaseValue": self.end(),
        });
        merged(row, json!({ "OrderDetail": [line] }))
    }

    /// What every list shows of the order.
    pub(crate) fn row(self) -> Value {
        let Self { member, number, created, .. } = self;
        let (_, product, prefix) = turn(PRODUCTS, number);
        json!({
            "OrderNo": format!("order-{member}-{number:06}"),
            "OrderType": self.kind(),
            "OrderState": if self.is_paid() { "Paid" } else { "Unpaid" },
            "ChargeType": self.charge().0,
            "Amount": yuan(self.amount()),
            "AmountReal": yuan(self.real()),
            "ResourceId": format!("{prefix}-{member}{number:06}"),
            "CreateTime": created,
            "RegionId": turn(REGIONS, number / 2).to_string(),
            "ResourceType": product.to_string(),
            "Quantity": self.quantity().to_string(),
            "UpdateTime": created,
            "StartTime": created,
            "EndTime": self.end(),
            "TradeNo": format!("trade-{member}-{number:06}"),
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
