//! `Sent` and `Answer`: an action named at run time, and the JSON or the file that comes back.

use compshare_blocking::{Action, ActionInfo, CsvFile, Effect, InvalidRequest, ItemFailure, Raw};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::partial;

/// What comes back.
#[derive(Debug)]
pub(crate) enum Answer {
    /// JSON, as it came.
    Json(Value),
    /// A file, as it came.
    File(CsvFile),
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::Json)
    }
}

/// An action on its way: a [`Raw`] one that can be answered with a file, and that did not succeed if a
/// part of it failed.
#[derive(Debug)]
pub(crate) struct Sent<'a> {
    pub(crate) action: &'a Raw,
    /// Whether it succeeded even so.
    pub(crate) allow_partial: bool,
}

impl Serialize for Sent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.action.serialize(serializer)
    }
}

impl Action for Sent<'_> {
    const INFO: &'static ActionInfo = Raw::INFO;
    type Response = Answer;

    fn info(&self) -> &'static ActionInfo {
        self.action.info()
    }

    fn name(&self) -> &str {
        self.action.name()
    }

    fn effect(&self) -> Effect {
        self.action.effect()
    }

    fn refusal(&self) -> Option<&InvalidRequest> {
        self.action.refusal()
    }

    fn file(&self, file: CsvFile) -> Option<Answer> {
        Some(Answer::File(file))
    }

    fn failures(&self, answer: &Answer) -> Vec<ItemFailure> {
        match answer {
            Answer::Json(answer) if !self.allow_partial => partial::failures(self.name(), answer),
            _ => Vec::new(),
        }
    }
}
