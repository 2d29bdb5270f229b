//! `Case`: one call that every client is asked to make.

use compshare_blocking::Client;
use compshare_proto::{Encoding, Error};
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
    /// Body to answer with, for an action that is not simulated: the simulator then checks nothing, but
    /// the signatures are still compared.
    pub(crate) script: Option<&'static str>,
}

pub(crate) type Typed = fn(&Client) -> Result<(), Error>;

/// A command of the official CLI.
pub(crate) struct Command {
    pub(crate) group: &'static str,
    pub(crate) arguments: Vec<&'static str>,
    /// What it asks first, each with the body to answer: actions that are not simulated.
    pub(crate) before: &'static [(&'static str, &'static str)],
    /// Where it makes several calls of the action: a parameter and its value in each.
    pub(crate) spread: Option<(&'static str, &'static [&'static str])>,
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
            script: None,
        }
    }

    pub(crate) fn typed(mut self, typed: Typed) -> Self {
        self.typed = Some(typed);
        self
    }

    pub(crate) fn cli(mut self, arguments: impl Into<Vec<&'static str>>) -> Self {
        self.cli = Some(Command {
            group: "image",
            arguments: arguments.into(),
            before: &[],
            spread: None,
        });
        self
    }

    pub(crate) fn group(mut self, group: &'static str) -> Self {
        self.cli = self.cli.map(|command| Command { group, ..command });
        self
    }

    pub(crate) fn before(mut self, before: &'static [(&'static str, &'static str)]) -> Self {
        self.cli = self.cli.map(|command| Command { before, ..command });
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

    pub(crate) fn script(mut self, body: &'static str) -> Self {
        self.script = Some(body);
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
