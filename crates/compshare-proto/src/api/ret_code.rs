//! `RetCode`: the server's code in a response, what it means and what to do about it.

use std::fmt;

/// The codes of one product, as the generated tables list them: number, class, which actions are retried, whether nothing
/// was done, then meaning and advice in English and in Chinese.
macro_rules! codes {
    ($product:expr; $($code:literal $class:ident $retry:ident $not_done:ident
        $meaning:literal $advice:literal $meaning_zh:literal $advice_zh:literal,)*
    ) => {
        pub(super) static CODES: &[RetCodeInfo] = &[$(RetCodeInfo {
            code: $code,
            product: $product,
            meaning: $meaning,
            advice: $advice,
            meaning_zh: $meaning_zh,
            advice_zh: $advice_zh,
            class: Class::$class,
            retry: RetryScope::$retry,
            not_done: NotDone::$not_done,
        }),*];
    };
}

mod class;
mod table;
#[cfg(test)]
mod tests;

pub use class::{Class, class_of};

/// The server's code: zero for success, nonzero for a failure.
///
/// ```
/// use compshare_proto::{Class, RetCode};
///
/// let code = RetCode::new(171);
/// assert!(code.is_credentials());
/// assert_eq!(code.class(), Some(Class::Credentials));
/// assert!(code.advice().is_some_and(|advice| advice.contains("private key")));
/// assert_eq!(code.advice_zh(), Some("请检查私钥。"));
/// assert_eq!(RetCode::new(987_654).meaning(), None);
/// ```
///
/// A code that this version does not know has no class, so every `is_…` of it is false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RetCode(i64);

/// Methods that ask for a class.
macro_rules! is_class {
    ($($(#[$about:meta])* $method:ident $class:ident;)*) => {
        $($(#[$about])*
        pub fn $method(self) -> bool {
            self.class() == Some(Class::$class)
        })*
    };
}

impl RetCode {
    /// The call succeeded.
    pub const OK: Self = Self(0);

    /// Creates a code from its number.
    pub const fn new(code: i64) -> Self {
        Self(code)
    }

    /// The number.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Returns the meaning in one sentence; `None` for a code that this version does not know.
    pub fn meaning(self) -> Option<&'static str> {
        self.info().map(|info| info.meaning)
    }

    /// Returns what to do about it in one sentence; `None` if there is no advice.
    pub fn advice(self) -> Option<&'static str> {
        self.info().map(|info| info.advice).filter(|advice| !advice.is_empty())
    }

    /// Returns the meaning in Chinese; `None` for a code that this version does not know.
    pub fn meaning_zh(self) -> Option<&'static str> {
        self.info().map(|info| info.meaning_zh)
    }

    /// Returns what to do about it in Chinese; `None` if there is no advice.
    pub fn advice_zh(self) -> Option<&'static str> {
        self.info().map(|info| info.advice_zh).filter(|advice| !advice.is_empty())
    }

    /// The product below CompShare that the code comes from: `uhost`, `udisk` or `unet`.
    ///
    /// `None` for codes of CompShare and its gateway, and for those that this version does not know.
    pub fn product(self) -> Option<&'static str> {
        self.info()?.product
    }

    /// Returns the kind of failure.
    pub fn class(self) -> Option<Class> {
        self.info().map(|info| info.class)
    }

    is_class! {
        /// Whether the keys, the signature or the token are invalid.
        is_credentials Credentials;
        /// Whether the account lacks permission.
        is_permission Permission;
        /// Whether a limit of the account is reached.
        is_quota Quota;
        /// Whether the resource is out of stock.
        is_stock Stock;
        /// Whether a bill is unpaid or the paid period is over.
        is_arrears Arrears;
        /// Whether there were too many calls in a short time.
        is_throttled Throttled;
        /// Whether another operation on the resource is in progress.
        ///
        /// Some failures report this only in their message; [`class_of`] and
        /// [`ApiError::class`](crate::error::ApiError::class) recognize those too.
        is_busy Busy;
        /// Whether a resource named in the call does not exist.
        is_not_found NotFound;
        /// Whether a parameter is missing or invalid.
        is_invalid_parameter InvalidParameter;
        /// Whether the service failed or is unavailable.
        is_service Service;
        /// Whether the service timed out.
        is_timeout Timeout;
    }

    /// Whether it proves that nothing was done; [`NotDone::Unproven`] for a code that this version does
    /// not know.
    pub fn not_done(self) -> NotDone {
        self.info().map_or(NotDone::Unproven, |info| info.not_done)
    }

    pub(crate) fn retry(self) -> RetryScope {
        self.info().map_or(RetryScope::Never, |info| info.retry)
    }

    /// Returns everything that is known about the code.
    pub fn info(self) -> Option<&'static RetCodeInfo> {
        table::TABLES.iter().find_map(|codes| {
            let found = codes.binary_search_by_key(&self.0, |info| info.code).ok()?;
            codes.get(found)
        })
    }

    /// Returns every code that this version knows, in ascending order.
    pub fn known() -> impl Iterator<Item = &'static RetCodeInfo> {
        let mut known: Vec<&RetCodeInfo> = table::TABLES.iter().copied().flatten().collect();
        known.sort_unstable_by_key(|info| info.code);
        known.into_iter()
    }
}

impl fmt::Display for RetCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Everything that is known about one code.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RetCodeInfo {
    /// The number.
    pub code: i64,
    /// The product below CompShare that it comes from; `None` for CompShare and its gateway.
    pub product: Option<&'static str>,
    /// The meaning, in one sentence.
    pub meaning: &'static str,
    /// What to do about it, in one sentence; empty if there is no advice.
    pub advice: &'static str,
    /// The meaning, in Chinese.
    pub meaning_zh: &'static str,
    /// What to do about it, in Chinese; empty if there is no advice.
    pub advice_zh: &'static str,
    /// The kind of failure.
    pub class: Class,
    /// Which actions may be retried after it.
    pub retry: RetryScope,
    /// Whether it proves that nothing was done; `docs/retcodes.md` has the reason.
    pub not_done: NotDone,
}

/// Whether a code proves that nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotDone {
    /// No proof: the action may have been carried out, in whole or in part.
    Unproven,
    /// Proof for a call that acts on one resource; of several, some may be done.
    OfOne,
    /// Proof that nothing was done.
    Proven,
}

/// Which calls may be retried automatically after a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryScope {
    /// None: a retry would fail the same way, or a person has to decide.
    Never,
    /// Only actions that read.
    Reads,
    /// Actions that read or are idempotent.
    Idempotent,
    /// All: nothing was done.
    Always,
}
