//! IP addresses as lists of machines show them.

use std::sync::LazyLock;

use serde_json::Value;

use super::row::data;
use crate::call::merged;

/// The fields of an address, as they are where nothing else is known.
static EMPTY: LazyLock<Value> = LazyLock::new(|| data(include_str!("address.json")));

/// An address with these fields.
pub(crate) fn address(fields: Value) -> Value {
    merged(EMPTY.clone(), fields)
}
