//! Reads and checks what carries the marker of an action that is created once.

use super::{
    place::Text,
    spec::{Action, Effect, Field, Marker, Spec, Takes, Type},
    toml_file::{Entry, Table},
};

pub(crate) fn parse(entry: &Entry<'_, '_>) -> Option<Marker> {
    let table = entry.table(&["parameter", "separator", "listing", "field", "ids"])?;
    let ids = table.need("ids", "list the fields of the response that name what was created")?;
    Some(Marker {
        parameter: table.text("parameter", "name the parameter that carries the marker")?,
        separator: optional(&table, "separator"),
        listing: table.text("listing", "name the action that lists what is created")?,
        field: table.text("field", "name the field of a row that shows the marker")?,
        ids: ids.list().iter().filter_map(Entry::text).collect(),
    })
}

fn optional(table: &Table<'_, '_>, key: &str) -> Option<Text> {
    table.get(key).and_then(|entry| entry.text())
}

/// What the names of a marker stand for.
pub(crate) struct Found<'s> {
    /// Whether the parameter must be given.
    pub(crate) required: bool,
    pub(crate) listing: &'s Action,
    /// The struct of a row, and its field with the id.
    pub(crate) row: &'s str,
    pub(crate) id: &'s str,
    /// The fields with ids, and whether each is a list.
    pub(crate) ids: Vec<(&'s str, bool)>,
}

/// Looks the names up.
///
/// # Errors
///
/// What is wrong, and where.
pub(crate) fn find<'s>(
    spec: &'s Spec,
    action: &'s Action,
    marker: &'s Marker,
) -> Result<Found<'s>, (&'s Text, String)> {
    let Marker { parameter, separator, listing, field, ids } = marker;
    let wrong =
        |text: &'s Text, what: &str| Err((text, format!("`{}` {what}; correct it", text.value)));
    if action.effect != Effect::Once {
        let what = "carries a marker, which is for `effect = \"once\"`";
        return wrong(parameter, what);
    }
    let row = action.parameters.iter().find(|row| row.name.value == parameter.value);
    let Some(row) = row.filter(|row| row.kind == Type::String) else {
        return wrong(parameter, "is no String parameter of the action");
    };
    let required = row.required;
    if separator.is_none() && !required {
        return wrong(parameter, "is optional, so it needs a `separator` before the marker");
    }
    let Some(list) = spec.actions.iter().find(|action| action.name.value == listing.value) else {
        return wrong(listing, "is no action of the spec");
    };
    let Some(page) = &list.page else { return wrong(listing, "has no `page`") };
    if list.parameters.iter().any(|parameter| parameter.is_needed()) {
        return wrong(listing, "has required parameters, which nobody knows here");
    }
    let needs =
        |of: fn(&Action) -> Takes| of(list) == Takes::Required && of(action) == Takes::Never;
    if needs(|it| it.region) || needs(|it| it.zone) || needs(|it| it.project_id) {
        return wrong(listing, "requires a place that the action does not take");
    }
    let Some(id) = &page.id else { return wrong(listing, "has no `id` in its `page`") };
    let rows = list.response.iter().find(|field| field.name.value == page.items.value);
    let rows = rows.and_then(|field| field.kind.name());
    let Some(row) = spec.structs.iter().find(|item| Some(item.name.value.as_str()) == rows) else {
        return wrong(listing, "lists no struct");
    };
    let is_text = |field: &&Field| field.kind == Type::String;
    if !row.fields.iter().filter(is_text).any(|known| known.name.value == field.value) {
        return wrong(field, "is no String field of a row");
    }
    let mut found = Vec::new();
    for id in ids {
        let known = action.response.iter().find(|known| known.name.value == id.value);
        let is_list = match known.map(|known| &known.kind) {
            Some(Type::String) => false,
            Some(Type::List(item)) if **item == Type::String => true,
            _ => return wrong(id, "is neither a String nor a String[] of the response"),
        };
        found.push((id.value.as_str(), is_list));
    }
    if found.is_empty() {
        return wrong(parameter, "carries a marker, and `ids` is empty");
    }
    Ok(Found { required, listing: list, row: &row.name.value, id: &id.value, ids: found })
}
