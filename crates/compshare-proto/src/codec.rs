//! One message: from an action to a signed request, from a response to a value or an error.

pub(crate) mod decode;
pub(crate) mod encode;
pub(crate) mod file;
pub mod price;
pub(crate) mod response;
pub mod sign;
