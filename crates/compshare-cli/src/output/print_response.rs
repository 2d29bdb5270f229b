//! `ResponsePrinter`: prints or saves a response.

use compshare_blocking::{Action as _, Client, Error, Raw, Response};
use serde_json::{Value, json};

use crate::{
    error::{CliError, partial_failure},
    input::settings::Settings,
    output::{
        output_file::OutputFile,
        response_text::{self, Style},
    },
    request::{
        all_pages::AllPages,
        raw_action::{RawAction, ReadFile},
    },
    text::{
        sanitize::{self, heading},
        terminal::{self, eprint},
    },
};

/// Prints the response to one action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ResponsePrinter<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) action: &'a Raw,
}

impl ResponsePrinter<'_> {
    fn name(&self) -> &str {
        self.action.facts().name
    }

    /// Formats a JSON response.
    pub(crate) fn response(self, response: &Response<Value>) -> String {
        let request_id = response.request_id();
        // Partial failures are allowed here.
        let failures = self.action.facts().info.failures(response);
        if !failures.is_empty() {
            eprint(&format!("warning: {}", partial_failure(self.name(), &failures, request_id)));
        }
        let done = if failures.is_empty() { "done" } else { "not all done" };
        self.whole(response, done, request_id)
    }

    /// What there is to see beside the error, if a part of the call succeeded.
    pub(crate) fn rest(self, error: &Error, failed: CliError) -> CliError {
        let Error::Incomplete(incomplete) = error else { return failed };
        let Some(body) = incomplete.response::<Value>() else { return failed };
        let shown = self.text(&body, "not all done", incomplete.request_id());
        failed.with_response(body, shown)
    }

    /// Formats what was found by its marker, without a response.
    pub(crate) fn found(self, body: &Value) -> String {
        self.whole(body, "done, although the response was lost", None)
    }

    /// Formats the rows of all pages.
    ///
    /// # Errors
    ///
    /// A list that ended too early; what came of it is in there.
    pub(crate) fn walked(self, walked: AllPages) -> Result<String, CliError> {
        let AllPages { body, request_id, error } = walked;
        let id = request_id.as_deref();
        match error {
            Some(error) if body.is_null() => Err(error),
            Some(error) => {
                let shown = self.text(&body, "not all rows", id);
                Err(error.with_response(body, shown))
            }
            None => Ok(self.whole(&body, "done", id)),
        }
    }

    /// A response without an error, as text or JSON.
    fn whole(self, body: &Value, done: &str, request_id: Option<&str>) -> String {
        if self.settings.json { sanitize::json(body) } else { self.text(body, done, request_id) }
    }

    fn text(self, body: &Value, done: &str, request_id: Option<&str>) -> String {
        let heading = heading(&format!("{}: {done}", self.name()), request_id);
        let style = Style { columns: terminal::columns(), secrets: self.settings.show_secrets };
        response_text::format(self.name(), heading, body, style)
    }

    /// Saves or formats a returned file.
    ///
    /// # Errors
    ///
    /// A failed call, which `failed` converts, or a file that cannot be written.
    pub(crate) fn download(
        self,
        client: &Client,
        place: Option<OutputFile>,
        failed: impl Fn(&Error) -> CliError,
    ) -> Result<Vec<u8>, CliError> {
        let action = RawAction::new(self.action, ReadFile);
        let failed = |error| failed(&error);
        if let Some(mut place) = place {
            let file = client.download(&action, &mut place.file).map_err(failed)?;
            let (path, bytes) = place.finish()?;
            let text = if self.settings.json {
                let file = json!({ "name": file.name(), "path": path, "bytes": bytes });
                sanitize::json(&json!({ "file": file }))
            } else {
                let done = format!("{}: {bytes} bytes written to {path}", self.name());
                format!("{}\n", heading(&done, file.request_id()))
            };
            return Ok(text.into_bytes());
        }
        if !self.settings.json && !terminal::is_there() {
            client.download(&action, &mut terminal::Output).map_err(failed)?;
            return Ok(Vec::new());
        }
        let mut content = Vec::new();
        let file = client.download(&action, &mut content).map_err(failed)?;
        if !self.settings.json {
            return Ok(sanitize::lines(&String::from_utf8_lossy(&content)).into_bytes());
        }
        let content = String::from_utf8(content).map_err(|_| {
            CliError::bad_response(format!("the file of {} is not UTF-8 text", self.name()))
                .hint("use --output FILE, or remove --json")
        })?;
        let file = json!({ "name": file.name(), "content": content });
        Ok(sanitize::json(&json!({ "file": file })).into_bytes())
    }
}
