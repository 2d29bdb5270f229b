//! Writing to standard output and standard error without ever panicking.

use std::io::{self, Write as _};

/// Writes a text to standard output; a reader that has gone, as after `| head`, is no error.
///
/// # Errors
///
/// Whatever else keeps the text from being written, such as a full disk.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Writes a line to standard error; there is nowhere to report that it cannot be written.
pub(crate) fn say(line: &str) {
    drop(writeln!(io::stderr().lock(), "{line}"));
}

/// Columns of the terminal as the shell tells them, else 100.
pub(crate) fn columns() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    told.unwrap_or(100).clamp(40, 400)
}
