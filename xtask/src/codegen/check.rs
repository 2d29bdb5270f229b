//! Says what is wrong with a spec that could be read: names that lead nowhere, names that collide.

mod billing;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    family, idents, marker,
    place::{Place, Problem, Text},
    ret_code, shape,
    spec::{Action, Availability, Effect, Enum, Field, Page, Parameter, Spec, Struct, Type, WORDS},
};

/// Names that generated files use for something else.
const TAKEN: &str = "
    Action ActionInfo Any Availability BTreeMap BodyKind Bool Cny CsvFile FamilyInfo Default Duration Effect
    Encoding EnumInfo Fen FieldInfo Float Gb Hours Int Into IntoIterator ItemFailure Kind Listing Map
    CreateOnce Marker MarkerInfo Probe Mb None ObjectInfo Option PageInfo ParameterInfo PartialFailure Seconds Secret Some String
    StructInfo Takes Timestamp Vec
";

/// Everything that is wrong, in no particular order.
pub(crate) fn check(spec: &Spec) -> Vec<Problem> {
    let mut check = Check { spec, problems: Vec::new() };
    check.type_names();
    check.unused_types();
    for action in &spec.actions {
        check.action(action);
    }
    for object in &spec.objects {
        check.documented_names(&object.name, &object.parameters);
        check.parameters(&object.name.value, &object.parameters);
        check.billing(&object.name.value, false, &object.parameters);
    }
    for response in &spec.structs {
        check.fields(&response.name.value, &response.fields);
        check.text(response);
    }
    for item in &spec.enums {
        check.values(item);
    }
    check.problems.extend(family::check(&spec.families, &spec.actions));
    check.problems.extend(ret_code::check(&spec.ret_codes));
    check.problems
}

