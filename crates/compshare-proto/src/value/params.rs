//! From any `Serialize` value to parameters: names flattened with dots, values as text.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
};

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::value::invalid::InvalidRequest;

mod compound;
pub(crate) mod list;

use compound::{Compound, Shape};

type Result<T> = std::result::Result<T, InvalidRequest>;

/// Takes parameters one by one.
pub(crate) trait Sink {
    /// Takes one parameter.
    fn put(&mut self, name: &str, value: &str) -> Result<()>;

    /// What it takes beside what can be sent.
    fn wants(&self) -> Wants {
        Wants { f32: true, empty: false }
    }
}

/// What a [`Sink`] takes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Wants {
    /// `f32`s, by their own digits, which would get lost in JSON.
    pub(crate) f32: bool,
    /// Lists, maps and structs under a name that come to nothing. What is to be sent may not: it would be
    /// left out without a word, and a filter that is left out lets everything through.
    pub(crate) empty: bool,
}

/// Feeds `value`'s parameters to `sink`; `path` is scratch space, empty before and after.
pub(crate) fn flatten<T: Serialize + ?Sized>(
    value: &T,
    path: &mut String,
    sink: &mut dyn Sink,
) -> Result<()> {
    path.clear();
    let mut walk = Walk { path, sink, filled: 0 };
    value.serialize(Flatten { walk: &mut walk, place: Place::Field })
}

/// Where the walk over a value is.
struct Walk<'w> {
    path: &'w mut String,
    sink: &'w mut dyn Sink,
    /// Parameters that went to the sink so far, but for empty items of lists.
    filled: usize,
}

impl Walk<'_> {
    fn refuse(&self, reason: &'static str) -> InvalidRequest {
        InvalidRequest::new(self.path.as_str(), reason)
    }
}

/// What a value is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A struct or a map.
    Field,
    /// A list.
    Item,
    /// A number of serde_json, which is text there if any crate turns on `arbitrary_precision`.
    Number,
    /// A `RawValue` of serde_json: JSON as text.
    Json,
}

/// One value on its way to the sink, under the name in the walk's path.
struct Flatten<'a, 'w> {
    walk: &'a mut Walk<'w>,
    place: Place,
}

impl<'a, 'w> Flatten<'a, 'w> {
    fn put(self, value: &str) -> Result<()> {
        let Walk { path, sink, filled } = self.walk;
        if path.is_empty() {
            return Err(InvalidRequest::new("", ONE_VALUE));
        }
        *filled += usize::from(self.place != Place::Item || !value.is_empty());
        sink.put(path, value)
    }

    /// Puts a number, which for that long stands behind its name.
    fn put_display(self, number: impl fmt::Display) -> Result<()> {
        let Walk { path, sink, filled } = self.walk;
        let end = path.len();
        if end == 0 {
            return Err(InvalidRequest::new("", ONE_VALUE));
        }
        *filled += 1;
        let _ = write!(path, "{number}");
        let (name, digits) = path.split_at(end);
        let done = sink.put(name, digits);
        path.truncate(end);
        done
    }

    fn compound(self, shape: Shape) -> Compound<'a, 'w> {
        let before = self.walk.filled;
        Compound { walk: self.walk, shape, before, index: 0, key: String::new() }
    }
}

/// Appends one step to the path.
fn enter(path: &mut String, step: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(step);
}

/// Writes a finite number in plain decimal digits: shortest that reads back, no exponent, no `.0`.
pub(crate) struct Decimal<T>(pub(crate) T);

impl<T: fmt::Display + Default + PartialEq> fmt::Display for Decimal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == T::default() { f.write_str("0") } else { self.0.fmt(f) }
    }
}

/// Digits of a number that is kept as text, as [`Decimal`] writes them; `None` if it is not finite.
pub(crate) fn digits(number: &str) -> Option<Cow<'_, str>> {
    let whole = number.strip_prefix('-').unwrap_or(number);
    if !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Cow::Borrowed(if whole == "0" { whole } else { number }));
    }
    let float = number.parse().ok().filter(|float: &f64| float.is_finite())?;
    Some(Cow::Owned(Decimal(float).to_string()))
}

const ONE_VALUE: &str = "a request must be a struct or a map, not one value";
const NOT_FINITE: &str = "is NaN or infinite: give a finite number";

/// Implements the serializer's methods for whole numbers.
macro_rules! whole_numbers {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, v: $type) -> Result<()> {
            self.put_display(v)
        })*
    };
}

impl<'a, 'w> Serializer for Flatten<'a, 'w> {
    type Ok = ();
    type Error = InvalidRequest;
    type SerializeSeq = Compound<'a, 'w>;
    type SerializeTuple = Compound<'a, 'w>;
    type SerializeTupleStruct = Compound<'a, 'w>;
    type SerializeTupleVariant = Compound<'a, 'w>;
    type SerializeMap = Compound<'a, 'w>;
    type SerializeStruct = Compound<'a, 'w>;
    type SerializeStructVariant = Compound<'a, 'w>;

    fn serialize_bool(self, v: bool) -> Result<()> {
        self.put(if v { "true" } else { "false" })
    }

    whole_numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_u128: u128
    }

    fn serialize_f32(self, v: f32) -> Result<()> {
        if !self.walk.sink.wants().f32 {
            return Err(self.walk.refuse("is an f32, whose digits JSON would change: give an f64"));
        }
        if v.is_finite() { self.put_display(Decimal(v)) } else { Err(self.walk.refuse(NOT_FINITE)) }
    }

    fn serialize_f64(self, v: f64) -> Result<()> {
        if v.is_finite() { self.put_display(Decimal(v)) } else { Err(self.walk.refuse(NOT_FINITE)) }
    }

    fn serialize_char(self, v: char) -> Result<()> {
        self.put(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Result<()> {
        match self.place {
            Place::Field | Place::Item => self.put(v),
            Place::Number => match digits(v) {
                Some(digits) => self.put(&digits),
                None => Err(self.walk.refuse(NOT_FINITE)),
            },
            Place::Json => match serde_json::from_str::<Value>(v) {
                Ok(value) => value.serialize(Self { place: Place::Field, ..self }),
                Err(_) => Err(self.walk.refuse("is not valid JSON")),
            },
        }
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<()> {
        Err(self.walk.refuse("is raw bytes, which cannot be sent: give text, such as their Base64"))
    }

    fn serialize_none(self) -> Result<()> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.put(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        self.compound(Shape::Object).item(variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a, 'w>> {
        if self.walk.path.is_empty() {
            return Err(self.walk.refuse("a request must be a struct or a map, not a list"));
        }
        Ok(self.compound(Shape::List))
    }

    fn serialize_tuple(self, len: usize) -> Result<Compound<'a, 'w>> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Compound<'a, 'w>> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a, 'w>> {
        enter(self.walk.path, variant);
        Ok(self.compound(Shape::List))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a, 'w>> {
        Ok(self.compound(Shape::Object))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'a, 'w>> {
        Ok(self.compound(match name {
            "$serde_json::private::Number" => Shape::Inside(Place::Number),
            "$serde_json::private::RawValue" => Shape::Inside(Place::Json),
            _ => Shape::Object,
        }))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a, 'w>> {
        enter(self.walk.path, variant);
        Ok(self.compound(Shape::Object))
    }
}
