//! Renders what a caller fills in: an action or an object in a request.

mod builder;
mod list;

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    Imports, form,
    info::{Row, unit_beside},
    kind, rust_type,
    text::{doc, named, rustdoc},
};
use crate::codegen::{
    idents::snake,
    spec::{Action, Object, Parameter, Spec, Takes, Type},
};

/// Most required parameters that are arguments of `new`; more of them make a struct.
const MOST_ARGUMENTS: usize = 3;

pub(super) struct Input<'s> {
    spec: &'s Spec,
    name: &'s str,
    takes: Vec<Taken>,
    parameters: &'s [Parameter],
}

/// A parameter that a client has a default for.
struct Taken {
    name: &'static str,
    example: &'static str,
    doc: String,
}

impl<'s> Input<'s> {
    pub(super) fn action(spec: &'s Spec, action: &'s Action) -> Self {
        let taken = |name, takes, what: &str, example| {
            let needed = " One of the two must be set.";
            let needed = if takes == Takes::Required { needed } else { "" };
            let doc = format!("{what}, such as `{example}`; defaults to the client's.{needed}");
            (takes != Takes::Never).then_some(Taken { name, example, doc })
        };
        let takes = [
            taken("Region", action.region, "Region", "cn-wlcb"),
            taken("Zone", action.zone, "Zone of the region", "cn-wlcb-01"),
            taken("ProjectId", action.project_id, "Id of the project", "org-xxxx"),
        ];
        let takes = takes.into_iter().flatten().collect();
        Self { spec, name: &action.name.value, takes, parameters: &action.parameters }
    }

    pub(super) fn object(spec: &'s Spec, object: &'s Object) -> Self {
        let parameters = &object.parameters;
        Self { spec, name: &object.name.value, takes: Vec::new(), parameters }
    }

    pub(super) fn imports(&self, imports: &mut Imports) {
        if !self.parameters.is_empty() {
            imports.own("Kind");
            imports.own("ParameterInfo");
        }
        for parameter in self.parameters {
            imports.kind(self.name, &parameter.kind);
        }
    }

    /// Name of the struct that `new` takes, if it takes one.
    pub(super) fn required_struct(&self) -> Option<String> {
        (self.required().count() > MOST_ARGUMENTS).then(|| format!("{}Required", self.name))
    }

