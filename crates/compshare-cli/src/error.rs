//! `CliError`: why the command failed, as text or JSON, and its exit code.

use std::{error::Error as _, iter};

use compshare_blocking::{
    Delivery, Effect, Error, RetCode,
    error::{ConfigError, OnceError},
    partial::ItemFailure,
};
use serde_json::{Map, Value, json};

use crate::text::{
    lang::Lang,
    sanitize::{self, heading},
};

mod hints;

/// What kind of failure it is; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The command cannot be carried out as given; nothing was sent.
    Usage,
    /// The server refused, or failed.
    Refused,
    /// The server carried out a part of it.
    Incomplete,
    /// No response was received.
    Transport,
    /// The response cannot be read or written out.
    Response,
    /// Nothing was created.
    NotCreated,
    /// It is unknown whether something was created.
    Unknown,
}

impl Kind {
    /// The name in JSON, and the exit code, which `compshare --help` lists.
    const fn facts(self) -> (&'static str, u8) {
        match self {
            Self::Usage => ("usage", 2),
            Self::Refused => ("refused", 1),
            Self::Incomplete => ("incomplete", 1),
            Self::Transport => ("transport", 3),
            Self::Response => ("response", 3),
            Self::NotCreated => ("not_created", 1),
            Self::Unknown => ("unknown", 3),
        }
    }
}

/// Why the command did not succeed.
#[derive(Debug)]
pub(crate) struct CliError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    action: Option<String>,
    message: String,
    causes: Vec<String>,
    failures: Vec<ItemFailure>,
    hints: Vec<String>,
    ret_code: Option<i64>,
    request_id: Option<String>,
    delivery: Delivery,
    /// Whether the action may have been carried out.
    may_have_acted: bool,
    /// What is known about an action with `--once` whose outcome is unknown.
    once: Option<Value>,
    /// The response to a call that succeeded in part, or the pages before the error; and how it is
    /// printed.
    response: Option<(Value, String)>,
}

impl CliError {
    fn new(kind: Kind, message: impl Into<String>, delivery: Delivery) -> Self {
        Self(Box::new(Inner {
            kind,
            action: None,
            message: message.into(),
            causes: Vec::new(),
            failures: Vec::new(),
            hints: Vec::new(),
            ret_code: None,
            request_id: None,
            delivery,
            may_have_acted: delivery != Delivery::NotSent,
            once: None,
            response: None,
        }))
    }

    /// The exit code of the command.
    pub(crate) fn exit_code(&self) -> u8 {
        self.0.kind.facts().1
    }

