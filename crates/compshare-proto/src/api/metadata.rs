//! Metadata of actions, generated beside the types: one table for the encoder, the simulator and the CLI.

mod family;
mod marker;
mod parameter;

pub use family::FamilyInfo;
pub use marker::MarkerInfo;
pub use parameter::ParameterInfo;

pub use super::{action::Facts, effect::Encoding};

use crate::api::{actions::ACTIONS, effect::Effect, partial::ReadFailures};

/// What is known of one action before it is sent.
///
/// Generated for every documented action; build one with [`ActionInfo::new`] for an action that this
/// version does not know.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ActionInfo {
    /// Name sent as the `Action` parameter.
    pub name: &'static str,
    /// Product family, such as `image`; empty for an action that this version does not know.
    pub family: &'static str,
    /// One sentence: what the action does.
    pub summary: &'static str,
    /// Further facts, one sentence or more each.
    pub notes: &'static [&'static str],
    /// What sending it again may do.
    pub effect: Effect,
    /// Where the action is documented and whether production has it.
    pub availability: Availability,
    /// For an action of several steps: products whose codes come before anything is done, so that they can
    /// prove that nothing was, as CompShare's own codes do. `None` for an action of one step.
    pub proving: Option<&'static [&'static str]>,
    /// How the parameters travel.
    pub encoding: Encoding,
    /// What the response is.
    pub body: BodyKind,
    /// Whether the client's default `Region` goes in.
    pub region: Takes,
    /// Whether production serves it without the region that its documentation requires.
    pub region_not_enforced: bool,
    /// Whether the client's default `Zone` goes in.
    pub zone: Takes,
    /// Whether the client's default `ProjectId` goes in.
    pub project_id: Takes,
    /// Every parameter but the three above.
    pub parameters: &'static [ParameterInfo],
    /// Every field of the response but `RetCode`, `Action` and `Message`; every column of a file.
    pub response: &'static [FieldInfo],
    /// Field of the response that lists what failed in a call that succeeded; empty where it has none.
    pub partial: &'static str,
    /// Reads what failed from a response.
    pub(crate) item_failures: Option<ReadFailures>,
    /// What carries a marker and where it is found again, for an action that can be created once.
    pub marker: Option<&'static MarkerInfo>,
    /// How the action is paged, for those that list.
    pub page: Option<PageInfo>,
    /// Page of the product documentation, such as `image/updatecompshareimage.md`; empty if it has none.
    pub doc_page: &'static str,
}

impl ActionInfo {
    /// What is left out of a generated entry: documented, sent as a form, answered in JSON.
    pub(crate) const BASE: Self = Self {
        availability: Availability::Documented,
        region: Takes::Never,
        zone: Takes::Never,
        project_id: Takes::Never,
        ..Self::new("", Effect::Once)
    };

    /// Describes an action that this version does not know: no parameter is checked, and the client's
    /// region, zone and project go in where they are set.
    ///
    /// ```
    /// use compshare_proto::{Effect, metadata::ActionInfo};
    ///
    /// const INFO: ActionInfo = ActionInfo::new("DescribeSomethingNew", Effect::Read);
    /// assert_eq!(INFO.name, "DescribeSomethingNew");
    /// ```
    pub const fn new(name: &'static str, effect: Effect) -> Self {
        Self {
            name,
            family: "",
            summary: "",
            notes: &[],
            effect,
            availability: Availability::Unknown,
            proving: None,
            encoding: Encoding::Form,
            body: BodyKind::Json,
            region: Takes::Optional,
            region_not_enforced: false,
            zone: Takes::Optional,
            project_id: Takes::Optional,
            parameters: &[],
            response: &[],
            partial: "",
            item_failures: None,
            marker: None,
            page: None,
            doc_page: "",
        }
    }

    /// What is known of the action of that name.
    ///
    /// ```
    /// use compshare_proto::{Effect, metadata::ActionInfo};
    ///
    /// let info = ActionInfo::find("UpdateCompShareImage").unwrap();
    /// assert_eq!(info.effect, Effect::Idempotent);
    /// assert!(ActionInfo::find("DescribeSomethingNew").is_none());
    /// ```
    pub fn find(name: &str) -> Option<&'static Self> {
        let found = ACTIONS.binary_search_by_key(&name, |info| info.name).ok()?;
        ACTIONS.get(found).copied()
    }

    /// The parameter of that documented name.
    pub fn parameter(&self, name: &str) -> Option<&'static ParameterInfo> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

