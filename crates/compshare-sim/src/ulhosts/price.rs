//! Prices of lightweight hosts, in CNY.

use serde_json::{Value, json};

use super::{bundle, host::own};
use crate::{
    answer::Refusal,
    state::{Call, State},
};

const DAY: i64 = 86_400;

/// How a host is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charge {
    Month,
    Year,
    ThirtyDay,
}

impl Charge {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "Month",
            Self::Year => "Year",
            Self::ThirtyDay => "ThirtyDay",
        }
    }

    /// The way of billing of the request, the default of which is by the month.
    pub(super) fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        match call.parameters.filled("ChargeType") {
            None | Some("Month") => Ok(Self::Month),
            Some("Year") => Ok(Self::Year),
            Some("ThirtyDay") => Ok(Self::ThirtyDay),
            Some(_) => Err(no_such_charge("Month, Year or ThirtyDay")),
        }
    }

    /// Seconds of a period.
    pub(super) const fn seconds(self) -> i64 {
        match self {
            Self::Month | Self::ThirtyDay => 30 * DAY,
            Self::Year => 365 * DAY,
        }
    }

    /// Price of a period, of a package that costs so much a month; a year costs ten months.
    const fn price(self, month: i64) -> i64 {
        match self {
            Self::Month | Self::ThirtyDay => month,
            Self::Year => month.saturating_mul(10),
        }
    }
}

fn no_such_charge(known: &str) -> Refusal {
    Refusal::unavailable("ChargeType", format_args!("a host is billed by {known}"))
}

/// GetULHostInstancePrice: for every way of billing where none is asked for.
pub(super) fn new(_: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bundle = bundle::find(call.required("BundleId")?)?;
    let number = |name| call.parameters.int(name).unwrap_or(1);
    let times = number("Count").saturating_mul(number("Quantity"));
    let charges = match call.parameters.filled("ChargeType") {
        None => vec![Charge::Month, Charge::Year],
        Some(_) => vec![month_or_year(call)?],
    };
    let rows: Vec<Value> =
        charges.into_iter().map(|charge| row(charge, bundle.month, times)).collect();
    Ok(json!({ "PriceSet": rows }))
}

/// GetULHostRenewPrice: one more period.
pub(super) fn renew(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let bundle = bundle::find(own(state, call)?.bundle)?;
    Ok(json!({ "PriceSet": [row(month_or_year(call)?, bundle.month, 1)] }))
}

fn month_or_year(call: &Call<'_>) -> Result<Charge, Refusal> {
    match Charge::of(call) {
        Ok(Charge::ThirtyDay) | Err(_) => Err(no_such_charge("Month or Year")),
        charge => charge,
    }
}

/// The price before the discount is a quarter more.
fn row(charge: Charge, month: i64, times: i64) -> Value {
    #[allow(clippy::cast_precision_loss, reason = "prices are small")]
    let price = charge.price(month).saturating_mul(times) as f64;
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
        let answer = caller.ok("GetULHostInstancePrice", &more);
        assert_eq!(answer["PriceSet"][0]["Price"], 240.0);
        let renewal = [("ULHostId", "ulhost-xxxx"), ("ChargeType", "Year")];
        assert_eq!(caller.ok("GetULHostRenewPrice", &renewal)["PriceSet"], json!([year]));
    }

    #[test]
    fn only_what_is_sold_has_a_price() {
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
