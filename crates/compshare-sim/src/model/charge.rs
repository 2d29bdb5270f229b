//! `ChargeType`: the ways of billing, each with its period and its share of the hourly price.

use crate::call::{Call, Refusal};

/// Seconds of an hour.
const HOUR: i64 = 3600;

/// How an instance, a disk or file storage is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChargeType {
    /// By the year, in advance.
    Year,
    /// By the month, in advance.
    Month,
    /// By the day, in advance.
    Day,
    /// By thirty days, in advance; lightweight hosts only.
    ThirtyDay,
    /// By the hour, in advance; renewed automatically.
    Dynamic,
    /// By the hour, afterwards.
    Postpay,
    /// By the hour, afterwards; the platform may reclaim it.
    Spot,
}

names! { pub ChargeType: Year, Month, Day, ThirtyDay, Dynamic, Postpay, Spot }

impl ChargeType {
    /// What instances are quoted by, in the order of the rows.
    pub(crate) const QUOTED: [Self; 5] =
        [Self::Month, Self::Day, Self::Dynamic, Self::Postpay, Self::Spot];

    /// The way of billing that the request names in a parameter, one of those in `allowed`.
    pub(crate) fn sent(
        call: &Call<'_>,
        parameter: &str,
        allowed: &[Self],
    ) -> Result<Option<Self>, Refusal> {
        let Some(name) = call.parameters.filled(parameter) else { return Ok(None) };
        let charge = allowed.iter().copied().find(|charge| charge.as_str() == name);
        let names: Vec<&str> = allowed.iter().map(|charge| charge.as_str()).collect();
        let why = format!("it must be one of {}", names.join(", "));
        Refusal::when(charge.is_none(), parameter, why)?;
        Ok(charge)
    }

    /// Like [`sent`](Self::sent), where the request must have the parameter `ChargeType`.
    pub(crate) fn required(call: &Call<'_>, allowed: &[Self]) -> Result<Self, Refusal> {
        Self::sent(call, "ChargeType", allowed)?.ok_or_else(|| Refusal::missing("ChargeType"))
    }

    /// Hours of one period: what a quoted price is for.
    pub(crate) fn hours(self) -> i64 {
        match self {
            Self::Year => 24 * 365,
            Self::Month | Self::ThirtyDay => 24 * 30,
            Self::Day => 24,
            Self::Dynamic | Self::Postpay | Self::Spot => 1,
        }
    }

    /// Share of the original price that is paid.
    pub(crate) fn share(self) -> f64 {
        match self {
            Self::Year => 0.5,
            Self::Month | Self::ThirtyDay => 0.6,
            Self::Day => 0.85,
            Self::Dynamic | Self::Postpay => 1.0,
            Self::Spot => 0.4,
        }
    }

    /// Whether a time is bought that ends, unless it is renewed.
    pub(crate) fn is_prepaid(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Day | Self::ThirtyDay)
    }

    /// End of that many periods; 0 for billing by use.
    pub(crate) fn expiry(self, from: i64, periods: i64) -> i64 {
        if self.is_prepaid() {
            from.saturating_add(self.hours().saturating_mul(HOUR).saturating_mul(periods))
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;
    use crate::call::Parameters;

    #[test]
    fn prepaid_time_ends() {
        assert_eq!(ChargeType::Month.expiry(1000, 2), 1000 + 2 * 30 * 86_400);
        assert_eq!(ChargeType::Day.expiry(0, 1), 86_400);
        assert_eq!(ChargeType::Postpay.expiry(1000, 2), 0);
        assert_eq!(ChargeType::Year.expiry(i64::MAX, i64::MAX), i64::MAX);
    }

    #[test]
    fn only_allowed_names_are_taken() {
        let sent = |name: &str| {
            let pairs = vec![("ChargeType".to_owned(), name.to_owned())];
            let parameters = Parameters::new(pairs);
            let call = Call { company: 1, now: UNIX_EPOCH, parameters: &parameters };
            ChargeType::sent(&call, "ChargeType", &ChargeType::QUOTED)
        };
        for name in ["Month", "Day", "Dynamic", "Postpay", "Spot"] {
            assert_eq!(sent(name).map(|charge| charge.map(ChargeType::as_str)), Ok(Some(name)));
        }
        assert_eq!(sent(""), Ok(None));
        for name in ["month", "Year"] {
            let why = "it must be one of Month, Day, Dynamic, Postpay, Spot";
            assert_eq!(sent(name), Err(Refusal::unavailable("ChargeType", why)));
        }
    }
}
