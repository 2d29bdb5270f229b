//! Renders one action: its request, its response, and what is known of it.

use std::fmt::Write as _;

use super::{
    Imports,
    info::Entry,
    input::{self, Input},
    marker, rust_type,
    text::{doc, literal, rustdoc},
    types,
};
use crate::codegen::{
    idents::snake,
    place::Text,
    shape::{self, Columns, Shape},
    spec::{Action, Availability, Each, Effect, Page, Partial, Spec, Takes, Type},
};

/// Where the product documentation has a page for each action.
const PRODUCT_PAGES: &str = "https://www.compshare.cn/docs/gpus";

pub(super) fn is_deprecated(action: &Action) -> bool {
    matches!(action.availability, Availability::Unavailable { .. })
}

/// Types of an action's file that users see.
pub(super) fn exports(spec: &Spec, name: &str) -> Vec<String> {
    let action = spec.actions.iter().find(|action| action.name.value == name);
    let input = action.map(|action| Input::action(spec, action));
    let mut names = vec![name.to_owned()];
    if action.is_some_and(|action| !action.csv) {
        names.push(format!("{name}Response"));
    }
    names.extend(input.iter().filter_map(Input::required_struct));
    names.extend(input.iter().filter_map(Input::builder));
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
    for own in ["Action", "ActionInfo", "Effect"] {
        imports.own(own);
    }
    if !matches!(action.availability, Availability::Documented) {
        imports.own("Availability");
    }
    if action.json {
        imports.own("Encoding");
    }
    if [action.region, action.zone, action.project_id].iter().any(|it| *it != Takes::Never) {
        imports.own("Takes");
    }
    if action.partial.is_some() {
        imports.own("ItemFailure");
        imports.own("PartialFailure");
    }
    if action.page.is_some() {
        imports.own("Listing");
        imports.own("PageInfo");
    }
    marker::imports(spec, action, &mut imports);
    input.imports(&mut imports);
    if action.csv {
        for own in ["BodyKind", "CsvFile", "FieldInfo", "Kind"] {
            imports.own(own);
        }
    } else {
        types::imports_of(&mut imports, name, &action.response);
    }
    text.push_str(&imports.render());

    text.push_str(&doc(0, &docs(spec, action)));
    if let Availability::Unavailable { instead } = &action.availability {
        let instead = instead.as_ref().map(|instead| format!("; use {}", instead.value));
        let instead = instead.unwrap_or_default();
        let _ =
            writeln!(text, "#[deprecated(note = \"documented, but dead in production{instead}\")]");
    }
    text.push_str(&input.render());

    let response = if action.csv { "CsvFile".to_owned() } else { format!("{name}Response") };
    let own = if action.csv {
        "\n\n#[inline]\nfn file(&self, file: CsvFile) -> Option<CsvFile> { Some(file) }"
    } else if action.partial.is_some() {
        "\n\n#[inline]\nfn failures(&self, response: &Self::Response) -> Vec<ItemFailure> { \
         PartialFailure::failures(response) }"
    } else {
        ""
    };
    let _ = writeln!(
        text,
        "impl Action for {name} {{
            const INFO: &'static ActionInfo = &INFO;
            type Response = {response};{own}
        }}\n"
    );
    if let Some(page) = &action.page {
        text.push_str(&listing(action, page));
    }
    text.push_str(&marker::render(spec, action));
    if !action.csv {
        let _ = writeln!(text, "/// Response to [`{name}`].");
        if action.partial.is_some() {
            text.push_str(MUST_USE);
        }
        text.push_str(&types::decoded(spec, &format!("{name}Response"), &action.response, ""));
    }
    if let Some(partial) = &action.partial {
        text.push_str(&failures(spec, action, partial));
    }
    text.push_str(&info(spec, action));
    text
}

const MUST_USE: &str = "#[must_use = \"part of the call may have failed: look at its failures\"]\n";

