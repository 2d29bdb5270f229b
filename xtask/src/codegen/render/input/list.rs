//! Renders the setters of a list: one that adds an item, and one that sets all of them.

use std::collections::BTreeSet;

use super::{Input, argument, converted, is_object, lower_first};
use crate::codegen::{
    idents::{one_and_many, snake},
    render::{rust_type, text::doc},
    spec::{Parameter, Type},
};

impl Input<'_> {
    /// The setters of an optional list.
    pub(super) fn list_setters(&self, parameter: &Parameter, item: &Type) -> String {
        let wire = &parameter.name.value;
        let field = snake(wire);
        let what = lower_first(&self.docs(parameter));
        let (one, many) = self.names(&field);
        let mut text = String::new();
        if let Some(one) = one {
            let argument = if is_object(self.spec, item) {
                rust_type(item)
            } else {
                argument(self.spec, item)
            };
            let value = if is_object(self.spec, item) {
                one.clone()
            } else {
                converted(self.spec, &one, item)
            };
            let docs = doc(4, &[format!("Adds one to `{wire}`: {what}")]);
            text.push_str(&format!(
                "\n{docs}    pub fn {one}(mut self, {one}: {argument}) -> Self {{
                    self.{field}.get_or_insert_default().push({value});
                    self
                }}\n"
            ));
        }
        let docs = doc(4, &[format!("Sets `{wire}`: {what}")]);
        let argument = argument(self.spec, &parameter.kind);
        let value = converted(self.spec, &many, &parameter.kind);
        text.push_str(&format!(
            "\n{docs}    pub fn {many}(mut self, {many}: {argument}) -> Self {{
                self.{field} = Some({value});
                self
            }}\n"
        ));
        text
    }

    /// Names of the two setters. Where another parameter has one of them, the list keeps its own name and
    /// has no setter for one item.
    fn names(&self, field: &str) -> (Option<String>, String) {
        let taken = self.takes.iter().map(|taken| snake(taken.name));
        let others: BTreeSet<String> =
            self.parameters.iter().map(|row| snake(&row.name.value)).chain(taken).collect();
        let is_free = |name: &String| name == field || !others.contains(name);
        let (one, many) = one_and_many(field);
        if is_free(&one) && is_free(&many) { (Some(one), many) } else { (None, field.to_owned()) }
    }
}
