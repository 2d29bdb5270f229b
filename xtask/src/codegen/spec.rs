//! The spec in memory: what the TOML files say, before anything is looked up.

/// A line of a spec file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: usize,
}

/// Something in the spec that must be put right: `file:line: subject: what, and what to do`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    pub(crate) place: Place,
    pub(crate) text: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.place.file, self.place.line, self.text)
    }
}

/// A text and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) place: Place,
}

#[derive(Debug, Default)]
pub(crate) struct Spec {
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
    pub(crate) availability: Availability,
    pub(crate) json: bool,
    pub(crate) docs: String,
    pub(crate) notes: Vec<Text>,
    pub(crate) region: Takes,
    pub(crate) zone: Takes,
    pub(crate) project_id: Takes,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) response: Vec<Field>,
    pub(crate) page: Option<Page>,
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
    Named(String),
    List(Box<Self>),
    Map(Box<Self>),
}

impl Type {
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
    pub(crate) max_items: Option<u32>,
    pub(crate) base64: bool,
    pub(crate) doc: Text,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Text,
    pub(crate) aliases: Vec<Text>,
    pub(crate) kind: Type,
    pub(crate) unit: String,
    pub(crate) doc: Text,
}

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) offset: Text,
    pub(crate) limit: Text,
    pub(crate) size: u32,
    pub(crate) total: Option<Text>,
    pub(crate) items: Text,
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
    pub(crate) fields: Vec<Field>,
}

#[derive(Debug)]
pub(crate) struct RetCode {
    pub(crate) code: i64,
    pub(crate) meaning: Text,
    pub(crate) advice: Text,
    /// Name of the variant of `Class`.
    pub(crate) class: &'static str,
    /// Name of the variant of `Repeat`.
    pub(crate) repeat: &'static str,
    pub(crate) place: Place,
}
