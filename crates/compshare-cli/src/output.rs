//! An answer for a person: the fields by their documented names, units and meanings.

use compshare_blocking::{ActionInfo, FieldInfo, Kind, Response};
use serde_json::{Map, Value};

use crate::{
    table::{self, Column},
    text::{clean, moment},
};

/// The answer to an action, at most `columns` wide where it is a table.
pub(crate) fn answer(name: &str, response: &Response<Value>, columns: usize) -> String {
    let mut page = Page { lines: Vec::new(), columns, left_out: false };
    page.lines.push(match response.request_id() {
        Some(id) => format!("{name}: done (request {})", clean(id)),
        None => format!("{name}: done"),
    });
    let known = ActionInfo::find(name).map(|info| info.response).unwrap_or_default();
    if let Some(map) = response.as_object() {
        for (name, field, value) in members(known, map) {
            match name {
                "RetCode" | "Action" => {}
                _ => page.field("", name, Shape::of(field), value),
            }
        }
    }
    if page.left_out {
        page.lines.push("(more columns: --json shows all)".to_owned());
    }
    page.lines.push(String::new());
    page.lines.join("\n")
}

/// What is known of a value.
#[derive(Clone, Copy, Default)]
struct Shape {
    kind: Option<Kind>,
    unit: &'static str,
}

impl Shape {
    fn of(field: Option<&FieldInfo>) -> Self {
        field.map(|field| Self { kind: Some(field.kind), unit: field.unit }).unwrap_or_default()
    }

    /// Of one value of a list or map.
    fn item(self) -> Self {
        match self.kind {
            Some(Kind::List(item) | Kind::Map(item)) => Self { kind: Some(*item), ..self },
            _ => self,
        }
    }

    fn fields(self) -> &'static [FieldInfo] {
        match self.kind {
            Some(Kind::Struct(info)) => info.fields,
            _ => &[],
        }
    }

    fn is_moment(self) -> bool {
        matches!(self.kind, Some(Kind::Timestamp)) || self.unit.starts_with("unix")
    }

    /// The unit to show beside a number; a moment says its own.
    fn shown_unit(self) -> &'static str {
        if self.is_moment() { "" } else { self.unit }
    }

    /// What a code stands for, in words.
    fn meaning(self, value: &str) -> Option<String> {
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
    fn text(self, value: &Value) -> Option<String> {
        match value {
            Value::Null | Value::Object(_) => None,
            Value::Bool(value) => Some(value.to_string()),
            Value::Number(number) if self.is_moment() => {
                number.as_i64().filter(|seconds| *seconds != 0).map(moment)
            }
            Value::Number(number) => Some(match number.as_f64() {
                Some(float) if number.is_f64() => float.to_string(),
                _ => number.to_string(),
            }),
            Value::String(text) if text.is_empty() => None,
            Value::String(text) if matches!(self.kind, Some(Kind::Bool)) => {
                Some(text.to_lowercase())
            }
            Value::String(text) => Some(match text.parse() {
                Ok(seconds) if self.is_moment() => moment(seconds),
                _ => text.clone(),
            }),
            Value::Array(items) => {
                let texts: Vec<String> =
                    items.iter().filter_map(|item| self.item().text(item)).collect();
                (!texts.is_empty()).then(|| texts.join(", "))
            }
        }
    }
}

struct Page {
    lines: Vec<String>,
    columns: usize,
    left_out: bool,
}

