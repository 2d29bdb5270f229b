//! Renders the builder of an action that has more required parameters than `new` takes one by one.

use std::fmt::Write as _;

use super::{Input, argument, converted};
use crate::codegen::{
    idents::snake,
    render::{
        rust_type,
        text::{WIDTH, doc},
    },
};

impl Input<'_> {
    /// Name of the builder, if there is one.
    pub(in crate::codegen::render) fn builder(&self) -> Option<String> {
        self.required_struct().map(|_| format!("{}Builder", self.name))
    }

    /// The method that starts it.
    pub(super) fn builder_method(&self) -> String {
        let Some(builder) = self.builder() else { return String::new() };
        let names: Vec<String> =
            self.required().map(|row| format!("`{}`", snake(&row.name.value))).collect();
        let docs =
            format!("Starts the request; set {}, in any order, and `build` it.", names.join(", "));
        format!("{}pub fn builder() -> {builder} {{ {builder}::new() }}\n\n", doc(4, &[docs]))
    }

    /// The builder itself.
    pub(super) fn builder_struct(&self) -> String {
        let (Some(builder), Some(required)) = (self.builder(), self.required_struct()) else {
            return String::new();
        };
        let docs = format!("Builds a [`{}`] from its required parameters.", self.name);
        let mut text = format!("builder!(\n{}", doc(4, &[docs]));
        let _ = writeln!(text, "    {}, {builder}, {required} {{", self.name);
        for row in self.required() {
            let name = snake(&row.name.value);
            let value = converted(self.spec, &name, &row.kind);
            let (kind, argument) = (rust_type(&row.kind), argument(self.spec, &row.kind));
            let before = format!("        {name}: {kind}, {argument}");
            let long = before.len() + value.len() + " => ;".len() > WIDTH;
            let gap = if long { "\n            " } else { " " };
            let docs = doc(8, &[self.setter_docs(row)]);
            let _ = writeln!(text, "{docs}{before}{gap}=> {value};");
        }
        text + "    }\n);\n\n"
    }
}
