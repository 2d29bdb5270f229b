//! `DecodeError`: the response could not be read.

use std::{error::Error, fmt};

use bytes::Bytes;

use super::{Stop, api::Raw, write_attempts};
use crate::value::{one_line::write_line, request_id::RequestId};

/// The response could not be read, or a list is incomplete.
///
/// The action may have been carried out. [`DecodeError::raw`] returns the body. If a list is incomplete, its
/// rows came before the error, and [`DecodeError::rows`] has the numbers.
#[derive(Debug)]
pub struct DecodeError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    action: String,
    path: String,
    problem: Problem,
    request_id: RequestId,
    raw: Raw,
    attempts: u32,
    stop: Stop,
    /// Whether the body has a `RetCode` of 0.
    states_success: bool,
}

/// What is wrong with a response.
#[derive(Debug)]
pub(crate) enum Problem {
    /// Nothing came.
    Empty,
    /// Something other than JSON came; the server's word for what it is.
    NotJson { content_type: String },
    /// A body that is compressed, though that was not asked for; the server's word for how.
    Compressed { encoding: String },
    /// JSON that is broken or ends early.
    Broken { line: usize, column: usize, cut: bool },
    /// No `RetCode`, so whether the call succeeded is not known.
    NoRetCode,
    /// A list that goes on beyond the bound on its pages.
    Endless { pages: u32 },
    /// A list that has fewer rows than it says, or that says nothing of them.
    Short { rows: u64, total: Option<u64> },
    /// A list with a row that cannot be read, so that what it does not show may be there.
    Hidden,
    /// A success that does not name what was created.
    NoIds,
    /// What was created is in no list.
    Unlisted,
    /// A body whose values take more memory than they may.
    TooLarge { length: usize, limit: usize },
    /// A value that is not what the type says; what was expected.
    Type { expected: String },
}

impl DecodeError {
    pub(crate) fn new(
        action: &str,
        path: String,
        problem: Problem,
        request_id: RequestId,
        raw: Bytes,
    ) -> Self {
        Self(Box::new(Inner {
            action: action.to_owned(),
            path,
            problem,
            request_id,
            raw: Raw(raw),
            attempts: 1,
            stop: Stop::Permanent,
            states_success: false,
        }))
    }

    /// Says that the body has a `RetCode` of 0.
    pub(crate) fn stating_success(mut self) -> Self {
        self.0.states_success = true;
        self
    }

    pub(super) fn states_success(&self) -> bool {
        self.0.states_success
    }

    pub(crate) fn ended(mut self, attempts: u32, stop: Stop) -> Self {
        self.0.attempts = attempts;
        self.0.stop = stop;
        self
    }

    /// Whether the response is empty or ends early, as if the connection had broken.
    pub(crate) fn is_cut(&self) -> bool {
        matches!(self.0.problem, Problem::Empty | Problem::Broken { cut: true, .. })
    }

    /// JSON path of the value, such as `ImageSet[3].Size`; empty if the error is not about one value.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Rows that an incomplete list returned, and the total that it states, if it does; `None` for any other
    /// error.
    pub fn rows(&self) -> Option<(u64, Option<u64>)> {
        match self.0.problem {
            Problem::Short { rows, total } => Some((rows, total)),
            _ => None,
        }
    }
}

call_error!(DecodeError: action, request_id, raw, attempts, stop);

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { action, path, problem, request_id, attempts, stop, .. } = &*self.0;
        write!(f, "{action}: ")?;
        match problem {
            Problem::Empty => f.write_str("the response is empty")?,
            Problem::NotJson { content_type } => write!(
                f,
                "the response is {content_type}, not JSON; check the endpoint and any proxy"
            )?,
            Problem::Compressed { encoding } => write!(
                f,
                "the response is compressed ({encoding}), which was not requested; check the endpoint and \
                 any proxy"
            )?,
            Problem::Broken { line, column, cut: false } => {
                write!(f, "the response is not valid JSON (line {line}, column {column})")?;
            }
            Problem::Broken { line, column, cut: true } => {
                write!(f, "the response ends early (line {line}, column {column})")?;
            }
            Problem::NoRetCode => {
                f.write_str(
                    "the response has no RetCode, so it is unknown whether the call succeeded",
                )?;
            }
            Problem::Endless { pages } => write!(
                f,
                "the list does not end after {pages} {}; Config::max_pages sets the limit",
                if *pages == 1 { "page" } else { "pages" }
            )?,
            Problem::Short { rows, total: Some(total) } => {
                write!(f, "the list is incomplete: {rows} of {total} rows were returned")?;
            }
            Problem::Short { rows, total: None } => {
                write!(f, "the list may be incomplete: {rows} rows were returned without a total")?;
            }
            Problem::Hidden => {
                f.write_str("a row cannot be read, so the list may be incomplete")?;
            }
            Problem::NoIds => f.write_str("the response has no id of what was created")?,
            Problem::Unlisted => f.write_str("what was created is not in the list")?,
            Problem::TooLarge { length, limit } => write!(
                f,
                "the response's {length} bytes of JSON would take more than {} MiB of memory",
                limit >> 20
            )?,
            // Names in a path are the server's.
            Problem::Type { expected } => {
                write_line(f, if path.is_empty() { "the response" } else { path })?;
                write!(f, " cannot be read: {expected}")?;
            }
        }
        request_id.write_suffix(f, " (", ")")?;
        write_attempts(f, *attempts, *stop)
    }
}

impl Error for DecodeError {}
