//! `RetCode`: the server's code in an answer, what it means and what to do about it.

use std::fmt;

mod table;

/// The server's code: zero for success, anything else for a refusal or failure.
///
/// ```
/// use compshare_proto::{Class, RetCode};
///
/// let code = RetCode::new(171);
/// assert_eq!(code.class(), Some(Class::Credentials));
/// assert!(code.advice().is_some_and(|advice| advice.contains("private key")));
/// assert_eq!(RetCode::new(987_654).meaning(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RetCode(i64);

impl RetCode {
    /// The call succeeded.
    pub const OK: Self = Self(0);

    /// The code of that number.
    pub const fn new(code: i64) -> Self {
        Self(code)
    }

    /// The number.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// What it means, in one sentence; `None` for a code that this version does not know.
    pub fn meaning(self) -> Option<&'static str> {
        self.info().map(|info| info.meaning)
    }

    /// What to do about it, in one sentence; `None` where there is nothing to say.
    pub fn advice(self) -> Option<&'static str> {
        self.info().map(|info| info.advice).filter(|advice| !advice.is_empty())
    }

    /// What kind of refusal it is.
    pub fn class(self) -> Option<Class> {
        self.info().map(|info| info.class)
    }

    pub(crate) fn repeat(self) -> Repeat {
        self.info().map_or(Repeat::Never, |info| info.repeat)
    }

    /// What is known of it.
    pub fn info(self) -> Option<&'static RetCodeInfo> {
        let found = table::TABLE.binary_search_by_key(&self.0, |info| info.code).ok()?;
        table::TABLE.get(found)
    }

    /// Every code that this version knows, in ascending order.
    pub fn known() -> impl Iterator<Item = &'static RetCodeInfo> {
        table::TABLE.iter()
    }
}

impl fmt::Display for RetCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is known of one code.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RetCodeInfo {
    /// The number.
    pub code: i64,
    /// What it means, one sentence.
    pub meaning: &'static str,
    /// What to do about it, one sentence; empty where there is nothing to say.
    pub advice: &'static str,
    /// What kind of refusal it is.
    pub class: Class,
    /// Whether the same call may be sent again by itself.
    pub repeat: Repeat,
}

/// Kinds of refusal that a caller acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// The keys, the signature or the token are wrong.
    Credentials,
    /// The account may not do this.
    Permission,
    /// A limit of the account is reached.
    Quota,
    /// Nothing of the kind is free to rent just now.
    Stock,
    /// A bill is open, or what was paid for has run out.
    Arrears,
    /// Too many calls in a short time.
    Throttled,
    /// Something else is going on with the same resource.
    Busy,
    /// It is not there.
    NotFound,
    /// A parameter is missing or its value is not taken.
    InvalidParameter,
    /// The service failed or is down.
    Service,
    /// The service did not answer in time.
    Timeout,
    /// None of these.
    Other,
}

/// Whether a call that ended in a code may be sent again by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repeat {
    /// No: it would end the same way, or a person has to decide.
    Never,
    /// Only actions that look.
    Reads,
    /// Actions that may be sent twice.
    Allowed,
    /// Any: the server has certainly not acted.
    Always,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_and_each_code_is_found() {
        let codes: Vec<i64> = RetCode::known().map(|info| info.code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        assert!(codes.len() >= 31, "{}", codes.len());
        for code in codes {
            assert_eq!(RetCode::new(code).info().map(|info| info.code), Some(code));
        }
    }

    #[test]
    fn a_code_that_is_not_in_the_table_stays_a_number() {
        assert_eq!(RetCode::new(999_999).to_string(), "999999");
        assert_eq!(RetCode::new(999_999).repeat(), Repeat::Never);
    }
}
