//! `Warning`: a value of a response that was left out or repaired.

use std::{borrow::Cow, fmt};

use crate::value::one_line::write_line;

/// Warnings that a response keeps.
const KEPT: usize = 100;

/// Characters of a path that a warning keeps.
const LONGEST: usize = 400;

/// A value of a response that could not be read as it came: where it is, and why. It never holds the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    path: String,
    reason: Cow<'static, str>,
    is_repaired: bool,
}

impl Warning {
    pub(crate) fn left_out(path: String, reason: String) -> Self {
        Self { path: shortened(path), reason: Cow::Owned(reason), is_repaired: false }
    }

    pub(crate) fn repaired(path: String, reason: &'static str) -> Self {
        Self { path: shortened(path), reason: Cow::Borrowed(reason), is_repaired: true }
    }

    /// Where in the JSON, such as `UHostSet[3].Name`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong with the value, such as `expected text`.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the value is there, with U+FFFD where its text could not be read; otherwise it is left
    /// out.
    pub fn is_repaired(&self) -> bool {
        self.is_repaired
    }

    /// Whether a row of the list is missing by it, or may be mistaken for another.
    pub(super) fn hides(&self, list: &str, id: &str, fields: &[&str]) -> bool {
        let in_row = self.path.strip_prefix(list).and_then(|rest| rest.strip_prefix('['));
        let Some((_, field)) = in_row.and_then(|rest| rest.split_once("].")) else { return true };
        let field = field.split(['.', '[']).next().unwrap_or_default();
        field == id || (!self.is_repaired && fields.contains(&field))
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names in a path are the server's.
        write_line(f, &self.path)?;
        let what = if self.is_repaired { "repaired" } else { "left out" };
        write!(f, " was {what}: {}", self.reason)
    }
}

fn shortened(mut path: String) -> String {
    if let Some((end, _)) = path.char_indices().nth(LONGEST) {
        path.truncate(end);
        path.push('…');
    }
    path
}

/// The warnings of a response; a usual one has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Warnings {
    pub(crate) kept: Vec<Warning>,
    /// Number of those that are not kept.
    pub(crate) more: usize,
}

impl Warnings {
    /// Adds a warning, which is made only if it is kept.
    pub(crate) fn push(&mut self, warning: impl FnOnce() -> Warning) {
        if self.is_full() {
            self.more += 1;
        } else {
            self.kept.push(warning());
        }
    }

    /// Whether no more are kept.
    pub(crate) fn is_full(&self) -> bool {
        self.kept.len() >= KEPT
    }

    pub(crate) fn count(&self) -> usize {
        self.kept.len() + self.more
    }

    /// Forgets all but the first `count`.
    pub(crate) fn truncate(&mut self, count: usize) {
        self.kept.truncate(count);
        self.more = count.saturating_sub(KEPT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_that_is_not_kept_is_not_made() {
        let mut warnings = Warnings::default();
        for index in 0..KEPT {
            warnings.push(|| Warning::left_out(format!("A[{index}]"), "expected text".to_owned()));
        }
        warnings.push(|| unreachable!("it is made"));
        assert_eq!((warnings.kept.len(), warnings.more, warnings.count()), (100, 1, 101));
        warnings.truncate(99);
        warnings.push(|| Warning::repaired("B".to_owned(), "it is not valid UTF-8"));
        assert_eq!((warnings.kept[99].path(), warnings.more), ("B", 0));
    }
}
