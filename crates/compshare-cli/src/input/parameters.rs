//! Builds an action with typed parameters from flags.

use clap::ArgMatches;
use compshare_blocking::{
    Action as _, Effect, Raw,
    metadata::{ActionInfo, Kind, ParameterInfo},
};
use serde_json::{Map, Value};

use crate::{
    error::CliError,
    input::{
        billing,
        file_value::{FileReader, Form},
        flags::{self, Given, id, join},
        parse_value::parse_value,
    },
    text::{
        datetime::{self, Clock, Purpose},
        terminal::eprint,
    },
};

/// The action of a subcommand.
///
/// # Errors
///
/// A value of the wrong type, a file that cannot be read, or an object without a required field.
pub(crate) fn action(
    info: &'static ActionInfo,
    matches: &ArgMatches,
    given: Given<'_>,
    extra: &[(String, String)],
) -> Result<Raw, CliError> {
    let mut reader = Reader { info, matches, given, files: FileReader::default() };
    let mut raw = Raw::new(info.name);
    for scope in flags::scope(info) {
        if let Some(value) = reader.texts(scope.name).first() {
            raw = raw.param(scope.name, reader.files.value(scope.name, Form::Text, value)?);
        }
    }
    for parameter in info.parameters {
        if let Some(value) = reader.value(parameter, parameter.name)? {
            raw = raw.param(parameter.name, value);
        }
    }
    let is_given = |name: &str| !reader.texts(name).is_empty() || has(extra, name);
    billing::check(info, |name| format!("--{name} "), is_given)?;
    with_extra(raw, extra)
}

/// The action of `call`: any name, with parameters from `--param` only.
///
/// # Errors
///
/// A known action without its billing parameter or with a relaxed effect; an invalid time.
pub(crate) fn call(
    name: &str,
    effect: Option<Effect>,
    extra: &[(String, String)],
) -> Result<Raw, CliError> {
    if let Some(info) = ActionInfo::find(name) {
        let flag = |name: &str| format!("--param {name}=");
        billing::check(info, flag, |name| has(extra, name))?;
        let is_relaxed = match info.effect {
            Effect::Read => false,
            Effect::Idempotent => effect == Some(Effect::Read),
            _ => matches!(effect, Some(Effect::Read | Effect::Idempotent)),
        };
        if is_relaxed {
            return Err(CliError::usage(format!(
                "--effect: the effect of {name} is {} and cannot be relaxed; remove --effect",
                info.effect
            )));
        }
    }
    let raw = with_extra(Raw::new(name), extra)?;
    Ok(effect.into_iter().fold(raw, Raw::effect))
}

fn has(extra: &[(String, String)], name: &str) -> bool {
    extra.iter().any(|(given, _)| given == name)
}

/// Adds the parameters of `--param`: unchanged, except times, which are parsed as for flags.
fn with_extra(mut raw: Raw, extra: &[(String, String)]) -> Result<Raw, CliError> {
    let info = raw.facts().info;
    for (name, value) in extra {
        let known = info.parameter(name);
        raw = match known.and_then(|known| datetime::purpose(info, known.kind)) {
            Some(purpose) => {
                raw.param(name, read_datetime(&format!("--param {name}"), purpose, value)?)
            }
            None => raw.param(name, value),
        };
    }
    Ok(raw)
}

/// Unix seconds of a time; prints the time in full.
fn read_datetime(flag: &str, purpose: Purpose, text: &str) -> Result<i64, CliError> {
    let (seconds, understood) = datetime::parse(text, purpose, &Clock::system())
        .map_err(|reason| CliError::usage(format!("{flag}: {reason}")))?;
    eprint(&format!("{flag}: {understood}"));
    Ok(seconds)
}

struct Reader<'a> {
    info: &'static ActionInfo,
    matches: &'a ArgMatches,
    given: Given<'a>,
    files: FileReader,
}

impl Reader<'_> {
    /// All values of the flag with that path.
    fn texts(&self, path: &str) -> Vec<String> {
        let given = self.matches.try_get_many::<String>(&id(path));
        given.ok().flatten().map(|texts| texts.cloned().collect()).unwrap_or_default()
    }

    /// The value of a parameter; `None` if it was not given.
    fn value(&mut self, info: &ParameterInfo, path: &str) -> Result<Option<Value>, CliError> {
        match info.kind {
            Kind::Object(object) => self.object(object.parameters, path),
            Kind::List(Kind::Object(object)) => {
                let mut items = Vec::new();
                for (expected, index) in (0..).zip(self.given.indices(path)) {
                    let item = join(path, index);
                    if index != expected {
                        return Err(CliError::usage(format!(
                            "--{item}: {path}.{expected} is missing; number the items 0, 1, 2 \
                             and so on"
                        )));
                    }
                    items.extend(self.object(object.parameters, &item)?);
                }
                Ok((!items.is_empty()).then_some(Value::Array(items)))
            }
            Kind::List(kind) => {
                let texts = self.texts(path).into_iter();
                let items = texts.map(|text| self.scalar(info, *kind, path, &text));
                let items = items.collect::<Result<Vec<_>, _>>()?;
                Ok((!items.is_empty()).then_some(Value::Array(items)))
            }
            kind => {
                let texts = self.texts(path);
                texts.first().map(|text| self.scalar(info, kind, path, text)).transpose()
            }
        }
    }

    /// An object with at least one field.
    fn object(
        &mut self,
        parameters: &'static [ParameterInfo],
        path: &str,
    ) -> Result<Option<Value>, CliError> {
        let mut map = Map::new();
        for info in parameters {
            if let Some(value) = self.value(info, &join(path, info.name))? {
                map.insert(info.name.to_owned(), value);
            }
        }
        if map.is_empty() {
            return Ok(None);
        }
        let lacking = parameters.iter().find(|info| info.required && !map.contains_key(info.name));
        match lacking {
            None => Ok(Some(Value::Object(map))),
            Some(info) => Err(CliError::usage(format!(
                "--{path}.{} is missing; {path} requires it",
                info.name
            ))),
        }
    }

    fn scalar(
        &mut self,
        info: &ParameterInfo,
        kind: Kind,
        path: &str,
        text: &str,
    ) -> Result<Value, CliError> {
        let form = match kind {
            Kind::String if info.base64 => Form::Base64,
            Kind::String if info.name.ends_with("Id") || info.name.ends_with("Ids") => Form::Word,
            Kind::String => Form::Text,
            Kind::Secret => Form::Secret { base64: info.base64 },
            _ => {
                let flag = format!("--{path}");
                return match datetime::purpose(self.info, kind) {
                    Some(purpose) => read_datetime(&flag, purpose, text).map(Value::from),
                    None => parse_value(kind, text)
                        .map_err(|reason| CliError::usage(format!("{flag}: {reason}"))),
                };
            }
        };
        self.files.value(path, form, text).map(Value::String)
    }
}

#[cfg(test)]
mod tests;
