//! `ParameterInfo`: metadata of one parameter.

use super::Kind;

/// One parameter of an action or of a struct in a request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ParameterInfo {
    /// Documented name, such as `CompShareImageId`.
    pub name: &'static str,
    /// Type of the value.
    pub kind: Kind,
    /// Whether the API requires it.
    pub required: bool,
    /// Server's default in text form; empty if none is documented.
    pub default: &'static str,
    /// Sample value in text form; empty if there is none.
    pub example: &'static str,
    /// Unit of a number, such as `CNY/hour`; empty if it has none.
    pub unit: &'static str,
    /// Smallest documented number.
    pub min: Option<i64>,
    /// Largest documented number.
    pub max: Option<i64>,
    /// Number that the value must be a multiple of.
    pub multiple_of: Option<i64>,
    /// Maximum number of characters of a text.
    pub max_length: Option<usize>,
    /// Maximum number of items of a list.
    pub max_items: Option<usize>,
    /// Whether the value is Base64 of the content.
    pub base64: bool,
    /// Whether its number, or the length of its list, is the number of things that the call acts on.
    pub counts: bool,
    /// Values to choose from, if the parameter decides what is billed; otherwise empty.
    pub bills: &'static [&'static str],
    /// Description, one sentence.
    pub doc: &'static str,
}

impl ParameterInfo {
    /// Whether typed actions and the command line require it: the API does, or it decides what is billed.
    pub const fn is_needed(&self) -> bool {
        self.required || !self.bills.is_empty()
    }

    pub(crate) const fn optional(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self {
            name,
            kind,
            required: false,
            default: "",
            example: "",
            unit: kind.unit(),
            min: None,
            max: None,
            multiple_of: None,
            max_length: None,
            max_items: None,
            base64: false,
            counts: false,
            bills: &[],
            doc,
        }
    }

    pub(crate) const fn required(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { required: true, ..Self::optional(name, kind, doc) }
    }

    pub(crate) const fn default(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    pub(crate) const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    pub(crate) const fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    pub(crate) const fn min(self, min: i64) -> Self {
        Self { min: Some(min), ..self }
    }

    pub(crate) const fn max(self, max: i64) -> Self {
        Self { max: Some(max), ..self }
    }

    pub(crate) const fn multiple_of(self, number: i64) -> Self {
        Self { multiple_of: Some(number), ..self }
    }

    pub(crate) const fn max_length(self, characters: usize) -> Self {
        Self { max_length: Some(characters), ..self }
    }

    pub(crate) const fn max_items(self, items: usize) -> Self {
        Self { max_items: Some(items), ..self }
    }

    pub(crate) const fn base64(self) -> Self {
        Self { base64: true, ..self }
    }

    pub(crate) const fn counts(self) -> Self {
        Self { counts: true, ..self }
    }

    pub(crate) const fn bills(self, bills: &'static [&'static str]) -> Self {
        Self { bills, ..self }
    }
}
