//! The spec in memory: what the TOML files say, before anything is looked up.

use super::{place::Text, ret_code::RetCode};

#[derive(Debug, Default)]
pub(crate) struct Spec {
    pub(crate) families: Vec<Family>,
    pub(crate) actions: Vec<Action>,
    pub(crate) enums: Vec<Enum>,
    pub(crate) objects: Vec<Object>,
    pub(crate) structs: Vec<Struct>,
    pub(crate) ret_codes: Vec<RetCode>,
}

impl Spec {
    /// Names of what types.toml defines.
    pub(crate) fn type_names(&self) -> impl Iterator<Item = &Text> {
        let enums = self.enums.iter().map(|item| &item.name);
        let objects = self.objects.iter().map(|item| &item.name);
        let structs = self.structs.iter().map(|item| &item.name);
        enums.chain(objects).chain(structs)
    }

    pub(crate) fn is_enum(&self, name: &str) -> bool {
        self.enums.iter().any(|item| item.name.value == name)
    }

    pub(crate) fn is_object(&self, name: &str) -> bool {
        self.objects.iter().any(|item| item.name.value == name)
    }

    pub(crate) fn is_struct(&self, name: &str) -> bool {
        self.structs.iter().any(|item| item.name.value == name)
    }

    pub(crate) fn is_action(&self, name: &str) -> bool {
        self.actions.iter().any(|item| item.name.value == name)
    }
}

#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) name: Text,
    /// The spec file's stem.
    pub(crate) family: String,
    pub(crate) summary: Text,
    pub(crate) effect: Effect,
    /// Of an action of several steps: products whose codes come before anything is done.
    pub(crate) proving: Option<Vec<Text>>,
    pub(crate) availability: Availability,
    pub(crate) json: bool,
    /// Answered with a CSV file, whose columns are in `response`.
    pub(crate) csv: bool,
    pub(crate) docs: String,
    pub(crate) notes: Vec<Text>,
    pub(crate) region: Takes,
    /// Whether production serves it without the region that it is documented to require.
    pub(crate) region_not_enforced: bool,
    pub(crate) zone: Takes,
    pub(crate) project_id: Takes,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) response: Vec<Field>,
    pub(crate) page: Option<Page>,
    pub(crate) partial: Option<Partial>,
    pub(crate) marker: Option<Marker>,
}

/// How the response says that part of the call failed.
#[derive(Debug)]
pub(crate) struct Partial {
    pub(crate) field: Text,
    /// What is wrong with each id, where the field is a list of them.
    pub(crate) reason: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Read,
    Idempotent,
    Once,
}

#[derive(Debug)]
pub(crate) enum Availability {
    Documented,
    CliOnly,
    Unavailable { instead: Option<Text> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    Never,
    Optional,
    Required,
}

/// A type as written, `!` aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    String,
    Int,
    Float,
    Bool,
    Timestamp,
    Cny,
    Fen,
    Mb,
    Gb,
    Seconds,
    Hours,
    Secret,
    Any,
    Named(String),
    List(Box<Self>),
    Map(Box<Self>),
}

/// Types that are written as a word of their own, but for names of types.toml.
pub(crate) const WORDS: &[(&str, Type)] = &[
    ("String", Type::String),
    ("Int", Type::Int),
    ("Float", Type::Float),
    ("Bool", Type::Bool),
    ("Timestamp", Type::Timestamp),
    ("Cny", Type::Cny),
    ("Fen", Type::Fen),
    ("Mb", Type::Mb),
    ("Gb", Type::Gb),
    ("Seconds", Type::Seconds),
    ("Hours", Type::Hours),
    ("Secret", Type::Secret),
    ("Any", Type::Any),
];

impl Type {
    /// The unit that the type says by itself; empty if it says none.
    pub(crate) fn unit(&self) -> &'static str {
        match self {
            Self::Timestamp => "unix seconds",
            Self::Cny => "CNY",
            Self::Fen => "fen",
            Self::Mb => "MB",
            Self::Gb => "GB",
            Self::Seconds => "seconds",
            Self::Hours => "hours",
            Self::List(item) | Self::Map(item) => item.unit(),
            _ => "",
        }
    }

    /// Whether it is a number on the wire.
    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Self::Int | Self::Float) || (!self.unit().is_empty() && self.is_scalar())
    }

    fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_))
    }

    /// What a list or map of any depth holds in the end.
    pub(crate) fn innermost(&self) -> &Self {
        match self {
            Self::List(item) | Self::Map(item) => item.innermost(),
            scalar => scalar,
        }
    }

    /// The name of types.toml in it, if there is one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(item) | Self::Map(item) => item.name(),
            _ => None,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: Text,
    pub(crate) kind: Type,
    pub(crate) required: bool,
    pub(crate) default: String,
    pub(crate) example: String,
    pub(crate) unit: String,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    pub(crate) multiple_of: Option<i64>,
    pub(crate) max_length: Option<u32>,
    pub(crate) max_items: Option<u32>,
    pub(crate) base64: bool,
    /// Its number, or the length of its list, is how many things the call acts on.
    pub(crate) counts: bool,
    /// What to choose from, if it decides what is billed.
    pub(crate) bills: Vec<Text>,
    pub(crate) doc: Text,
}

impl Parameter {
    /// Whether a caller must give it, be it that the API goes without.
    pub(crate) fn is_needed(&self) -> bool {
        self.required || !self.bills.is_empty()
    }
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Text,
    pub(crate) aliases: Vec<Text>,
    pub(crate) kind: Type,
    pub(crate) unit: String,
    pub(crate) base64: bool,
    pub(crate) doc: Text,
}

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) offset: Text,
    pub(crate) limit: Text,
    pub(crate) size: u32,
    pub(crate) total: Option<Text>,
    pub(crate) items: Text,
    /// Field of a row that tells it from the others.
    pub(crate) id: Option<Text>,
    pub(crate) each: Option<Each>,
}

/// A parameter without which the server pages several lists at once, and what to set it to in turn.
#[derive(Debug)]
pub(crate) struct Each {
    pub(crate) parameter: Text,
    pub(crate) values: Vec<Text>,
}

#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) name: Text,
    pub(crate) doc: Text,
    pub(crate) numeric: bool,
    pub(crate) values: Vec<Value>,
}

#[derive(Debug)]
pub(crate) struct Value {
    /// As on the wire.
    pub(crate) wire: String,
    /// Other spellings of the same value, which answers may have.
    pub(crate) aliases: Vec<Text>,
    /// Name of the Rust variant.
    pub(crate) name: Text,
    pub(crate) doc: Text,
}

#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) name: Text,
    pub(crate) doc: Text,
    pub(crate) parameters: Vec<Parameter>,
}

#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) name: Text,
    pub(crate) doc: Text,
    /// Field that a text in place of the object is.
    pub(crate) text: Option<Text>,
    /// Whether one by itself may stand for a list of them.
    pub(crate) alone: bool,
    pub(crate) fields: Vec<Field>,
}

/// A family of actions.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) name: Text,
    pub(crate) title: Text,
    pub(crate) zh: Text,
}

/// How a thing that an action creates is found again.
#[derive(Debug)]
pub(crate) struct Marker {
    pub(crate) parameter: Text,
    /// What stands before the marker; without it, the parameter is the marker itself.
    pub(crate) separator: Option<Text>,
    pub(crate) listing: Text,
    /// Field of a row that shows the marker.
    pub(crate) field: Text,
    /// Fields of the response with the ids of what was created.
    pub(crate) ids: Vec<Text>,
}
