//! Renders one action: its request, its answer, and what is known of it.

use std::fmt::Write as _;

use super::{
    Imports,
    input::{self, Input},
    rust_type,
    text::{doc, literal, rustdoc},
    types,
};
use crate::codegen::{
    idents::snake,
    spec::{Action, Availability, Effect, Page, Spec, Takes, Type},
};

pub(super) fn is_deprecated(action: &Action) -> bool {
    matches!(action.availability, Availability::Unavailable { .. })
}

/// Types of an action's file that users see.
pub(super) fn exports(spec: &Spec, name: &str) -> Vec<String> {
    let action = spec.actions.iter().find(|action| action.name.value == name);
    let required = action.and_then(|action| Input::action(spec, action).required_struct());
    let mut names = vec![name.to_owned(), format!("{name}Response")];
    names.extend(required);
    names
}

pub(super) fn render(spec: &Spec, action: &Action) -> String {
    let name = &action.name.value;
    let input = Input::action(spec, action);
    let mut text = String::new();
    if is_deprecated(action) {
        text.push_str(
            "#![allow(deprecated, reason = \"this is where the deprecated action is written\")]\n\n",
        );
    }

    let mut imports = Imports::default();
    for own in ["Action", "ActionInfo", "Availability", "Effect", "Encoding", "Takes"] {
        imports.own(own);
    }
    if action.page.is_some() {
        imports.own("Listing");
        imports.own("PageInfo");
    }
    input.imports(&mut imports);
    types::imports_of(&mut imports, name, &action.response);
    text.push_str(&imports.render());

    text.push_str(&doc(0, &docs(spec, action)));
    if let Availability::Unavailable { instead } = &action.availability {
        let instead = instead.as_ref().map(|instead| format!("; use {}", instead.value));
        let instead = instead.unwrap_or_default();
        let _ =
            writeln!(text, "#[deprecated(note = \"documented, but dead in production{instead}\")]");
    }
    text.push_str(&input.render());

    let _ = writeln!(
        text,
        "impl Action for {name} {{
            const INFO: &'static ActionInfo = &INFO;
            type Response = {name}Response;
        }}\n"
    );
    if let Some(page) = &action.page {
        text.push_str(&listing(action, page));
    }
    let _ = writeln!(text, "/// Answer to [`{name}`].");
    text.push_str(&types::decoded(spec, &format!("{name}Response"), &action.response));
    text.push_str(&info(spec, action));
    text
}

fn docs(spec: &Spec, action: &Action) -> Vec<String> {
    let plain = |text: &str| rustdoc(spec, &action.name.value, text);
    let (effect, consequence) = match action.effect {
        Effect::Read => ("Read", "Safe to repeat."),
        Effect::Idempotent => ("Idempotent", "Sending it twice leaves what sending it once does."),
        Effect::Once => {
            ("Once", "Never repeated after a failure in which the server may have acted.")
        }
    };
    let mut docs =
        vec![plain(&action.summary.value), format!("Effect: [`Effect::{effect}`]. {consequence}")];
    docs.push(match &action.availability {
        Availability::Documented => String::new(),
        Availability::CliOnly => {
            "Known from the official command line only; it is not documented.".to_owned()
        }
        Availability::Unavailable { instead: None } => {
            "Documented, but production does not have it any more.".to_owned()
        }
        Availability::Unavailable { instead: Some(instead) } => {
            let instead = plain(&format!("`{}`", instead.value));
            format!("Documented, but production does not have it any more; use {instead}.")
        }
    });
    docs.extend(action.notes.iter().map(|note| plain(&note.value)));
    if !action.docs.is_empty() {
        docs.push(format!("Product page: `{}`.", action.docs));
    }
    docs
}

fn listing(action: &Action, page: &Page) -> String {
    let offset = snake(&page.offset.value);
    let limit = snake(&page.limit.value);
    let items = snake(&page.items.value);
    let kind = action.response.iter().find(|field| field.name.value == page.items.value);
    let item = match kind.map(|field| &field.kind) {
        Some(Type::List(item)) => rust_type(item),
        _ => String::new(),
    };
    let (response, total) = match &page.total {
        None => ("_", "None".to_owned()),
        Some(total) => {
            let total = snake(&total.value);
            ("response", format!("response.{total}.and_then(|total| u64::try_from(total).ok())"))
        }
    };
    format!(
        "impl Listing for {} {{
            type Item = {item};

            fn set_page(&mut self, offset: u64, limit: u32) {{
                self.{offset} = Some(i64::try_from(offset).unwrap_or(i64::MAX));
                self.{limit} = Some(limit.into());
            }}

            fn offset(&self) -> Option<u64> {{
                self.{offset}.map(|offset| u64::try_from(offset).unwrap_or(0))
            }}

            fn limit(&self) -> Option<u32> {{
                self.{limit}.map(|limit| u32::try_from(limit.max(0)).unwrap_or(u32::MAX))
            }}

            fn total({response}: &Self::Response) -> Option<u64> {{
                {total}
            }}

            fn items(response: Self::Response) -> Vec<Self::Item> {{
                response.{items}
            }}

            fn count(response: &Self::Response) -> usize {{
                response.{items}.len()
            }}
        }}\n\n",
        action.name.value,
    )
}

fn info(spec: &Spec, action: &Action) -> String {
    let name = &action.name.value;
    let mut text = "pub(crate) static INFO: ActionInfo = ActionInfo {\n".to_owned();
    let mut row = |name: &str, value: &str| {
        let _ = writeln!(text, "    {name}: {value},");
    };
    let quoted = |name: &str, value: &str| literal(4 + name.len() + ": ".len(), value);
    row("name", &quoted("name", name));
    row("family", &quoted("family", &action.family));
    row("summary", &quoted("summary", &action.summary.value));
    let notes: Vec<String> = action.notes.iter().map(|note| literal(8, &note.value)).collect();
    row("notes", &format!("&[{}]", notes.join(", ")));
    row("effect", &format!("Effect::{:?}", action.effect));
    row(
        "availability",
        &match &action.availability {
            Availability::Documented => "Availability::Documented".to_owned(),
            Availability::CliOnly => "Availability::CliOnly".to_owned(),
            Availability::Unavailable { instead } => {
                let instead = instead.as_ref().map_or("", |instead| &instead.value);
                format!("Availability::Unavailable {{ instead: {} }}", literal(0, instead))
            }
        },
    );
    row("encoding", if action.json { "Encoding::Json" } else { "Encoding::Form" });
    row("region", takes(action.region));
    row("zone", takes(action.zone));
    row("project_id", takes(action.project_id));
    row("parameters", &input::parameter_infos(spec, name, &action.parameters));
    row("response", &types::field_infos(spec, name, &action.response));
    row(
        "page",
        &match &action.page {
            None => "None".to_owned(),
            Some(page) => format!(
                "Some(PageInfo {{ offset: \"{}\", limit: \"{}\", size: {}, total: \"{}\", items: \"{}\" }})",
                page.offset.value,
                page.limit.value,
                page.size,
                page.total.as_ref().map_or("", |total| &total.value),
                page.items.value,
            ),
        },
    );
    row("doc_page", &quoted("doc_page", &action.docs));
    text.push_str("};\n");
    text
}

fn takes(takes: Takes) -> &'static str {
    match takes {
        Takes::Never => "Takes::Never",
        Takes::Optional => "Takes::Optional",
        Takes::Required => "Takes::Required",
    }
}
