//! Renders how an action is created once: `CreateOnce`, its metadata, and the listings for actions by name.

use std::fmt::Write as _;

use super::Imports;
use crate::codegen::{
    idents::snake,
    marker::{self, Found},
    spec::{Action, Marker, Spec, Takes},
};

/// An action's marker and what its names stand for; the check has looked them up before.
fn found<'s>(spec: &'s Spec, action: &'s Action) -> Option<(&'s Marker, Found<'s>)> {
    let marker = action.marker.as_ref()?;
    Some((marker, marker::find(spec, action, marker).ok()?))
}

pub(super) fn imports(spec: &Spec, action: &Action, imports: &mut Imports) {
    let Some((_, found)) = found(spec, action) else { return };
    for own in ["CreateOnce", "Marker", "MarkerInfo", "Probe"] {
        imports.own(own);
    }
    imports.own(&format!("actions::{}", found.listing.name.value));
    imports.types.insert(found.row.to_owned());
}

/// A paragraph of the action's docs; empty where it carries no marker.
pub(super) fn docs(action: &Action) -> String {
    let Some(marker) = &action.marker else { return String::new() };
    let Marker { parameter, listing, .. } = marker;
    let how = match &marker.separator {
        Some(_) => format!("a marker is appended to `{}`", parameter.value),
        None => format!("`{}` is the marker", parameter.value),
    };
    format!(
        "Can be created once: {how}, by which [`{listing}`](crate::actions::{listing}) finds what a lost \
         request created. See [`SendOnce`](crate::machine::SendOnce).",
        listing = listing.value,
    )
}

/// `CreateOnce` for the action, and what finds its marker in a row.
pub(super) fn render(spec: &Spec, action: &Action) -> String {
    let Some((marker, found)) = found(spec, action) else { return String::new() };
    let name = &action.name.value;
    let parameter = snake(&marker.parameter.value);
    let methods = match &marker.separator {
        None => format!(
            "fn own_marker(&self) -> Option<Marker> {{ Some(Marker::whole(&self.{parameter})) }}\n\n\
             fn set_marker(&mut self, _: &Marker) {{}}"
        ),
        Some(separator) => {
            let separator = &separator.value;
            let text = if found.required {
                format!("self.{parameter} = marker.behind(&self.{parameter}, {separator:?});")
            } else {
                format!(
                    "let text = self.{parameter}.take().unwrap_or_default();\n\
                     self.{parameter} = Some(marker.behind(&text, {separator:?}));"
                )
            };
            format!("fn set_marker(&mut self, marker: &Marker) {{ {text} }}")
        }
    };
    let listing = found.listing;
    let mut places = String::new();
    for (place, of) in [
        ("region", (action.region, listing.region)),
        ("zone", (action.zone, listing.zone)),
        ("project_id", (action.project_id, listing.project_id)),
    ] {
        if of.0 != Takes::Never && of.1 != Takes::Never {
            let _ = writeln!(places, "listing.{place}.clone_from(&self.{place});");
        }
    }
    let mutable = if places.is_empty() { "" } else { "mut " };
    let ids: Vec<String> = found.ids.iter().map(|(id, is_list)| ids(id, *is_list)).collect();
    format!(
        "impl CreateOnce for {name} {{
            {methods}

            fn probe<P: Probe>(&self, probe: P) -> Option<P::Output> {{
                let {mutable}listing = {listing}::new();
                {places}                Some(probe.list(listing, {field:?}, found))
            }}

            fn created_ids(&self, response: &Self::Response) -> Vec<String> {{
                {ids}
            }}
        }}

        /// The id of a row that carries the marker.
        pub(crate) fn found(row: &{row}, marker: &Marker) -> Option<String> {{
            marker.is_in(&row.{shown}).then(|| row.{id}.clone())
        }}\n\n",
        listing = listing.name.value,
        field = marker.field.value,
        ids = if let [only] = ids.as_slice() {
            only.clone()
        } else {
            format!("[{}].concat()", ids.join(", "))
        },
        row = found.row,
        shown = snake(&marker.field.value),
        id = snake(found.id),
    )
}

fn ids(field: &str, is_list: bool) -> String {
    let field = snake(field);
    if is_list {
        format!("response.{field}.clone()")
    } else {
        format!("vec![response.{field}.clone()]")
    }
}

/// The entry of the metadata; `None` where the action carries no marker.
pub(super) fn info(spec: &Spec, action: &Action) -> Option<String> {
    let (marker, found) = found(spec, action)?;
    let ids: Vec<String> = found.ids.iter().map(|(id, _)| format!("{id:?}")).collect();
    let separator = marker.separator.as_ref().map(|separator| &separator.value);
    Some(format!(
        "Some(&MarkerInfo {{ parameter: {:?}, separator: {separator:?}, \
         listing: &crate::api::actions::{}::{}::INFO, field: {:?}, id: {:?}, ids: &[{}] }})",
        marker.parameter.value,
        found.listing.family,
        snake(&found.listing.name.value),
        marker.field.value,
        found.id,
        ids.join(", "),
    ))
}

/// The listing in which things are found that an action named at run time creates.
pub(super) fn listings(spec: &Spec) -> String {
    let mut listings = String::new();
    let mut arms = String::new();
    for action in &spec.actions {
        let Some((marker, found)) = found(spec, action) else { continue };
        let listing = &found.listing.name.value;
        let _ = write!(listings, "{listing}, ");
        let _ = writeln!(
            arms,
            "{:?} => Some(probe.list({listing}::new(), {:?}, super::{}::{}::found)),",
            action.name.value,
            marker.field.value,
            action.family,
            snake(&action.name.value),
        );
    }
    format!(
        "//! Where to find again what an action creates, by the action's name.

        use super::{{{listings}}};
        use crate::api::create_once::Probe;

        /// Gives the listing of that action to `probe`; `None` if the action carries no marker.
        pub(crate) fn list<P: Probe>(action: &str, probe: P) -> Option<P::Output> {{
            match action {{
                {arms}
                _ => None,
            }}
        }}\n"
    )
}
