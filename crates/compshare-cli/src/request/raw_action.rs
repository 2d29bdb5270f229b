//! `RawAction`: an action named at run time, whose response is read as JSON or as a file.

use compshare_blocking::{
    Action, CsvFile, Raw,
    metadata::{ActionInfo, Facts},
    partial::ItemFailure,
};
use serde::{Serialize, Serializer, de::DeserializeOwned};
use serde_json::Value;

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
        if self.allow_partial { Vec::new() } else { raw.facts().info.failures(response) }
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

#[cfg(test)]
mod tests {
    use compshare_blocking::actions::ACTIONS;
    use serde_json::json;

    use super::*;

    fn failures(name: &str, response: &Value) -> Vec<ItemFailure> {
        let raw = Raw::new(name);
        RawAction::new(&raw, ReadJson { allow_partial: false }).failures(response)
    }

    #[test]
    fn every_action_with_partial_failures_has_a_reader() {
        for info in ACTIONS {
            let unreadable = failures(info.name, &json!("text"));
            assert_eq!(unreadable.is_empty(), info.partial.is_empty(), "{}", info.name);
            assert_eq!(failures(info.name, &json!({ "RetCode": 0 })), [], "{}", info.name);
        }
    }

    #[test]
    fn failures_match_the_typed_responses() {
        for (name, response, text) in [
            (
                "CreateCompShareTeamRelation",
                json!({ "ErrorMap": { "50001": { "Message": "no such user", "Code": 230 } } }),
                "50001: no such user (RetCode 230)",
            ),
            (
                "GetCompShareRefundPrice",
                json!({ "RefundPriceSet": [
                    { "UHostId": "uhost-1", "Code": 0 },
                    { "UHostId": "uhost-2", "Code": "8039", "Message": "not there" },
                ] }),
                "uhost-2: not there (RetCode 8039)",
            ),
            (
                "ModifyCompShareImageShareAccount",
                json!({ "InvalidAccounts": [50001] }),
                "50001: there is no such account",
            ),
            (
                "SetCompShareTeamAmount",
                json!({ "FailedMembers": { "7": { "Message": "too much" } } }),
                "7: too much",
            ),
            (
                "SwitchCompShareEIPShareBandwidth",
                json!({ "Results": [
                    { "UHostId": "uhost-1", "Success": true },
                    { "UHostId": "uhost-2", "Success": false, "Message": "no address" },
                ] }),
                "uhost-2: no address",
            ),
        ] {
            let failures = failures(name, &response);
            let texts: Vec<String> = failures.iter().map(ToString::to_string).collect();
            assert_eq!(texts, [text]);
        }
    }

    #[test]
    fn what_cannot_be_read_is_no_success() {
        let response = json!({ "Results": { "a": [] }, "RetCode": 0 });
        let failures = failures("SwitchCompShareEIPShareBandwidth", &response);
        assert_eq!(failures[0].to_string(), "Results: the field cannot be read");
    }
}