/// Whether an action takes one of the parameters that a client has a default for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Takes {
    /// Not taken; the default stays out.
    Never,
    /// Taken; the default goes in where it is set.
    Optional,
    /// Taken and needed; the call is refused before anything is sent if it is nowhere set.
    Required,
}

/// Where an action is known from and whether production has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Availability {
    /// Documented, by the product docs or the vendor's API pages.
    Documented,
    /// Used by the official CLI, documented nowhere.
    CliOnly,
    /// Documented, but dead in production; names what to use instead, empty if nothing replaces it.
    Unavailable {
        /// Action to use instead.
        instead: &'static str,
    },
    /// Not in this version's tables.
    Unknown,
}

/// What a response is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyKind {
    /// A JSON object with the fields of [`ActionInfo::response`].
    Json,
    /// A CSV file with the columns of [`ActionInfo::response`]; JSON only where the server refuses.
    Csv,
}

/// One field of a response or of a struct in one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FieldInfo {
    /// Documented name.
    pub name: &'static str,
    /// Other names that the same field is seen under.
    pub aliases: &'static [&'static str],
    /// Type of the value.
    pub kind: Kind,
    /// Unit of a number; empty where it has none.
    pub unit: &'static str,
    /// Whether the value is Base64 of the text that is meant; older responses have the text as it is.
    pub base64: bool,
    /// What it means, one sentence.
    pub doc: &'static str,
}

/// What generated entries are made of.
impl FieldInfo {
    pub(crate) const fn new(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { name, aliases: &[], kind, unit: kind.unit(), base64: false, doc }
    }

    pub(crate) const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    pub(crate) const fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    pub(crate) const fn base64(self) -> Self {
        Self { base64: true, ..self }
    }
}

/// Type of a parameter or field.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// UTF-8 text.
    String,
    /// Whole number.
    Int,
    /// Number with a fraction.
    Float,
    /// `true` or `false`.
    Bool,
    /// Moment, as seconds since 1970-01-01 UTC.
    Timestamp,
    /// Amount in yuan, with a fraction.
    Cny,
    /// Amount in fen, a whole number.
    Fen,
    /// Size in megabytes, a whole number.
    Mb,
    /// Size in gigabytes, a whole number.
    Gb,
    /// Duration in seconds, a whole number.
    Seconds,
    /// Duration in hours, a whole number.
    Hours,
    /// Text that must not be shown, such as a password.
    Secret,
    /// Any JSON.
    Any,
    /// One of a set of values that the server may extend.
    Enum(&'static EnumInfo),
    /// Object with known parameters, in a request.
    Object(&'static ObjectInfo),
    /// Object with known fields, in a response.
    Struct(&'static StructInfo),
    /// List of values of one type.
    List(&'static Self),
    /// Object with arbitrary keys and values of one type.
    Map(&'static Self),
}

impl Kind {
    /// The unit that the type has by itself, such as `MB`; empty where it has none.
    pub const fn unit(&self) -> &'static str {
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
}

/// A set of values that the server may extend.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EnumInfo {
    /// Name of the Rust type.
    pub name: &'static str,
    /// What it says, one sentence.
    pub doc: &'static str,
    /// Whether the values are whole numbers on the wire.
    pub numeric: bool,
    /// Documented values with their meanings, in text form.
    pub values: &'static [(&'static str, &'static str)],
}

/// An object in a request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ObjectInfo {
    /// Name of the Rust type.
    pub name: &'static str,
    /// What it is, one sentence.
    pub doc: &'static str,
    /// Its parameters.
    pub parameters: &'static [ParameterInfo],
}

/// An object in a response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StructInfo {
    /// Name of the Rust type.
    pub name: &'static str,
    /// What it is, one sentence.
    pub doc: &'static str,
    /// Its fields.
    pub fields: &'static [FieldInfo],
}

/// How a listing action is paged.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PageInfo {
    /// Parameter that takes the index of the first row.
    pub offset: &'static str,
    /// Parameter that takes the number of rows of a page.
    pub limit: &'static str,
    /// Rows per page where the caller sets none: the largest documented number, or the default.
    pub size: u32,
    /// Field with the number of rows in all; empty where the response has none.
    pub total: &'static str,
    /// Field with the rows.
    pub items: &'static str,
    /// Parameter without which the server pages several lists one by one; empty where there is none.
    pub each: &'static str,
    /// Values of that parameter, one for each of those lists.
    pub values: &'static [&'static str],
    /// Field of a row that tells it from the others; empty where there is none.
    pub id: &'static str,
}
