//! Writing to standard output and standard error without ever panicking.

use std::io::{self, IsTerminal as _, Write};

use compshare_blocking::Response;

use crate::text::sanitize;

/// Writes to standard output. A closed pipe, as after `| head`, is not an error.
///
/// # Errors
///
/// Any other write error, such as a full disk.
pub(crate) fn print(output: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(output).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Standard output as a stream; a closed pipe is not an error here either.
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

/// Writes a sanitized line to standard error and ignores write errors, which cannot be reported.
pub(crate) fn eprint(line: &str) {
    drop(writeln!(io::stderr().lock(), "{}", sanitize::lines(line)));
}

/// Prints the warnings about a response.
pub(crate) fn warn<T>(response: &Response<T>) {
    for warning in response.warnings() {
        eprint(&format!("warning: {warning}"));
    }
    if let more @ 1.. = response.more_warnings() {
        eprint(&format!("warning: {more} more values were read leniently"));
    }
}

/// Width of the terminal: `COLUMNS`, or what the terminal reports; `None` if standard output is not
/// a terminal.
pub(crate) fn columns() -> Option<usize> {
    if !is_there() {
        return None;
    }
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let real = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    Some(told.or_else(real).unwrap_or(100).max(40))
}
