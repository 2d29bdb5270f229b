//! Lists, maps and objects, and what stands for them in some responses.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserializer, Serialize,
    de::{
        self, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, MapDeserializer},
    },
};
use serde_json::Value;

use super::{Item, Key, Object, Seed, TABLE, number, skip};

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Item> Visitor<'de> for ListVisitor<T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = seq.next_element_seed(Seed(PhantomData))? {
            list.extend(item);
        }
        Ok(Some(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        if T::ALONE {
            return Ok(T::read(MapAccessDeserializer::new(map))?.map(|only| vec![only]));
        }
        number::visit_map(self, map)
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<Self::Value, E> {
        if v.is_empty() {
            return Ok(None);
        }
        Ok(T::read(v.into_deserializer())?.map(|only| vec![only]))
    }

    fn visit_i64<E: de::Error>(self, v: i64) -> Result<Self::Value, E> {
        Ok(T::read(v.into_deserializer())?.map(|only| vec![only]))
    }

    fn visit_u64<E: de::Error>(self, v: u64) -> Result<Self::Value, E> {
        Ok(T::read(v.into_deserializer())?.map(|only| vec![only]))
    }

    absent!(Self::Value);
}

impl<T: Item> Item for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }

    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }
}

struct TableVisitor<T>(PhantomData<T>);

impl<'de, T: Item> Visitor<'de> for TableVisitor<T> {
    type Value = Option<BTreeMap<String, T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut table = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if number::is_digits(&key) {
                return Err(de::Error::invalid_type(de::Unexpected::Other("number"), &self));
            }
            let value = map.next_value_seed(Seed(PhantomData))?;
            if let Some(value) = value.or_else(T::of_nothing) {
                table.insert(key, value);
            }
        }
        Ok(Some(table))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut table = BTreeMap::new();
        while let Some(name) = seq.next_element::<Value>()? {
            match name.as_str().and_then(|name| Some((name, T::of_name(name)?))) {
                Some((name, value)) => table.insert(name.to_owned(), value),
                None => return Err(de::Error::invalid_type(de::Unexpected::Seq, &self)),
            };
        }
        Ok((!table.is_empty()).then_some(table))
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<Self::Value, E> {
        if v.is_empty() {
            return Ok(None);
        }
        // Some sources have the whole object as JSON in a text. The lenient reader gets here only with
        // a text that is none.
        let mut json = serde_json::Deserializer::from_str(v);
        let table = json.deserialize_map(Self(PhantomData));
        table
            .and_then(|table| json.end().map(|()| table))
            .map_err(|_| E::invalid_type(de::Unexpected::Other("text"), &Self(PhantomData)))
    }

    /// What a reader that knows nothing of [`TABLE`] does.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        value.deserialize_any(self)
    }

    absent!(Self::Value);
}

impl<T: Item> Item for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_newtype_struct(TABLE, TableVisitor(PhantomData))
    }

    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = T::default();
        while let Some(Key(key)) = map.next_key()? {
            match object.set(&key, &mut map) {
                Some(done) => done?,
                None if number::is_digits(&key) => {
                    return Err(de::Error::invalid_type(de::Unexpected::Other("number"), &self));
                }
                None => skip(&mut map)?,
            }
        }
        Ok(Some(object))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(None),
            Some(_) => Err(de::Error::invalid_type(de::Unexpected::Seq, &self)),
        }
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<Self::Value, E> {
        if v.is_empty() {
            return Ok(None);
        }
        if T::TEXT.is_empty() {
            return Err(E::invalid_type(de::Unexpected::Str(v), &self));
        }
        self.visit_map(MapDeserializer::new([(T::TEXT, v)].into_iter()))
    }

    absent!(Self::Value);
}

impl<T: Object + Serialize> Item for T {
    const ALONE: bool = <T as Object>::ALONE;

    fn of_nothing() -> Option<Self> {
        Some(Self::default())
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(PhantomData))
    }
}
