//! Setters of lists: one for an item, one for all, and what happens where a name is taken.

use super::*;

fn made(rows: &str) -> String {
    let text = ACTION.replace("Color = { type = \"Color\", doc = \"Color of the thing.\" }", rows);
    render_of(&text, "").unwrap().remove("api/actions/things/make_thing.rs").unwrap()
}

#[test]
fn a_list_has_a_setter_for_one_item_and_one_for_all() {
    let text = made("Tags = { type = \"String[]\", doc = \"Tags of the thing.\" }");
    for line in [
        "    /// Adds one to `Tags`: tags of the thing.\n    pub fn tag(mut self, tag: impl Into<String>)",
        "        self.tags.get_or_insert_default().push(tag.into());",
        "    /// Sets `Tags`: tags of the thing.\n    pub fn tags(",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn a_list_in_the_singular_has_both_as_well() {
    let text = made("Status = { type = \"String[]\", doc = \"Outcomes.\" }");
    assert!(text.contains("self.status.get_or_insert_default().push(status.into());"), "{text}");
    assert!(text.contains("pub fn statuses("), "{text}");
}

#[test]
fn a_list_keeps_its_name_where_the_other_is_taken() {
    let text = made("Regions = { type = \"Int[]\", doc = \"Codes of regions.\" }");
    assert!(text.contains("pub fn regions("), "{text}");
    assert!(!text.contains("Adds one"), "{text}");
    let text = made(
        "Tag = { type = \"String[]\", doc = \"Tags.\" }\nTags = { type = \"Int\", doc = \"Number.\" }",
    );
    assert!(text.contains("pub fn tag(mut self, tag: impl IntoIterator"), "{text}");
    assert!(!text.contains("Adds one"), "{text}");
}
