//! Structs that are read from the rows of data files.

use std::collections::{BTreeMap, BTreeSet};

use compshare_proto::Secret;
use serde::{Deserialize as _, de::DeserializeOwned};
use serde_json::{Map, Value};

/// Declares a struct with what its fields begin with: the given value, or else the default of the type.
///
/// A row of a data file is an object with the fields that differ from that.
macro_rules! row {
    ($(#[$about:meta])* $vis:vis struct $name:ident {
        $($(#[$about_field:meta])* $field_vis:vis $field:ident: $type:ty $(= $value:expr)?),+ $(,)?
    }) => {
        $(#[$about])*
        $vis struct $name { $($(#[$about_field])* $field_vis $field: $type),+ }

        impl $crate::model::row::Row for $name {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),+];

            fn read(row: &serde_json::Value) -> Self {
                Self {
                    $($field: $crate::model::row::field(row, stringify!($field))
                        .unwrap_or_else(|| $crate::model::row::row!(@ $($value)?))),+
                }
            }
        }
    };
    (@ $value:expr) => { $value };
    (@) => { Default::default() };
}
pub(crate) use row;

/// What a data file has rows of.
pub(crate) trait Row: Sized {
    /// Names of its fields.
    const FIELDS: &'static [&'static str];

    /// Reads a row; fields that it lacks have their first values.
    fn read(row: &Value) -> Self;

    /// The one whose fields all have their first values.
    fn first() -> Self {
        Self::read(&Value::Null)
    }
}

/// What a data file holds.
#[allow(clippy::expect_used, reason = "the files are part of the program, and tests read each")]
pub(crate) fn data<T: DeserializeOwned>(file: &str) -> T {
    serde_json::from_str(file).expect("JSON of the type that is read")
}

/// The rows of a data file.
pub(crate) fn rows<T: Row>(file: &str) -> Vec<T> {
    let rows: Vec<Map<String, Value>> = data(file);
    let is_known = |name: &String| T::FIELDS.contains(&name.as_str());
    assert!(rows.iter().flat_map(Map::keys).all(is_known), "an unknown field: {file}");
    rows.into_iter().map(|row| T::read(&row.into())).collect()
}

/// The field of a row, if it has it.
pub(crate) fn field<T: Field>(row: &Value, name: &str) -> Option<T> {
    let value = row.get(name)?;
    let field = T::parse(value);
    assert!(field.is_some(), "{name} cannot be {value}");
    field
}

/// What a field of a row may be.
pub(crate) trait Field: Sized {
    /// The value in a data file; by default, the files never have one.
    fn parse(_value: &Value) -> Option<Self> {
        None
    }
}

impl Field for Secret {}

macro_rules! fields {
    ($($type:ty)*) => {$(
        impl Field for $type {
            fn parse(value: &Value) -> Option<Self> {
                Self::deserialize(value).ok()
            }
        }
    )*};
}

fields! { bool f64 i64 u32 String Vec<String> BTreeSet<i64> BTreeMap<String, i64> }

#[cfg(test)]
mod tests {
    use super::*;

    row! {
        #[derive(Debug, PartialEq)]
        struct Sample {
            id: String,
            size: i64 = 5,
            tags: Vec<String>,
        }
    }

    #[test]
    fn a_row_has_what_differs() {
        let sample = |id: &str, size, tags| Sample { id: id.to_owned(), size, tags };
        let read: Vec<Sample> = rows(r#"[{"id": "a"}, {"size": 7, "tags": ["x"]}]"#);
        assert_eq!(read, [sample("a", 5, vec![]), sample("", 7, vec!["x".to_owned()])]);
        assert_eq!(Sample::first(), sample("", 5, vec![]));
    }

    #[test]
    #[should_panic = "an unknown field"]
    fn a_row_has_no_other_field() {
        let _ = rows::<Sample>(r#"[{"colour": "red"}]"#);
    }

    #[test]
    #[should_panic = "size cannot be"]
    fn a_field_has_its_type() {
        let _ = rows::<Sample>(r#"[{"size": "large"}]"#);
    }
}
