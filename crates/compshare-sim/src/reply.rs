//! `Reply`: an answer that is there, or one that is made as it is written.

use std::{fmt, fmt::Write as _};

use bytes::Bytes;
use http::{HeaderValue, Response, header};

/// An answer of the gateway.
pub(crate) enum Reply {
    /// An answer that is there.
    Whole(Response<Bytes>),
    /// A file that is made as it is written.
    File(Response<Rows>),
}

/// Lines of a file, one after the other, each with its line end.
pub(crate) struct Rows(Box<dyn Iterator<Item = String> + Send>);

/// A CSV file: its name, and its lines without line ends.
pub(crate) struct CsvRows {
    pub(crate) name: String,
    pub(crate) lines: Box<dyn Iterator<Item = String> + Send>,
}

impl Iterator for Rows {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut line = self.0.next()?;
        line.push('\n');
        Some(line)
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rows(..)")
    }
}

impl Reply {
    /// The answer that is a CSV file.
    pub(crate) fn csv(file: CsvRows, request_id: &str) -> Self {
        let mut response = crate::answer::json_response(&serde_json::Value::Null, request_id);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
        let mut disposition = String::from("attachment");
        // Names are the simulator's own: letters, digits, `-`, `_` and `.`.
        let written = write!(disposition, "; filename=\"{}\"", file.name);
        if let (Ok(()), Ok(value)) = (written, HeaderValue::from_str(&disposition)) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        Self::File(response.map(|_| Rows(file.lines)))
    }

    /// The answer with everything in it.
    pub(crate) fn whole(self) -> Response<Bytes> {
        match self {
            Self::Whole(response) => response,
            Self::File(response) => response.map(|rows| Bytes::from(rows.collect::<String>())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_name_and_line_ends() {
        let lines = ["a,b", "1,2"].map(str::to_owned);
        let file = CsvRows { name: "x.csv".to_owned(), lines: Box::new(lines.into_iter()) };
        let response = Reply::csv(file, "id").whole();
        assert_eq!(response.headers()["content-type"], "text/csv; charset=utf-8");
        assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"x.csv\"");
        assert_eq!(response.headers()["x-ucloud-request-uuid"], "id");
        assert_eq!(response.body(), "a,b\n1,2\n");
    }
}
