//! `--all`: every row of a list that comes page by page.

use std::{
    cell::{Cell, OnceCell},
    time::SystemTime,
};

use compshare_blocking::{
    Action, ActionInfo, Client, Effect, Error, InvalidRequest, ItemFailure, Listing, PageInfo, Raw,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::{error::CliError, text::terminal::warn};

/// A list as far as it came.
#[derive(Debug)]
pub(crate) struct AllPages {
    /// The first page, with the rows of all.
    pub(crate) body: Value,
    /// The server's id of the first page.
    pub(crate) request_id: Option<String>,
    /// Why there are no more.
    pub(crate) error: Option<CliError>,
}

/// Walks the list; from the offset and in pages of the size that the action sets, if it does.
///
/// `failed` makes the failure of a call that did not succeed.
pub(crate) fn all(
    client: &Client,
    action: &Raw,
    page: &'static PageInfo,
    failed: impl Fn(&Error) -> CliError,
) -> AllPages {
    let mut walked = AllPages { body: Value::Null, request_id: None, error: None };
    // Whatever is wrong with the request is found here, while it is as it was given.
    if let Err(error) = compshare_blocking::encode(client.config(), action, SystemTime::now()) {
        walked.error = Some(failed(&error));
        return walked;
    }
    let mut first: Option<Map<String, Value>> = None;
    let mut rows = Vec::new();
    let not_a_list = Cell::new(false);
    for part in client.pages(Paged::new(action, page, &not_a_list)) {
        match part {
            Ok(part) => {
                if first.is_none() {
                    walked.request_id = part.request_id().map(str::to_owned);
                }
                warn(&part);
                let Page { body, read, .. } = part.into_body();
                first.get_or_insert(body);
                let read = read.into_inner();
                rows.extend(read.into_iter().flat_map(|read| read.rows).map(|row| row.value));
            }
            Err(_) if not_a_list.get() => {
                walked.error = Some(
                    CliError::bad_response(format!(
                        "the response to {} is invalid: {} is not a list",
                        action.name(),
                        page.items
                    ))
                    .hint("use --json without --all to print the response unchanged"),
                );
                break;
            }
            Err(error) => {
                walked.error = Some(failed(&error));
                break;
            }
        }
    }
    if let Some(mut body) = first {
        // It is one list of several, or a number that the rows prove wrong.
        if walked.error.is_none()
            && total(&body, action.info(), page).is_some_and(|total| total < rows.len() as u64)
        {
            body.retain(|name, _| !names(action.info(), page.total).any(|known| known == name));
            body.insert(page.total.to_owned(), rows.len().into());
        }
        body.retain(|name, _| !names(action.info(), page.items).any(|known| known == name));
        body.insert(page.items.to_owned(), Value::Array(rows));
        walked.body = Value::Object(body);
    }
    walked
}

/// What is said of one page of a longer list; `None` if that is all, or the action comes in one piece.
pub(crate) fn rest(action: &Raw, body: &Value) -> Option<String> {
    let (info, page) = (action.info(), action.info().page.as_ref()?);
    let body = body.as_object()?;
    let rows = u64::try_from(rows(body, info, page)?.len()).unwrap_or(u64::MAX);
    match total(body, info, page) {
        Some(total) if rows < total => {
            Some(format!("{rows} of {total} rows; use --all to list every row"))
        }
        Some(_) => None,
        None => {
            let given = serde_json::to_value(action).unwrap_or_default();
            let usual = info.parameter(page.limit).and_then(|limit| limit.default.parse().ok());
            let limit = given.get(page.limit).and_then(number).or(usual);
            let is_full = rows > 0 && limit.is_none_or(|limit| rows >= limit);
            is_full.then(|| format!("{rows} rows, possibly more; use --all to list every row"))
        }
    }
}

/// Names that a field of the response may come under.
fn names(info: &'static ActionInfo, name: &str) -> impl Iterator<Item = &'static str> + use<> {
    let field = info.response.iter().find(|field| field.name == name);
    field
        .into_iter()
        .flat_map(|field| [field.name].into_iter().chain(field.aliases.iter().copied()))
}

/// The rows; an empty slice if the field is missing or null, `None` if it is not a list.
fn rows<'a>(
    body: &'a Map<String, Value>,
    info: &'static ActionInfo,
    page: &PageInfo,
) -> Option<&'a [Value]> {
    let is_nothing = |value: &Value| value.is_null() || value.as_str() == Some("");
    let mut found = names(info, page.items).filter_map(|name| body.get(name));
    match found.find(|value| !is_nothing(value)) {
        None => Some(&[]),
        Some(value) => value.as_array().map(Vec::as_slice),
    }
}

