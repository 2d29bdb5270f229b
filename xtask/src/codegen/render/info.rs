//! Renders entries of the metadata, as short as they can be said.

use std::fmt::{Display, Write as _};

use super::text::literal;
use crate::codegen::spec::Type;

/// Column that the arguments of a row start in.
const COLUMN: usize = 12;

/// A parameter or field: a constructor, and a call for each further fact.
pub(super) struct Row(String);

impl Row {
    pub(super) fn new(constructor: &str, name: &str, kind: &str, doc: &str) -> Self {
        Self(format!("{constructor}(\"{name}\", {kind}, {})", literal(COLUMN, doc)))
    }

    /// A call with any argument.
    pub(super) fn with(&mut self, name: &str, value: impl Display) {
        let _ = write!(self.0, ".{name}({value})");
    }

    /// A call with a text; none if it is empty.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.with(name, literal(COLUMN + name.len() + ".()".len(), value));
        }
    }

    /// A call with a number; none if there is none.
    pub(super) fn number(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.with(name, value);
        }
    }

    /// A call without arguments, if it holds.
    pub(super) fn flag(&mut self, name: &str, value: bool) {
        if value {
            self.with(name, "");
        }
    }

    pub(super) fn render(self) -> String {
        self.0
    }
}

/// An action's entry: a struct, of which `BASE` says the rest.
pub(super) struct Entry(String);

impl Entry {
    pub(super) fn new(name: &str) -> Self {
        Self(format!("{name} {{ "))
    }

    pub(super) fn with(&mut self, name: &str, value: impl Display) {
        let _ = write!(self.0, "{name}: {value}, ");
    }

    /// A row of text; none if it is empty.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.with(name, literal(4 + name.len() + ": ".len(), value));
        }
    }

    pub(super) fn render(self) -> String {
        format!("{}..ActionInfo::BASE }}", self.0)
    }
}

/// The unit where the type does not say it; empty if it does.
pub(super) fn unit_beside<'s>(kind: &Type, written: &'s str) -> &'s str {
    if written == kind.unit() { "" } else { written }
}
