//! Actions that are created once: what is generated from `marker`, and what is wrong with one.

use super::*;

const MARKER: &str = "effect = \"once\"\n\
    marker = { parameter = \"Name\", listing = \"ListThings\", field = \"Label\", ids = [\"ThingId\"] }";

const LISTING: &str = r#"
[ListThings]
summary = "Lists things."
effect = "read"
page = { offset = "Offset", limit = "Limit", size = 10, items = "Things", id = "ThingId" }
[ListThings.request]
Region = "required"
Offset = { type = "Int", doc = "First." }
Limit = { type = "Int", doc = "Number." }
[ListThings.response]
Things = { type = "Thing[]", doc = "Things." }
"#;

const THING: &str = r#"
[struct.Thing]
doc = "A thing."
[struct.Thing.fields]
ThingId = { type = "String", doc = "Id." }
Label = { type = "String", doc = "Label." }
"#;

fn render_marked(from: &str, to: &str) -> Result<Files, String> {
    let action = ACTION.replace("effect = \"once\"", MARKER) + LISTING;
    assert!(action.contains(from), "{from}");
    render_of(&action.replace(from, to), &format!("{TYPES}{THING}"))
}

#[test]
fn a_marker_is_generated_as_an_impl_and_as_metadata() {
    let files = render_marked("MakeThing", "MakeThing").unwrap();
    let text = files.get("api/actions/things/make_thing.rs").unwrap();
    assert!(text.contains("impl CreateOnce for MakeThing"), "{text}");
    assert!(text.contains("listing.region.clone_from(&self.region);"), "{text}");
    assert!(text.contains("marker: Some(&MarkerInfo"), "{text}");
    let listings = files.get("api/actions/markers.rs").unwrap();
    assert!(listings.contains("\"MakeThing\" => Some(probe.list(ListThings::new()"), "{listings}");
}

#[test]
fn a_marker_that_leads_nowhere_is_refused() {
    for (from, to, wrong) in [
        ("once", "read", "`Name` carries a marker, which is for `effect = \"once\"`"),
        ("parameter = \"Name\"", "parameter = \"Color\"", "`Color` is no String parameter"),
        ("Name = { type = \"String!\"", "Name = { type = \"String\"", "it needs a `separator`"),
        ("\"ListThings\"", "\"ListOthers\"", "`ListOthers` is no action of the spec"),
        ("\"ListThings\"", "\"MakeThing\"", "`MakeThing` has no `page`"),
        (
            "\"Int\", doc = \"Number.\"",
            "\"Int\", doc = \"N.\" }\nX = { type = \"Int!\", doc = \"X.\"",
            "`ListThings` has required parameters",
        ),
        (", id = \"ThingId\"", "", "`ListThings` has no `id` in its `page`"),
        ("field = \"Label\"", "field = \"Colour\"", "`Colour` is no String field of a row"),
        ("[\"ThingId\"]", "[\"Thing\"]", "`Thing` is neither a String nor a String[]"),
        ("[\"ThingId\"]", "[]", "`ids` is empty"),
    ] {
        let error = render_marked(from, to).unwrap_err();
        assert!(error.contains("MakeThing.marker: ") && error.contains(wrong), "{to}: {error}");
    }
}
