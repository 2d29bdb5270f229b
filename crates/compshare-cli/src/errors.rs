//! `Failed`: why the command did not succeed, for a person or as JSON, and its exit code.

use std::error::Error as _;

use compshare_blocking::{ConfigError, Delivery, Effect, Error};
use serde_json::{Value, json};

use crate::text::clean;

/// What kind of failure it is; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The command cannot be carried out as given; nothing was sent.
    Usage,
    /// The server refused, or failed.
    Refused,
    /// No answer came.
    Transport,
    /// An answer came that cannot be read, or not be written out.
    Answer,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Refused => "refused",
            Self::Transport => "transport",
            Self::Answer => "answer",
        }
    }

    /// The exit code; `compshare --help` lists them.
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Transport | Self::Answer => 3,
        }
    }
}

/// Why the command did not succeed.
#[derive(Debug)]
pub(crate) struct Failed(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    action: Option<String>,
    message: String,
    causes: Vec<String>,
    hint: Option<String>,
    ret_code: Option<i64>,
    request_id: Option<String>,
    delivery: Delivery,
}

impl Failed {
    fn new(kind: Kind, message: impl Into<String>, delivery: Delivery) -> Self {
        Self(Box::new(Inner {
            kind,
            action: None,
            message: message.into(),
            causes: Vec::new(),
            hint: None,
            ret_code: None,
            request_id: None,
            delivery,
        }))
    }

    /// What kind of failure it is.
    pub(crate) fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The command cannot be carried out as given.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message, Delivery::NotSent)
    }

    /// Output that cannot be written, whatever came before.
    pub(crate) fn not_written(error: &std::io::Error) -> Self {
        let message = format!("the output cannot be written: {error}");
        Self::new(Kind::Answer, message, Delivery::Answered)
    }

    /// Adds one line on what to do.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Names the action, unless it is named already.
    pub(crate) fn of(mut self, action: &str) -> Self {
        self.0.action.get_or_insert_with(|| action.to_owned());
        self
    }

    /// A call that did not succeed; `effect` and `endpoint` are the call's.
    pub(crate) fn call(error: &Error, effect: Effect, endpoint: &str) -> Self {
        let kind = match error {
            Error::Invalid(_) => Kind::Usage,
            Error::Api(_) => Kind::Refused,
            Error::Transport(_) => Kind::Transport,
            _ => Kind::Answer,
        };
        let mut failed = Self::new(kind, error.to_string(), error.delivery()).of(error.action());
        let mut source = error.source();
        while let Some(cause) = source {
            failed.0.causes.push(cause.to_string());
            source = cause.source();
        }
        failed.0.hint = hint(error, effect, endpoint);
        failed.0.ret_code = error.ret_code().map(|code| code.number());
        failed.0.request_id = error.request_id().map(str::to_owned);
        failed
    }

    /// The text for a person: what went wrong, why, and what to do.
    pub(crate) fn text(&self) -> String {
        // The server's words are among these, and a terminal must not act on them.
        let lines: Vec<String> = self.0.message.lines().map(clean).collect();
        let mut text = format!("error: {}", lines.join("\n"));
        for cause in &self.0.causes {
            text.push_str("\n  caused by: ");
            text.push_str(&clean(cause));
        }
        if let Some(hint) = &self.0.hint {
            text.push_str("\nhint: ");
            text.push_str(hint);
        }
        text
    }

    /// The same as one JSON document.
    pub(crate) fn json(&self) -> Value {
        let mut message = self.0.message.clone();
        for cause in &self.0.causes {
            message.push_str(": ");
            message.push_str(cause);
        }
        json!({
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
        })
    }
}

impl From<ConfigError> for Failed {
    fn from(error: ConfigError) -> Self {
        Self::usage(error.to_string())
    }
}

/// One line on what to do about a call that did not succeed.
fn hint(error: &Error, effect: Effect, endpoint: &str) -> Option<String> {
    match error {
        Error::Invalid(invalid) => Some(match invalid.parameter() {
            "Region" => {
                "give --region, such as --region cn-wlcb, or set COMPSHARE_REGION".to_owned()
            }
            "Zone" => "give --zone, such as --zone cn-wlcb-01, or set COMPSHARE_ZONE".to_owned(),
            "ProjectId" => {
                "give --project-id, such as --project-id org-xxxx, or set COMPSHARE_PROJECT_ID"
                    .to_owned()
            }
            _ => format!("`compshare {} --help` lists the parameters", invalid.action()),
        }),
        Error::Transport(_) => Some(match (error.delivery(), effect) {
            (Delivery::NotSent, _) => format!(
                "nothing was sent to {endpoint}: check this address, the network and any proxy"
            ),
            (_, Effect::Once) => MAY_HAVE_ACTED.to_owned(),
            (Delivery::MaybeSent, _) => "this action may safely be sent again".to_owned(),
            (Delivery::Answered, _) => return None,
        }),
        Error::Decode(_) if effect == Effect::Once => Some(MAY_HAVE_ACTED.to_owned()),
        _ => None,
    }
}

const MAY_HAVE_ACTED: &str =
    "the server may have acted on it: check what is there before you send it again";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_reads_lines_and_a_program_reads_json() {
        let mut failed = Failed::usage("no such\tfile").of("X").of("Y").hint("make one");
        failed.0.causes.push("it was removed".to_owned());
        assert_eq!(
            failed.text(),
            "error: no such file\n  caused by: it was removed\nhint: make one"
        );
        let json = failed.json();
        assert_eq!(json["error"]["action"], "X");
        assert_eq!(json["error"]["message"], "no such\tfile: it was removed");
        assert_eq!(json["error"]["delivery"], "not_sent");
    }

    #[test]
    fn exit_codes_are_the_documented_ones() {
        let kinds = [Kind::Refused, Kind::Usage, Kind::Transport, Kind::Answer];
        assert_eq!(kinds.map(Kind::exit_code), [1, 2, 3, 3]);
    }
}
