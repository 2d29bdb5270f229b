//! Reads the values of `@FILE` and `@-`.

use std::{
    fs::File,
    io::{self, Read},
};

use compshare_blocking::profile::word;

use crate::{error::CliError, text::secrets};

/// Longest content that is read, in bytes.
const LIMIT: usize = 16 << 20;

/// What some editors put in front of UTF-8; it is not part of the text.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Reads values that stand in files.
#[derive(Debug, Default)]
pub(crate) struct FileReader {
    stdin_is_read: bool,
}

/// What a value is to become.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// Text; a one-line file loses its line break.
    Text,
    /// An id; a file must hold one word.
    Word,
    /// Base64: that of a file's content, or a text that is Base64 already.
    Base64,
    /// A secret text: of a file all but the line break at its end, and Base64 of it if need be.
    Secret {
        /// Whether it travels as Base64.
        base64: bool,
    },
}

impl FileReader {
    /// The value that is meant: of `@name` the file's content, of `@-` standard input, of `@@x` the
    /// text `@x`, of anything else the text itself. `flag` has no dashes.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, is too large, or is not text where text is needed.
    pub(crate) fn value(
        &mut self,
        flag: &str,
        form: Form,
        given: &str,
    ) -> Result<String, CliError> {
        let text = match given.strip_prefix('@') {
            None => given.to_owned(),
            Some(literal) if literal.starts_with('@') => literal.to_owned(),
            Some(name) => {
                let mut bytes = self.content(flag, name)?;
                match form {
                    Form::Base64 => return Ok(secrets::base64(bytes)),
                    Form::Secret { .. } => trim_line_end(&mut bytes),
                    Form::Text if is_one_line(&bytes) => trim_line_end(&mut bytes),
                    Form::Text | Form::Word => {}
                }
                if bytes.starts_with(BYTE_ORDER_MARK) {
                    bytes.drain(..BYTE_ORDER_MARK.len());
                }
                let shown = shown(name);
                let text = String::from_utf8(bytes)
                    .map_err(|_| CliError::usage(format!("--{flag}: {shown} is not UTF-8 text")))?;
                match form {
                    Form::Word => word(&format!("--{flag}"), &text)?.to_owned(),
                    _ => text,
                }
            }
        };
        Ok(if let Form::Secret { base64: true } = form { secrets::base64(text) } else { text })
    }

    fn content(&mut self, flag: &str, name: &str) -> Result<Vec<u8>, CliError> {
        let read = match name {
            "" => {
                return Err(CliError::usage(format!(
                    "--{flag}: @ needs a file name; use @FILE, or @@ for text that begins with @"
                )));
            }
            "-" if self.stdin_is_read => {
                return Err(CliError::usage(format!(
                    "--{flag}: standard input is already the value of another parameter; use a file"
                )));
            }
            "-" => {
                self.stdin_is_read = true;
                read(io::stdin().lock())
            }
            path => File::open(path).and_then(read),
        };
        let shown = shown(name);
        let bytes = read.map_err(|error| {
            let failed = CliError::usage(format!("--{flag}: cannot read {shown}: {error}"));
            let missing = error.kind() == io::ErrorKind::NotFound;
            let hint = "@ reads a file; for text that begins with @, write @@";
            if missing { failed.hint(hint) } else { failed }
        })?;
        if bytes.len() > LIMIT {
            return Err(CliError::usage(format!(
                "--{flag}: {shown} exceeds the limit of {} MiB",
                LIMIT >> 20
            )));
        }
        Ok(bytes)
    }
}

fn shown(name: &str) -> &str {
    if name == "-" { "standard input" } else { name }
}

/// Reads one byte more than the limit at most.
fn read(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether the first line break ends the content.
fn is_one_line(bytes: &[u8]) -> bool {
    bytes.iter().position(|&byte| byte == b'\n').is_some_and(|at| at + 1 == bytes.len())
}

fn trim_line_end(bytes: &mut Vec<u8>) {
    if let Some(line) = bytes.strip_suffix(b"\n") {
        bytes.truncate(line.strip_suffix(b"\r").unwrap_or(line).len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: Form = Form::Secret { base64: true };

    #[test]
    fn one_at_sign_means_a_file_and_two_mean_one() {
        let mut files = FileReader::default();
        assert_eq!(files.value("Name", Form::Text, "plain@x").unwrap(), "plain@x");
        assert_eq!(files.value("Name", Form::Text, "@@x").unwrap(), "@x");
        let error = files.value("Name", Form::Text, "@").unwrap_err();
        assert!(error.text().contains("--Name: @ needs a file name"), "{}", error.text());
        let error = files.value("Name", Form::Text, "@/no/such/file").unwrap_err();
        assert_eq!(
            error.text(),
            "error: --Name: cannot read /no/such/file: No such file or directory (os error 2)\n\
             hint: @ reads a file; for text that begins with @, write @@"
        );
    }

    #[test]
    fn a_secret_is_encoded_however_it_is_given() {
        let mut files = FileReader::default();
        assert_eq!(files.value("Password", SECRET, "Password1").unwrap(), "UGFzc3dvcmQx");
        assert_eq!(files.value("Password", SECRET, "@@x").unwrap(), "QHg=");
        assert_eq!(files.value("Password", SECRET, "").unwrap(), "");
        let plain = Form::Secret { base64: false };
        assert_eq!(files.value("Password", plain, "Password1").unwrap(), "Password1");
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
        let mut files = FileReader { stdin_is_read: true };
        let error = files.value("Name", Form::Text, "@-").unwrap_err();
        assert!(error.text().contains("already the value of another"), "{}", error.text());
    }
}
