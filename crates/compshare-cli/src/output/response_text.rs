//! Formats a response: fields by their documented names, with units and meanings.

use std::iter;

use compshare_blocking::metadata::{ActionInfo, FieldInfo};
use serde_json::{Map, Value};

use crate::output::value_format::ValueFormat;
use crate::text::{
    sanitize,
    secrets::MASK,
    table::{self, Column},
};

/// Options for printing a response.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Width of a table, in columns; `None` where nothing is cut.
    pub(crate) columns: Option<usize>,
    /// Whether secrets are shown.
    pub(crate) secrets: bool,
}

/// Formats a response below its heading.
pub(crate) fn format(name: &str, heading: String, body: &Value, style: Style) -> String {
    let mut page =
        Page { lines: vec![heading], columns: style.columns, left_out: false, masked: false };
    let known = ActionInfo::find(name).map(|info| info.response).unwrap_or_default();
    let whole = ValueFormat::whole(style.secrets);
    if let Some(map) = body.as_object() {
        for (name, field, value) in members(known, map) {
            match name {
                "RetCode" | "Action" => {}
                _ => page.field("", name, whole.part(name, field), value),
            }
        }
    }
    if page.left_out {
        page.lines.push("(some columns are not shown; use --json)".to_owned());
    }
    // The column of a secret may be among those that are left out.
    if page.masked && page.lines.iter().any(|line| line.contains(MASK)) {
        page.lines.push("(*** hides a secret; use --show-secrets)".to_owned());
    }
    page.lines.push(String::new());
    page.lines.join("\n")
}

struct Page {
    lines: Vec<String>,
    columns: Option<usize>,
    left_out: bool,
    masked: bool,
}

impl Page {
    fn field(&mut self, indent: &str, name: &str, format: ValueFormat, value: &Value) {
        let hidden = format.hides(value);
        self.masked |= hidden;
        match value {
            Value::Object(map) if !hidden => {
                for (part, field, value) in members(format.fields(), map) {
                    let path = format!("{}.{part}", sanitize::line(name));
                    self.field(indent, &path, format.part(part, field), value);
                }
            }
            Value::Array(items) if !hidden && items.iter().any(Value::is_object) => {
                self.rows(indent, name, format.item(), items);
            }
            Value::Array(items) if items.is_empty() && indent.is_empty() => {
                self.lines.push(format!("{indent}{}: none", sanitize::line(name)));
            }
            value => {
                let Some(text) = format.text(value) else { return };
                let unit = match format.shown_unit(&text) {
                    "" => String::new(),
                    unit => format!(" {unit}"),
                };
                let meaning = format.meaning(&text).map(|meaning| format!(" ({meaning})"));
                let (name, text) = (sanitize::line(name), block(indent, &text));
                let meaning = meaning.unwrap_or_default();
                self.lines.push(format!("{indent}{name}: {text}{unit}{meaning}"));
            }
        }
    }

    /// A list of objects: one by its fields, several as a table.
    fn rows(&mut self, indent: &str, name: &str, format: ValueFormat, items: &[Value]) {
        let rows: Vec<&Map<String, Value>> = items.iter().filter_map(Value::as_object).collect();
        let plural = if rows.len() == 1 { "row" } else { "rows" };
        self.lines.push(format!("{indent}{}: {} {plural}", sanitize::line(name), rows.len()));
        let indent = format!("{indent}  ");
        if let [row] = rows[..] {
            for (name, field, value) in members(format.fields(), row) {
                self.field(&indent, name, format.part(name, field), value);
            }
            return;
        }
        let table = self.table(format, &rows);
        let (lines, left_out) =
            table::lines(&table, self.columns.map(|columns| columns.saturating_sub(indent.len())));
        let nested = rows.iter().flat_map(|row| row.values()).any(is_nested);
        self.left_out |= left_out > 0 || nested;
        self.lines.extend(lines.into_iter().map(|line| format!("{indent}{line}")));
    }

    /// The columns that have a value in some row: the documented ones in their order, then the others.
    fn table(&mut self, format: ValueFormat, rows: &[&Map<String, Value>]) -> Vec<Column> {
        let fields = format.fields();
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
            let format = format.part(name, field);
            let values = rows.iter().map(|row| match field {
                Some(field) => find(field, row),
                None => row.get(name),
            });
            let cell = |value: Option<&Value>| {
                self.masked |= value.is_some_and(|value| format.hides(value));
                sanitize::line(&value.and_then(|value| format.text(value)).unwrap_or_default())
            };
            let cells = values.map(cell);
            let unit = format.shown_unit("");
            let name = sanitize::line(name);
            let heading = if unit.is_empty() { name } else { format!("{name} ({unit})") };
            Column(iter::once(heading).chain(cells).collect())
        };
        let columns = names.into_iter().map(column);
        columns.filter(|column| column.0.iter().skip(1).any(|cell| !cell.is_empty())).collect()
    }
}

/// A text of several lines, each but the first set in.
fn block(indent: &str, text: &str) -> String {
    let lines: Vec<String> = text.trim_end().lines().map(sanitize::line).collect();
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