/// `PartialFailure` for the response.
fn failures(spec: &Spec, action: &Action, partial: &Partial) -> String {
    let columns = |columns: &Columns<'_>| {
        let code = columns.code.map(|code| format!("item.{}", snake(code)));
        format!("{}, &*item.{}", code.as_deref().unwrap_or("None"), snake(columns.reason))
    };
    let items = match shape::of(spec, action, partial) {
        Ok(Shape::Ids { reason }) => {
            format!(".map(|who| ItemFailure::new(who, None, {}))", literal(40, reason))
        }
        Ok(Shape::Map(says)) => {
            format!(".map(|(who, item)| ItemFailure::new(who, {}))", columns(&says))
        }
        Ok(Shape::Flags { who, success, columns: says }) => format!(
            ".filter(|item| item.{} != Some(true)).map(|item| ItemFailure::new(&item.{}, {}))",
            snake(success),
            snake(who),
            columns(&says),
        ),
        Ok(Shape::Codes { who, columns: says }) => format!(
            ".filter(|item| item.{}.is_some_and(|code| code != 0))\
             .map(|item| ItemFailure::new(&item.{}, {}))",
            says.code.map(snake).unwrap_or_default(),
            snake(who),
            columns(&says),
        ),
        // The check has said so.
        Err(_) => String::new(),
    };
    format!(
        "impl PartialFailure for {}Response {{
            #[inline]
            fn failures(&self) -> Vec<ItemFailure> {{
                self.{}.iter(){items}.collect()
            }}
        }}\n\n",
        action.name.value,
        snake(&partial.field.value),
    )
}

fn docs(spec: &Spec, action: &Action) -> Vec<String> {
    let plain = |text: &str| rustdoc(spec, &action.name.value, text);
    let (effect, consequence) = match action.effect {
        Effect::Read => ("Read", "Safe to repeat."),
        Effect::Idempotent => {
            ("Idempotent", "Sending it twice has the same effect as sending it once.")
        }
        Effect::Once => ("Once", "Never retried if the server may have acted."),
    };
    let mut docs =
        vec![plain(&action.summary.value), format!("Effect: [`Effect::{effect}`]. {consequence}")];
    docs.push(match &action.availability {
        Availability::Documented => String::new(),
        Availability::CliOnly => "Undocumented; used only by the official CLI.".to_owned(),
        Availability::Unavailable { instead: None } => {
            "Documented, but no longer available in production.".to_owned()
        }
        Availability::Unavailable { instead: Some(instead) } => {
            let instead = plain(&format!("`{}`", instead.value));
            format!("Documented, but no longer available in production; use {instead}.")
        }
    });
    docs.extend(action.notes.iter().map(|note| plain(&note.value)));
    if let Some(partial) = &action.partial {
        docs.push(format!(
            "Some items can fail while the others succeed: `{}` lists the failures, and the call \
             returns [`Error::Incomplete`](crate::Error::Incomplete) unless it is sent with \
             [`allow_partial`](Action::allow_partial).",
            partial.field.value,
        ));
    }
    docs.push(marker::docs(action));
    if action.csv {
        docs.push("The response is a CSV file, not JSON.".to_owned());
    }
    if !action.docs.is_empty() {
        let page = action.docs.strip_suffix(".md").unwrap_or(&action.docs);
        docs.push(format!("[Product page]({PRODUCT_PAGES}/{page})"));
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

            #[inline]
            fn set_page(&mut self, offset: u64, limit: u32) {{
                self.{offset} = Some(i64::try_from(offset).unwrap_or(i64::MAX));
                self.{limit} = Some(limit.into());
            }}

            #[inline]
            fn offset(&self) -> Option<u64> {{
                self.{offset}.map(|offset| u64::try_from(offset).unwrap_or(0))
            }}

            #[inline]
            fn limit(&self) -> Option<u32> {{
                self.{limit}.map(|limit| u32::try_from(limit.max(0)).unwrap_or(u32::MAX))
            }}

            #[inline]
            fn total(&self, {response}: &Self::Response) -> Option<u64> {{
                {total}
            }}

            #[inline]
            fn rows<'r>(&self, response: &'r Self::Response) -> &'r [Self::Item] {{
                &response.{items}
            }}

            #[inline]
            fn rows_mut<'r>(
                &self,
                response: &'r mut Self::Response,
            ) -> Option<&'r mut Vec<Self::Item>> {{
                Some(&mut response.{items})
            }}
            {id}
            {parts}
        }}\n\n",
        action.name.value,
        id = page.id.as_ref().map(id).unwrap_or_default(),
        parts = page.each.as_ref().map(parts).unwrap_or_default(),
    )
}

