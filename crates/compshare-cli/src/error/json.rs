//! A failure as one JSON document.

use compshare_blocking::{Delivery, ItemFailure, RetCode};
use serde_json::{Value, json};

use super::{CliError, Kind};

impl CliError {
    /// The same as one JSON document.
    pub(crate) fn json(&self) -> Value {
        let mut message = self.0.message.clone();
        for cause in &self.0.causes {
            message.push_str(": ");
            message.push_str(cause);
        }
        let mut document = json!({
            "error": {
                "kind": self.0.kind.name(),
                "action": self.0.action,
                "message": message,
                "ret_code": self.0.ret_code,
                "request_id": self.0.request_id,
                "delivery": match self.0.delivery {
                    Delivery::NotSent => "not_sent",
                    Delivery::MaybeSent => "maybe_sent",
                    Delivery::Answered => "answered",
                },
            }
        });
        if let Some(error) = document.get_mut("error").and_then(Value::as_object_mut) {
            error.insert("may_have_acted".to_owned(), self.0.may_have_acted.into());
            if let Some(once) = &self.0.once {
                error.insert("once".to_owned(), once.clone());
            }
        }
        let Some(map) = document.as_object_mut() else { return document };
        if self.0.kind == Kind::Incomplete {
            let failure = |failure: &ItemFailure| {
                json!({
                    "who": failure.who(),
                    "reason": failure.reason(),
                    "ret_code": failure.code().map(RetCode::number),
                })
            };
            map.insert("failures".to_owned(), self.0.failures.iter().map(failure).collect());
        }
        let answer = self.0.answer.as_ref().map(|answer| answer.body.clone());
        if answer.is_some() || self.0.kind == Kind::Incomplete {
            map.insert("answer".to_owned(), answer.unwrap_or_default());
        }
        document
    }
}
