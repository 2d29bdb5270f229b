//! `@file`: values that are read from a file or from standard input.

use std::{
    fs::File,
    io::{self, Read},
};

use base64::Engine as _;

use crate::errors::Failed;

/// Longest content that is read, in bytes.
const LIMIT: usize = 16 << 20;

/// Reads values that stand in files.
#[derive(Debug, Default)]
pub(crate) struct Files {
    stdin_is_read: bool,
}

/// What becomes of a file's content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// Flag that the value was given to, without its dashes.
    pub(crate) flag: &'a str,
    /// Whether the value is Base64 of the content.
    pub(crate) base64: bool,
    /// Whether a line break at the end is not part of the value, as in a password file.
    pub(crate) trim_end: bool,
}

impl Files {
    /// The value that is meant: of `@name` the file's content, of `@-` standard input, of `@@x` the
    /// text `@x`, of anything else the text itself.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, is too large, or is not text where text is needed.
    pub(crate) fn value(&mut self, wanted: Wanted<'_>, given: &str) -> Result<String, Failed> {
        match given.strip_prefix('@') {
            None => Ok(given.to_owned()),
            Some(literal) if literal.starts_with('@') => Ok(literal.to_owned()),
            Some(name) => self.content(wanted, name),
        }
    }

    fn content(&mut self, wanted: Wanted<'_>, name: &str) -> Result<String, Failed> {
        let flag = wanted.flag;
        let shown = if name == "-" { "standard input" } else { name };
        let read = match name {
            "" => {
                return Err(Failed::usage(format!(
                    "--{flag}: @ needs a file name: --{flag} @FILE, or @@ for a text that begins with @"
                )));
            }
            "-" if self.stdin_is_read => {
                return Err(Failed::usage(format!(
                    "--{flag}: standard input is already the value of another parameter: give a file"
                )));
            }
            "-" => {
                self.stdin_is_read = true;
                read(io::stdin().lock())
            }
            path => File::open(path).and_then(read),
        };
        let mut bytes = read.map_err(|error| {
            let failed = Failed::usage(format!("--{flag}: cannot read {shown}: {error}"));
            let missing = error.kind() == io::ErrorKind::NotFound;
            let hint = "@ means a file; for a text that begins with @, write @@";
            if missing { failed.hint(hint) } else { failed }
        })?;
        if bytes.len() > LIMIT {
            return Err(Failed::usage(format!(
                "--{flag}: {shown} is larger than {} MiB, the most that is sent",
                LIMIT >> 20
            )));
        }
        if wanted.trim_end {
            trim_line_end(&mut bytes);
        }
        if wanted.base64 {
            return Ok(base64::engine::general_purpose::STANDARD.encode(bytes));
        }
        String::from_utf8(bytes)
            .map_err(|_| Failed::usage(format!("--{flag}: {shown} is not UTF-8 text")))
    }
}

/// Reads one byte more than the limit at most.
fn read(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn trim_line_end(bytes: &mut Vec<u8>) {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Wanted<'_> = Wanted { flag: "Name", base64: false, trim_end: false };

    #[test]
    fn one_at_sign_means_a_file_and_two_mean_one() {
        let mut files = Files::default();
        assert_eq!(files.value(TEXT, "plain@x").unwrap(), "plain@x");
        assert_eq!(files.value(TEXT, "@@x").unwrap(), "@x");
        let error = files.value(TEXT, "@").unwrap_err();
        assert!(error.text().contains("--Name: @ needs a file name"), "{}", error.text());
        let error = files.value(TEXT, "@/no/such/file").unwrap_err();
        assert_eq!(
            error.text(),
            "error: --Name: cannot read /no/such/file: No such file or directory (os error 2)\n\
             hint: @ means a file; for a text that begins with @, write @@"
        );
    }

    #[test]
    fn a_password_file_may_end_in_a_line_break() {
        let trimmed = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            trim_line_end(&mut bytes);
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(trimmed("pass\n"), "pass");
        assert_eq!(trimmed("pass\r\n"), "pass");
        assert_eq!(trimmed("pa ss \n\n"), "pa ss \n");
        assert_eq!(trimmed("pass"), "pass");
    }

    #[test]
    fn standard_input_is_read_once() {
        let mut files = Files { stdin_is_read: true };
        let error = files.value(TEXT, "@-").unwrap_err();
        assert!(error.text().contains("already the value of another"), "{}", error.text());
    }
}