fn total(body: &Map<String, Value>, info: &'static ActionInfo, page: &PageInfo) -> Option<u64> {
    names(info, page.total).find_map(|name| body.get(name).and_then(number))
}

/// A whole number, also as text or with zeros behind a point.
fn number(value: &Value) -> Option<u64> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => &text,
    };
    whole.parse().ok()
}

/// A [`Raw`] action that lists, read by its metadata.
#[derive(Debug)]
struct Paged<'a> {
    action: &'a Raw,
    page: &'static PageInfo,
    parameters: Map<String, Value>,
    /// Whether the caller set the parameter that tells several lists apart.
    one_part: bool,
    /// Where it is noted that something else came in place of a list.
    not_a_list: &'a Cell<bool>,
}

impl<'a> Paged<'a> {
    fn new(action: &'a Raw, page: &'static PageInfo, not_a_list: &'a Cell<bool>) -> Self {
        let parameters = match serde_json::to_value(action) {
            Ok(Value::Object(parameters)) => parameters,
            _ => Map::new(),
        };
        let one_part = page.each.is_empty() || parameters.contains_key(page.each);
        Self { action, page, parameters, one_part, not_a_list }
    }
}

impl Serialize for Paged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parameters.serialize(serializer)
    }
}

impl Action for Paged<'_> {
    const INFO: &'static ActionInfo = Raw::INFO;
    type Response = Page;

    fn info(&self) -> &'static ActionInfo {
        self.action.info()
    }

    fn name(&self) -> &str {
        self.action.name()
    }

    fn effect(&self) -> Effect {
        self.action.effect()
    }

    fn refusal(&self) -> Option<&InvalidRequest> {
        self.action.refusal()
    }

    /// Rows that are not a list; and this is where a page meets its action, and learns where its rows
    /// are.
    fn failures(&self, page: &Page) -> Vec<ItemFailure> {
        let row = |value: &Value| {
            let id = value.get(self.page.id).and_then(Value::as_str);
            Row { id: id.filter(|id| !id.is_empty()).map(str::to_owned), value: value.clone() }
        };
        let Some(rows) = rows(&page.body, self.info(), self.page) else {
            self.not_a_list.set(true);
            return vec![ItemFailure::new(self.page.items, None, "is not a list")];
        };
        page.read.get_or_init(|| Read {
            rows: rows.iter().map(row).collect(),
            total: total(&page.body, self.info(), self.page),
        });
        Vec::new()
    }
}

impl Listing for Paged<'_> {
    type Item = Row;

    fn set_page(&mut self, offset: u64, limit: u32) {
        self.parameters.insert(self.page.offset.to_owned(), offset.into());
        self.parameters.insert(self.page.limit.to_owned(), limit.into());
    }

    fn offset(&self) -> Option<u64> {
        self.parameters.get(self.page.offset).and_then(number)
    }

    fn limit(&self) -> Option<u32> {
        let limit = self.parameters.get(self.page.limit).and_then(number)?;
        Some(u32::try_from(limit).unwrap_or(u32::MAX))
    }

    fn total(page: &Page) -> Option<u64> {
        page.read.get()?.total
    }

    fn rows(page: &Page) -> &[Row] {
        page.read.get().map(|read| &*read.rows).unwrap_or_default()
    }

    fn rows_mut(page: &mut Page) -> &mut Vec<Row> {
        match page.read.get_mut() {
            Some(read) => &mut read.rows,
            None => &mut page.none,
        }
    }

    fn id(row: &Row) -> Option<&str> {
        row.id.as_deref()
    }

    fn parts(&self) -> usize {
        if self.one_part { 1 } else { self.page.values.len() }
    }

    fn enter_part(&mut self, index: usize) {
        if let Some(value) = self.page.values.get(index) {
            self.parameters.insert(self.page.each.to_owned(), Value::from(*value));
        }
    }
}

/// One page as it came.
#[derive(Debug)]
struct Page {
    body: Map<String, Value>,
    read: OnceCell<Read>,
    /// The rows of a page that has not met its action.
    none: Vec<Row>,
}

/// What a page says, by the names of its action.
#[derive(Debug)]
struct Read {
    rows: Vec<Row>,
    total: Option<u64>,
}

/// A row, and what tells it from others.
#[derive(Debug)]
struct Row {
    id: Option<String>,
    value: Value,
}

impl<'de> Deserialize<'de> for Page {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let body = Map::deserialize(deserializer)?;
        Ok(Self { body, read: OnceCell::new(), none: Vec::new() })
    }
}
