//! `Effect` and `Encoding`: what sending an action does, and how its parameters travel.

use std::fmt;

/// What sending an action again may do. It decides whether the action is retried after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// Only reads; may always be repeated.
    Read,
    /// Has the same result however often it is sent; may be repeated.
    Idempotent,
    /// May buy, create or destroy again; never repeated once the server may have acted on it.
    Once,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Idempotent => "idempotent",
            Self::Once => "once",
        })
    }
}

/// How an action's parameters travel in the request body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// `application/x-www-form-urlencoded` with flattened names, such as `Tags.0`.
    #[default]
    Form,
    /// `application/json` with native lists and objects.
    Json,
}
