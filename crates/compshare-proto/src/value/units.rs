//! Money and sizes with their unit in the type: `Cny`, `Fen`, `Mb`, `Gb`.

use std::{
    cmp::Ordering,
    fmt,
    iter::Sum,
    ops::{Add, Sub},
};

use serde::{Deserializer, Serialize, Serializer};

use crate::value::{
    fields::Absent,
    lenient::{Item, read_amount},
};

/// An amount in yuan.
///
/// Amounts have a total order, that of [`f64::total_cmp`] with 0 and -0 equal, so `min`, `max` and
/// `sort` work on them.
///
/// ```
/// use compshare_proto::Cny;
///
/// let per_hour = Cny(1.5) + Cny(0.25);
/// assert_eq!(per_hour.to_string(), "1.75 CNY");
/// assert_eq!([Cny(2.0), per_hour].into_iter().min(), Some(per_hour));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Cny(pub f64);

impl Ord for Cny {
    fn cmp(&self, other: &Self) -> Ordering {
        // The sum with 0 is 0 for -0.
        (self.0 + 0.0).total_cmp(&(other.0 + 0.0))
    }
}

impl PartialOrd for Cny {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Cny {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Cny {}

/// An amount in fen, of which a yuan has 100.
///
/// Team quotas and bandwidth prices are in fen, all other amounts in yuan. A negative price is money
/// that comes back.
///
/// ```
/// use compshare_proto::{Cny, Fen};
///
/// assert_eq!(Fen(-1250).to_string(), "-1250 fen");
/// assert_eq!(Cny::from(Fen(-1250)), Cny(-12.5));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(pub i64);

/// A size in megabytes of 1024 × 1024 bytes, which is what the API counts memory in.
///
/// What takes megabytes takes gigabytes too, but no bare number:
///
/// ```
/// use compshare_proto::{Gb, Mb};
///
/// fn memory(memory: impl Into<Mb>) -> Mb {
///     memory.into()
/// }
/// assert_eq!(memory(Gb(64)), Mb(65536));
/// assert_eq!(memory(Mb(512)).to_string(), "512 MB");
/// ```
///
/// ```compile_fail
/// # use compshare_proto::Mb;
/// # fn memory(memory: impl Into<Mb>) {}
/// memory(64);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mb(pub i64);

/// A size in gigabytes of 1024 megabytes, which is what the API counts disks in.
///
/// It becomes megabytes by itself where those are asked for, and megabytes never become gigabytes:
///
/// ```compile_fail
/// let disk: compshare_proto::Gb = compshare_proto::Mb(1024).into();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gb(pub i64);

impl From<Fen> for Cny {
    #[expect(clippy::cast_precision_loss, reason = "amounts are far below 2^53 fen")]
    fn from(fen: Fen) -> Self {
        Self(fen.0 as f64 / 100.0)
    }
}

impl From<Gb> for Mb {
    /// Converts; a size that no `i64` holds in megabytes becomes the largest that one does.
    fn from(gb: Gb) -> Self {
        Self(gb.0.saturating_mul(1024))
    }
}

/// Makes a newtype of a number a value with a unit, which travels as the number by itself.
macro_rules! unit {
    ($name:ident: $unit:literal, $read:path) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{} ", $unit), self.0)
            }
        }

        impl Add for $name {
            type Output = Self;

            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;

            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::default(), Add::add)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl Absent for $name {}

        impl Item for $name {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                Ok($read(deserializer)?.map(Self))
            }
        }
    };
}

unit!(Cny: "CNY", read_amount);
unit!(Fen: "fen", i64::read);
unit!(Mb: "MB", i64::read);
unit!(Gb: "GB", i64::read);

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, StrDeserializer, UnitDeserializer};
    use serde_json::json;

    use super::*;

    #[test]
    fn they_travel_as_their_number() {
        let values = json!([Cny(0.5), Fen(-3), Mb(2048), Gb(60)]);
        assert_eq!(values.to_string(), "[0.5,-3,2048,60]");
    }

    #[test]
    fn text_null_and_empty_are_read() {
        fn of<T: Item>(text: &str) -> Option<T> {
            T::read(StrDeserializer::<Error>::new(text)).unwrap()
        }
        assert_eq!(of("10.00"), Some(Cny(10.0)));
        assert_eq!(of("-1250"), Some(Fen(-1250)));
        assert_eq!(of("2048"), Some(Mb(2048)));
        assert_eq!(of::<Gb>(""), None);
        assert_eq!(Gb::read(UnitDeserializer::<Error>::new()), Ok(None));
        assert!(Mb::read(StrDeserializer::<Error>::new("2 GB")).is_err());
    }

    #[test]
    fn each_shows_its_unit() {
        let shown = [Cny(0.5).to_string(), Fen(50).to_string(), Mb(2048).to_string()];
        assert_eq!(shown, ["0.5 CNY", "50 fen", "2048 MB"]);
        assert_eq!(Gb(60).to_string(), "60 GB");
    }

    #[test]
    fn amounts_in_yuan_have_a_total_order() {
        let mut amounts = [Cny(f64::NAN), Cny(2.0), Cny(f64::INFINITY), Cny(0.0), Cny(-1.5)];
        amounts.sort();
        let sorted = [Cny(-1.5), Cny(0.0), Cny(2.0), Cny(f64::INFINITY), Cny(f64::NAN)];
        assert_eq!(amounts, sorted);
        assert_eq!(Cny(0.0), Cny(-0.0));
        assert_eq!([Fen(3), Fen(-2)].into_iter().min(), Some(Fen(-2)));
    }

    #[test]
    fn only_what_is_the_same_is_added() {
        assert_eq!([Cny(1.5), Cny(2.0)].into_iter().sum::<Cny>() - Cny(0.5), Cny(3.0));
        assert_eq!(Mb::from(Gb(i64::MAX)), Mb(i64::MAX));
    }
}
