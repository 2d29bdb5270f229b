//! From flags and settings to the parameters of an action.

pub(crate) mod billing;
pub(crate) mod file_value;
pub(crate) mod flags;
pub(crate) mod parameters;
pub(crate) mod parse_value;
pub(crate) mod settings;
pub(crate) mod units;
