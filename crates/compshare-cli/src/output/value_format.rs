//! `ValueFormat`: the type of a value, and how it is printed.

use compshare_blocking::metadata::{FieldInfo, Kind};
use serde_json::{Value, json};

use crate::text::{
    datetime::{self, Clock},
    secrets::{self, MASK},
};

/// Type, unit and secrecy of a value.
#[derive(Clone, Copy, Default)]
pub(crate) struct ValueFormat {
    kind: Option<Kind>,
    unit: &'static str,
    base64: bool,
    secret: bool,
    /// Whether secrets are shown.
    revealed: bool,
}

impl ValueFormat {
    /// The format of a whole response.
    pub(crate) fn whole(revealed: bool) -> Self {
        Self { revealed, ..Self::default() }
    }

    /// Of what stands under that name in a value of this format.
    pub(crate) fn part(self, name: &str, field: Option<&FieldInfo>) -> Self {
        match field {
            Some(field) => Self {
                kind: Some(field.kind),
                unit: field.unit,
                base64: field.base64,
                secret: self.secret || secrets::is_secret(field.kind),
                revealed: self.revealed,
            },
            None if matches!(self.kind, Some(Kind::Map(_))) => self.item(),
            None => Self {
                secret: self.secret || secrets::is_secret_name(name),
                ..Self::whole(self.revealed)
            },
        }
    }

    /// Of one value of a list or map.
    pub(crate) fn item(self) -> Self {
        match self.kind {
            Some(Kind::List(item) | Kind::Map(item)) => Self { kind: Some(*item), ..self },
            _ => self,
        }
    }

    /// The documented fields of an object.
    pub(crate) fn fields(self) -> &'static [FieldInfo] {
        match self.kind {
            Some(Kind::Struct(info)) => info.fields,
            _ => &[],
        }
    }

    /// Whether the value is masked.
    pub(crate) fn hides(self, value: &Value) -> bool {
        let empty = [Value::Null, json!(""), json!([]), json!({})];
        self.secret && !self.revealed && !empty.contains(value)
    }

    /// The unit to print after a number; a time and a mask have none.
    pub(crate) fn shown_unit(self, text: &str) -> &'static str {
        match self.unit {
            _ if self.is_datetime() || self.secret => "",
            "seconds" if text == "1" => "second",
            "hours" if text == "1" => "hour",
            "cores" if text == "1" => "core",
            unit => unit,
        }
    }

    fn is_datetime(self) -> bool {
        matches!(self.kind, Some(Kind::Timestamp)) || self.unit.starts_with("unix")
    }

    /// What a code stands for, in words.
    pub(crate) fn meaning(self, value: &str) -> Option<String> {
        let Some(Kind::Enum(info)) = self.kind else { return None };
        let (_, meaning) = info.values.iter().find(|(known, _)| info.numeric && *known == value)?;
        let meaning = meaning.trim_end_matches('.');
        let mut rest = meaning.chars();
        let first = rest.next()?;
        Some(if rest.clone().next().is_some_and(char::is_uppercase) {
            meaning.to_owned()
        } else {
            first.to_lowercase().chain(rest).collect()
        })
    }

    /// A value as text; `None` where there is nothing to see, or more than one value.
    pub(crate) fn text(self, value: &Value) -> Option<String> {
        if self.hides(value) {
            return Some(MASK.to_owned());
        }
        match value {
            Value::Null | Value::Object(_) => None,
            Value::Bool(value) => Some(value.to_string()),
            Value::Number(number) if self.is_datetime() => {
                number.as_i64().filter(|seconds| *seconds != 0).map(shown)
            }
            Value::Number(number) if number.is_f64() => number.as_f64().map(|it| it.to_string()),
            Value::Number(number) => Some(number.to_string()),
            Value::String(text) if text.is_empty() => None,
            Value::String(text) if matches!(self.kind, Some(Kind::Bool)) => {
                Some(text.to_lowercase())
            }
            Value::String(text) if self.base64 => Some(secrets::plain(text)),
            Value::String(text) => match text.parse() {
                Ok(0) if self.is_datetime() => None,
                Ok(seconds) if self.is_datetime() => Some(shown(seconds)),
                _ => Some(text.clone()),
            },
            Value::Array(items) => {
                let texts: Vec<String> =
                    items.iter().filter_map(|item| self.item().text(item)).collect();
                (!texts.is_empty()).then(|| texts.join(", "))
            }
        }
    }
}

fn shown(seconds: i64) -> String {
    datetime::format(seconds, &Clock::system())
}