    fn required(&self) -> impl Iterator<Item = &'s Parameter> {
        self.parameters.iter().filter(|parameter| parameter.is_needed())
    }

    /// The struct with all that belongs to it, under doc comment and attributes of the caller's.
    pub(super) fn render(&self) -> String {
        let mut text = String::new();
        let default = if self.required().next().is_none() { "Default, " } else { "" };
        let _ = writeln!(text, "#[derive(Clone, Debug, {default}PartialEq)]\n#[non_exhaustive]");
        if self.spec.is_action(self.name) {
            text.push_str("#[must_use = \"an action does nothing until a client sends it\"]\n");
        }
        let _ = writeln!(text, "pub struct {} {{", self.name);
        for taken in &self.takes {
            let docs = doc(4, std::slice::from_ref(&taken.doc));
            let _ = writeln!(text, "{docs}    pub {}: Option<String>,", snake(taken.name));
        }
        for parameter in self.parameters {
            let _ = writeln!(text, "{}", self.field(parameter));
        }
        text.push_str("}\n\n");
        self.required_fields(&mut text);
        let _ = writeln!(text, "impl {} {{", self.name);
        self.constructor(&mut text);
        text.push_str(&self.builder_method());
        for taken in &self.takes {
            let name = snake(taken.name);
            let docs = "overriding the client's default";
            let docs = format!("Sets `{}`, such as `{}`, {docs}.", taken.name, taken.example);
            let docs = doc(4, &[docs]);
            let _ = writeln!(
                text,
                "\n{docs}    pub fn {name}(mut self, {name}: impl Into<String>) -> Self {{
                    self.{name} = Some({name}.into());
                    self
                }}"
            );
        }
        for parameter in self.parameters.iter().filter(|parameter| !parameter.is_needed()) {
            match &parameter.kind {
                Type::List(item) => text.push_str(&self.list_setters(parameter, item)),
                _ => self.setter(&mut text, parameter),
            }
        }
        text.push_str("}\n\n");
        let _ = writeln!(text, "encode_struct!({} {{", self.name);
        text.push_str(&self.encoded());
        text.push_str("});\n\n");
        text.push_str(&self.builder_struct());
        text
    }

    /// The fields as they are sent: sorted by name, as they are signed.
    fn encoded(&self) -> String {
        let taken = self.takes.iter().map(|taken| (taken.name, ""));
        let own = self
            .parameters
            .iter()
            .map(|Parameter { name, kind, base64, .. }| (name.value.as_str(), form(kind, *base64)));
        let sorted: BTreeMap<_, _> = taken.chain(own).collect();
        let line = |(name, form)| format!("    {}: \"{name}\"{form},\n", snake(name));
        sorted.into_iter().map(line).collect()
    }

    fn field(&self, parameter: &Parameter) -> String {
        let docs = named(&self.docs(parameter), &parameter.name.value);
        let docs = doc(4, &[docs, self.facts(parameter)]);
        let name = snake(&parameter.name.value);
        let inner = rust_type(&parameter.kind);
        let outer = if parameter.is_needed() { inner } else { format!("Option<{inner}>") };
        format!("{docs}    pub {name}: {outer},")
    }

    fn docs(&self, parameter: &Parameter) -> String {
        rustdoc(self.spec, self.name, &parameter.doc.value)
    }

    fn setter_docs(&self, parameter: &Parameter) -> String {
        format!("Sets `{}`: {}", parameter.name.value, lower_first(&self.docs(parameter)))
    }

    /// What the spec says of the value apart from its meaning.
    fn facts(&self, parameter: &Parameter) -> String {
        let mut facts = Vec::new();
        let number = if parameter.kind.unit().is_empty() {
            String::new()
        } else {
            format!(" {}", parameter.kind.unit())
        };
        let unit = unit_beside(&parameter.kind, &parameter.unit);
        if !unit.is_empty() {
            facts.push(format!("Unit: {unit}."));
        }
        match (parameter.min, parameter.max) {
            (Some(min), Some(max)) => facts.push(format!("From {min} to {max}{number}.")),
            (Some(min), None) => facts.push(format!("At least {min}{number}.")),
            (None, Some(max)) => facts.push(format!("At most {max}{number}.")),
            (None, None) => {}
        }
        if let Some(multiple) = parameter.multiple_of {
            facts.push(format!("A multiple of {multiple}{number}."));
        }
        if let Some(max) = parameter.max_length {
            facts.push(format!("At most {max} characters."));
        }
        if let Some(max) = parameter.max_items {
            facts.push(format!("At most {max} item{}.", if max == 1 { "" } else { "s" }));
        }
        match parameter.default.as_str() {
            default if !parameter.bills.is_empty() => facts.extend(billed(parameter, default)),
            "" => {}
            default => facts.push(format!("Default: `{default}{number}`.")),
        }
        if parameter.kind == Type::Secret {
            facts.push("Plain value; sent and serialized as Base64.".to_owned());
            return facts.join(" ");
        }
        if parameter.base64 && parameter.required {
            facts.push("Base64 of the content.".to_owned());
        } else if parameter.base64 {
            let setter = format!("{}_bytes", snake(&parameter.name.value));
            facts.push(format!("Base64 of the content; [`Self::{setter}`] encodes it."));
        }
        if !parameter.example.is_empty() && parameter.example != parameter.default {
            facts.push(format!("Example: `{}{number}`.", parameter.example));
        }
        facts.join(" ")
    }

    fn required_fields(&self, text: &mut String) {
        let Some(name) = self.required_struct() else { return };
        let _ = writeln!(text, "/// Required parameters of [`{0}`], for [`{0}::new`].", self.name);
        let _ = writeln!(text, "#[derive(Clone, Debug, PartialEq)]\npub struct {name} {{");
        for parameter in self.required() {
            let _ = writeln!(text, "{}", self.field(parameter));
        }
        text.push_str("}\n\n");
    }

    fn constructor(&self, text: &mut String) {
        let what = if self.spec.is_action(self.name) { "request" } else { "object" };
        let names: Vec<String> =
            self.required().map(|row| format!("`{}`", row.name.value)).collect();
        let names = match names.as_slice() {
            [] => {
                let _ = writeln!(text, "    /// Creates the {what} with nothing set.");
                text.push_str("    #[inline]\n    pub fn new() -> Self { Self::default() }\n");
                return;
            }
            [only] => only.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        };
        let docs = if self.required_struct().is_some() {
            "Creates the request with its required parameters, as [`Self::builder`] does one by one."
                .to_owned()
        } else {
            format!("Creates the {what} with {names}; all other parameters are unset.")
        };
        text.push_str(&doc(4, &[docs]));
        let arguments = match self.required_struct() {
            Some(name) => format!("required: {name}"),
            None => self
                .required()
                .map(|row| {
                    format!("{}: {}", snake(&row.name.value), argument(self.spec, &row.kind))
                })
                .collect::<Vec<String>>()
                .join(", "),
        };
        let _ = writeln!(text, "    pub fn new({arguments}) -> Self {{ Self {{");
        for taken in &self.takes {
            let _ = writeln!(text, "{}: None,", snake(taken.name));
        }
        for parameter in self.parameters {
            let name = snake(&parameter.name.value);
            let value = if parameter.is_needed() && self.required_struct().is_some() {
                format!("required.{name}")
            } else if parameter.is_needed() {
                converted(self.spec, &name, &parameter.kind)
            } else {
                "None".to_owned()
            };
            if value == name {
                let _ = writeln!(text, "{name},");
            } else {
                let _ = writeln!(text, "{name}: {value},");
            }
        }
        text.push_str("} }\n");
    }

    fn setter(&self, text: &mut String, parameter: &Parameter) {
        let Parameter { name: wire, kind, .. } = parameter;
        let name = snake(&wire.value);
        let docs = doc(4, &[self.setter_docs(parameter)]);
        let value = converted(self.spec, &name, kind);
        // Others have type parameters, and are compiled where they are used anyway.
        let inline = matches!(kind, Type::Bool | Type::Seconds | Type::Hours);
        let inline = if inline { "#[inline]\n" } else { "" };
        let _ = writeln!(
            text,
            "\n{docs}    {inline}pub fn {name}(mut self, {name}: {}) -> Self {{
                self.{name} = Some({value});
                self
            }}",
            argument(self.spec, kind),
        );
        if has_bytes_setter(parameter) {
            let _ = writeln!(
                text,
                "\n    /// Sets `{}` to the Base64 of `content`.
                pub fn {name}_bytes(self, content: impl AsRef<[u8]>) -> Self {{
                    self.{name}(crate::value::base64::encode(content.as_ref()))
                }}",
                wire.value,
            );
        }
    }
}

