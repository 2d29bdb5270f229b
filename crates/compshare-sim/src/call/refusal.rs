//! `Refusal`: why the gateway does not act, as a RetCode and its message.

use std::fmt::Display;

use compshare_proto::metadata::{ActionInfo, Availability};
use http::StatusCode;
use serde_json::Value;

use super::short;

/// What a handler returns: the fields of the JSON response, or why it does not act.
pub(crate) type Outcome = Result<Value, Refusal>;

/// Why the gateway does not act: a RetCode and its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: i64,
    pub(crate) message: String,
}

/// RetCode and HTTP status of the simulator's own: it does not have the action.
const NOT_SIMULATED: i64 = 501;

impl Refusal {
    pub(crate) fn new(code: i64, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// That code if that is so.
    pub(crate) fn new_if(is_so: bool, code: i64, message: impl Display) -> Result<(), Self> {
        if is_so { Err(Self::new(code, message.to_string())) } else { Ok(()) }
    }

    /// The spec has the action, but the simulator does not.
    pub(crate) fn not_simulated(info: &ActionInfo) -> Self {
        let why = match info.availability {
            Availability::Unavailable { .. } => {
                "; the official CLI says that production does not either"
            }
            _ => " yet",
        };
        Self::new(NOT_SIMULATED, format!("the simulator does not have {}{why}", info.name))
    }

    /// The HTTP status that the refusal comes with.
    pub(crate) fn status(&self) -> StatusCode {
        if self.code == NOT_SIMULATED { StatusCode::NOT_IMPLEMENTED } else { StatusCode::OK }
    }

    /// 220: a required parameter is missing.
    pub(crate) fn missing(name: &str) -> Self {
        Self::new(220, format!("Missing params [{name}]"))
    }

    /// 230 if that is so: a parameter's value is not acceptable.
    pub(crate) fn when(is_so: bool, name: &str, why: impl Display) -> Result<(), Self> {
        if is_so { Err(Self::unavailable(name, why)) } else { Ok(()) }
    }

    /// 230: a parameter's value is not acceptable.
    pub(crate) fn unavailable(name: &str, why: impl Display) -> Self {
        Self::new(230, format!("Params [{name}] not available: {why}"))
    }
}

/// 230: the account has no resource of that id.
pub(crate) fn no_such(parameter: &str, what: &str, id: &str) -> Refusal {
    Refusal::unavailable(parameter, format_args!("no such {what}: {}", short(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_name_the_parameter() {
        assert_eq!(Refusal::missing("Region").message, "Missing params [Region]");
        let refusal = Refusal::unavailable("Price", "it must be at least 0");
        assert_eq!(refusal.code, 230);
        assert_eq!(refusal.message, "Params [Price] not available: it must be at least 0");
    }
}
