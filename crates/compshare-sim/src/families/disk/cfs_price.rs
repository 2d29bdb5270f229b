//! What file storage costs.

use super::cfs::{CHARGES, check_zone};
use crate::families::prelude::*;
use crate::model::price::{self, Hourly, Level};

/// GetCompShareCFSPrice.
pub(super) fn new_storage(_state: &mut State, call: &Call<'_>) -> Outcome {
    let charge = ChargeType::required(call, &CHARGES)?;
    check_zone(call)?;
    let size = call.number("Size")?;
    let quantity = call.quantity();
    let hourly = Hourly { data_disks: price::cfs(size), ..Hourly::default() };
    Ok(json!({ "PriceDetails": [hourly.row(Level::Paid, charge, quantity)] }))
}

/// GetCompShareCFSUpgradePrice: for the time left of what was paid for, else for an hour.
pub(super) fn upgrade(state: &mut State, call: &Call<'_>) -> Outcome {
    let size = call.number("Size")?;
    let cfs = state.own_cfs(call, "CfsId")?.clone();
    super::grow(&mut cfs.size_gb.clone(), size, i64::MAX, "Size")?;
    let periods = price::periods_left(cfs.charge_type, cfs.expire_time, call.seconds());
    let more = price::cfs(size) - price::cfs(cfs.size_gb);
    Ok(json!({ "Price": Level::Paid.of(more, cfs.charge_type, periods) }))
}

/// GetCompShareCFSRefundPrice.
pub(super) fn refund(state: &mut State, call: &Call<'_>) -> Outcome {
    let cfs = state.own_cfs(call, "CFSId")?;
    let hourly = price::cfs(cfs.size_gb);
    let amount = price::refund(hourly, cfs.charge_type, cfs.expire_time, call.seconds());
    Ok(json!({ "RefundPrice": amount }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Caller, at};

    const BJ: [(&str, &str); 2] = [("Region", "cn-bj2"), ("Zone", "cn-bj2-03")];
    const SH: [(&str, &str); 2] = [("Region", "cn-sh2"), ("Zone", "cn-sh2-01")];
    const MONTH: [(&str, &str); 2] = [("ChargeType", "Month"), ("Quantity", "1")];

    fn sent(parts: &[&[(&'static str, &'static str)]]) -> Vec<(&'static str, &'static str)> {
        parts.concat()
    }

    #[test]
    fn new_storage_has_a_price() {
        let mut caller = Caller::new();
        const PRICE: &str = "GetCompShareCFSPrice";
        let response = caller.ok(PRICE, &sent(&[&BJ, &MONTH, &[("Size", "100")]]));
        let row = &response["PriceDetails"][0];
        assert_eq!((&row["ChargeType"], &row["Disks"]), (&json!("Month"), &json!(34.56)));
        let here = sent(&[&MONTH, &[("Size", "100")]]);
        assert_eq!(caller.refused(PRICE, &here).0, 230);
        for (change, parameter) in [
            (("Size", "49"), "Size"),
            (("ChargeType", "Spot"), "ChargeType"),
            (("Quantity", "0"), "Quantity"),
        ] {
            let (code, message) =
                caller.refused(PRICE, &sent(&[&BJ, &MONTH, &[("Size", "100"), change]]));
            assert!(code == 230 && message.contains(&format!("[{parameter}]")), "{message}");
        }
    }

    #[test]
    fn growing_costs_and_deleting_pays_back() {
        let mut caller = Caller::new();
        let create = sent(&[&SH, &MONTH, &[("Size", "100"), ("Name", "training")]]);
        let id = caller.ok("CreateCFS", &create)["CfsId"].as_str().expect("an id").to_owned();
        caller.now = at(15 * 86_400);
        let grow = [SH[0], SH[1], ("CfsId", id.as_str()), ("Size", "200")];
        assert_eq!(caller.ok("GetCompShareCFSUpgradePrice", &grow)["Price"], 17.28);
        let back = [SH[0], SH[1], ("CFSId", id.as_str())];
        assert_eq!(caller.ok("GetCompShareCFSRefundPrice", &back)["RefundPrice"], 17.28);
        let same = [SH[0], SH[1], ("CfsId", id.as_str()), ("Size", "100")];
        assert_eq!(caller.refused("GetCompShareCFSUpgradePrice", &same).0, 230);
        let none = [SH[0], SH[1], ("CFSId", "cfs-none")];
        assert_eq!(caller.refused("GetCompShareCFSRefundPrice", &none).0, 230);
    }
}
