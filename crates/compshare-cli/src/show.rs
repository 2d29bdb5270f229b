//! `Show`: what is printed of an answer, or saved.

use compshare_blocking::{Client, Error, Raw, Response};
use serde_json::{Value, json};

use crate::{
    errors::{Failed, in_part},
    output::{self, Look, heading},
    partial,
    save::Target,
    sent::Download,
    settings::Settings,
    terminal::{self, say},
    visible,
    walk::Walked,
};

/// How the answer to one action is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Show<'a> {
    pub(crate) settings: &'a Settings,
    /// Name of the action.
    pub(crate) name: &'a str,
}

impl Show<'_> {
    /// What is printed of an answer in JSON.
    pub(crate) fn answer(self, response: &Response<Value>) -> String {
        let request_id = response.request_id();
        // They are no error here, for they are allowed.
        let failures = partial::failures(self.name, response);
        if !failures.is_empty() {
            say(&format!("warning: {}", in_part(self.name, &failures, request_id)));
        }
        if self.settings.json {
            return visible::json(response);
        }
        let done = if failures.is_empty() { "done" } else { "not all done" };
        self.text(response, done, request_id)
    }

    /// What there is to see beside the error, if a part of the call succeeded.
    pub(crate) fn rest(self, error: &Error, failed: Failed) -> Failed {
        let Error::Incomplete(incomplete) = error else { return failed };
        let Some(body) = incomplete.answer::<Value>() else { return failed };
        let shown = self.text(&body, "not all done", incomplete.request_id());
        failed.with_answer(body, shown)
    }

    /// What is printed where things were found without an answer.
    pub(crate) fn found(self, body: &Value) -> String {
        if self.settings.json {
            return visible::json(body);
        }
        self.text(body, "done, though the answer was lost", None)
    }

    /// What is printed of a list that was walked.
    ///
    /// # Errors
    ///
    /// A list that ended too early; what came of it is in there.
    pub(crate) fn walked(self, walked: Walked) -> Result<String, Failed> {
        let Walked { body, request_id, error } = walked;
        let id = request_id.as_deref();
        match error {
            Some(error) if body.is_null() => Err(error),
            Some(error) => {
                let shown = self.text(&body, "not all rows", id);
                Err(error.with_answer(body, shown))
            }
            None if self.settings.json => Ok(visible::json(&body)),
            None => Ok(self.text(&body, "done", id)),
        }
    }

    fn text(self, body: &Value, done: &str, request_id: Option<&str>) -> String {
        let heading = heading(&format!("{}: {done}", self.name), request_id);
        let look = Look { columns: terminal::columns(), secrets: self.settings.show_secrets };
        output::answer(self.name, heading, body, look)
    }

    /// Lets a file go where it belongs, and says what is to be printed then.
    ///
    /// # Errors
    ///
    /// A call that did not succeed, which `failed` tells about, and a file that cannot be written.
    pub(crate) fn download(
        self,
        client: &Client,
        action: &Raw,
        place: Option<Target>,
        failed: impl Fn(&Error) -> Failed,
    ) -> Result<Vec<u8>, Failed> {
        let action = Download { action };
        let failed = |error| failed(&error);
        if let Some(mut place) = place {
            let file = client.download(&action, &mut place).map_err(failed)?;
            let (path, bytes) = place.finish()?;
            let text = if self.settings.json {
                let file = json!({ "name": file.name(), "path": path, "bytes": bytes });
                visible::json(&json!({ "file": file }))
            } else {
                let done = format!("{}: {bytes} bytes written to {path}", self.name);
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
            return Ok(visible::lines(&String::from_utf8_lossy(&content)).into_bytes());
        }
        let content = String::from_utf8(content).map_err(|_| {
            Failed::unusable(format!("the file of {} is not UTF-8 text", self.name))
                .hint("give --output FILE, or leave out --json")
        })?;
        let file = json!({ "name": file.name(), "content": content });
        Ok(visible::json(&json!({ "file": file })).into_bytes())
    }
}
