//! `--all`: every row of a list that comes page by page.

use std::time::SystemTime;

use compshare_blocking::{
    Action as _, Client, Error, Listing as _, Raw,
    metadata::{FieldInfo, PageInfo},
};
use serde_json::Value;

use crate::{error::CliError, text::terminal::warn};

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
    let mut rows = Vec::new();
    for part in client.pages(action.clone()) {
        match part {
            Ok(part) => {
                warn(&part);
                let request_id = part.request_id().map(str::to_owned);
                let mut body = part.into_body();
                rows.append(action.rows_mut(&mut body).unwrap_or(&mut Vec::new()));
                if walked.body.is_null() {
                    (walked.body, walked.request_id) = (body, request_id);
                }
            }
            Err(error) => {
                walked.error = Some(failed(&error));
                break;
            }
        }
    }
    // It is one list of several, or a number that the rows prove wrong.
    let wrong = |total| walked.error.is_none() && total < rows.len() as u64;
    if action.total(&walked.body).is_some_and(wrong) {
        replace(&mut walked.body, action, page.total, rows.len().into());
    }
    replace(&mut walked.body, action, page.items, Value::Array(rows));
    walked
}

/// Replaces a field of a response, whichever of its names it has.
fn replace(body: &mut Value, action: &Raw, name: &str, value: Value) {
    let (Some(body), Some(field)) = (body.as_object_mut(), field(action, name)) else { return };
    body.retain(|name, _| !field.names().any(|known| known == name));
    body.insert(name.to_owned(), value);
}

fn field(action: &Raw, name: &str) -> Option<&'static FieldInfo> {
    action.facts().info.response.iter().find(|field| field.name == name)
}

/// The note about one page of a longer list; `None` if the page holds every row or the action is
/// not paged.
pub(crate) fn rest(action: &Raw, body: &Value) -> Option<String> {
    let (info, page) = (action.facts().info, action.facts().info.page.as_ref()?);
    let rows = action.rows(body).len() as u64;
    match action.total(body) {
        Some(total) if rows < total => {
            Some(format!("{rows} of {total} rows; use --all to list every row"))
        }
        Some(_) => None,
        None => {
            let usual = info.parameter(page.limit).and_then(|limit| limit.default.parse().ok());
            let limit = action.limit().map(u64::from).or(usual);
            let is_full = rows > 0 && limit.is_none_or(|limit| rows >= limit);
            is_full.then(|| format!("{rows} rows, possibly more; use --all to list every row"))
        }
    }
}
