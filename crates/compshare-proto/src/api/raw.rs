//! `Raw`: an action named at run time.

mod listing;

use std::fmt;

use serde::{
    Serialize, Serializer,
    ser::{self, SerializeMap as _},
};
use serde_json::Value;

pub use super::{parameter::Parameter, with::With};

use super::{
    action::{Action, Facts},
    csv_file::CsvFile,
    effect::Effect,
    metadata::ActionInfo,
    parameter::refusal,
};

/// An action by name, with parameters by name. Its response is the JSON as it came.
///
/// A known action has its effect and takes its defaults. An unknown one has the effect [`Effect::Once`] unless
/// [`Raw::effect`] sets another.
///
/// The rows of a paged list come page by page from a client's `pages` and row by row from its `items`.
///
/// It requires only what the API requires: `CreateCompShareInstance` without `ChargeType` buys a month. The
/// typed action requires a `ChargeType`.
///
/// ```
/// use compshare_proto::Raw;
///
/// let action = Raw::new("UpdateCompShareImage")
///     .param("CompShareImageId", "compshareImage-xxxx")
///     .param("Tags", ["深度学习", "PyTorch"]);
/// ```
#[derive(Clone)]
#[must_use = "an action does nothing until a client sends it"]
pub struct Raw {
    name: String,
    pub(super) info: &'static ActionInfo,
    pub(super) effect: Effect,
    pub(super) parameters: Vec<Parameter>,
}

static UNKNOWN: ActionInfo = ActionInfo::new("", Effect::Once);

impl Raw {
    /// The action of that name, without parameters.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        let info = ActionInfo::find(&name).unwrap_or(&UNKNOWN);
        Self { name, info, effect: info.effect, parameters: Vec::new() }
    }

    /// Adds a parameter: text, a number, a boolean, a list, a map, or a struct.
    ///
    /// `None` is not sent. An empty list, map or struct is refused, since without it the request would mean
    /// something else. An empty text is refused in an action that only reads.
    pub fn param<T: Serialize>(mut self, name: impl Into<String>, value: T) -> Self {
        self.parameters.push(Parameter::new(name, value));
        self
    }

    /// Sets the effect of an action that this version does not know.
    ///
    /// It overrides that of a known action too: `CreateCompShareInstance` as [`Effect::Idempotent`] is retried
    /// after a failure, and each attempt may buy an instance.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw")
            .field("name", &self.name)
            .field("effect", &self.effect)
            .field("parameters", &self.parameters)
            .finish()
    }
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.parameters.len()))?;
        for parameter in &self.parameters {
            match parameter.value() {
                Ok(value) => map.serialize_entry(parameter.name(), value)?,
                Err(error) => return Err(ser::Error::custom(error)),
            }
        }
        map.end()
    }
}

impl Action for Raw {
    const INFO: &'static ActionInfo = &UNKNOWN;
    type Response = Value;

    fn facts(&self) -> Facts<'_> {
        Facts {
            name: &self.name,
            effect: self.effect,
            refusal: refusal(&self.parameters),
            ..Facts::of(self.info)
        }
    }

    /// The file's text as one JSON text.
    fn file(&self, file: CsvFile) -> Option<Value> {
        Some(Value::from(String::from_utf8_lossy(file.content())))
    }
}
