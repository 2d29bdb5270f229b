//! From any `Serialize` value to parameters: names flattened with dots, values as text.

use std::{
    borrow::Cow,
    fmt::{self, Display},
};

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::value::invalid::InvalidRequest;

mod compound;
pub(crate) mod json;
pub(crate) mod list;

use compound::{Compound, Shape};
use list::List;

type Result<T> = std::result::Result<T, InvalidRequest>;

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

/// One value on its way to a list, under the name in the list's path.
struct Flatten<'a, 'f> {
    list: &'a mut List<'f>,
    place: Place,
}

impl<'a, 'f> Flatten<'a, 'f> {
    fn put(self, value: &str) -> Result<()> {
        self.named()?;
        self.list.put(value.as_bytes(), self.place);
        Ok(())
    }

    fn put_display(self, number: impl Display) -> Result<()> {
        self.named()?;
        self.list.put_display(number);
        Ok(())
    }

    fn named(&self) -> Result<()> {
        if self.list.path().is_empty() { Err(InvalidRequest::new("", ONE_VALUE)) } else { Ok(()) }
    }

    fn compound(self, shape: Shape) -> Compound<'a, 'f> {
        let before = self.list.filled();
        Compound { list: self.list, shape, before, index: 0, key: Vec::new() }
    }
}

/// Writes a finite number in plain decimal digits: shortest that reads back, no exponent, no `.0`.
pub(crate) struct Decimal<T>(pub(crate) T);

impl<T: Display + Default + PartialEq> Display for Decimal<T> {
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

impl<'a, 'f> Serializer for Flatten<'a, 'f> {
    type Ok = ();
    type Error = InvalidRequest;
    type SerializeSeq = Compound<'a, 'f>;
    type SerializeTuple = Compound<'a, 'f>;
    type SerializeTupleStruct = Compound<'a, 'f>;
    type SerializeTupleVariant = Compound<'a, 'f>;
    type SerializeMap = Compound<'a, 'f>;
    type SerializeStruct = Compound<'a, 'f>;
    type SerializeStructVariant = Compound<'a, 'f>;

    fn serialize_bool(self, v: bool) -> Result<()> {
        self.put(if v { "true" } else { "false" })
    }

    whole_numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_u128: u128
    }

    fn serialize_f32(self, v: f32) -> Result<()> {
        if !self.list.wants().f32 {
            return Err(self.list.refuse("is an f32, whose digits JSON would change: give an f64"));
        }
        if v.is_finite() { self.put_display(Decimal(v)) } else { Err(self.list.refuse(NOT_FINITE)) }
    }

    fn serialize_f64(self, v: f64) -> Result<()> {
        if v.is_finite() { self.put_display(Decimal(v)) } else { Err(self.list.refuse(NOT_FINITE)) }
    }

    fn serialize_char(self, v: char) -> Result<()> {
        self.put(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Result<()> {
        match self.place {
            Place::Field | Place::Item => self.put(v),
            Place::Number => match digits(v) {
                Some(digits) => self.put(&digits),
                None => Err(self.list.refuse(NOT_FINITE)),
            },
            Place::Json => match serde_json::from_str::<Value>(v) {
                Ok(value) => value.serialize(Self { place: Place::Field, ..self }),
                Err(_) => Err(self.list.refuse("is not valid JSON")),
            },
        }
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<()> {
        Err(self.list.refuse("is raw bytes, which cannot be sent: give text, such as their Base64"))
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
        self.compound(Shape::Object).item(variant.as_bytes(), value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a, 'f>> {
        if self.list.path().is_empty() {
            return Err(self.list.refuse("a request must be a struct or a map, not a list"));
        }
        Ok(self.compound(Shape::List))
    }

    fn serialize_tuple(self, len: usize) -> Result<Compound<'a, 'f>> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Compound<'a, 'f>> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a, 'f>> {
        self.list.enter(variant.as_bytes());
        Ok(self.compound(Shape::List))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a, 'f>> {
        Ok(self.compound(Shape::Object))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'a, 'f>> {
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
    ) -> Result<Compound<'a, 'f>> {
        self.list.enter(variant.as_bytes());
        Ok(self.compound(Shape::Object))
    }
}
