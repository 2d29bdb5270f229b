//! `Format`: how a value is written and read if its Rust type does not say: seconds, hours, secrets, Base64.
//!
//! `encode_struct!` and `decode_struct!` name them after the key: `password: "Password" as Base64`.

use std::{marker::PhantomData, time::Duration};

use serde::{
    Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, MapAccess},
    ser,
};
use zeroize::Zeroizing;

use crate::value::{
    fields::{Absent, Fields},
    lenient::{Item, or_left_out, read_as},
    secret::Secret,
    timestamp::Timestamp,
};

/// How values of one type are written and read.
pub(crate) trait Format {
    /// The type in Rust.
    type Value;

    /// Whether a response leaves the value out when it is serialized.
    const SECRET: bool = false;

    /// Writes the value of a request, or refuses one that the API would misunderstand.
    fn write<S: Serializer>(value: &Self::Value, serializer: S) -> Result<S::Ok, S::Error>;

    /// Writes the value of a response: everything that `read` returns.
    fn write_back<S: Serializer>(value: &Self::Value, serializer: S) -> Result<S::Ok, S::Error> {
        Self::write(value, serializer)
    }

    /// Reads the value; `None` if it is null or empty.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self::Value>, D::Error>;
}

/// Whole seconds.
pub(crate) struct Seconds;

/// Whole hours.
pub(crate) struct Hours;

/// Seconds since 1970.
pub(crate) struct UnixSeconds;

/// Text that is kept secret.
pub(crate) struct Plain;

/// Base64 of text that is kept secret.
pub(crate) struct Base64;

/// A unit of durations.
pub(crate) trait Unit {
    /// Seconds that it has: 3600 at most.
    const SECONDS: u32;

    /// Why a duration is not written that is not in whole units.
    const REFUSAL: &'static str;

    /// What is read.
    const EXPECTED: &'static str;
}

impl Unit for Seconds {
    const SECONDS: u32 = 1;
    const REFUSAL: &'static str = "a duration is not in whole seconds";
    const EXPECTED: &'static str = "a number of seconds from 0 on";
}

impl Unit for Hours {
    const SECONDS: u32 = 3600;
    const REFUSAL: &'static str = "a duration is not in whole hours";
    const EXPECTED: &'static str = "a number of hours from 0 on";
}

impl<U: Unit> Format for U {
    type Value = Duration;

    fn write<S: Serializer>(value: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        match whole(*value, U::SECONDS) {
            Some(units) => serializer.serialize_u64(units),
            None => Err(ser::Error::custom(U::REFUSAL)),
        }
    }

    fn write_back<S: Serializer>(value: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        match whole(*value, U::SECONDS) {
            Some(units) => serializer.serialize_u64(units),
            None => serializer.serialize_f64(value.as_secs_f64() / f64::from(U::SECONDS)),
        }
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
        read_as(deserializer, U::EXPECTED, |number| {
            Duration::try_from_secs_f64(number * f64::from(U::SECONDS)).ok()
        })
    }
}

/// How many units of that many seconds the duration has; `None` if their number is not whole.
fn whole(value: Duration, unit: u32) -> Option<u64> {
    let (seconds, unit) = (value.as_secs(), u64::from(unit));
    (value.subsec_nanos() == 0 && seconds % unit == 0).then(|| seconds / unit)
}

impl Format for UnixSeconds {
    type Value = Timestamp;

    fn write<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn write_back<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(value.unix_seconds())
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        // Zero is how the API writes that there is no such moment.
        let seconds = i64::read(deserializer)?.filter(|&seconds| seconds != 0);
        Ok(seconds.map(Timestamp::from_unix_seconds))
    }
}

impl Format for Plain {
    type Value = Secret;

    const SECRET: bool = true;

    fn write<S: Serializer>(value: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(value.expose())
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
        Ok(String::read(deserializer)?.map(Secret::new))
    }
}

impl Format for Base64 {
    type Value = Secret;

    const SECRET: bool = true;

    fn write<S: Serializer>(value: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        let encoded = Zeroizing::new(super::base64::encode(value.expose().as_bytes()));
        serializer.serialize_str(&encoded)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
        let secret = Plain::read(deserializer)?;
        Ok(secret.map(|secret| decoded(secret.expose()).unwrap_or(secret)))
    }
}

/// Decodes Base64. Older responses have passwords in plain text, so a text that does not decode to printable
/// text, or would not be encoded like this, returns `None`.
fn decoded(text: &str) -> Option<Secret> {
    let bytes = Zeroizing::new(super::base64::decode(text)?);
    let decoded = std::str::from_utf8(&bytes).ok()?;
    let printable = |c: char| c == ' ' || !(c.is_control() || c.is_whitespace());
    let again = Zeroizing::new(super::base64::encode(decoded.as_bytes()));
    (!decoded.is_empty() && decoded.chars().all(printable) && *again == text)
        .then(|| Secret::new(decoded))
}

