//! Prices of lightweight hosts, in CNY.

use super::bundle;
use crate::families::prelude::*;

/// How hosts can be billed.
pub(super) const CHARGES: [ChargeType; 3] =
    [ChargeType::Month, ChargeType::Year, ChargeType::ThirtyDay];
/// What has a price of its own.
const PRICED: [ChargeType; 2] = [ChargeType::Month, ChargeType::Year];

/// GetULHostInstancePrice: for every way of billing where none is asked for.
pub(super) fn new(_: &mut State, call: &Call<'_>) -> Outcome {
    let (_, month) = *bundle::find(call.required("BundleId")?)?;
    let number = |name| call.parameters.int(name).unwrap_or(1);
    let times = number("Count").saturating_mul(number("Quantity"));
    let charges = match ChargeType::sent(call, "ChargeType", &PRICED)? {
        None => PRICED.to_vec(),
        Some(charge) => vec![charge],
    };
    let rows: Vec<Value> = charges.into_iter().map(|charge| row(charge, month, times)).collect();
    Ok(json!({ "PriceSet": rows }))
}

/// GetULHostRenewPrice: one more period.
pub(super) fn renew(state: &mut State, call: &Call<'_>) -> Outcome {
    let (_, month) = *bundle::find(&state.own_ulhost(call)?.bundle)?;
    let charge = ChargeType::sent(call, "ChargeType", &PRICED)?.unwrap_or(ChargeType::Month);
    Ok(json!({ "PriceSet": [row(charge, month, 1)] }))
}

/// A year costs ten months; the price before the discount is a quarter more.
fn row(charge: ChargeType, month: i64, times: i64) -> Value {
    let months = if charge == ChargeType::Year { 10 } else { 1 };
    #[allow(clippy::cast_precision_loss, reason = "prices are small")]
    let price = (month * months).saturating_mul(times) as f64;
    json!({ "ChargeType": charge.as_str(), "Price": price, "OriginalPrice": price * 1.25 })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::Caller;

    const BUNDLE: (&str, &str) = ("BundleId", "ulh.c1m1s40b30t800");

    #[test]
    fn a_price_is_for_all_hosts_and_periods() {
        let mut caller = Caller::new();
        let both = caller.ok("GetULHostInstancePrice", &[BUNDLE]);
        let month = json!({ "ChargeType": "Month", "Price": 24.0, "OriginalPrice": 30.0 });
        let year = json!({ "ChargeType": "Year", "Price": 240.0, "OriginalPrice": 300.0 });
        assert_eq!(both["PriceSet"], json!([month, year]));
        let more = [BUNDLE, ("ChargeType", "Month"), ("Count", "5"), ("Quantity", "2")];
        let response = caller.ok("GetULHostInstancePrice", &more);
        assert_eq!(response["PriceSet"][0]["Price"], 240.0);
        let renewal = [("ULHostId", "ulhost-xxxx"), ("ChargeType", "Year")];
        assert_eq!(caller.ok("GetULHostRenewPrice", &renewal)["PriceSet"], json!([year]));
    }

    #[test]
    fn only_products_on_sale_have_a_price() {
        let mut caller = Caller::new();
        for (name, value) in [
            ("BundleId", "ulh.c9"),
            ("ChargeType", "ThirtyDay"),
            ("ChargeType", "Spot"),
            ("Count", "6"),
        ] {
            let pairs: Vec<_> = [BUNDLE].into_iter().filter(|pair| pair.0 != name).collect();
            let (code, message) =
                caller.refused("GetULHostInstancePrice", &[&pairs[..], &[(name, value)]].concat());
            assert_eq!(code, 230, "{name}");
            assert!(message.contains(&format!("[{name}]")), "{message}");
        }
        assert_eq!(caller.refused("GetULHostRenewPrice", &[("ULHostId", "ulhost-sh2")]).0, 230);
    }
}
