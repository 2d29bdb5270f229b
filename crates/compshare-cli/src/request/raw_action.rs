//! `RawAction`: an action named at run time, whose response is read as JSON or as a file.

use compshare_blocking::{
    Action, CsvFile, Raw,
    metadata::{ActionInfo, Facts},
    partial::ItemFailure,
};
use serde::{Serialize, Serializer, de::DeserializeOwned};
use serde_json::Value;

use crate::request::partial;

/// A [`Raw`] action, and how its response is read.
#[derive(Debug)]
pub(crate) struct RawAction<'a, R> {
    raw: &'a Raw,
    reader: R,
}

impl<'a, R: ReadResponse> RawAction<'a, R> {
    pub(crate) fn new(raw: &'a Raw, reader: R) -> Self {
        Self { raw, reader }
    }
}

/// Reads the response to a [`RawAction`].
pub(crate) trait ReadResponse {
    /// What it is read as.
    type Response: DeserializeOwned;

    /// The response that a file is; `None` if JSON is expected.
    fn file(&self, _file: CsvFile) -> Option<Self::Response> {
        None
    }

    /// The failed items of a response.
    fn failures(&self, _raw: &Raw, _response: &Self::Response) -> Vec<ItemFailure> {
        Vec::new()
    }
}

/// Reads JSON; a partial failure is an error unless it is allowed.
#[derive(Debug)]
pub(crate) struct ReadJson {
    pub(crate) allow_partial: bool,
}

impl ReadResponse for ReadJson {
    type Response = Value;

    fn failures(&self, raw: &Raw, response: &Value) -> Vec<ItemFailure> {
        if self.allow_partial { Vec::new() } else { partial::failures(raw.facts().name, response) }
    }
}

/// Reads a file.
#[derive(Debug)]
pub(crate) struct ReadFile;

impl ReadResponse for ReadFile {
    type Response = CsvFile;

    fn file(&self, file: CsvFile) -> Option<CsvFile> {
        Some(file)
    }
}

impl<R> Serialize for RawAction<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}

impl<R: ReadResponse> Action for RawAction<'_, R> {
    const INFO: &'static ActionInfo = Raw::INFO;
    type Response = R::Response;

    fn facts(&self) -> Facts<'_> {
        self.raw.facts()
    }

    fn file(&self, file: CsvFile) -> Option<R::Response> {
        self.reader.file(file)
    }

    fn failures(&self, response: &R::Response) -> Vec<ItemFailure> {
        self.reader.failures(self.raw, response)
    }
}
