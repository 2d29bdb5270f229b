//! Text of the server or of a cause, on one line of a message.

use std::fmt::{self, Write as _};

/// Writes what the server says in one line that is not too long.
pub(crate) fn write_line(f: &mut fmt::Formatter<'_>, message: &str) -> fmt::Result {
    const LONGEST: usize = 500;
    let line = message.chars().map(|c| if c.is_control() { ' ' } else { c });
    line.take(LONGEST).try_for_each(|c| f.write_char(c))?;
    if message.chars().nth(LONGEST).is_some() { f.write_str("…") } else { Ok(()) }
}