struct Check<'s> {
    spec: &'s Spec,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn report(&mut self, place: &Place, text: String) {
        self.problems.push(Problem { place: place.clone(), text });
    }

    /// Types of all kinds share one namespace, and one file name each.
    fn type_names(&mut self) {
        let actions = &self.spec.actions;
        let names = self.spec.type_names().chain(actions.iter().map(|item| &item.name));
        let names: Vec<&Text> = names.collect();

        let mut types = BTreeMap::new();
        for name in TAKEN.split_whitespace() {
            types.insert(name.to_owned(), None);
        }
        for name in &names {
            if !idents::is_type_name(&name.value) {
                let text = "is not a Rust name; use A-Z, a-z and 0-9, a capital first".to_owned();
                self.report(&name.place, format!("{}: {text}", name.value));
            }
            if let Some(other) = types.insert(name.value.clone(), Some(*name)) {
                let owner = other.map_or_else(|| "the generator".to_owned(), described);
                let text = format!("{}: {owner} uses this name; rename one", name.value);
                self.report(&name.place, text);
            }
        }
        for Text { value, place } in actions.iter().map(|action| &action.name) {
            for made in [format!("{value}Response"), format!("{value}Required")] {
                if let Some(Some(other)) = types.get(&made) {
                    let text =
                        format!("{value}: its `{made}` has the name of {}", described(other));
                    self.report(place, format!("{text}; rename that"));
                }
            }
        }

        let mut files: BTreeMap<String, &Text> = BTreeMap::new();
        for name in names {
            if let Some(other) = files.insert(idents::snake(&name.value), name) {
                if other.value != name.value {
                    let file = idents::snake(&name.value);
                    let other = described(other);
                    let text = format!("its file {file}.rs is that of {other}; rename one");
                    self.report(&name.place, format!("{}: {text}", name.value));
                }
            }
        }
    }

    fn unused_types(&mut self) {
        let spec = self.spec;
        let mut used = BTreeSet::new();
        let actions = spec.actions.iter();
        let rows = spec.objects.iter().flat_map(|object| &object.parameters);
        for row in actions.clone().flat_map(|action| &action.parameters).chain(rows) {
            used.extend(row.kind.name());
        }
        let rows = spec.structs.iter().flat_map(|item| &item.fields);
        for row in actions.flat_map(|action| &action.response).chain(rows) {
            used.extend(row.kind.name());
        }
        for name in spec.type_names() {
            if !used.contains(name.value.as_str()) {
                self.report(&name.place, format!("{}: nothing uses it; remove it", name.value));
            }
        }
    }

    fn action(&mut self, action: &Action) {
        let name = &action.name;
        self.documented_names(name, &action.parameters);
        self.parameters(&name.value, &action.parameters);
        self.billing(&name.value, action.effect == Effect::Once, &action.parameters);
        self.fields(&name.value, &action.response);
        if let Some(page) = &action.page {
            self.page(action, page);
        }
        if let Some(partial) = &action.partial {
            if let Err(text) = shape::of(self.spec, action, partial) {
                let field = &partial.field;
                self.report(&field.place, format!("{}.partial: {text}", name.value));
            }
        }
        if let Some(marker) = &action.marker {
            if let Err((place, text)) = marker::find(self.spec, action, marker) {
                self.report(&place.place, format!("{}.marker: {text}", name.value));
            }
        }
        if action.csv && (action.page.is_some() || action.partial.is_some()) {
            let text = "a file has neither `page` nor `partial`; remove them";
            self.report(&name.place, format!("{}: {text}", name.value));
        }
        if let Availability::Unavailable { instead: Some(instead) } = &action.availability {
            if !self.spec.is_action(&instead.value) {
                let text = "is no action of the spec; correct `instead`";
                self.report(&instead.place, format!("{}: `{}` {text}", name.value, instead.value));
            }
        }
    }

    /// Parameters become fields and setters of one struct.
    fn documented_names(&mut self, owner: &Text, parameters: &[Parameter]) {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for taken in ["Region", "Zone", "ProjectId"] {
            if self.spec.is_action(&owner.value) {
                names.insert(idents::snake(taken), taken.to_owned());
            }
        }
        names.insert("new".to_owned(), "its constructor".to_owned());
        let content =
            parameters.iter().filter(|row| row.base64 && !row.required && row.kind == Type::String);
        for parameter in content {
            let setter = format!("{}_bytes", idents::snake(&parameter.name.value));
            names.insert(setter, format!("the second setter of {}", parameter.name.value));
        }
        for parameter in parameters {
            self.rust_name(&owner.value, &parameter.name, &mut names);
        }
    }

    fn rust_name(&mut self, owner: &str, name: &Text, names: &mut BTreeMap<String, String>) {
        let rust = idents::snake(&name.value);
        if rust.is_empty() || !rust.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let text = "makes no Rust name; a name starts with a letter";
            self.report(&name.place, format!("{owner}.{}: {text}", name.value));
        } else if let Some(other) = names.insert(rust.clone(), name.value.clone()) {
            let text = format!("is `{rust}` in Rust, as is {other}");
            let advice = "add an exception to xtask/src/codegen/idents.rs";
            self.report(&name.place, format!("{owner}.{}: {text}; {advice}", name.value));
        }
    }

    fn parameters(&mut self, owner: &str, parameters: &[Parameter]) {
        for parameter in parameters {
            let Parameter { name, kind, .. } = parameter;
            self.resolve(owner, name, kind, Side::Request);
            self.unit(owner, name, kind, &parameter.unit);
            let mut wrong = |key: &str, set: bool, suits: bool, whom: &str| {
                if set && !suits {
                    let text = format!("`{key}` is for {whom}; remove it or correct the type");
                    self.report(&name.place, format!("{owner}.{}: {text}", name.value));
                }
            };
            let number = kind.is_number();
            let whole = number && !matches!(kind, Type::Float | Type::Cny);
            let list = matches!(kind, Type::List(_));
            wrong("min", parameter.min.is_some(), number, "numbers");
            wrong("max", parameter.max.is_some(), number, "numbers");
            wrong("multiple_of", parameter.multiple_of.is_some(), whole, "whole numbers");
            let text = matches!(kind, Type::String | Type::Secret);
            wrong("max_length", parameter.max_length.is_some(), text, "String and Secret");
            wrong("max_items", parameter.max_items.is_some(), list, "lists");
            wrong("counts", parameter.counts, list || *kind == Type::Int, "lists and Int");
            if *kind == Type::Secret && !parameter.base64 {
                let text = "a Secret travels as Base64 in a request; add `base64 = true`";
                self.report(&name.place, format!("{owner}.{}: {text}", name.value));
                continue;
            }
            wrong("base64", parameter.base64, text, "String and Secret");
        }
    }

    fn fields(&mut self, owner: &str, fields: &[Field]) {
        let mut rust_names = BTreeMap::new();
        let mut keys: BTreeSet<&str> =
            fields.iter().map(|field| field.name.value.as_str()).collect();
        for field in fields {
            self.rust_name(owner, &field.name, &mut rust_names);
            self.resolve(owner, &field.name, &field.kind, Side::Response);
            self.unit(owner, &field.name, &field.kind, &field.unit);
            if field.base64 && field.kind != Type::Secret {
                let text = "`base64` is for Secret in a response; remove it or correct the type";
                self.report(&field.name.place, format!("{owner}.{}: {text}", field.name.value));
            }
            for alias in &field.aliases {
                if !keys.insert(&alias.value) {
                    let text =
                        format!("alias `{}` is a field or alias already; remove one", alias.value);
                    self.report(&alias.place, format!("{owner}.{}: {text}", field.name.value));
                }
            }
        }
    }

    /// A text can be a field that is text.
    fn text(&mut self, response: &Struct) {
        let Some(Text { value: name, place }) = &response.text else { return };
        let field = response.fields.iter().find(|field| field.name.value == *name);
        if !field.is_some_and(|field| field.kind == Type::String) {
            let text = format!("text: no String field `{name}`; correct it");
            self.report(place, format!("{}.{text}", response.name.value));
        }
    }

    fn resolve(&mut self, owner: &str, name: &Text, kind: &Type, side: Side) {
        if let Some(text) = misfit(self.spec, kind, side) {
            self.report(&name.place, format!("{owner}.{}: {text}", name.value));
        }
    }

    /// A unit that a type stands for is never a bare number's.
    fn unit(&mut self, owner: &str, name: &Text, kind: &Type, unit: &str) {
        let kind = kind.innermost();
        let own = match unit {
            "fen (0.01 CNY)" => "fen",
            "GiB" => "GB",
            unit => unit.split('/').next().unwrap_or_default(),
        };
        let suits = |of: &Type| !own.is_empty() && of.unit() == own;
        let text = match WORDS.iter().find(|(_, of)| suits(of)) {
            _ if unit.is_empty() || suits(kind) => return,
            Some((word, _)) => format!("has unit `{unit}`; its type is {word}"),
            None if !kind.unit().is_empty() => {
                format!("has unit `{unit}`, and its type says {}; correct one", kind.unit())
            }
            None => return,
        };
        self.report(&name.place, format!("{owner}.{}: {text}", name.value));
    }

    fn page(&mut self, action: &Action, page: &Page) {
        let name = &action.name.value;
        for wanted in [&page.offset, &page.limit] {
            let parameter = action.parameters.iter().find(|row| row.name.value == wanted.value);
            if !parameter.is_some_and(|row| row.kind == Type::Int && !row.required) {
                let text =
                    format!("page: no optional Int parameter `{}`; correct it", wanted.value);
                self.report(&wanted.place, format!("{name}.{text}"));
            }
        }
        let field = |wanted: &Text| {
            action.response.iter().find(|row| row.name.value == wanted.value).map(|row| &row.kind)
        };
        if let Some(total) = &page.total {
            if field(total) != Some(&Type::Int) {
                let text =
                    format!("page: no Int field `{}` in the response; correct it", total.value);
                self.report(&total.place, format!("{name}.{text}"));
            }
        }
        if let Some(each) = &page.each {
            let wanted = &each.parameter;
            let parameter = action.parameters.iter().find(|row| row.name.value == wanted.value);
            if !parameter.is_some_and(|row| matches!(row.kind, Type::Named(_)) && !row.required) {
                let text =
                    format!("page: no optional enum parameter `{}`; correct it", wanted.value);
                self.report(&wanted.place, format!("{name}.{text}"));
            }
        }
        let Some(Type::List(row)) = field(&page.items) else {
            let text = format!("page: no list `{}` in the response; correct it", page.items.value);
            self.report(&page.items.place, format!("{name}.{text}"));
            return;
        };
        if let Some(id) = &page.id {
            let rows = self
                .spec
                .structs
                .iter()
                .filter(|item| **row == Type::Named(item.name.value.clone()));
            let mut fields = rows.flat_map(|item| &item.fields);
            if !fields.any(|field| field.name.value == id.value && field.kind == Type::String) {
                let text = format!("page: no String field `{}` in a row; correct it", id.value);
                self.report(&id.place, format!("{name}.{text}"));
            }
        }
    }

    fn values(&mut self, item: &Enum) {
        let owner = &item.name.value;
        let mut names = BTreeSet::new();
        let mut values = BTreeSet::new();
        if item.values.is_empty() {
            self.report(&item.name.place, format!("{owner}: has no values; write some"));
        }
        for value in &item.values {
            let Text { value: name, place } = &value.name;
            let text = if name == "Unknown" {
                "`Unknown` is for values that the spec does not list; give this another `name`"
            } else if !idents::is_type_name(name) {
                "is not a Rust name; give it one with `name = \"…\"`"
            } else if !names.insert(name) {
                "is there twice; give one of the two another `name`"
            } else if !std::iter::once(&value.wire)
                .chain(value.aliases.iter().map(|alias| &alias.value))
                .all(|wire| values.insert(wire))
            {
                "has the value or alias of another; correct one of the two"
            } else {
                continue;
            };
            self.report(place, format!("{owner}.{name}: {text}"));
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    Request,
    Response,
}

/// What is wrong with a type on this side, if anything is.
fn misfit(spec: &Spec, kind: &Type, side: Side) -> Option<String> {
    let text = match (kind, side) {
        (Type::Map(_), Side::Request) => "a Map is for responses; a request takes an [object]",
        (Type::Any, Side::Request) => "Any is for responses; say what a request takes",
        (Type::List(item) | Type::Map(item), _)
            if matches!(**item, Type::Seconds | Type::Hours) =>
        {
            "durations are no items of a list or map; use Int, with the unit in words"
        }
        (Type::List(item), Side::Request) if **item == Type::Secret => {
            "a list of Secret is for responses; a request takes a Secret"
        }
        (Type::List(item), Side::Request) if matches!(**item, Type::List(_)) => {
            "a list of lists is for responses; a request takes a list"
        }
        (Type::List(item) | Type::Map(item), _) => return misfit(spec, item, side),
        (Type::Named(name), side) => return unresolved(spec, name, side),
        _ => return None,
    };
    Some(text.to_owned())
}

fn unresolved(spec: &Spec, name: &str, side: Side) -> Option<String> {
    match side {
        _ if spec.is_enum(name) => None,
        Side::Request if spec.is_object(name) => None,
        Side::Response if spec.is_struct(name) => None,
        Side::Request if spec.is_struct(name) => {
            Some(format!("`{name}` is a [struct], for responses; a request takes an [object]"))
        }
        Side::Response if spec.is_object(name) => {
            Some(format!("`{name}` is an [object], for requests; a response holds a [struct]"))
        }
        _ => {
            let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
            let words = words.join(", ");
            Some(format!("no type `{name}`; use {words} or a name of types.toml"))
        }
    }
}

fn described(name: &Text) -> String {
    format!("{} ({}:{})", name.value, name.place.file, name.place.line)
}
