//! `Compound`: a list, map or struct on its way to the sink, item by item.

use std::fmt::Write as _;

use serde::ser::{self, Serialize, Serializer};

use super::{Flatten, Place, Sink, Text, Walk, enter, flatten};
use crate::value::invalid::InvalidRequest;

const EMPTY_LIST: &str = "is an empty list: give it an item that is not empty; left unset, an optional \
                          list filters nothing and changes nothing";

/// What a compound is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A list: its items are numbered.
    List,
    /// A map or a struct.
    Object,
    /// A struct that stands for the one value in it.
    Inside(Place),
}

/// A list, map or struct whose items continue the path.
pub(super) struct Compound<'a, 'w> {
    pub(super) walk: &'a mut Walk<'w>,
    pub(super) shape: Shape,
    /// What the walk had of parameters before it.
    pub(super) before: usize,
    pub(super) index: usize,
    pub(super) key: String,
}

impl Compound<'_, '_> {
    pub(super) fn item<T: Serialize + ?Sized>(
        &mut self,
        step: &str,
        value: &T,
    ) -> Result<(), InvalidRequest> {
        if let Shape::Inside(place) = self.shape {
            return value.serialize(Flatten { walk: self.walk, place });
        }
        let place = if self.shape == Shape::List { Place::Item } else { Place::Field };
        let len = self.walk.path.len();
        enter(self.walk.path, step);
        let done = value.serialize(Flatten { walk: self.walk, place });
        let done = done.map_err(|error| error.within(self.walk.path));
        self.walk.path.truncate(len);
        done
    }

    /// One that is absent keeps its number, so that the next one does not move.
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InvalidRequest> {
        let mut step = Text::default();
        let written = write!(step, "{}", self.index);
        debug_assert!(written.is_ok(), "an index fits");
        self.index += 1;
        self.item(step.as_str(), value)
    }

    fn close(self) -> Result<(), InvalidRequest> {
        let Self { walk, shape, before, .. } = self;
        if walk.filled > before || walk.path.is_empty() || walk.sink.takes_empty() {
            return Ok(());
        }
        match shape {
            Shape::List => Err(walk.refuse(EMPTY_LIST)),
            Shape::Object => Err(walk.refuse("is empty: set a part of it, or leave it unset")),
            Shape::Inside(_) => Ok(()),
        }
    }
}

/// The traits of serde for what has items, and for what has named fields.
macro_rules! compound {
    ($($trait:ident::$method:ident)*; $($fields:ident)*) => {
        $(impl ser::$trait for Compound<'_, '_> {
            type Ok = ();
            type Error = InvalidRequest;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InvalidRequest> {
                self.element(value)
            }

            fn end(self) -> Result<(), InvalidRequest> {
                self.close()
            }
        })*

        $(impl ser::$fields for Compound<'_, '_> {
            type Ok = ();
            type Error = InvalidRequest;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), InvalidRequest> {
                self.item(key, value)
            }

            fn end(self) -> Result<(), InvalidRequest> {
                self.close()
            }
        })*
    };
}

compound! {
    SerializeSeq::serialize_element SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field SerializeTupleVariant::serialize_field;
    SerializeStruct SerializeStructVariant
}

impl ser::SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = InvalidRequest;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), InvalidRequest> {
        let mut name = KeyText(std::mem::take(&mut self.key));
        name.0.clear();
        flatten(&Wrapped(key), &mut String::new(), &mut name)?;
        self.key = name.0;
        if self.key.is_empty() {
            return Err(self.walk.refuse("a parameter's name is empty"));
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InvalidRequest> {
        let key = std::mem::take(&mut self.key);
        let done = self.item(&key, value);
        self.key = key;
        done
    }

    fn end(self) -> Result<(), InvalidRequest> {
        self.close()
    }
}

/// Catches a map's key as text.
struct KeyText(String);

impl Sink for KeyText {
    fn put(&mut self, name: &str, value: &str) -> Result<(), InvalidRequest> {
        if name != "k" {
            return Err(InvalidRequest::new("", "a parameter's name must be text or a number"));
        }
        self.0.push_str(value);
        Ok(())
    }
}

/// Gives a lone key a name, as the flattener wants one.
struct Wrapped<'a, T: ?Sized>(&'a T);

impl<T: Serialize + ?Sized> Serialize for Wrapped<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ser::SerializeStruct as _;

        let mut wrapped = serializer.serialize_struct("", 1)?;
        wrapped.serialize_field("k", self.0)?;
        wrapped.end()
    }
}
