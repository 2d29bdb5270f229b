//! Writing to standard output and standard error without ever panicking.

use std::io::{self, IsTerminal as _, Write};

use compshare_blocking::Response;

use crate::text::sanitize;

/// Writes to standard output; a reader that has gone, as after `| head`, is no error.
///
/// # Errors
///
/// Whatever else keeps it from being written, such as a full disk.
pub(crate) fn print(output: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(output).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Standard output for what comes in pieces; a reader that has gone is no error here either.
#[derive(Debug)]
pub(crate) struct Output;

impl Write for Output {
    fn write(&mut self, content: &[u8]) -> io::Result<usize> {
        print(content).map(|()| content.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether standard output is a terminal.
pub(crate) fn is_there() -> bool {
    io::stdout().is_terminal()
}

/// Writes a line to standard error, with what is hidden in it escaped; there is nowhere to report that
/// it cannot be written.
pub(crate) fn eprint(line: &str) {
    drop(writeln!(io::stderr().lock(), "{}", sanitize::lines(line)));
}

/// Says what of a response could not be read as it came.
pub(crate) fn warn<T>(response: &Response<T>) {
    for warning in response.warnings() {
        eprint(&format!("warning: {warning}"));
    }
    if let more @ 1.. = response.more_warnings() {
        eprint(&format!("warning: {more} more values were read leniently"));
    }
}

/// Columns of the terminal that standard output is, as `COLUMNS` or the terminal itself tells them;
/// `None` where it is none, so that nothing is cut.
pub(crate) fn columns() -> Option<usize> {
    if !is_there() {
        return None;
    }
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let real = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    Some(told.or_else(real).unwrap_or(100).max(40))
}
