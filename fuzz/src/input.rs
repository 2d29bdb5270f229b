//! `Input`: a fuzzer's bytes, taken as numbers and texts from the front.

use serde_json::{Map, Value};

/// Bytes that are left. What is taken beyond their end is zero and empty.
pub(crate) struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that is left.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.0
    }

    pub(crate) fn bytes(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.bytes(1).first().copied().unwrap_or_default()
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.byte() % 2 == 1
    }

    pub(crate) fn number(&mut self) -> u64 {
        let mut number = [0; 8];
        let bytes = self.bytes(8);
        number[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(number)
    }

    /// Any number, but small ones and the largest far more often than by chance.
    pub(crate) fn magnitude(&mut self) -> u64 {
        match self.byte() {
            0..=99 => u64::from(self.byte()),
            100..=199 => u64::from(self.byte()) << (self.byte() % 57),
            200..=209 => u64::MAX,
            _ => self.number(),
        }
    }

    pub(crate) fn pick<'b, T>(&mut self, from: &'b [T]) -> &'b T {
        let place = usize::from(self.byte()) | usize::from(self.byte()) << 8;
        &from[place % from.len()]
    }

    /// A text of up to 255 bytes; what is not UTF-8 becomes U+FFFD.
    pub(crate) fn text(&mut self) -> String {
        let length = usize::from(self.byte());
        String::from_utf8_lossy(self.bytes(length)).into_owned()
    }

    /// A value of any shape, nested up to that depth.
    pub(crate) fn value(&mut self, depth: usize) -> Value {
        match self.byte() % if depth == 0 { 6 } else { 8 } {
            0 => Value::Null,
            1 => Value::from(self.flag()),
            2 => Value::from(self.number()),
            3 => Value::from(self.number().cast_signed()),
            4 => Value::from(f64::from_bits(self.number())),
            5 => Value::from(self.text()),
            6 => (0..self.byte() % 6).map(|_| self.value(depth - 1)).collect(),
            _ => Value::Object(self.map(depth - 1)),
        }
    }

    /// Values under names that hold no dot, by which two parameters could flatten to one name, and that
    /// are not empty, which is refused.
    pub(crate) fn map(&mut self, depth: usize) -> Map<String, Value> {
        let count = self.byte() % 10;
        let mut map = Map::new();
        for _ in 0..count {
            let name = self.text().replace('.', "");
            let name = if name.is_empty() { "Empty".to_owned() } else { name };
            map.insert(name, self.value(depth));
        }
        map
    }
}
