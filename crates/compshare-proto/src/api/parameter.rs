//! `Parameter`: one parameter named at run time.

use std::fmt;

use serde::{Serialize, Serializer, ser};
use serde_json::Value;

use crate::value::{invalid::InvalidRequest, params::json::to_json};

/// One parameter named at run time.
#[derive(Clone)]
pub struct Parameter {
    pub(super) name: String,
    pub(super) value: Result<Value, InvalidRequest>,
}

impl Parameter {
    /// A parameter of that name and value; a value that cannot be sent is refused with the request.
    pub fn new<T: Serialize>(name: impl Into<String>, value: T) -> Self {
        let name = name.into();
        let value = Named { name: &name, value }.to_json();
        Self { name, value }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its value, or why it cannot be sent.
    pub(super) fn value(&self) -> &Result<Value, InvalidRequest> {
        &self.value
    }

    pub(crate) fn to_json(&self) -> Result<(&str, Value), InvalidRequest> {
        Ok((&self.name, self.value.clone()?))
    }
}

/// The first parameter that cannot be sent.
pub(super) fn refusal(parameters: &[Parameter]) -> Option<&InvalidRequest> {
    parameters.iter().find_map(|parameter| parameter.value.as_ref().err())
}

/// Prints the name; the value may be a password.
impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parameter({})", self.name)
    }
}

/// A value under a name, as a struct of one field would be.
struct Named<'a, T> {
    name: &'a str,
    value: T,
}

impl<T: Serialize> Named<'_, T> {
    fn to_json(&self) -> Result<Value, InvalidRequest> {
        Ok(to_json(self)?.get_mut(self.name).map(Value::take).unwrap_or_default())
    }
}

impl<T: Serialize> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.name, &self.value)])
    }
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Ok(value) => Named { name: &self.name, value }.serialize(serializer),
            Err(error) => Err(ser::Error::custom(error)),
        }
    }
}
