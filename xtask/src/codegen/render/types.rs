//! Renders enums, and objects of requests and responses.

use std::fmt::Write as _;

use super::{
    Imports, form,
    info::{Row, unit_beside},
    input::{self, Input},
    kind, rust_type,
    text::{doc, literal, named, rustdoc},
};
use crate::codegen::{
    idents::snake,
    spec::{Enum, Field, Object, Spec, Struct, Type},
};

pub(super) fn open_enum(spec: &Spec, item: &Enum) -> String {
    let name = &item.name.value;
    let mut text = "use crate::api::metadata::EnumInfo;\n\n".to_owned();
    text.push_str(&doc(0, &[rustdoc(spec, name, &item.doc.value)]));
    let copy = if item.numeric { "Copy, " } else { "" };
    let _ = writeln!(text, "#[derive(Clone, {copy}Debug, PartialEq, Hash)]");
    let _ = writeln!(text, "#[non_exhaustive]\npub enum {name} {{");
    for value in &item.values {
        let docs = rustdoc(spec, name, &value.doc.value);
        text.push_str(&doc(4, &[format!("{docs} Wire value: `{}`.", value.wire)]));
        let _ = writeln!(text, "    {},", value.name.value);
    }
    let inner = if item.numeric { "i64" } else { "String" };
    text.push_str("    /// A value that this version does not know, as the API wrote it.\n");
    let _ = writeln!(text, "    Unknown({inner}),\n}}\n");

    let wire = |wire: &str| if item.numeric { wire.to_owned() } else { literal(0, wire) };
    let kind = if item.numeric { "number" } else { "text" };
    let _ = writeln!(text, "open_enum!({name}: {kind} {{");
    for value in &item.values {
        let aliases = value.aliases.iter().map(|alias| &alias.value);
        let wires: Vec<String> =
            std::iter::once(&value.wire).chain(aliases).map(|it| wire(it)).collect();
        let _ = writeln!(text, "    {} = {},", value.name.value, wires.join(" | "));
    }
    text.push_str("});\n\n");

    let _ = write!(
        text,
        "pub(crate) static INFO: EnumInfo = EnumInfo {{ name: \"{name}\", doc: {}, numeric: {}, values: &[",
        literal(4 + "doc: ".len(), &item.doc.value),
        item.numeric,
    );
    for value in &item.values {
        let wire = literal(0, &value.wire);
        let _ = write!(text, "({wire}, {}),", literal(10 + wire.len(), &value.doc.value));
    }
    text.push_str("] };\n");
    text
}

pub(super) fn object(spec: &Spec, object: &Object) -> String {
    let name = &object.name.value;
    let input = Input::object(spec, object);
    let mut imports = Imports::default();
    imports.own("ObjectInfo");
    input.imports(&mut imports);
    let mut text = imports.render();
    text.push_str(&doc(0, &[rustdoc(spec, name, &object.doc.value)]));
    text.push_str(&input.render());
    let _ = writeln!(text, "impl crate::value::fields::Absent for {name} {{}}\n");
    let _ = writeln!(
        text,
        "pub(crate) static INFO: ObjectInfo = ObjectInfo {{ name: \"{name}\", doc: {}, parameters: {} }};",
        literal(4 + "doc: ".len(), &object.doc.value),
        input::parameter_infos(spec, name, &object.parameters),
    );
    text
}

pub(super) fn response(spec: &Spec, item: &Struct) -> String {
    let name = &item.name.value;
    let mut imports = Imports::default();
    imports.own("StructInfo");
    imports_of(&mut imports, name, &item.fields);
    let mut text = imports.render();
    text.push_str(&doc(0, &[rustdoc(spec, name, &item.doc.value)]));
    let mut quirks = String::new();
    if let Some(field) = &item.text {
        let _ = write!(quirks, " (TEXT: &'static str = \"{}\")", field.value);
    }
    if item.alone {
        quirks.push_str(" (ALONE: bool = true)");
    }
    text.push_str(&decoded(spec, name, &item.fields, &quirks));
    let _ = writeln!(
        text,
        "pub(crate) static INFO: StructInfo = StructInfo {{ name: \"{name}\", doc: {}, fields: {} }};",
        literal(4 + "doc: ".len(), &item.doc.value),
        field_infos(spec, name, &item.fields),
    );
    text
}

pub(super) fn imports_of(imports: &mut Imports, owner: &str, fields: &[Field]) {
    if !fields.is_empty() {
        imports.own("FieldInfo");
        imports.own("Kind");
    }
    for field in fields {
        imports.kind(owner, &field.kind);
    }
}

/// A struct that is read from a response, under a doc comment of the caller's; `quirks` says what else
/// may stand for it.
pub(super) fn decoded(spec: &Spec, name: &str, fields: &[Field], quirks: &str) -> String {
    let mut text = "#[derive(Clone, Debug, Default, PartialEq)]\n#[non_exhaustive]\n".to_owned();
    let _ = writeln!(text, "pub struct {name} {{");
    for field in fields {
        let unit = match unit_beside(&field.kind, &field.unit) {
            "" => String::new(),
            unit => format!("Unit: {unit}."),
        };
        let docs = named(&rustdoc(spec, name, &field.doc.value), &field.name.value);
        text.push_str(&doc(4, &[docs, unit]));
        let inner = rust_type(&field.kind);
        let absent_as_itself =
            matches!(field.kind, Type::String | Type::Any | Type::List(_) | Type::Map(_));
        let outer = if absent_as_itself { inner } else { format!("Option<{inner}>") };
        let _ = writeln!(text, "    pub {}: {outer},", snake(&field.name.value));
    }
    let _ = writeln!(text, "}}\n\ndecode_struct!({name}{quirks} {{");
    for field in fields {
        let names = std::iter::once(&field.name).chain(&field.aliases);
        let names: Vec<String> = names.map(|name| format!("\"{}\"", name.value)).collect();
        let form = match &field.kind {
            // Written as it was read; a request refuses what looks like milliseconds.
            Type::Timestamp => " as UnixSeconds",
            kind => form(kind, field.base64),
        };
        let _ = writeln!(text, "    {}: {}{form},", snake(&field.name.value), names.join(" | "));
    }
    text.push_str("});\n\n");
    text
}

/// The list of `FieldInfo`s in the metadata of `owner`.
pub(super) fn field_infos(spec: &Spec, owner: &str, fields: &[Field]) -> String {
    let mut text = "&[".to_owned();
    for field in fields {
        let kind = kind(spec, owner, &field.kind);
        let mut info = Row::new("FieldInfo::new", &field.name.value, &kind, &field.doc.value);
        if !field.aliases.is_empty() {
            let aliases: Vec<String> =
                field.aliases.iter().map(|alias| format!("\"{}\"", alias.value)).collect();
            info.with("aliases", format!("&[{}]", aliases.join(", ")));
        }
        info.text("unit", unit_beside(&field.kind, &field.unit));
        info.flag("base64", field.base64);
        let _ = write!(text, "{},", info.render());
    }
    text.push(']');
    text
}
