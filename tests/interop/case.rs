//! `Case`: one call that every client is asked to make.

use compshare_blocking::Client;
use compshare_proto::{Error, metadata::Encoding};
use serde_json::{Map, Value};

/// One call that every client is asked to make.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) action: &'static str,
    /// What the caller wants sent; a JSON object.
    pub(crate) parameters: Value,
    /// Our typed action with the same values.
    pub(crate) typed: Option<Typed>,
    pub(crate) cli: Option<Command>,
    /// How the parameters travel.
    pub(crate) encoding: Encoding,
    /// RetCode that the simulator gives.
    pub(crate) ret_code: i64,
    /// What happens first, so that there is what the case needs.
    pub(crate) given: Vec<Given>,
    /// Seconds that pass with each request.
    pub(crate) hurry: u64,
}

/// Something that happens before a call.
pub(crate) enum Given {
    /// A call with its parameters; a JSON object.
    Call(&'static str, Value),
    /// Seconds that pass.
    Seconds(u64),
}

pub(crate) type Typed = fn(&Client) -> Result<(), Error>;

/// A command of the official CLI.
pub(crate) struct Command {
    pub(crate) arguments: Vec<&'static str>,
    /// Actions that it calls before the one of the case.
    pub(crate) before: &'static [&'static str],
    /// Actions that it calls after the one of the case.
    pub(crate) after: &'static [&'static str],
    /// Where it makes several calls of the action: a parameter and its value in each.
    pub(crate) spread: Option<(&'static str, &'static [&'static str])>,
    /// What it must have printed in the end.
    pub(crate) shows: &'static [&'static str],
}

impl Case {
    /// A call by form that the simulator answers with 0.
    pub(crate) fn new(name: &'static str, action: &'static str, parameters: Value) -> Self {
        Self {
            name,
            action,
            parameters,
            typed: None,
            cli: None,
            encoding: Encoding::Form,
            ret_code: 0,
            given: Vec::new(),
            hurry: 0,
        }
    }

    pub(crate) fn typed(mut self, typed: Typed) -> Self {
        self.typed = Some(typed);
        self
    }

    /// The CLI's command: its words, between blanks.
    pub(crate) fn run(self, line: &'static str) -> Self {
        self.words(line.split_whitespace().collect())
    }

    /// The CLI's command of the group `image`: its words.
    pub(crate) fn image(self, words: impl Into<Vec<&'static str>>) -> Self {
        let mut arguments = vec!["image"];
        arguments.extend(words.into());
        self.words(arguments)
    }

    fn words(mut self, arguments: Vec<&'static str>) -> Self {
        self.cli = Some(Command { arguments, before: &[], after: &[], spread: None, shows: &[] });
        self
    }

    pub(crate) fn before(mut self, before: &'static [&'static str]) -> Self {
        self.cli = self.cli.map(|command| Command { before, ..command });
        self
    }

    pub(crate) fn after(mut self, after: &'static [&'static str]) -> Self {
        self.cli = self.cli.map(|command| Command { after, ..command });
        self
    }

    pub(crate) fn shows(mut self, shows: &'static [&'static str]) -> Self {
        self.cli = self.cli.map(|command| Command { shows, ..command });
        self
    }

    pub(crate) fn spread(mut self, name: &'static str, values: &'static [&'static str]) -> Self {
        self.cli = self.cli.map(|command| Command { spread: Some((name, values)), ..command });
        self
    }

    pub(crate) fn json(mut self) -> Self {
        self.encoding = Encoding::Json;
        self
    }

    pub(crate) fn ret_code(mut self, ret_code: i64) -> Self {
        self.ret_code = ret_code;
        self
    }

    /// Adds a call that is made first; a JSON object.
    pub(crate) fn given(mut self, action: &'static str, parameters: Value) -> Self {
        self.given.push(Given::Call(action, parameters));
        self
    }

    /// Lets a minute pass with each request, so that no one has to wait.
    pub(crate) fn hurry(mut self) -> Self {
        self.hurry = 60;
        self
    }

    /// Lets time pass first.
    pub(crate) fn passes(mut self, seconds: u64) -> Self {
        self.given.push(Given::Seconds(seconds));
        self
    }

    /// The parameters with others added.
    pub(crate) fn with(&self, added: &[(&str, Value)]) -> Map<String, Value> {
        let mut parameters = self.parameters.as_object().cloned().unwrap_or_default();
        for (name, value) in added {
            parameters.insert((*name).to_owned(), value.clone());
        }
        parameters
    }
}

/// `send`, for [`Case::typed`], where only the wire matters.
macro_rules! send {
    ($action:expr) => {
        |client| client.send($action).map(drop)
    };
}
pub(crate) use send;
