//! One checked request as the handlers see it: who calls, when, and with which parameters.

mod csv_file;
mod paging;
pub(crate) mod parameters;
mod refusal;

use std::time::{SystemTime, UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use compshare_proto::{Secret, metadata::Kind};
use serde_json::Value;

pub(crate) use csv_file::CsvFile;
pub(crate) use paging::page;
pub(crate) use parameters::Parameters;
pub(crate) use refusal::{Outcome, Refusal, no_such};

/// One checked request.
pub(crate) struct Call<'a> {
    /// Company of the caller.
    pub(crate) company: i64,
    /// Time of the call.
    pub(crate) now: SystemTime,
    /// Parameters of the request.
    pub(crate) parameters: &'a Parameters,
}

impl Call<'_> {
    /// Time of the call in Unix seconds.
    pub(crate) fn seconds(&self) -> i64 {
        seconds(self.now)
    }

    /// A required parameter.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.parameters.filled(name).ok_or_else(|| Refusal::missing(name))
    }

    /// A required integer.
    pub(crate) fn number(&self, name: &str) -> Result<i64, Refusal> {
        self.parameters.int(name).ok_or_else(|| Refusal::missing(name))
    }

    /// Number of periods to pay for; one by default.
    pub(crate) fn quantity(&self) -> i64 {
        self.parameters.int("Quantity").unwrap_or(1)
    }

    /// Whether the request covers this region and zone; without them, it covers all.
    pub(crate) fn covers(&self, region: &str, zone: &str) -> bool {
        let is_it = |name, value| self.parameters.filled(name).is_none_or(|sent| sent == value);
        is_it("Region", region) && is_it("Zone", zone)
    }

    /// The request's password in the clear, if it has one. A refusal never repeats it.
    pub(crate) fn password(&self) -> Result<Option<Secret>, Refusal> {
        let Some(text) = self.parameters.filled("Password") else { return Ok(None) };
        let bytes = STANDARD.decode(text).ok();
        let password = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let why = "it must be the Base64 form of UTF-8 text";
        let password = password.ok_or_else(|| Refusal::unavailable("Password", why))?;
        let fits = (8..=30).contains(&password.chars().count());
        Refusal::when(!fits, "Password", "it must have 8 to 30 characters")?;
        Ok(Some(Secret::new(password)))
    }
}

/// A time in Unix seconds.
pub(crate) fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// A value from a request, short enough for a message.
pub(crate) fn short(value: &str) -> String {
    value.chars().take(64).collect()
}

/// One JSON object with the fields of both.
pub(crate) fn merged(left: Value, right: Value) -> Value {
    match (left, right) {
        (Value::Object(mut left), Value::Object(right)) => {
            left.extend(right);
            Value::Object(left)
        }
        (left, _) => left,
    }
}

/// Whether values of this kind are integers on the wire.
pub(crate) const fn is_integer(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Int | Kind::Timestamp | Kind::Fen | Kind::Mb | Kind::Gb | Kind::Seconds | Kind::Hours
    )
}
