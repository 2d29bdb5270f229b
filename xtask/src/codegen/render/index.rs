//! Renders the front pages of `actions` and of its families: what there is, a line for each action.

use std::collections::BTreeMap;

use super::{
    action::is_deprecated,
    text::{rustdoc, wrapped},
};
use crate::codegen::spec::{Action, Spec};

/// Columns that a line has after `//! `.
const WIDTH: usize = super::text::WIDTH - "//! ".len();

const ABOUT: &str = "Every action is here and in the module of its family. `X::new(…)` takes the \
    required parameters; where there are more than three, `X::builder()` has a setter for each, and does \
    not compile without it. Setters add the others. The response to `X` is `XResponse`.";

const EXAMPLE: &str = "```
use compshare_proto::{Gb, actions::{CreateCompShareInstance, UpdateCompShareImage}, types::{ChargeType, InstanceDisk}};

let update = UpdateCompShareImage::new(\"compshareImage-xxxx\").name(\"my-updated-env\");
let create = CreateCompShareInstance::builder()
    .gpu_type(\"4090\")
    .gpu(1)
    .cpu(16)
    .memory(Gb(64))
    .compshare_image_id(\"compshareImage-xxxx\")
    .disks([InstanceDisk::boot(Gb(60))])
    .charge_type(ChargeType::Postpay)
    .build()
    .name(\"trainer\");
```";

const JSON: &str = "Responses and their rows are also `Serialize`. They are written under the \
    documented names, without what is absent and without secrets: JSON ends up in logs and files. A \
    [`Secret`](crate::Secret) gives its text to those who [`expose`](crate::Secret::expose) it.";

/// The front page of all actions.
pub(super) fn all(spec: &Spec, families: &BTreeMap<&str, Vec<&str>>) -> String {
    let mut text = paragraph("Every documented action, by family.");
    text.push_str(&format!("//!\n{}//!\n", paragraph(ABOUT)));
    for line in EXAMPLE.lines() {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    text.push_str(&format!("//!\n{}", paragraph(JSON)));
    for (family, names) in families {
        text.push_str(&format!("//!\n//! # [`{family}`]\n//!\n{}", list(spec, names)));
    }
    text + "\n"
}

/// The front page of one family.
pub(super) fn family(spec: &Spec, family: &str, names: &[&str]) -> String {
    format!("//! Actions of the {family} family.\n//!\n{}\n", list(spec, names))
}

fn paragraph(text: &str) -> String {
    wrapped(text, WIDTH).iter().map(|line| format!("//! {line}\n")).collect()
}

fn list(spec: &Spec, names: &[&str]) -> String {
    let named = |name: &&str| spec.actions.iter().find(|action| action.name.value == **name);
    names.iter().filter_map(named).map(|action| row(spec, action)).collect()
}

fn row(spec: &Spec, action: &Action) -> String {
    let summary = rustdoc(spec, &action.name.value, &action.summary.value);
    let dead = if is_deprecated(action) { " Unavailable in production." } else { "" };
    let row = format!("- [`{}`]: {summary}{dead}", action.name.value);
    let lines = wrapped(&row, WIDTH - "  ".len());
    format!("//! {}\n", lines.join("\n//!   "))
}
