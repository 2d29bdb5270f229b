//! `Compound`: a list, map or struct on its way to the sink, item by item.

use std::fmt::Write as _;

use serde::ser::{self, Serialize};

use super::{Flatten, Place, Result, Sink, Walk, enter};
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
    pub(super) fn item<T: Serialize + ?Sized>(&mut self, step: &str, value: &T) -> Result<()> {
        if let Shape::Inside(place) = self.shape {
            return value.serialize(Flatten { walk: self.walk, place });
        }
        let len = self.walk.path.len();
        enter(self.walk.path, step);
        self.put(value, Place::Field, len)
    }

    /// One that is absent keeps its number, so that the next one does not move.
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let len = self.walk.path.len();
        let _ = write!(self.walk.path, ".{}", self.index);
        self.index += 1;
        self.put(value, Place::Item, len)
    }

    /// Puts a value whose name is the path, and cuts that to `len` again.
    fn put<T: Serialize + ?Sized>(&mut self, value: &T, place: Place, len: usize) -> Result<()> {
        let done = value.serialize(Flatten { walk: self.walk, place });
        let done = done.map_err(|error| error.within(self.walk.path));
        self.walk.path.truncate(len);
        done
    }

    fn close(self) -> Result<()> {
        let Self { walk, shape, before, .. } = self;
        if walk.filled > before || walk.path.is_empty() || walk.sink.wants().empty {
            return Ok(());
        }
        match shape {
            Shape::List => Err(walk.refuse(EMPTY_LIST)),
            Shape::Object => Err(walk.refuse("is empty: set a part of it, or leave it unset")),
            Shape::Inside(_) => Ok(()),
        }
    }
}

/// Implements one of serde's traits for compounds by a method of [`Compound`].
macro_rules! compound {
    ($trait:ident: $method:ident($($key:ident: $type:ty)?) as $own:ident) => {
        impl ser::$trait for Compound<'_, '_> {
            type Ok = ();
            type Error = InvalidRequest;

            fn $method<T: Serialize + ?Sized>(&mut self, $($key: $type,)? value: &T) -> Result<()> {
                self.$own($($key,)? value)
            }

            fn end(self) -> Result<()> {
                self.close()
            }
        }
    };
}

compound!(SerializeSeq: serialize_element() as element);
compound!(SerializeTuple: serialize_element() as element);
compound!(SerializeTupleStruct: serialize_field() as element);
compound!(SerializeTupleVariant: serialize_field() as element);
compound!(SerializeStruct: serialize_field(key: &'static str) as item);
compound!(SerializeStructVariant: serialize_field(key: &'static str) as item);

impl ser::SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = InvalidRequest;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        let mut name = KeyText(std::mem::take(&mut self.key));
        name.0.clear();
        let mut path = KEY.to_owned();
        let mut walk = Walk { path: &mut path, sink: &mut name, filled: 0 };
        key.serialize(Flatten { walk: &mut walk, place: Place::Field })
            .map_err(|error| error.within(KEY))?;
        self.key = name.0;
        if self.key.is_empty() {
            return Err(self.walk.refuse("a parameter's name is empty"));
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let key = std::mem::take(&mut self.key);
        let done = self.item(&key, value);
        self.key = key;
        done
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

/// The name under which a map's key is flattened.
const KEY: &str = "k";

/// Catches a map's key as text.
struct KeyText(String);

impl Sink for KeyText {
    fn put(&mut self, name: &str, value: &str) -> Result<()> {
        if name != KEY {
            return Err(InvalidRequest::new("", "a parameter's name must be text or a number"));
        }
        self.0.push_str(value);
        Ok(())
    }
}
