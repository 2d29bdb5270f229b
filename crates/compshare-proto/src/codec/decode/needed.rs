//! What a response is of no use without: ids of what was created, what failed in part, the rows of a list.

use crate::{
    api::metadata::{ActionInfo, FieldInfo, Kind},
    codec::response::Warning,
};

/// Whether a response is of no use with what that warning says.
pub(super) fn is_needed(warning: &Warning, info: &ActionInfo) -> bool {
    let path = warning.path();
    let (key, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
    if key.ends_with("Id") || key.ends_with("Ids") {
        return true;
    }
    let field = info.response.iter().find(|field| is_read_from(field, key));
    let name = field.map_or(key, |field| field.name);
    let is_list = rest.is_empty() && info.page.is_some_and(|page| page.items == name);
    is_list || (!name.is_empty() && name == info.partial && decides(warning, rest, field))
}

/// Whether what a warning says of the field that lists failures leaves open what failed; `rest` is the
/// path within that field.
fn decides(warning: &Warning, rest: &str, field: Option<&FieldInfo>) -> bool {
    match field.map(|field| field.kind) {
        // Whatever is listed has failed, and only its key says what it is.
        Some(Kind::Map(Kind::Struct(row))) => {
            let column = rest.rsplit_once('.').filter(|(key, _)| !key.is_empty());
            !column.is_some_and(|(_, key)| row.fields.iter().any(|field| is_read_from(field, key)))
        }
        Some(Kind::List(Kind::Struct(row))) => {
            let Some((_, column)) = rest.split_once("].") else { return true };
            let column = column.split(['.', '[']).next().unwrap_or_default();
            let who = row.fields.iter().find(|field| matches!(field.kind, Kind::String));
            who.is_some_and(|who| is_read_from(who, column))
                || (!warning.is_repaired() && matches!(column, "Code" | "Success"))
        }
        _ => true,
    }
}

/// Whether a field is read from that key.
fn is_read_from(field: &FieldInfo, key: &str) -> bool {
    field.name == key || field.aliases.contains(&key)
}
