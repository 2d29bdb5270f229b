//! How one value is written and read.

#[macro_use]
pub(crate) mod builder;
#[macro_use]
mod macros;

pub(crate) mod base64;
pub(crate) mod fields;
pub(crate) mod format;
pub(crate) mod invalid;
pub(crate) mod lenient;
pub(crate) mod one_line;
pub(crate) mod params;
pub(crate) mod request_id;
pub(crate) mod secret;
pub(crate) mod timestamp;
pub(crate) mod units;