/// A value, or an optional one, that is written in the format `F`.
pub(crate) struct As<'a, F: Format>(Option<&'a F::Value>);

impl<'a, F: Format> As<'a, F> {
    pub(crate) fn new(value: impl Into<Option<&'a F::Value>>) -> Self {
        Self(value.into())
    }
}

impl<F: Format> Serialize for As<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(value) => F::write(value, serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<F: Format> Absent for As<'_, F> {
    fn is_absent(&self) -> bool {
        self.0.is_none()
    }
}

/// Reads the next value of `map`, which has the format `F`, into `place`.
pub(crate) fn fill<'de, F: Format, A: MapAccess<'de>>(
    _form: F,
    place: &mut Option<F::Value>,
    map: &mut A,
) -> Result<(), A::Error> {
    if let Some(value) = map.next_value_seed(Seed::<F>(PhantomData))? {
        *place = Some(value);
    }
    Ok(())
}

/// Writes the value of `place` under `key` in the format `F`, unless there is none or it is secret.
pub(crate) fn put<F: Format, S: Serializer>(
    _form: F,
    place: &Option<F::Value>,
    key: &'static str,
    fields: &mut Fields<S>,
) {
    if let Some(value) = place.as_ref().filter(|_| !F::SECRET) {
        fields.add(key, &Back::<F>(value));
    }
}

/// A value of a response on its way out in the form `F`.
struct Back<'a, F: Format>(&'a F::Value);

impl<F: Format> Serialize for Back<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        F::write_back(self.0, serializer)
    }
}

struct Seed<F>(PhantomData<F>);

impl<'de, F: Format> DeserializeSeed<'de> for Seed<F> {
    type Value = Option<F::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        or_left_out(F::read(deserializer))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read<F: Format>(value: Value) -> Result<Option<F::Value>, String> {
        F::read(value).map_err(|error| error.to_string())
    }

    fn write<F: Format>(value: &F::Value) -> Result<Value, String> {
        F::write(value, serde_json::value::Serializer).map_err(|error| error.to_string())
    }

    #[test]
    fn durations_are_numbers_of_their_unit() {
        let two_hours = Duration::from_secs(7200);
        assert_eq!(read::<Seconds>(json!(7200)), Ok(Some(two_hours)));
        assert_eq!(read::<Hours>(json!("2")), Ok(Some(two_hours)));
        assert_eq!(read::<Hours>(json!(0.5)), Ok(Some(Duration::from_secs(1800))));
        assert_eq!(read::<Seconds>(json!("")), Ok(None));
        assert_eq!(read::<Seconds>(json!(null)), Ok(None));
        assert_eq!(write::<Seconds>(&two_hours), Ok(json!(7200)));
        assert_eq!(write::<Hours>(&two_hours), Ok(json!(2)));
    }

    #[test]
    fn durations_are_neither_negative_nor_cut() {
        assert_eq!(
            read::<Seconds>(json!(-1)).unwrap_err(),
            "invalid value: floating point `-1.0`, expected a number of seconds from 0 on"
        );
        assert_eq!(
            write::<Hours>(&Duration::from_secs(5400)).unwrap_err(),
            "a duration is not in whole hours"
        );
        assert!(write::<Seconds>(&Duration::from_millis(1500)).is_err());
    }

    #[test]
    fn passwords_are_base64_where_that_makes_printable_text() {
        assert_eq!(write::<Base64>(&Secret::new("Password1")), Ok(json!("UGFzc3dvcmQx")));
        for (sent, password) in [
            ("UGFzc3dvcmQx", "Password1"),
            ("5a+G56CB", "密码"),
            ("plain text!", "plain text!"),
            // Decodes to bytes that are no text.
            ("abcd1234", "abcd1234"),
            // Decodes to a tab.
            ("CQ==", "CQ=="),
            // Lacks its padding.
            ("YQ", "YQ"),
        ] {
            let read = read::<Base64>(json!(sent)).unwrap().unwrap();
            assert_eq!(read.expose(), password, "{sent}");
        }
        assert_eq!(read::<Base64>(json!("")), Ok(None));
    }

    #[test]
    fn what_is_absent_stays_so() {
        let value = serde_json::to_value(As::<Base64>::new(&None::<Secret>)).unwrap();
        assert_eq!(value, json!(null));
    }
}