/// Why the type asks for what the API does not.
fn billed(parameter: &Parameter, default: &str) -> Option<String> {
    if parameter.required {
        return None;
    }
    Some(match default {
        "" => "Required by this client because it decides what is billed.".to_owned(),
        default => format!("Required by this client: without it, the API bills by `{default}`."),
    })
}

/// Whether it gets a second setter, which takes the content and encodes it.
fn has_bytes_setter(parameter: &Parameter) -> bool {
    parameter.base64 && parameter.kind == Type::String
}

fn is_object(spec: &Spec, kind: &Type) -> bool {
    kind.name().is_some_and(|name| spec.is_object(name))
}

/// The type of an argument for a value of this type.
fn argument(spec: &Spec, kind: &Type) -> String {
    match kind {
        Type::Bool | Type::Seconds | Type::Hours => rust_type(kind),
        Type::List(item) if is_object(spec, item) => {
            format!("impl IntoIterator<Item = {}>", rust_type(item))
        }
        Type::List(item) => format!("impl IntoIterator<Item = {}>", argument(spec, item)),
        kind => format!("impl Into<{}>", rust_type(kind)),
    }
}

/// The expression that makes a value out of the argument.
fn converted(spec: &Spec, name: &str, kind: &Type) -> String {
    match kind {
        Type::Bool | Type::Seconds | Type::Hours => name.to_owned(),
        Type::List(item) if **item == Type::Bool || is_object(spec, item) => {
            format!("{name}.into_iter().collect()")
        }
        Type::List(_) => format!("{name}.into_iter().map(Into::into).collect()"),
        _ => format!("{name}.into()"),
    }
}

/// `New name.` as it goes on after a colon: `new name.`. Names such as `GPU` stay as they are.
fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            format!("{}{second}{}", first.to_lowercase(), characters.as_str())
        }
        _ => text.to_owned(),
    }
}

/// The list of `ParameterInfo`s in the metadata of `owner`.
pub(super) fn parameter_infos(spec: &Spec, owner: &str, parameters: &[Parameter]) -> String {
    let mut text = "&[".to_owned();
    for row in parameters {
        let constructor =
            if row.required { "ParameterInfo::required" } else { "ParameterInfo::optional" };
        let kind = kind(spec, owner, &row.kind);
        let mut info = Row::new(constructor, &row.name.value, &kind, &row.doc.value);
        info.text("default", &row.default);
        info.text("example", &row.example);
        info.text("unit", unit_beside(&row.kind, &row.unit));
        info.number("min", row.min);
        info.number("max", row.max);
        info.number("multiple_of", row.multiple_of);
        info.number("max_length", row.max_length);
        info.number("max_items", row.max_items);
        info.flag("base64", row.base64);
        info.flag("counts", row.counts);
        if !row.bills.is_empty() {
            let values: Vec<&str> = row.bills.iter().map(|value| value.value.as_str()).collect();
            info.with("bills", format!("&{values:?}"));
        }
        let _ = write!(text, "{},", info.render());
    }
    text.push(']');
    text
}
