//! What the docs of generated types say beside the spec's own texts.

use super::{ACTION, TYPES, render_of};

fn made(action: &str, path: &str) -> String {
    render_of(action, TYPES).unwrap().remove(path).unwrap()
}

#[test]
fn a_wire_name_is_given_where_the_field_does_not_tell() {
    let action = ACTION.replace("Color = {", "GPUType = {").replace("ThingId", "UThingId");
    let text = made(&action, "api/actions/things/make_thing.rs");
    for line in [
        "    /// Name of the thing.\n    pub name: String,",
        "    /// Color of the thing. Wire name: `GPUType`.\n    pub gpu_type: Option<Color>,",
        "    /// Sets `GPUType`: color of the thing.\n    pub fn gpu_type",
        "    /// Id of the thing.\n    pub u_thing_id: String,",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let text = made(&ACTION.replace("ThingId", "UHostId"), "api/actions/things/make_thing.rs");
    assert!(text.contains("    /// Id of the thing. Wire name: `UHostId`.\n    pub uhost_id"));
}

#[test]
fn a_variant_names_its_wire_value() {
    let text = made(ACTION, "api/types/color.rs");
    assert!(text.contains("    /// Red. Wire value: `Red`.\n    Red,"), "{text}");
}

#[test]
fn an_action_links_its_product_page() {
    let action =
        ACTION.replace("effect = \"once\"", "effect = \"once\"\ndocs = \"image/makething.md\"");
    let text = made(&action, "api/actions/things/make_thing.rs");
    let link = "/// [Product page](https://www.compshare.cn/docs/gpus/image/makething)\n";
    assert!(text.contains(link), "{text}");
}

#[test]
fn the_front_pages_list_the_actions_with_their_summaries() {
    let dead =
        ACTION.replace("effect = \"once\"", "effect = \"once\"\navailability = \"unavailable\"");
    let row = "//! - [`MakeThing`]: Makes a thing. Unavailable in production.\n";
    let all = made(&dead, "api/actions.rs");
    assert!(all.contains(&format!("//! # [`things`]\n//!\n{row}")), "{all}");
    assert!(all.contains("#[doc(hidden)]\npub use things::{MakeThing"), "{all}");
    let family = made(&dead, "api/actions/things.rs");
    assert!(family.contains(row), "{family}");
    let alive = made(ACTION, "api/actions/things.rs");
    assert!(alive.contains("//! - [`MakeThing`]: Makes a thing.\n"), "{alive}");
}
