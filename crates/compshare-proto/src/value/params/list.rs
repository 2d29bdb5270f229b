//! `List`: parameters by name, as one text.

use std::{borrow::Cow, fmt::Display, io::Write as _, ops::Range};

use serde::Serialize;

use super::{Flatten, Place, Result};
use crate::value::invalid::InvalidRequest;

/// Why a request cannot be sent that is not the same when it is serialized again.
pub(crate) const CHANGES: &str = "the request serializes to something else each time";

/// What a [`List`] takes.
#[derive(Clone, Copy)]
pub(crate) struct Wants {
    /// `f32`s, by their own digits, which would get lost in JSON.
    pub(crate) f32: bool,
    /// Lists, maps and structs under a name that come to nothing. What is to be sent may not: it would be
    /// left out without a word, and a filter that is left out lets everything through.
    pub(crate) empty: bool,
    /// Most bytes of a value that are copied; of a longer one, there is the name alone.
    pub(crate) copied: usize,
}

impl Wants {
    /// What can be sent.
    pub(crate) const SENDABLE: Self = Self { f32: true, empty: false, copied: usize::MAX };
}

/// Bytes of text that most requests do with; allocators have blocks of up to 1 KiB at hand.
const ROOM: usize = 1000;

/// Parameters in the order that they came in or, once sorted, of their names.
pub(crate) struct List<'f> {
    /// Names and values end to end, and behind them the path: the name of what comes next.
    text: Vec<u8>,
    path: usize,
    entries: Vec<Entry>,
    /// How many came in so far, but for empty items of lists.
    filled: usize,
    wants: Wants,
    find: Option<Find<'f>>,
}

/// Where one parameter lies in the text: its name, and its value right behind.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) start: usize,
    pub(crate) middle: usize,
    pub(crate) end: usize,
    /// Whether the value is there.
    pub(crate) is_copied: bool,
}

impl Entry {
    pub(crate) fn name(self, text: &[u8]) -> &[u8] {
        text.get(self.start..self.middle).unwrap_or_default()
    }

    /// The value, if it is there.
    pub(crate) fn value(self, text: &[u8]) -> &[u8] {
        text.get(self.middle..self.end).unwrap_or_default()
    }

    pub(crate) fn has_value(self) -> bool {
        !self.is_copied || self.middle < self.end
    }
}

/// What to do with the value of one name, where nothing is to be copied.
struct Find<'f> {
    name: &'f [u8],
    then: &'f mut dyn FnMut(&[u8]),
}

impl<'f> List<'f> {
    pub(crate) fn new(wants: Wants) -> Self {
        Self {
            text: Vec::with_capacity(ROOM),
            path: 0,
            entries: Vec::with_capacity(32),
            filled: 0,
            wants,
            find: None,
        }
    }

    /// A list that copies nothing and calls `then` with the value of `name`.
    pub(crate) fn finding(name: &'f [u8], then: &'f mut dyn FnMut(&[u8]), wants: Wants) -> Self {
        let (text, entries) = (Vec::new(), Vec::new());
        Self { text, path: 0, entries, filled: 0, wants, find: Some(Find { name, then }) }
    }

    /// The parameters of a struct or a map, sorted.
    pub(crate) fn of<T: Serialize + ?Sized>(parameters: &T, wants: Wants) -> Result<Self> {
        let mut list = Self::new(wants);
        list.add(parameters)?;
        list.sort()?;
        Ok(list)
    }

    /// Adds the parameters of a struct or a map.
    pub(crate) fn add<T: Serialize + ?Sized>(&mut self, parameters: &T) -> Result<()> {
        self.text.truncate(self.path);
        parameters.serialize(Flatten { list: self, place: Place::Field })
    }

    /// Sorts by name, with the text in the same order; no name may come twice.
    pub(crate) fn sort(&mut self) -> Result<()> {
        let Self { text, entries, .. } = self;
        if entries.is_sorted_by(|a, b| a.name(text) < b.name(text)) {
            return Ok(());
        }
        entries.sort_by(|a, b| a.name(text).cmp(b.name(text)));
        let mut pairs = entries.iter().zip(entries.iter().skip(1));
        if let Some((entry, _)) = pairs.find(|(a, b)| a.name(text) == b.name(text)) {
            return Err(given_twice(entry.name(text)));
        }
        let mut sorted = Vec::with_capacity(text.len());
        for entry in entries {
            let (start, name, value) = (sorted.len(), entry.name(text), entry.value(text));
            sorted.extend_from_slice(name);
            sorted.extend_from_slice(value);
            let middle = start + name.len();
            *entry = Entry { start, middle, end: sorted.len(), ..*entry };
        }
        *text = sorted;
        Ok(())
    }

