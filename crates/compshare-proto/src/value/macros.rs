//! What generated types have in common, written once: decoding, encoding, open enums.

/// Makes a struct decodable: which key each field is read from, and in which format. A field may
/// have other keys, which count where the first one is absent. It is written under the first key.
macro_rules! decode_struct {
    (@fill $place:expr, $map:ident) => { $crate::value::lenient::Field::fill($place, $map) };
    (@fill $place:expr, $map:ident, $form:ident) => {
        $crate::value::format::fill($crate::value::format::$form, $place, $map)
    };
    (@field [] $key:ident == $first:literal, $place:expr, $map:ident $(, $form:ident)?) => {
        decode_struct!(@fill $place, $map $(, $form)?)
    };
    (
        @field [$($alias:literal)+] $key:ident == $first:literal,
        $place:expr, $map:ident $(, $form:ident)?
    ) => {
        if $key == $first || $crate::value::lenient::is_unset($place) {
            decode_struct!(@fill $place, $map $(, $form)?)
        } else {
            $crate::value::lenient::skip($map)
        }
    };
    (@put $fields:ident, $key:literal, $place:expr) => {
        $crate::value::lenient::put($place, $key, &mut $fields)
    };
    (@put $fields:ident, $key:literal, $place:expr, $form:ident) => {
        $crate::value::format::put($crate::value::format::$form, $place, $key, &mut $fields)
    };
    (
        $name:ident $(($const:ident: $type:ty = $value:literal))*
        { $($field:ident: $key:literal $(| $alias:literal)* $(as $form:ident)?),* $(,)? }
    ) => {
        impl $crate::value::lenient::Object for $name {
            const NAME: &'static str = stringify!($name);
            $(const $const: $type = $value;)*

            #[allow(unused_variables, reason = "a response may have no fields of its own")]
            fn set<'de, A: ::serde::de::MapAccess<'de>>(
                &mut self,
                key: &str,
                map: &mut A,
            ) -> Option<Result<(), A::Error>> {
                #[allow(unreachable_code, reason = "a response may have no fields of its own")]
                Some(match key {
                    $($key $(| $alias)* => decode_struct!(
                        @field [$($alias)*] key == $key, &mut self.$field, map $(, $form)?
                    ),)*
                    _ => return None,
                })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                // One that is absent has no fields.
                Ok($crate::value::lenient::Item::read(deserializer)?.unwrap_or_default())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "a response may have no fields of its own")]
                let mut fields = $crate::value::fields::Fields::new(
                    serializer,
                    stringify!($name),
                    <[&str]>::len(&[$($key),*]),
                );
                $(decode_struct!(@put fields, $key, &self.$field $(, $form)?);)*
                fields.end()
            }
        }
    };
}

/// Makes a struct encodable: the parameter each field becomes, and its format; absent ones are
/// left out.
macro_rules! encode_struct {
    (@value $value:expr) => { $value };
    (@value $value:expr, $form:ident) => {
        &$crate::value::format::As::<$crate::value::format::$form>::new($value)
    };
    ($name:ident { $($field:ident: $key:literal $(as $form:ident)?),* $(,)? }) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "an action may have no parameters of its own")]
                let mut fields = $crate::value::fields::Fields::new(
                    serializer,
                    stringify!($name),
                    <[&str]>::len(&[$($key),*]),
                );
                $(fields.put($key, encode_struct!(@value &self.$field $(, $form)?));)*
                fields.end()
            }
        }
    };
}

/// Gives an enum of text or whole numbers its conversions, with `Unknown` for what it does not list.
/// A text may have other spellings, which are read and never written.
///
/// `#[inline]` has the functions compiled where they are used, not in each build of this crate.
macro_rules! open_enum {
    ($name:ident: text { $($variant:ident = $value:literal $(| $alias:literal)*),* $(,)? }) => {
        impl $name {
            /// The value as the API writes it.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(other) => other,
                }
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($value $(| $alias)* => Self::$variant,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        open_enum!(@shared $name: String as as_str);
    };
    ($name:ident: number { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The value as the API writes it.
            #[inline]
            pub fn as_number(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(other) => *other,
                }
            }
        }

        impl From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(other),
                }
            }
        }

        open_enum!(@shared $name: i64 as as_number);
    };
    (@shared $name:ident: $type:ty as $value:ident) => {
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.$value(), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.$value(), serializer)
            }
        }

        impl Eq for $name {}

        impl $crate::value::fields::Absent for $name {}

        impl $crate::value::lenient::Item for $name {
            fn read<'de, D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<Self>, D::Error> {
                let value = <$type as $crate::value::lenient::Item>::read(deserializer)?;
                Ok(value.map(Self::from))
            }
        }
    };
}
