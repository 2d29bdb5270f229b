//! What a quoted instance costs: the parts of a price put together, with the period that it is for.

use std::fmt;

use crate::{
    api::{
        actions::{GetCompShareInstancePriceResponse, GetCompShareInstanceUserPriceResponse},
        types::{ChargeType, CompSharePriceDetail},
    },
    codec::response::Response,
    value::units::Cny,
};

/// Period that a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BillingPeriod {
    /// An hour: `Dynamic`, `Postpay` and `Spot`.
    Hour,
    /// A day: `Day`.
    Day,
    /// Thirty days: `ThirtyDay`.
    ThirtyDays,
    /// A month: `Month`.
    Month,
    /// A year: `Year`.
    Year,
}

impl BillingPeriod {
    /// The period of a way of billing; `None` for one that this version does not know.
    pub fn of(charge_type: &ChargeType) -> Option<Self> {
        match charge_type {
            ChargeType::Dynamic | ChargeType::Postpay | ChargeType::Spot => Some(Self::Hour),
            ChargeType::Day => Some(Self::Day),
            ChargeType::ThirtyDay => Some(Self::ThirtyDays),
            ChargeType::Month => Some(Self::Month),
            ChargeType::Year => Some(Self::Year),
            ChargeType::Unknown(_) => None,
        }
    }
}

impl fmt::Display for BillingPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::ThirtyDays => "30 days",
            Self::Month => "month",
            Self::Year => "year",
        })
    }
}

/// Everything that a quoted instance costs in a period: machine, disks and image.
///
/// It is for one instance, and for as many periods as the request's `Quantity` says, one unless set.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Total {
    /// Sum of all parts, after discounts if the row that it comes from is.
    pub amount: Cny,
    /// Period that the amount is for.
    pub period: BillingPeriod,
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} per {}", self.amount, self.period)
    }
}

impl CompSharePriceDetail {
    /// What the machine, its disks and its image cost together.
    ///
    /// The server leaves out parts that cost nothing. The price of the machine itself is always there: a row
    /// without it, or with 0, has no price, and no total. `None` as well where a part is not an amount, and
    /// for a way of billing that this version does not know. A part that could not be read counts as left
    /// out here ([`Response::warnings`] names it); `total` of the response returns `None` then.
    ///
    /// ```
    /// use compshare_proto::{
    ///     Cny, price::BillingPeriod, types::{ChargeType, CompSharePriceDetail},
    /// };
    ///
    /// let mut row = CompSharePriceDetail::default();
    /// row.charge_type = Some(ChargeType::Postpay);
    /// row.instance = Some(Cny(1.48));
    /// row.system_disks = Some(Cny(0.18));
    /// let total = row.total().ok_or("no price")?;
    /// assert_eq!((total.amount, total.period), (Cny(1.66), BillingPeriod::Hour));
    /// assert_eq!(total.to_string(), "1.66 CNY per hour");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn total(&self) -> Option<Total> {
        let period = BillingPeriod::of(self.charge_type.as_ref()?)?;
        let machine = self.instance.filter(|price| price.0 > 0.0)?;
        let others = [self.disks, self.system_disks, self.compshare_image].into_iter().flatten();
        if others.clone().any(|part| part.0 < 0.0) {
            return None;
        }
        let amount = others.fold(machine.0, |sum, part| sum + part.0);
        // Sums of fen that binary fractions do not hold exactly; some prices have hundredths of fen.
        let amount = (amount * 10_000.0).round() / 10_000.0;
        amount.is_finite().then_some(Total { amount: Cny(amount), period })
    }
}

/// Parts of a price, without which a total would be too low.
const PARTS: [&str; 4] = ["Instance", "Disks", "SystemDisks", "CompShareImage"];

/// The total of the only row for that way of billing.
fn total<T>(
    response: &Response<T>,
    rows: &[CompSharePriceDetail],
    charge_type: &ChargeType,
) -> Option<Total> {
    if response.may_hide("PriceDetails", "ChargeType", &PARTS) {
        return None;
    }
    let mut rows = rows.iter().filter(|row| row.charge_type.as_ref() == Some(charge_type));
    let row = rows.next()?;
    if rows.next().is_some() { None } else { row.total() }
}

impl Response<GetCompShareInstancePriceResponse> {
    /// What is to be paid under that way of billing, after discounts; `None` where the response does not say,
    /// or has a part that cannot be read.
    ///
    /// See [`CompSharePriceDetail::total`]. Disks and a paid image are in it if the request named them.
    pub fn total(&self, charge_type: &ChargeType) -> Option<Total> {
        total(self, &self.price_details, charge_type)
    }
}

