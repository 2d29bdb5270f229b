//! Reads TOML by hand, so that every complaint has a line and says what to do about it.

use std::{cell::RefCell, ops::Range};

use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

use super::place::{Place, Problem, Text};

/// A spec file and the complaints about it so far.
pub(crate) struct TomlFile<'t> {
    path: &'t str,
    text: &'t str,
    problems: RefCell<Vec<Problem>>,
}

impl<'t> TomlFile<'t> {
    pub(crate) fn new(path: &'t str, text: &'t str) -> Self {
        Self { path, text, problems: RefCell::default() }
    }

    /// The file's entries; none if it is not TOML.
    pub(crate) fn entries(&self) -> DeTable<'t> {
        let error = match DeTable::parse(self.text) {
            Ok(table) => return table.into_inner(),
            Err(error) => error,
        };
        let span = error.span().unwrap_or_default();
        let key = self.text.get(span.clone()).unwrap_or_default().trim();
        let text = match error.message() {
            "duplicate key" => format!("`{key}` is there twice; remove or rename one of the two"),
            message => format!("not TOML here: {message}"),
        };
        self.report(self.place(span), text);
        DeTable::new()
    }

    pub(crate) fn report(&self, place: Place, text: String) {
        self.problems.borrow_mut().push(Problem { place, text });
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    fn place(&self, span: Range<usize>) -> Place {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        Place { file: self.path.to_owned(), line: before.matches('\n').count() + 1 }
    }

    /// One value with its key.
    pub(crate) fn entry<'v>(
        &'v self,
        parent: &str,
        key: &Spanned<DeString<'_>>,
        value: &'v Spanned<DeValue<'t>>,
    ) -> Entry<'v, 't> {
        let name = key.get_ref().to_string();
        let subject = if parent.is_empty() { name.clone() } else { format!("{parent}.{name}") };
        Entry { file: self, subject, name, place: self.place(key.span()), value: value.get_ref() }
    }
}

/// A key with its value.
pub(crate) struct Entry<'v, 't> {
    file: &'v TomlFile<'t>,
    /// What complaints call it, such as `UpdateCompShareImage.request.Tags`.
    subject: String,
    name: String,
    place: Place,
    value: &'v DeValue<'t>,
}

impl<'v, 't> Entry<'v, 't> {
    pub(crate) fn key(&self) -> Text {
        Text { value: self.name.clone(), place: self.place.clone() }
    }

    pub(crate) fn place(&self) -> Place {
        self.place.clone()
    }

    pub(crate) fn complain(&self, text: impl std::fmt::Display) {
        self.file.report(self.place(), format!("{}: {text}", self.subject));
    }

    /// Reads a table that has no keys but `keys`.
    pub(crate) fn table(&self, keys: &[&str]) -> Option<Table<'v, 't>> {
        let table = self.open_table(&format!("`{}`", keys.join("`, `")))?;
        for entry in table.entries() {
            if !keys.contains(&entry.name.as_str()) {
                let keys = keys.join(", ");
                self.file.report(
                    entry.place(),
                    format!(
                        "{}: unknown key `{}`; the keys here are {keys}",
                        self.subject, entry.name
                    ),
                );
            }
        }
        Some(table)
    }

    /// Reads a table with keys of any name.
    pub(crate) fn open_table(&self, inside: &str) -> Option<Table<'v, 't>> {
        let Some(table) = self.value.as_table() else {
            self.complain(format!("write a table here, with {inside}"));
            return None;
        };
        Some(Table { file: self.file, subject: self.subject.clone(), place: self.place(), table })
    }

    pub(crate) fn is_text(&self) -> bool {
        self.value.is_str()
    }

    pub(crate) fn text(&self) -> Option<Text> {
        let value = self.value.as_str().map(str::to_owned);
        if value.is_none() {
            self.complain("write text in quotes here");
        }
        Some(Text { value: value?, place: self.place() })
    }

    /// A text that users read: one sentence or more.
    pub(crate) fn sentence(&self) -> Option<Text> {
        let text = self.text()?;
        if text.value.trim().is_empty() {
            self.complain("is empty; say in one sentence what it means");
        } else if !text.value.ends_with('.') {
            self.complain("ends without a full stop; write whole sentences");
        }
        Some(text)
    }

    pub(crate) fn list(&self) -> Vec<Self> {
        let Some(array) = self.value.as_array() else {
            self.complain("write a list in [ ] here");
            return Vec::new();
        };
        let item = |value: &'v Spanned<DeValue<'t>>| Entry {
            file: self.file,
            subject: self.subject.clone(),
            name: self.name.clone(),
            place: self.file.place(value.span()),
            value: value.get_ref(),
        };
        array.iter().map(item).collect()
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        let number = self.value.as_integer().and_then(|number| number.as_str().parse().ok());
        if number.is_none() {
            self.complain("write a whole number here");
        }
        number
    }

    /// How many: a whole number that is not zero.
    pub(crate) fn count(&self) -> Option<u32> {
        let number = self.integer()?;
        let count = u32::try_from(number).ok().filter(|count| *count > 0);
        if count.is_none() {
            self.complain(format!("{number} is no count; write 1 or more"));
        }
        count
    }

    pub(crate) fn boolean(&self) -> Option<bool> {
        let flag = self.value.as_bool();
        if flag.is_none() {
            self.complain("write true or false here");
        }
        flag
    }

    /// A text, number or flag, in text form.
    pub(crate) fn scalar(&self) -> Option<String> {
        match self.value {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.to_string()),
            DeValue::Float(number) => Some(number.to_string()),
            DeValue::Boolean(flag) => Some(flag.to_string()),
            _ => {
                self.complain("write one text, number or flag here; for a list, one of its items");
                None
            }
        }
    }

    /// The second of the pair whose first is this text.
    pub(crate) fn one_of<T: Copy>(&self, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text()?.value;
        let choice = choices.iter().find(|(name, _)| *name == text);
        if choice.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.complain(format!("no such value `{text}`; use one of {}", names.join(", ")));
        }
        choice.map(|(_, value)| *value)
    }
}

/// A table of the spec.
pub(crate) struct Table<'v, 't> {
    file: &'v TomlFile<'t>,
    subject: String,
    place: Place,
    table: &'v DeTable<'t>,
}

impl<'v, 't> Table<'v, 't> {
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry<'v, 't>> {
        self.table.iter().map(|(key, value)| self.file.entry(&self.subject, key, value))
    }

    pub(crate) fn get(&self, key: &str) -> Option<Entry<'v, 't>> {
        self.entries().find(|entry| entry.name == key)
    }

    /// The value of a key that must be there; `purpose` says what it is for.
    pub(crate) fn need(&self, key: &str, purpose: &str) -> Option<Entry<'v, 't>> {
        let entry = self.get(key);
        if entry.is_none() {
            let text = format!("{}: `{key}` is missing; {purpose}", self.subject);
            self.file.report(self.place.clone(), text);
        }
        entry
    }

    /// The sentence under a key that must be there.
    pub(crate) fn sentence(&self, key: &str) -> Option<Text> {
        self.need(key, "say in one sentence what it means")?.sentence()
    }

    /// The text under a key that must be there.
    pub(crate) fn text(&self, key: &str, purpose: &str) -> Option<Text> {
        self.need(key, purpose)?.text()
    }
}
