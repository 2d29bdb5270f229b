//! Metadata of actions, generated beside the types: one table for the encoder, the simulator and the CLI.

mod family;
mod marker;
mod parameter;

pub use family::FamilyInfo;
pub use marker::MarkerInfo;
pub use parameter::ParameterInfo;

pub use super::{action::Facts, effect::Encoding};

use crate::api::{actions::ACTIONS, effect::Effect, partial::ReadFailures};

/// Metadata of one action.
///
/// It is generated for every documented action. For an action that this version does not know, build it with
/// [`ActionInfo::new`].
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
    /// Where the action is documented, and whether production supports it.
    pub availability: Availability,
    /// For an action of several steps: products whose RetCodes are returned before the first step, so that they
    /// can prove that nothing was done, as CompShare's own do. `None` for an action of one step.
    pub proving: Option<&'static [&'static str]>,
    /// Encoding of the parameters.
    pub encoding: Encoding,
    /// Format of the response's body.
    pub body: BodyKind,
    /// Whether the action takes `Region`, and so the client's default.
    pub region: Takes,
    /// Whether production accepts the action without the `Region` that its documentation requires.
    pub region_not_enforced: bool,
    /// Whether the action takes `Zone`, and so the client's default.
    pub zone: Takes,
    /// Whether the action takes `ProjectId`, and so the client's default.
    pub project_id: Takes,
    /// All other parameters.
    pub parameters: &'static [ParameterInfo],
    /// Fields of the response, without `RetCode`, `Action` and `Message`; columns of a file.
    pub response: &'static [FieldInfo],
    /// Field of the response that lists failed items; empty if there is none.
    pub partial: &'static str,
    /// Reads what failed from a response.
    pub(crate) item_failures: Option<ReadFailures>,
    /// Which parameter carries a marker and which listing shows it, for an action that can be created once.
    pub marker: Option<&'static MarkerInfo>,
    /// How the action is paged, if it lists rows.
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

    /// Describes an action that this version does not know. Its parameters are not checked, and it takes the
    /// client's region, zone and project.
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

    /// Returns the metadata of the action of that name.
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

    /// Returns the parameter of that documented name.
    pub fn parameter(&self, name: &str) -> Option<&'static ParameterInfo> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

/// Whether an action takes one of the parameters that a client has a default for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Takes {
    /// Not taken.
    Never,
    /// Taken; the default is used if it is set.
    Optional,
    /// Required; the call is refused before it is sent if neither the request nor the client sets it.
    Required,
}

/// Where an action is documented, and whether production supports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Availability {
    /// Documented, by the product docs or the vendor's API pages.
    Documented,
    /// Used by the official CLI, and not documented.
    CliOnly,
    /// Documented, but no longer in production.
    Unavailable {
        /// Action to use instead; empty if there is none.
        instead: &'static str,
    },
    /// Not in this version's tables.
    Unknown,
}

/// Format of a response's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyKind {
    /// A JSON object with the fields of [`ActionInfo::response`].
    Json,
    /// A CSV file with the columns of [`ActionInfo::response`]; JSON only if the server refuses the call.
    Csv,
}

/// One field of a response or of a struct in one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FieldInfo {
    /// Documented name.
    pub name: &'static str,
    /// Other names under which the field is seen.
    pub aliases: &'static [&'static str],
    /// Type of the value.
    pub kind: Kind,
    /// Unit of a number; empty if it has none.
    pub unit: &'static str,
    /// Whether the value is Base64 of the text; older responses have the text itself.
    pub base64: bool,
    /// Description, one sentence.
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
    /// Integer.
    Int,
    /// Number with a fraction.
    Float,
    /// `true` or `false`.
    Bool,
    /// Time, in seconds since 1970-01-01 UTC.
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
    /// Secret text, such as a password.
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
    /// The unit that the type has by itself, such as `MB`; empty if it has none.
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
    /// Description, one sentence.
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
    /// Description, one sentence.
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
    /// Description, one sentence.
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
    /// Rows per page if the caller sets none: the documented maximum, or the default.
    pub size: u32,
    /// Field with the total number of rows; empty if there is none.
    pub total: &'static str,
    /// Field with the rows.
    pub items: &'static str,
    /// Parameter that selects one of several lists, which are paged separately; empty if there is none.
    pub each: &'static str,
    /// Values of that parameter, one for each of those lists.
    pub values: &'static [&'static str],
    /// Field of a row with its id; empty if there is none.
    pub id: &'static str,
}