impl Page {
    fn field(&mut self, indent: &str, name: &str, shape: Shape, value: &Value) {
        match value {
            Value::Object(map) => {
                for (part, field, value) in members(shape.fields(), map) {
                    let shape = if field.is_some() { Shape::of(field) } else { shape.item() };
                    self.field(indent, &format!("{}.{part}", clean(name)), shape, value);
                }
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                self.rows(indent, name, shape.item(), items);
            }
            Value::Array(items) if items.is_empty() && indent.is_empty() => {
                self.lines.push(format!("{indent}{}: none", clean(name)));
            }
            value => {
                let Some(text) = shape.text(value) else { return };
                let mut line = format!("{indent}{}: {}", clean(name), block(indent, &text));
                if !shape.shown_unit().is_empty() {
                    line.push(' ');
                    line.push_str(shape.shown_unit());
                }
                if let Some(meaning) = shape.meaning(&text) {
                    line.push_str(&format!(" ({meaning})"));
                }
                self.lines.push(line);
            }
        }
    }

    /// A list of objects: one by its fields, several as a table.
    fn rows(&mut self, indent: &str, name: &str, shape: Shape, items: &[Value]) {
        let rows: Vec<&Map<String, Value>> = items.iter().filter_map(Value::as_object).collect();
        let plural = if rows.len() == 1 { "row" } else { "rows" };
        self.lines.push(format!("{indent}{}: {} {plural}", clean(name), rows.len()));
        let indent = format!("{indent}  ");
        if let [row] = rows[..] {
            for (name, field, value) in members(shape.fields(), row) {
                self.field(&indent, name, Shape::of(field), value);
            }
            return;
        }
        let table = columns(shape.fields(), &rows);
        let (lines, left_out) = table::lines(&table, self.columns.saturating_sub(indent.len()));
        let nested = rows.iter().flat_map(|row| row.values()).any(is_nested);
        self.left_out |= left_out > 0 || nested;
        self.lines.extend(lines.into_iter().map(|line| format!("{indent}{line}")));
    }
}

/// A text of several lines, each but the first set in.
fn block(indent: &str, text: &str) -> String {
    let lines: Vec<String> = text.trim_end().lines().map(clean).collect();
    lines.join(&format!("\n{indent}  "))
}

/// Whether a value has parts that no cell of a table can show.
fn is_nested(value: &Value) -> bool {
    match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(items) => items.iter().any(Value::is_object),
        _ => false,
    }
}

/// The columns that have a value in some row: the documented ones in their order, then the others.
fn columns(fields: &'static [FieldInfo], rows: &[&Map<String, Value>]) -> Vec<Column> {
    let mut names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    for row in rows {
        for (name, field, _) in members(fields, row) {
            if field.is_none() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let column = |name: &str| {
        let field = fields.iter().find(|field| field.name == name);
        let shape = Shape::of(field);
        let cell = |row: &&Map<String, Value>| {
            let value = field.map_or_else(|| row.get(name), |field| find(field, row));
            clean(&value.and_then(|value| shape.text(value)).unwrap_or_default())
        };
        let cells: Vec<String> = rows.iter().map(cell).collect();
        let unit = shape.shown_unit();
        let heading =
            if unit.is_empty() { clean(name) } else { format!("{} ({unit})", clean(name)) };
        Column { heading, cells }
    };
    let columns = names.into_iter().map(column);
    columns.filter(|column| column.cells.iter().any(|cell| !cell.is_empty())).collect()
}

/// The value of a field, under whichever of its names it came.
fn find<'a>(field: &FieldInfo, map: &'a Map<String, Value>) -> Option<&'a Value> {
    map.get(field.name).or_else(|| field.aliases.iter().find_map(|alias| map.get(*alias)))
}

/// What an object holds: the documented fields in their order, then the others.
fn members<'a>(
    fields: &'static [FieldInfo],
    map: &'a Map<String, Value>,
) -> Vec<(&'a str, Option<&'static FieldInfo>, &'a Value)> {
    let known =
        fields.iter().filter_map(|field| Some((field.name, Some(field), find(field, map)?)));
    let is_known =
        |name: &str| fields.iter().any(|field| field.name == name || field.aliases.contains(&name));
    let others = map.iter().filter(|(name, _)| !is_known(name));
    known.chain(others.map(|(name, value)| (name.as_str(), None, value))).collect()
}

#[cfg(test)]
mod tests;
