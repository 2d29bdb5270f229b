//! `InvalidRequest`: a request that could not be built.

use std::{borrow::Cow, error::Error, fmt};

/// A request that could not be built; nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequest {
    action: String,
    parameter: String,
    reason: Cow<'static, str>,
}

impl InvalidRequest {
    pub(crate) fn new(parameter: impl Into<String>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { action: String::new(), parameter: parameter.into(), reason: reason.into() }
    }

    pub(crate) fn of(mut self, action: &str) -> Self {
        action.clone_into(&mut self.action);
        self
    }

    /// Names the parameter that refused its value, unless one is named already.
    pub(crate) fn within(self, parameter: &str) -> Self {
        if !self.parameter.is_empty() {
            return self;
        }
        let reason = format!("cannot be sent: {}", self.reason);
        Self { parameter: parameter.to_owned(), reason: reason.into(), ..self }
    }

    /// Name of the action; empty where parameters were signed by themselves.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Name of the parameter that is wrong; empty if it is not one parameter.
    pub fn parameter(&self) -> &str {
        &self.parameter
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.action.is_empty() {
            write!(f, "{} was not sent: ", self.action)?;
        }
        if !self.parameter.is_empty() {
            write!(f, "{} ", self.parameter)?;
        }
        f.write_str(&self.reason)
    }
}

impl Error for InvalidRequest {}

impl serde::ser::Error for InvalidRequest {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new("", message.to_string())
    }
}
