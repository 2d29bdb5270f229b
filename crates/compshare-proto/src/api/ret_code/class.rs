//! `Class`: the kinds of refusal that a caller acts on.

use crate::api::ret_code::RetCode;

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

/// What messages say that no code says, with the class of it.
const MARKERS: &[(&str, Class)] = &[("InstanceOperationInProgress", Class::Busy)];

/// What kind of refusal a code with its message is; `None` if neither is known.
///
/// The message comes first: the server refuses a second operation on an instance with
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