/// Texts as they stand in a list.
fn texts(texts: &[Text]) -> String {
    texts.iter().map(|text| format!("{:?}", text.value)).collect::<Vec<_>>().join(", ")
}

fn id(field: &Text) -> String {
    format!(
        "
            #[inline]
            fn id<'r>(&self, row: &'r Self::Item) -> Option<&'r str> {{
                Some(&row.{}).filter(|id| !id.is_empty()).map(String::as_str)
            }}",
        snake(&field.value),
    )
}

fn parts(each: &Each) -> String {
    let field = snake(&each.parameter.value);
    format!(
        "
            fn parts(&self) -> usize {{
                if self.{field}.is_none() {{ {} }} else {{ 1 }}
            }}

            fn enter_part(&mut self, index: usize) {{
                self.{field} = [{}].get(index).map(|&value| value.into());
            }}",
        each.values.len(),
        texts(&each.values),
    )
}

fn info(spec: &Spec, action: &Action) -> String {
    let name = &action.name.value;
    let mut info = Entry::new("ActionInfo");
    info.text("name", name);
    info.text("family", &action.family);
    info.text("summary", &action.summary.value);
    if !action.notes.is_empty() {
        let notes: Vec<String> = action.notes.iter().map(|note| literal(8, &note.value)).collect();
        info.with("notes", format!("&[{}]", notes.join(", ")));
    }
    info.with("effect", format!("Effect::{:?}", action.effect));
    if let Some(products) = &action.proving {
        info.with("proving", format!("Some(&[{}])", texts(products)));
    }
    match &action.availability {
        Availability::Documented => {}
        Availability::CliOnly => info.with("availability", "Availability::CliOnly"),
        Availability::Unavailable { instead } => {
            let instead = instead.as_ref().map_or("", |instead| &instead.value);
            let instead = literal(0, instead);
            let value = format!("Availability::Unavailable {{ instead: {instead} }}");
            info.with("availability", value);
        }
    }
    if action.json {
        info.with("encoding", "Encoding::Json");
    }
    if action.csv {
        info.with("body", "BodyKind::Csv");
    }
    for (name, takes) in
        [("region", action.region), ("zone", action.zone), ("project_id", action.project_id)]
    {
        if takes != Takes::Never {
            info.with(name, format!("Takes::{takes:?}"));
        }
    }
    if !action.parameters.is_empty() {
        info.with("parameters", input::parameter_infos(spec, name, &action.parameters));
    }
    if !action.response.is_empty() {
        info.with("response", types::field_infos(spec, name, &action.response));
    }
    if action.region_not_enforced {
        info.with("region_not_enforced", true);
    }
    if let Some(partial) = &action.partial {
        info.text("partial", &partial.field.value);
        info.with("item_failures", format!("Some(crate::api::partial::read::<{name}Response>)"));
    }
    if let Some(marker) = marker::info(spec, action) {
        info.with("marker", marker);
    }
    if let Some(page) = &action.page {
        let each = page.each.as_ref();
        let values = each.map(|each| texts(&each.values)).unwrap_or_default();
        let value = format!(
            "Some(PageInfo {{ offset: {:?}, limit: {:?}, size: {}, total: {:?}, items: {:?}, each: {:?}, values: &[{values}], id: {:?} }})",
            page.offset.value,
            page.limit.value,
            page.size,
            page.total.as_ref().map_or("", |total| &total.value),
            page.items.value,
            each.map_or("", |each| &each.parameter.value),
            page.id.as_ref().map_or("", |id| &id.value),
        );
        info.with("page", value);
    }
    info.text("doc_page", &action.docs);
    format!("pub(crate) static INFO: ActionInfo = {};\n", info.render())
}
