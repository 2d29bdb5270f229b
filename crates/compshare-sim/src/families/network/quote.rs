//! Prices of dedicated bandwidth, in fen; negative ones are paid back.

use crate::families::prelude::*;
use crate::model::bandwidth::{CHARGES, price, zone};

/// GetCompShareShareBandwidthPrice.
pub(super) fn new(_: &mut State, call: &Call<'_>) -> Outcome {
    zone(call)?;
    let charge = ChargeType::required(call, &CHARGES)?;
    let price = price(charge, call.number("ShareBandwidth")?, call.number("Quantity")?);
    Ok(json!({ "TotalPrice": price }))
}

/// GetCompShareShareBandwidthUpgradePrice: for the time that is left.
pub(super) fn upgrade(state: &mut State, call: &Call<'_>) -> Outcome {
    let own = state.bandwidths.own(call)?;
    let mbps = call.number("ShareBandwidth")?;
    let now = call.seconds();
    Ok(json!({ "TotalPrice": own.worth(mbps, now).saturating_sub(own.worth(own.mbps, now)) }))
}

/// GetCompShareShareBandwidthRefundPrice.
pub(super) fn refund(state: &mut State, call: &Call<'_>) -> Outcome {
    let own = state.bandwidths.own(call)?;
    Ok(json!({ "RefundPrice": own.worth(own.mbps, call.seconds()).saturating_neg() }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, at};

    const SH2: [(&str, &str); 2] = [("Region", "cn-sh2"), ("Zone", "cn-sh2-02")];
    const NEW: [(&str, &str); 3] =
        [("ShareBandwidth", "100"), ("ChargeType", "Month"), ("Quantity", "2")];

    #[test]
    fn prices_go_by_size_and_time() {
        let mut caller = Caller::new();
        let price = "GetCompShareShareBandwidthPrice";
        assert_eq!(caller.ok(price, &NEW)["TotalPrice"], 400_000);
        let year = [NEW[0], ("ChargeType", "Year"), ("Quantity", "1")];
        assert_eq!(caller.ok(price, &year)["TotalPrice"], 2_000_000);
        let pod = [("Region", "cn-bj2"), ("Zone", "cn-bj2-03")];
        assert_eq!(caller.call(price, &[&pod[..], &NEW].concat())["RetCode"], 230);
        let day = [NEW[0], ("ChargeType", "Day"), NEW[2]];
        assert_eq!(caller.refused(price, &day).0, 230);
    }

    #[test]
    fn changes_and_refunds_are_for_the_time_that_is_left() {
        let mut caller = Caller::new();
        let new = caller.call("CreateCompShareShareBandwidth", &[&SH2[..], &NEW].concat());
        let id = new["CompanyShareBandwidth"]["ShareBandwidthId"].as_str().expect("an id");
        let own = [SH2[0], SH2[1], ("ShareBandwidthId", id)];
        let upgrade = |caller: &mut Caller, mbps: &str| {
            let pairs = [&own[..], &[("ShareBandwidth", mbps)]].concat();
            let response = caller.call("GetCompShareShareBandwidthUpgradePrice", &pairs);
            response["TotalPrice"].as_i64().expect("a price")
        };
        let refund = |caller: &mut Caller| {
            let response = caller.call("GetCompShareShareBandwidthRefundPrice", &own);
            response["RefundPrice"].as_i64().expect("a price")
        };
        let prices = [upgrade(&mut caller, "200"), upgrade(&mut caller, "100")];
        assert_eq!((prices, upgrade(&mut caller, "50")), ([400_000, 0], -200_000));
        assert_eq!(refund(&mut caller), -400_000);
        caller.now = at(30 * 86_400);
        assert_eq!((upgrade(&mut caller, "200"), refund(&mut caller)), (200_000, -200_000));
        caller.now = at(60 * 86_400);
        assert_eq!((upgrade(&mut caller, "200"), refund(&mut caller)), (0, 0));
        for action in
            ["GetCompShareShareBandwidthUpgradePrice", "GetCompShareShareBandwidthRefundPrice"]
        {
            let none = [("ShareBandwidthId", "bw-none"), ("ShareBandwidth", "50")];
            assert_eq!(caller.refused(action, &none).0, 230);
        }
    }
}
