//! `Class`: the kinds of failure that a caller handles.

use crate::api::ret_code::RetCode;

/// Kinds of failure that a caller handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// The keys, the signature or the token are invalid.
    Credentials,
    /// The account lacks permission.
    Permission,
    /// A limit of the account is reached.
    Quota,
    /// The resource is out of stock.
    Stock,
    /// A bill is unpaid, or the paid period is over.
    Arrears,
    /// Too many calls in a short time.
    Throttled,
    /// Another operation on the resource is in progress.
    Busy,
    /// The resource does not exist.
    NotFound,
    /// A parameter is missing or invalid.
    InvalidParameter,
    /// The service failed or is unavailable.
    Service,
    /// The service timed out.
    Timeout,
    /// None of these.
    Other,
}

/// Texts in messages that reveal a class which no code has.
const MARKERS: &[(&str, Class)] = &[("InstanceOperationInProgress", Class::Busy)];

/// Returns the class of a code with its message; `None` if neither is known.
///
/// The message takes precedence: the server refuses a second operation on an instance with
/// `InstanceOperationInProgress` in the message, whatever the code.
///
/// ```
/// use compshare_proto::{Class, RetCode, ret_code::class_of};
///
/// let message = "InstanceOperationInProgress: uhost-1";
/// assert_eq!(class_of(RetCode::new(230), message), Some(Class::Busy));
/// assert_eq!(class_of(RetCode::new(230), ""), Some(Class::InvalidParameter));
/// ```
pub fn class_of(code: RetCode, message: &str) -> Option<Class> {
    let marker = MARKERS.iter().find(|(marker, _)| message.contains(marker));
    marker.map(|(_, class)| *class).or_else(|| code.class())
}
