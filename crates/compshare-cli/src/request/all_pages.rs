//! `--all`: every row of a list that comes page by page.

use std::{
    cell::{Cell, OnceCell},
    time::SystemTime,
};

use compshare_blocking::{
    Action as _, Client, Error, Listing, Raw,
    metadata::{ActionInfo, PageInfo},
    partial::ItemFailure,
};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::{
    error::CliError,
    request::raw_action::{RawAction, ReadResponse},
    text::terminal::warn,
};

/// All rows of a list, or those before an error.
#[derive(Debug)]
pub(crate) struct AllPages {
    /// The first page, with the rows of all.
    pub(crate) body: Value,
    /// The server's id of the first page.
    pub(crate) request_id: Option<String>,
    /// Why the list is incomplete.
    pub(crate) error: Option<CliError>,
}

/// Reads all pages, starting at the offset and with the page size of the action, if set.
///
/// `failed` makes the failure of a call that did not succeed.
pub(crate) fn all(
    client: &Client,
    action: &Raw,
    page: &'static PageInfo,
    failed: impl Fn(&Error) -> CliError,
) -> AllPages {
    let mut walked = AllPages { body: Value::Null, request_id: None, error: None };
    // Check the request before the page parameters change it.
    if let Err(error) = compshare_blocking::encode(client.config(), action, SystemTime::now()) {
        walked.error = Some(failed(&error));
        return walked;
    }
    let mut first: Option<Map<String, Value>> = None;
    let mut rows = Vec::new();
    let not_a_list = Cell::new(false);
    let parameters = serde_json::to_value(action).ok();
    let parameters = parameters.and_then(|parameters| parameters.as_object().cloned());
    let one_part = page.each.is_empty()
        || parameters.as_ref().is_some_and(|parameters| parameters.contains_key(page.each));
    let reader = ReadPage { page, one_part, not_a_list: &not_a_list };
    for part in client.pages(RawAction { raw: action, parameters, reader }) {
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
                        action.facts().name,
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
            && total(&body, action.facts().info, page)
                .is_some_and(|total| total < rows.len() as u64)
        {
            body.retain(|name, _| {
                !names(action.facts().info, page.total).any(|known| known == name)
            });
            body.insert(page.total.to_owned(), rows.len().into());
        }
        body.retain(|name, _| !names(action.facts().info, page.items).any(|known| known == name));
        body.insert(page.items.to_owned(), Value::Array(rows));
        walked.body = Value::Object(body);
    }
    walked
}

/// The note about one page of a longer list; `None` if the page holds every row or the action is
/// not paged.
pub(crate) fn rest(action: &Raw, body: &Value) -> Option<String> {
    let (info, page) = (action.facts().info, action.facts().info.page.as_ref()?);
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

/// Reads a page by the metadata of its action.
#[derive(Debug)]
struct ReadPage<'a> {
    page: &'static PageInfo,
    /// Whether the caller set the parameter that selects one of several lists.
    one_part: bool,
    /// Set if a response has something else in place of the list.
    not_a_list: &'a Cell<bool>,
}

impl ReadResponse for ReadPage<'_> {
    type Response = Page;

    /// Fails if the rows are not a list. Reads the rows of the page on the way, since only here the page
    /// and its action meet.
    fn failures(&self, raw: &Raw, page: &Page) -> Vec<ItemFailure> {
        let row = |value: &Value| {
            let id = value.get(self.page.id).and_then(Value::as_str);
            Row { id: id.filter(|id| !id.is_empty()).map(str::to_owned), value: value.clone() }
        };
        let Some(rows) = rows(&page.body, raw.facts().info, self.page) else {
            self.not_a_list.set(true);
            return vec![ItemFailure::new(self.page.items, None, "is not a list")];
        };
        page.read.get_or_init(|| Read {
            rows: rows.iter().map(row).collect(),
            total: total(&page.body, raw.facts().info, self.page),
        });
        Vec::new()
    }
}

type Paged<'a> = RawAction<'a, ReadPage<'a>>;

impl Paged<'_> {
    fn get(&self, name: &str) -> Option<u64> {
        self.parameters.as_ref()?.get(name).and_then(number)
    }

    fn set(&mut self, name: &str, value: Value) {
        self.parameters.get_or_insert_default().insert(name.to_owned(), value);
    }
}

impl Listing for Paged<'_> {
    type Item = Row;

    fn set_page(&mut self, offset: u64, limit: u32) {
        self.set(self.reader.page.offset, offset.into());
        self.set(self.reader.page.limit, limit.into());
    }

    fn offset(&self) -> Option<u64> {
        self.get(self.reader.page.offset)
    }

    fn limit(&self) -> Option<u32> {
        self.get(self.reader.page.limit).map(|limit| u32::try_from(limit).unwrap_or(u32::MAX))
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
        if self.reader.one_part { 1 } else { self.reader.page.values.len() }
    }

    fn enter_part(&mut self, index: usize) {
        if let Some(value) = self.reader.page.values.get(index) {
            self.set(self.reader.page.each, Value::from(*value));
        }
    }
}

/// One page as received.
#[derive(Debug)]
struct Page {
    body: Map<String, Value>,
    read: OnceCell<Read>,
    /// The rows of a page that has not met its action.
    none: Vec<Row>,
}

/// Rows and total of a page.
#[derive(Debug)]
struct Read {
    rows: Vec<Row>,
    total: Option<u64>,
}

/// A row and its id.
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