    /// The command cannot be carried out as given.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message, Delivery::NotSent)
    }

    /// Output that cannot be written.
    pub(crate) fn not_written(error: &std::io::Error) -> Self {
        Self::bad_response(format!("cannot write the output: {error}"))
    }

    /// A response that cannot be used.
    pub(crate) fn bad_response(message: impl Into<String>) -> Self {
        Self::new(Kind::Response, message, Delivery::Answered)
    }

    /// Adds one line on what to do.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hints.push(hint.into());
        self
    }

    /// Names the action, unless it is named already.
    pub(crate) fn of(mut self, action: &str) -> Self {
        self.0.action.get_or_insert_with(|| action.to_owned());
        self
    }

    /// A call that did not succeed; `effect` and `endpoint` are the call's.
    pub(crate) fn call(error: &Error, effect: Effect, endpoint: &str, lang: Lang) -> Self {
        let kind = match error {
            Error::Invalid(_) => Kind::Usage,
            Error::Api(_) if effect == Effect::Once && error.may_have_acted() => Kind::Unknown,
            Error::Api(_) => Kind::Refused,
            Error::Incomplete(_) => Kind::Incomplete,
            Error::Transport(_) => Kind::Transport,
            _ => Kind::Response,
        };
        let mut failed = Self::new(kind, error.to_string(), error.delivery()).of(error.action());
        let sources = iter::successors(error.source(), |&cause| cause.source());
        failed.0.causes = sources.map(ToString::to_string).collect();
        if let Error::Incomplete(incomplete) = error {
            failed.0.failures = incomplete.failures().to_vec();
        }
        failed.0.hints = hints::of(error, effect, endpoint, lang);
        failed.0.may_have_acted = error.may_have_acted();
        failed.0.ret_code = error.ret_code().map(|code| code.number());
        failed.0.request_id = error.request_id().map(str::to_owned);
        failed
    }

    /// An action that was to create once, and did not or may not have.
    pub(crate) fn once(error: &OnceError, endpoint: &str, lang: Lang) -> Self {
        let mut failed = Self::call(error.error(), Effect::Once, endpoint, lang);
        let (kind, message) = match error {
            OnceError::NotCreated(Error::Invalid(_)) => return failed,
            OnceError::NotCreated(_) => {
                failed.0.may_have_acted = false;
                (Kind::NotCreated, "nothing was created; you can send it again".to_owned())
            }
            OnceError::Unknown(unknown) => {
                failed.0.may_have_acted = true;
                failed.0.once = Some(json!({
                    "marker": unknown.marker.as_str(),
                    "field": unknown.field,
                    "ids": unknown.ids,
                }));
                failed.0.hints =
                    vec![format!("use --marker {} to resume", unknown.marker.as_str())];
                (Kind::Unknown, error.to_string())
            }
            _ => (Kind::Unknown, error.to_string()),
        };
        failed.0.kind = kind;
        failed.0.hints.retain(|hint| hint != hints::MAY_HAVE_ACTED);
        failed.0.causes.insert(0, std::mem::replace(&mut failed.0.message, message));
        failed
    }

    /// Adds a partial response and its printed form.
    pub(crate) fn with_response(mut self, body: Value, shown: String) -> Self {
        self.0.response = Some((body, shown));
        self
    }

    /// The printed form of the partial response.
    pub(crate) fn shown(&self) -> &str {
        self.0.response.as_ref().map_or("", |(_, shown)| shown)
    }

    /// The text for a person: what went wrong, why, and what to do.
    pub(crate) fn text(&self) -> String {
        let Inner { kind, action, message, causes, failures, hints, request_id, .. } = &*self.0;
        // The server's words stay on one line, so that they cannot pass for ours.
        let message = match kind {
            _ if !failures.is_empty() => {
                let action = action.as_deref().unwrap_or_default();
                partial_failure(action, failures, request_id.as_deref())
            }
            Kind::Usage => message.lines().map(sanitize::line).collect::<Vec<_>>().join("\n"),
            _ => sanitize::line(message),
        };
        let causes = causes.iter().map(|cause| format!("\n  caused by: {}", sanitize::line(cause)));
        let hints = hints.iter().map(|hint| format!("\nhint: {hint}"));
        iter::once(format!("error: {message}")).chain(causes).chain(hints).collect()
    }

    /// The same as one JSON document.
    pub(crate) fn json(&self) -> Value {
        let Inner { kind, action, message, causes, failures, ret_code, request_id, .. } = &*self.0;
        let message = [message].into_iter().chain(causes).map(String::as_str);
        let mut error = json!({
            "kind": kind.facts().0,
            "action": action,
            "message": message.collect::<Vec<_>>().join(": "),
            "ret_code": ret_code,
            "request_id": request_id,
            "delivery": match self.0.delivery {
                Delivery::NotSent => "not_sent",
                Delivery::MaybeSent => "maybe_sent",
                Delivery::Answered => "answered",
            },
            "may_have_acted": self.0.may_have_acted,
        });
        if let (Some(once), Some(error)) = (&self.0.once, error.as_object_mut()) {
            error.insert("once".to_owned(), once.clone());
        }
        let mut document = Map::from_iter([("error".to_owned(), error)]);
        if *kind == Kind::Incomplete {
            let failure = |failure: &ItemFailure| {
                json!({
                    "who": failure.who(),
                    "reason": failure.reason(),
                    "ret_code": failure.code().map(RetCode::number),
                })
            };
            document.insert("failures".to_owned(), failures.iter().map(failure).collect());
        }
        let response = self.0.response.as_ref().map(|(body, _)| body.clone());
        if response.is_some() || *kind == Kind::Incomplete {
            document.insert("response".to_owned(), response.unwrap_or_default());
        }
        Value::Object(document)
    }
}

/// How many failed, and a line for each.
pub(crate) fn partial_failure(
    action: &str,
    failures: &[ItemFailure],
    request_id: Option<&str>,
) -> String {
    let plural = if failures.len() == 1 { "" } else { "s" };
    let first = format!("{action} did not succeed for {} item{plural}", failures.len());
    let first = sanitize::line(&heading(&first, request_id));
    let items = failures.iter().map(|item| format!("\n  {}", sanitize::line(&item.to_string())));
    iter::once(first).chain(items).collect()
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        Self::usage(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_reads_lines_and_a_program_reads_json() {
        let mut failed = CliError::usage("no such\tfile").of("X").of("Y").hint("make one");
        failed.0.causes.push("it was removed".to_owned());
        assert_eq!(
            failed.text(),
            "error: no such\\tfile\n  caused by: it was removed\nhint: make one"
        );
        let json = failed.json();
        assert_eq!(json["error"]["action"], "X");
        assert_eq!(json["error"]["message"], "no such\tfile: it was removed");
        assert_eq!(json["error"]["delivery"], "not_sent");
    }

    #[test]
    fn exit_codes_are_the_documented_ones() {
        let kinds = [Kind::Refused, Kind::Incomplete, Kind::Usage, Kind::Transport, Kind::Response];
        assert_eq!(kinds.map(|kind| kind.facts().1), [1, 1, 2, 3, 3]);
    }
}
