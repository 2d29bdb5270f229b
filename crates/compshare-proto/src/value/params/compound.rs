//! `Compound`: a list, map or struct on its way to a [`List`], item by item.

use std::{mem, ops::Range};

use serde::ser::{self, Serialize};

use super::{
    Flatten, Place, Result,
    list::{List, Wants},
};
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
pub(super) struct Compound<'a, 'f> {
    pub(super) list: &'a mut List<'f>,
    pub(super) shape: Shape,
    /// [`List::filled`] before it.
    pub(super) before: usize,
    pub(super) index: usize,
    pub(super) key: Vec<u8>,
}

impl Compound<'_, '_> {
    pub(super) fn item<T: Serialize + ?Sized>(&mut self, step: &[u8], value: &T) -> Result<()> {
        if let Shape::Inside(place) = self.shape {
            return value.serialize(Flatten { list: self.list, place });
        }
        let parent = self.list.place();
        self.list.enter(step);
        self.put(value, Place::Field, parent)
    }

    /// One that is absent keeps its number, so that the next one does not move.
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let parent = self.list.place();
        self.list.enter_index(self.index);
        self.index += 1;
        self.put(value, Place::Item, parent)
    }

    /// Puts a value whose name is the path, and returns to the path before it.
    fn put<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
        place: Place,
        parent: Range<usize>,
    ) -> Result<()> {
        let done = value.serialize(Flatten { list: self.list, place });
        let done = done.map_err(|error| error.within(&self.list.path_text()));
        self.list.leave(parent);
        done
    }

    fn close(self) -> Result<()> {
        let Self { list, shape, before, .. } = self;
        if list.filled() > before || list.path().is_empty() || list.wants().empty {
            return Ok(());
        }
        match shape {
            Shape::List => Err(list.refuse(EMPTY_LIST)),
            Shape::Object => Err(list.refuse("is empty: set a part of it, or leave it unset")),
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
                self.$own($($key.as_bytes(),)? value)
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
        self.key = text_of(key)?;
        if self.key.is_empty() {
            return Err(self.list.refuse("a parameter's name is empty"));
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let key = mem::take(&mut self.key);
        self.item(&key, value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

/// The text of a map's key, as a value of that text is sent.
fn text_of<T: Serialize + ?Sized>(key: &T) -> Result<Vec<u8>> {
    const NAME: &[u8] = b"k";
    let mut list = List::new(Wants::SENDABLE);
    list.enter(NAME);
    key.serialize(Flatten { list: &mut list, place: Place::Field })
        .map_err(|error| error.within("k"))?;
    match list.parameters().next() {
        None => Ok(Vec::new()),
        Some((NAME, text)) => Ok(text.to_vec()),
        Some(_) => Err(InvalidRequest::new("", "a parameter's name must be text or a number")),
    }
}