    /// Names and values end to end.
    pub(crate) fn text(&self) -> &[u8] {
        self.text.get(..self.path).unwrap_or_default()
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Names and values, of those that were copied.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.entries.iter().map(|entry| (entry.name(&self.text), entry.value(&self.text)))
    }

    /// Whether there is a parameter of that name, itself or in parts, and then whether it has a value;
    /// of sorted ones.
    pub(crate) fn find(&self, name: &[u8]) -> Option<bool> {
        let (entries, text) = (&self.entries, &self.text);
        if let Ok(at) = entries.binary_search_by(|known| known.name(text).cmp(name)) {
            return entries.get(at).map(|whole| whole.has_value());
        }
        // Names such as `Tags-x` lie between `Tags` and `Tags.0`.
        let part = || name.iter().chain(b".");
        let at = entries.partition_point(|known| known.name(text).iter().lt(part()));
        let mut parts = entries.get(at..)?.iter().map_while(|known| {
            let rest = known.name(text).strip_prefix(name)?;
            rest.starts_with(b".").then(|| known.has_value())
        });
        parts.next().map(|first| first || parts.any(|has_value| has_value))
    }
}

/// What a value does on its way into the list.
impl List<'_> {
    pub(super) fn wants(&self) -> Wants {
        self.wants
    }

    pub(super) fn filled(&self) -> usize {
        self.filled
    }

    /// The name of what comes next.
    pub(super) fn path(&self) -> &[u8] {
        self.text.get(self.path..).unwrap_or_default()
    }

    pub(super) fn path_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.path())
    }

    pub(super) fn refuse(&self, reason: &'static str) -> InvalidRequest {
        InvalidRequest::new(self.path_text(), reason)
    }

    /// Appends one step to the path.
    pub(super) fn enter(&mut self, step: &[u8]) {
        if self.path < self.text.len() {
            self.text.push(b'.');
        }
        self.text.extend_from_slice(step);
    }

    /// Appends the number of a list's item to the path.
    pub(super) fn enter_index(&mut self, index: usize) {
        match u8::try_from(index) {
            Ok(digit @ 0..=9) => self.text.extend_from_slice(&[b'.', b'0' + digit]),
            _ => drop(write!(self.text, ".{index}")),
        }
    }

    /// Where the path lies now, for [`Self::leave`].
    pub(super) fn place(&self) -> Range<usize> {
        self.path..self.text.len()
    }

    /// Makes the path what it was when it lay there; since then it may have become a name.
    pub(super) fn leave(&mut self, place: Range<usize>) {
        if self.path == place.start {
            self.text.truncate(place.end);
        } else {
            self.text.truncate(self.path);
            self.text.extend_from_within(place);
        }
    }

    /// Adds a parameter whose name is the path.
    pub(super) fn put(&mut self, value: &[u8], place: Place) {
        self.filled += usize::from(place != Place::Item || !value.is_empty());
        let (start, middle) = (self.path, self.text.len());
        if let Some(Find { name, then }) = &mut self.find {
            if self.text.get(start..) == Some(*name) {
                then(value);
            }
            return;
        }
        let is_copied = value.len() <= self.wants.copied;
        if is_copied {
            self.text.extend_from_slice(value);
        }
        self.path = self.text.len();
        self.entries.push(Entry { start, middle, end: self.path, is_copied });
    }

    /// Adds a number whose name is the path.
    pub(super) fn put_display(&mut self, number: impl Display) {
        self.filled += 1;
        if self.find.is_some() {
            return;
        }
        let (start, middle) = (self.path, self.text.len());
        let _ = write!(self.text, "{number}");
        self.path = self.text.len();
        self.entries.push(Entry { start, middle, end: self.path, is_copied: true });
    }
}

/// The error for two parameters of one name.
pub(crate) fn given_twice(name: &[u8]) -> InvalidRequest {
    InvalidRequest::new(String::from_utf8_lossy(name), "is given twice: leave one out")
}
