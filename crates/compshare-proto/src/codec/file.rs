//! Whether a response holds a file, and what the file is named.

use http::{HeaderMap, HeaderName, header};
use percent_encoding::percent_decode_str;

use crate::api::csv_file::CsvFile;

impl CsvFile {
    /// Whether a response with these headers holds a file, so that a transport may pass its body on
    /// while it comes in; anything else is JSON, or a page of something in between.
    pub fn is_in(headers: &HeaderMap) -> bool {
        Head::of(headers).is_some()
    }

    /// Whether a response with these headers holds a file that ends where its connection ends. Without
    /// TLS, a connection that broke may end just like that, so a transport must not take such a file for
    /// whole; JSON shows by itself whether it is.
    pub fn ends_with_connection(headers: &HeaderMap) -> bool {
        let framed = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING];
        Self::is_in(headers) && !framed.iter().any(|name| headers.contains_key(name))
    }
}

/// What the headers of a response say of the file in its body; all that is needed to pass a body on
/// while it comes in.
pub(crate) struct Head {
    /// Name without any folder.
    pub(crate) name: Option<String>,
}

impl Head {
    /// `None` if the body is not a file: JSON, a page of something in between, or compressed.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        if content_encoding(headers).is_some() {
            return None;
        }
        let kind = first_part(text(headers, header::CONTENT_TYPE));
        let disposition = text(headers, header::CONTENT_DISPOSITION);
        let is_attachment = first_part(disposition) == "attachment";
        let is_file = kind == "text/csv"
            || (is_attachment && kind != "application/json" && kind != "text/html");
        is_file.then(|| Self { name: file_name(disposition) })
    }
}

/// How a body is compressed, in the server's word for it; `None` if it is not.
pub(crate) fn content_encoding(headers: &HeaderMap) -> Option<&str> {
    let encoding = headers.get(header::CONTENT_ENCODING)?.to_str().unwrap_or("?").trim();
    Some(encoding).filter(|encoding| !matches!(*encoding, "" | "identity"))
}

fn text(headers: &HeaderMap, name: HeaderName) -> &str {
    let value = headers.get(name).map(http::HeaderValue::as_bytes).unwrap_or_default();
    std::str::from_utf8(value).unwrap_or_default()
}

/// The part of a header before its parameters, in lower case.
fn first_part(header: &str) -> String {
    header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The name in a `Content-Disposition`; `filename*`, which can hold any character, goes first.
fn file_name(disposition: &str) -> Option<String> {
    let mut plain = None;
    for part in parts(disposition).skip(1) {
        let Some((key, value)) = part.split_once('=') else { continue };
        let value = value.trim().trim_matches('"');
        if key.trim().eq_ignore_ascii_case("filename*") {
            let encoded = value.splitn(3, '\'').nth(2).unwrap_or(value);
            if let Some(name) = percent_decoded(encoded).and_then(|name| last_step(&name)) {
                return Some(name);
            }
        } else if key.trim().eq_ignore_ascii_case("filename") {
            // The service writes names percent-encoded here as well.
            plain = plain.or_else(|| last_step(&percent_decoded(value)?));
        }
    }
    plain
}

/// The parts of a header between semicolons, those in quotes aside.
fn parts(header: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    header.split(move |c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    })
}

/// The name without folders and control characters; none if nothing is left that names a file.
fn last_step(name: &str) -> Option<String> {
    let step = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let step: String = step.chars().filter(|c| !c.is_control()).collect();
    let step = step.trim();
    (!matches!(step, "" | "." | "..")).then(|| step.to_owned())
}

/// A text without its percent-encoding; `None` if it is not UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn head(kind: &str, disposition: &str) -> Option<Head> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(kind).unwrap());
        let disposition = HeaderValue::from_bytes(disposition.as_bytes()).unwrap();
        headers.insert(header::CONTENT_DISPOSITION, disposition);
        Head::of(&headers)
    }

    #[test]
    fn headers_tell_a_file_from_json() {
        assert!(head("text/csv; charset=utf-8", "").is_some());
        assert!(head("Text/CSV", "").is_some());
        assert!(head("application/octet-stream", "attachment; filename=a.csv").is_some());
        assert!(head("application/json", "attachment; filename=a.csv").is_none());
        assert!(head("text/html", "attachment").is_none());
        assert!(head("text/plain", "").is_none());
        let mut compressed = HeaderMap::new();
        compressed.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv"));
        compressed.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        assert!(Head::of(&compressed).is_none());
        assert!(Head::of(&HeaderMap::new()).is_none());
    }

    #[test]
    fn names_have_no_folder() {
        for (disposition, name) in [
            ("attachment; filename=orders.csv", Some("orders.csv")),
            ("attachment; filename=\"team orders.csv\"", Some("team orders.csv")),
            (
                "attachment; filename=a.csv; filename*=UTF-8''%E8%AE%A2%E5%8D%95.csv",
                Some("订单.csv"),
            ),
            ("attachment; filename=订单.csv", Some("订单.csv")),
            ("attachment; FileName=\"../../etc/passwd\"", Some("passwd")),
            ("attachment; filename=C:\\temp\\a.csv", Some("a.csv")),
            ("attachment; filename=%2e%2e", None),
            ("attachment; filename=100%.csv", Some("100%.csv")),
            ("attachment; filename=\"\"", None),
            ("attachment", None),
        ] {
            let found = head("text/csv", disposition).unwrap().name;
            assert_eq!(found.as_deref(), name, "{disposition}");
        }
    }
}
