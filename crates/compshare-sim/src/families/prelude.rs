//! What nearly every handler uses.

use std::sync::LazyLock;

use crate::model::row::data;

pub(super) use serde_json::{Value, json};

pub(super) use crate::{
    call::{Call, Outcome, Parameters, Refusal, merged, no_such, page, short},
    model::{
        Cfs, ChargeType, Disk, DiskKind, DiskStatus, Image, ImageGroup, ImageKind, ImageSoftware,
        ImageStatus, Instance, InstanceState, Placed as _, WithoutGpu,
    },
    state::{Handler, State},
};

/// Responses, and parts of responses, that are always the same; by action or field.
static CONSTANTS: LazyLock<Value> = LazyLock::new(|| data(include_str!("constants.json")));

/// The constant part of an action's response or of a field.
pub(super) fn constant(name: &str) -> Value {
    CONSTANTS.get(name).cloned().unwrap_or_default()
}

/// A field of a row, if it is text.
pub(super) fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Texts that commas join.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}
