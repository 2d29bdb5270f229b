//! `JsonAction` and `FileAction`: an action named at run time, answered in JSON or with a file.

use compshare_blocking::{Action, ActionInfo, CsvFile, Effect, InvalidRequest, ItemFailure, Raw};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::request::partial;

/// A [`Raw`] action that did not succeed if a part of it failed, unless that is allowed.
#[derive(Debug)]
pub(crate) struct JsonAction<'a> {
    pub(crate) action: &'a Raw,
    pub(crate) allow_partial: bool,
}

/// A [`Raw`] action that is answered with a file, and with nothing else.
#[derive(Debug)]
pub(crate) struct FileAction<'a> {
    pub(crate) action: &'a Raw,
}

/// What both have of the action in them.
macro_rules! same_action {
    () => {
        const INFO: &'static ActionInfo = Raw::INFO;

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
    };
}

impl Serialize for JsonAction<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.action.serialize(serializer)
    }
}

impl Action for JsonAction<'_> {
    type Response = Value;
    same_action!();

    fn failures(&self, answer: &Value) -> Vec<ItemFailure> {
        if self.allow_partial { Vec::new() } else { partial::failures(self.name(), answer) }
    }
}

impl Serialize for FileAction<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.action.serialize(serializer)
    }
}

impl Action for FileAction<'_> {
    type Response = CsvFile;
    same_action!();

    fn file(&self, file: CsvFile) -> Option<CsvFile> {
        Some(file)
    }
}
