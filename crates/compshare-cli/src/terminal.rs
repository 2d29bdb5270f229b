//! Writing to standard output and standard error without ever panicking.

use std::io::{self, IsTerminal as _, Write};

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

/// A text without what a terminal would act on, but for line breaks and tabs.
pub(crate) fn tame(content: &[u8]) -> String {
    let text = String::from_utf8_lossy(content);
    let harmless = |c: char| if c.is_control() && !matches!(c, '\n' | '\t') { ' ' } else { c };
    text.chars().map(harmless).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cannot_steer_a_terminal() {
        assert_eq!(tame("订单\t1\n\u{1b}[31m".as_bytes()), "订单\t1\n [31m");
    }
}
