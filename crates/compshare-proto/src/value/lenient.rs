//! Lenient decoding: missing, `null` and empty read the same; numbers and booleans may be text.
//!
//! `Item` reads one value that may be absent, `Field` is a place in a struct that values are read into,
//! `Object` is a struct that says which field a key belongs to (see `decode_struct!`).

use std::{borrow::Cow, error::Error, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};

use crate::value::fields::Fields;

/// Implements the two visitor methods by which serde says "nothing there".
macro_rules! absent {
    ($value:ty) => {
        fn visit_unit<E: de::Error>(self) -> Result<$value, E> {
            Ok(None)
        }

        fn visit_none<E: de::Error>(self) -> Result<$value, E> {
            Ok(None)
        }
    };
}

mod containers;
mod number;
mod scalars;

pub(crate) use scalars::{keeps_digits, read_amount, read_as};

/// Name that a text asks its reader for itself by: one that has the digits of a number gives those where
/// the number does not hold them all.
pub(crate) const TEXT: &str = "$compshare::Text";

/// Name that a map asks its reader for itself by: one that can reads JSON in a text as the map.
pub(crate) const TABLE: &str = "$compshare::Table";

/// A value that a response may hold or leave out.
pub(crate) trait Item: Serialize + Sized {
    /// Whether one by itself may stand for a list of them, though it is an object.
    const ALONE: bool = false;

    /// Reads the value; `None` where it is null or empty.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error>;

    /// Whether it is a list or map of nothing, which leaves its place as it was.
    fn is_empty(&self) -> bool {
        false
    }

    /// What an entry of a map holds whose value is null or empty; `None` leaves the entry out.
    fn of_nothing() -> Option<Self> {
        None
    }

    /// What a name stands for where a response lists the names in place of a map; `None` if it may not.
    fn of_name(_name: &str) -> Option<Self> {
        None
    }
}

/// A place in a struct that a value is read into.
pub(crate) trait Field {
    /// Reads the next value of `map` into this place, which keeps what it had if the value is absent.
    fn fill<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error>;
}

/// Whether a place holds nothing yet.
pub(crate) fn is_unset<T: Default + PartialEq>(place: &T) -> bool {
    *place == T::default()
}

/// Writes the value of `place` under `key`, if it holds one.
pub(crate) fn put<T: Default + PartialEq + Serialize, S: Serializer>(
    place: &T,
    key: &'static str,
    fields: &mut Fields<S>,
) {
    if !is_unset(place) {
        fields.add(key, place);
    }
}

/// Passes over the next value of `map`.
pub(crate) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// A struct whose fields are found by name.
pub(crate) trait Object: Default {
    /// What a message calls it.
    const NAME: &'static str;

    /// Key of the field that a text in place of the object is; empty if there may be none.
    const TEXT: &'static str = "";

    /// Whether one by itself may stand for a list of them.
    const ALONE: bool = false;

    /// Reads the next value of `map` into the field called `key`; `None` if there is no such field.
    fn set<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
    ) -> Option<Result<(), A::Error>>;
}

impl<T: Item> Field for Option<T> {
    fn fill<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        if let Some(value) = map.next_value_seed(Seed(PhantomData))? {
            *self = Some(value);
        }
        Ok(())
    }
}

impl<T: Item + Default> Field for T {
    fn fill<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        if let Some(value) = map.next_value_seed(Seed::<T>(PhantomData))? {
            if !value.is_empty() {
                *self = value;
            }
        }
        Ok(())
    }
}

/// Carries `Item::read` to where serde wants a seed.
struct Seed<T>(PhantomData<T>);

impl<'de, T: Item> DeserializeSeed<'de> for Seed<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        or_left_out(T::read(deserializer))
    }
}

/// The source of an error after which reading can go on without the value.
#[derive(Debug)]
pub(crate) struct LeftOut;

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value was left out")
    }
}

impl Error for LeftOut {}

/// Makes nothing of a value that cannot be read, where reading can go on behind it.
pub(crate) fn or_left_out<T, E: de::Error>(read: Result<Option<T>, E>) -> Result<Option<T>, E> {
    read.or_else(|error| match error.source() {
        Some(source) if source.is::<LeftOut>() => Ok(None),
        _ => Err(error),
    })
}

/// A key of an object, borrowed from the input where it holds no escape.
pub(crate) struct Key<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }

            fn visit_borrowed_str<E: de::Error>(self, v: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(v)))
            }

            fn visit_str<E: de::Error>(self, v: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(v.to_owned())))
            }
        }

        deserializer.deserialize_identifier(KeyVisitor)
    }
}