impl Response<GetCompShareInstanceUserPriceResponse> {
    /// What is to be paid under that way of billing, after discounts; `None` where the response does not say,
    /// or has a part that cannot be read.
    ///
    /// See [`CompSharePriceDetail::total`]. Disks and a paid image are in it if the request named them.
    pub fn total(&self, charge_type: &ChargeType) -> Option<Total> {
        total(self, &self.price_details, charge_type)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{api::actions::GetCompShareInstanceUserPrice, codec::decode::decode};

    /// The documented response, and what else a row may be.
    fn quoted(body: &str) -> Response<GetCompShareInstanceUserPriceResponse> {
        let action = GetCompShareInstanceUserPrice::new(
            crate::api::actions::GetCompShareInstanceUserPriceRequired {
                gpu_type: "4090".to_owned(),
                gpu: 1,
                cpu: 16,
                memory: crate::value::units::Gb(64).into(),
            },
        );
        let response = http::Response::new(body.to_owned().into());
        decode(&action, &response).unwrap()
    }

    fn of_row(row: &str) -> Option<Total> {
        let body = format!(r#"{{"RetCode":0,"PriceDetails":[{row}]}}"#);
        quoted(&body).total(&ChargeType::Postpay)
    }

    #[test]
    fn the_documented_prices_have_totals_with_their_periods() {
        let quoted = quoted(
            r#"{"RetCode":0,"PriceDetails":[
                {"ChargeType":"Month","Instance":1068.00,"SystemDisks":120.00},
                {"ChargeType":"Day","Instance":71.20,"SystemDisks":8.00},
                {"ChargeType":"Postpay","Instance":1.48,"SystemDisks":0.18},
                {"ChargeType":"Spot","Instance":1.04,"SystemDisks":0.18,"InstanceDiscountType":0}
            ]}"#,
        );
        for (charge, text) in [
            (ChargeType::Month, "1188 CNY per month"),
            (ChargeType::Day, "79.2 CNY per day"),
            (ChargeType::Postpay, "1.66 CNY per hour"),
            (ChargeType::Spot, "1.22 CNY per hour"),
        ] {
            assert_eq!(quoted.total(&charge).unwrap().to_string(), text);
        }
        assert_eq!(quoted.total(&ChargeType::Dynamic), None);
    }

    #[test]
    fn a_part_that_cannot_be_read_leaves_no_total() {
        for part in ["Instance", "Disks", "SystemDisks", "CompShareImage"] {
            let mut row = serde_json::json!({ "ChargeType": "Postpay", "Instance": 2.0 });
            row[part] = "1,50".into();
            assert_eq!(of_row(&row.to_string()), None, "{part}");
        }
        let other = r#"{"ChargeType":"Postpay","Instance":2.0,"OriginalPrice":"1,50"}"#;
        assert_eq!(of_row(other).unwrap().amount, Cny(2.0));
    }

    #[test]
    fn every_part_counts() {
        let row = r#"{"ChargeType":"Postpay","Instance":"2.27","Disks":0.04,"SystemDisks":0.1,
            "CompShareImage":1.25,"OriginalPrice":9,"ListPrice":"9"}"#;
        assert_eq!(of_row(row).unwrap().amount, Cny(3.66));
    }

    #[test]
    fn a_price_that_is_not_known_is_not_zero() {
        for row in [
            r#"{"ChargeType":"Postpay","SystemDisks":0.18}"#,
            r#"{"ChargeType":"Postpay","Instance":0,"SystemDisks":0.18}"#,
            r#"{"ChargeType":"Postpay","Instance":null,"Disks":1}"#,
            r#"{"ChargeType":"Postpay","Instance":1.48,"Disks":-1}"#,
            r#"{"ChargeType":"Postpay","Instance":1e308,"Disks":1e308,"SystemDisks":1e308}"#,
            r#"{"Instance":1.48}"#,
            r#"{"ChargeType":"Postpay","Instance":1.48},{"ChargeType":"Postpay","Instance":2}"#,
        ] {
            assert_eq!(of_row(row), None, "{row}");
        }
        let weekly = CompSharePriceDetail {
            charge_type: Some(ChargeType::Unknown("Week".to_owned())),
            instance: Some(Cny(1.0)),
            ..CompSharePriceDetail::default()
        };
        assert_eq!(weekly.total(), None);
    }
}
