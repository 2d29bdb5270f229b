//! `ChargeType`: how something is billed, for how long and at which share of the hourly price.

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
    /// By the hour, in advance; renewed by itself.
    Dynamic,
    /// By the hour, afterwards.
    Postpay,
    /// By the hour, afterwards, and taken back when the platform needs it.
    Spot,
}

impl ChargeType {
    /// What instances are quoted by, in the order of the rows.
    pub(crate) const QUOTED: [Self; 5] =
        [Self::Month, Self::Day, Self::Dynamic, Self::Postpay, Self::Spot];

    /// The type as the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "Year",
            Self::Month => "Month",
            Self::Day => "Day",
            Self::Dynamic => "Dynamic",
            Self::Postpay => "Postpay",
            Self::Spot => "Spot",
        }
    }

    /// The type of that name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Year, Self::Month, Self::Day, Self::Dynamic, Self::Postpay, Self::Spot]
            .into_iter()
            .find(|charge| charge.as_str() == name)
    }

    /// Hours of one period: what a quoted price is for.
    pub(crate) fn hours(self) -> i64 {
        match self {
            Self::Year => 24 * 365,
            Self::Month => 24 * 30,
            Self::Day => 24,
            Self::Dynamic | Self::Postpay | Self::Spot => 1,
        }
    }

    /// What is paid of the price before discounts.
    pub(crate) fn share(self) -> f64 {
        match self {
            Self::Year => 0.5,
            Self::Month => 0.6,
            Self::Day => 0.85,
            Self::Dynamic | Self::Postpay => 1.0,
            Self::Spot => 0.4,
        }
    }

    /// Whether a time is bought that ends, unless it is renewed.
    pub(crate) fn is_prepaid(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Day)
    }

    /// When something ends that was bought for that many periods; 0 for what does not end by itself.
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
    use super::*;

    #[test]
    fn prepaid_time_ends() {
        assert_eq!(ChargeType::Month.expiry(1000, 2), 1000 + 2 * 30 * 86_400);
        assert_eq!(ChargeType::Day.expiry(0, 1), 86_400);
        assert_eq!(ChargeType::Postpay.expiry(1000, 2), 0);
        assert_eq!(ChargeType::Year.expiry(i64::MAX, i64::MAX), i64::MAX);
    }

    #[test]
    fn names_are_the_apis() {
        for name in ["Year", "Month", "Day", "Dynamic", "Postpay", "Spot"] {
            assert_eq!(ChargeType::parse(name).map(ChargeType::as_str), Some(name));
        }
        assert_eq!(ChargeType::parse("month"), None);
    }
}
