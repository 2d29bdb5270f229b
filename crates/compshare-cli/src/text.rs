//! How text is written for a person: sanitized, wrapped, aligned, in local time.

pub(crate) mod datetime;
pub(crate) mod lang;
pub(crate) mod sanitize;
pub(crate) mod secrets;
pub(crate) mod table;
pub(crate) mod terminal;
pub(crate) mod wrap;
