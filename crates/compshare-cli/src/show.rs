//! `Show`: what is printed of an answer, or saved.

use compshare_blocking::{CsvFile, Error};
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    errors::{Failed, in_part},
    output::{self, Look, heading},
    partial,
    save::Target,
    settings::Settings,
    terminal::{self, say},
};

/// How the answer to one action is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Show<'a> {
    pub(crate) settings: &'a Settings,
    /// Name of the action.
    pub(crate) name: &'a str,
}

impl Show<'_> {
    /// What is printed of an answer; a file goes to its place, if it has one.
    ///
    /// # Errors
    ///
    /// A file that cannot be written, and JSON in place of one.
    pub(crate) fn answer(
        self,
        answer: Answer,
        request_id: Option<&str>,
        place: Option<Target>,
    ) -> Result<Vec<u8>, Failed> {
        match answer {
            Answer::File(file) => match place {
                Some(place) => self.saved(&file, request_id, place),
                None => self.printed(file),
            },
            Answer::Json(_) if self.is_file() => Err(Failed::unusable(format!(
                "{} was answered, but not with the file that it is answered with",
                self.name
            ))),
            Answer::Json(body) => Ok(self.json(&body, request_id).into_bytes()),
        }
    }

    /// What there is to see beside the error, if a part of the call succeeded.
    pub(crate) fn rest(self, error: &Error, failed: Failed) -> Failed {
        let Error::Incomplete(incomplete) = error else { return failed };
        let Some(body) = incomplete.answer::<Value>() else { return failed };
        let shown = self.text(&body, "done in part", incomplete.request_id());
        failed.with_answer(body, shown)
    }

    fn is_file(self) -> bool {
        use compshare_blocking::{ActionInfo, Answer};

        ActionInfo::find(self.name).is_some_and(|info| info.answer == Answer::Csv)
    }

    fn json(self, body: &Value, request_id: Option<&str>) -> String {
        // They are no error here, for the caller allows them.
        let failures = partial::failures(self.name, body);
        if !failures.is_empty() {
            say(&format!("warning: {}", in_part(self.name, &failures, request_id)));
        }
        if self.settings.json {
            return format!("{body:#}\n");
        }
        let done = if failures.is_empty() { "done" } else { "done in part" };
        self.text(body, done, request_id)
    }

    fn text(self, body: &Value, done: &str, request_id: Option<&str>) -> String {
        let heading = heading(&format!("{}: {done}", self.name), request_id);
        let look = Look { columns: terminal::columns(), secrets: self.settings.show_secrets };
        output::answer(self.name, heading, body, look)
    }

    fn saved(
        self,
        file: &CsvFile,
        request_id: Option<&str>,
        place: Target,
    ) -> Result<Vec<u8>, Failed> {
        let path = place.path().display().to_string();
        let bytes = file.content().len();
        place.write(file.content())?;
        let text = if self.settings.json {
            let file = json!({ "name": file.name(), "path": path, "bytes": bytes });
            format!("{:#}\n", json!({ "file": file }))
        } else {
            let done = format!("{}: {bytes} bytes written to {path}", self.name);
            format!("{}\n", heading(&done, request_id))
        };
        Ok(text.into_bytes())
    }

    fn printed(self, file: CsvFile) -> Result<Vec<u8>, Failed> {
        if !self.settings.json {
            return Ok(terminal::safe(file.into_content().to_vec()));
        }
        let content = str::from_utf8(file.content()).map_err(|_| {
            Failed::unusable(format!("the file of {} is not UTF-8 text", self.name))
                .hint("give --output FILE, or leave out --json")
        })?;
        let file = json!({ "name": file.name(), "content": content });
        Ok(format!("{:#}\n", json!({ "file": file })).into_bytes())
    }
}
