//! `Compound`: a list, map or struct on its way to the sink, item by item.

use std::fmt::Write as _;

use serde::ser::{self, Serialize, Serializer};

use super::{Flatten, Sink, Text, enter, flatten};
use crate::error::InvalidRequest;

/// A list, map or struct whose items continue the path.
pub(super) struct Compound<'a> {
    pub(super) path: &'a mut String,
    pub(super) sink: &'a mut dyn Sink,
    pub(super) index: usize,
    pub(super) key: String,
}

impl Compound<'_> {
    pub(super) fn item<T: Serialize + ?Sized>(
        &mut self,
        step: &str,
        value: &T,
    ) -> Result<(), InvalidRequest> {
        let len = self.path.len();
        enter(self.path, step);
        let done = value.serialize(Flatten { path: self.path, sink: self.sink });
        self.path.truncate(len);
        done
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InvalidRequest> {
        let mut step = Text::default();
        let written = write!(step, "{}", self.index);
        debug_assert!(written.is_ok(), "an index fits");
        self.index += 1;
        self.item(step.as_str(), value)
    }
}

impl ser::SerializeSeq for Compound<'_> {
    type Ok = ();
    type Error = InvalidRequest;

    fn serialize_element<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<(), InvalidRequest> {
        self.element(value)
    }

    fn end(self) -> Result<(), InvalidRequest> {
        Ok(())
    }
}

impl ser::SerializeTuple for Compound<'_> {
    type Ok = ();
    type Error = InvalidRequest;

    fn serialize_element<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<(), InvalidRequest> {
        self.element(value)
    }

    fn end(self) -> Result<(), InvalidRequest> {
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Compound<'_> {
    type Ok = ();
    type Error = InvalidRequest;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InvalidRequest> {
        self.element(value)
    }

    fn end(self) -> Result<(), InvalidRequest> {
        Ok(())
    }
}

impl ser::SerializeTupleVariant for Compound<'_> {
    type Ok = ();
    type Error = InvalidRequest;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InvalidRequest> {
        self.element(value)
    }

    fn end(self) -> Result<(), InvalidRequest> {
        Ok(())
    }
}

impl ser::SerializeStruct for Compound<'_> {
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
        Ok(())
    }
}

impl ser::SerializeStructVariant for Compound<'_> {
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
        Ok(())
    }
}

impl ser::SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = InvalidRequest;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), InvalidRequest> {
        let mut name = KeyText(std::mem::take(&mut self.key));
        name.0.clear();
        flatten(&Wrapped(key), &mut String::new(), &mut name)?;
        self.key = name.0;
        if self.key.is_empty() {
            return Err(InvalidRequest::new(self.path.as_str(), "a parameter's name is empty"));
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
        Ok(())
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
