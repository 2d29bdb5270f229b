//! What the generator says to a broken spec, and that what it wrote is what the spec says.

use super::*;

mod docs;
mod lists;
mod markers;
mod shapes;
mod units;

/// A family with one action, and the types it needs.
const ACTION: &str = r#"[MakeThing]
summary = "Makes a thing."
effect = "once"
[MakeThing.request]
Region = "required"
Name = { type = "String!", doc = "Name of the thing." }
Color = { type = "Color", doc = "Color of the thing." }
[MakeThing.response]
ThingId = { type = "String", doc = "Id of the thing." }
"#;

const FAMILIES: &str = "[things]\ntitle = \"things\"\nzh = \"东西\"\n";

const TYPES: &str = r#"[enum.Color]
doc = "A color."
[enum.Color.values]
Red = "Red."
"#;

fn source(stem: &str, text: &str) -> Source {
    Source { path: format!("xtask/spec/{stem}.toml"), text: text.to_owned() }
}

fn render_of(action: &str, types: &str) -> Result<Files, String> {
    let families = source("families", FAMILIES);
    rendered(&[source("things", action), source("types", types), families])
}

/// Replaces `from` in the action, and says what the generator has against that.
#[track_caller]
fn complaint(from: &str, to: &str) -> String {
    assert!(ACTION.contains(from), "{from}");
    render_of(&ACTION.replace(from, to), TYPES).unwrap_err()
}

#[track_caller]
fn complaint_about_types(from: &str, to: &str) -> String {
    assert!(TYPES.contains(from), "{from}");
    render_of(ACTION, &TYPES.replace(from, to)).unwrap_err()
}

#[test]
fn generated_files_are_up_to_date() {
    check(&crate::root()).unwrap();
}

#[test]
fn one_doc_changes_one_file() {
    let before = render_of(ACTION, TYPES).unwrap();
    let changed = |after: Files| -> Vec<String> {
        after
            .into_iter()
            .filter(|(path, text)| before.get(path) != Some(text))
            .map(|x| x.0)
            .collect()
    };
    let after = render_of(&ACTION.replace("Name of", "New name of"), TYPES).unwrap();
    assert_eq!(changed(after), ["api/actions/things/make_thing.rs"]);
    let after = render_of(ACTION, &TYPES.replace("A color.", "One color.")).unwrap();
    assert_eq!(changed(after), ["api/types/color.rs"]);
}

#[test]
fn files_without_a_spec_are_stale() {
    let root = std::env::temp_dir().join(format!("codegen-test-{}", process::id()));
    let proto = root.join(PROTO);
    save(&proto.join("api/types/gone.rs"), &format!("{MARK} from types.toml. Do not edit.\n"))
        .unwrap();
    save(&proto.join("api/types/by_hand.rs"), "//! Not generated.\n").unwrap();
    save(&proto.join("api/types/old.rs"), "old").unwrap();
    save(&root.join("docs/page.md"), "old").unwrap();
    let files = ["api/types/old.rs", "api/types/new.rs", "docs/page.md"]
        .map(|path| (path.to_owned(), "new".to_owned()));
    let stale = differing(&root, &files.into());
    fs::remove_dir_all(&root).unwrap();
    let expected = ["docs/page.md", "api/types/gone.rs", "api/types/new.rs", "api/types/old.rs"];
    assert_eq!(stale.unwrap(), expected.map(str::to_owned).into());
}

#[test]
fn four_required_parameters_make_a_struct_and_a_builder() {
    let more = |count: usize| {
        let rows = (0..count).map(|n| format!("P{n} = {{ type = \"Int!\", doc = \"Number.\" }}\n"));
        let text = ACTION.replace("Region = \"required\"\n", &rows.collect::<String>());
        render_of(&text, TYPES).unwrap().remove("api/actions/things/make_thing.rs").unwrap()
    };
    assert!(more(2).contains("pub fn new(p0: impl Into<i64>, p1: impl Into<i64>, name: impl"));
    assert!(more(3).contains("pub fn new(required: MakeThingRequired) -> Self"));
    assert!(more(3).contains("pub struct MakeThingRequired {"));
    assert!(more(3).contains("pub fn builder() -> MakeThingBuilder {"));
    assert!(more(3).contains("        p0: i64, impl Into<i64> => p0.into();"));
    assert!(!more(2).contains("builder"));
}

#[test]
fn dead_actions_are_deprecated() {
    let dead = "effect = \"once\"\navailability = \"unavailable\"\ninstead = \"MakeThing\"";
    let files = render_of(&ACTION.replace("effect = \"once\"", dead), TYPES).unwrap();
    let text = files.get("api/actions/things/make_thing.rs").unwrap();
    assert!(
        text.contains(
            "#[deprecated(note = \"documented, but dead in production; use MakeThing\")]"
        )
    );
    assert!(text.contains("Availability::Unavailable { instead: \"MakeThing\" }"));
}

#[test]
fn unknown_keys() {
    assert_eq!(
        complaint("doc = \"Name of the thing.\"", "doc = \"Name.\", uint = \"MB\""),
        "xtask/spec/things.toml:6: MakeThing.request.Name: unknown key `uint`; \
         the keys here are type, doc, default, example, unit, min, max, multiple_of, max_length, \
         max_items, base64, counts, bills"
    );
    assert_eq!(
        complaint_about_types("[enum.Color]", "[enumm.X]\n[enum.Color]"),
        "xtask/spec/types.toml:1: enumm: unknown key; \
         write [enum.Name], [object.Name] or [struct.Name]"
    );
}

#[test]
fn unresolved_types() {
    let advice = "use String, Int, Float, Bool, Timestamp, Cny, Fen, Mb, Gb, Seconds, Hours, \
                  Secret, Any or a name of types.toml";
    assert_eq!(
        complaint("\"String!\"", "\"Strng[]\""),
        format!("xtask/spec/things.toml:6: MakeThing.Name: no type `Strng`; {advice}")
    );
    assert_eq!(
        complaint("\"String!\"", "\"List<String>\""),
        "xtask/spec/things.toml:6: MakeThing.request.Name: `List<String>` is not how a type is \
         written; use T, T[] or Map<String,T>, and a final ! for a required parameter"
    );
}

#[test]
fn types_on_the_wrong_side() {
    assert_eq!(
        complaint("\"String!\"", "\"Map<String,Int>\""),
        "xtask/spec/things.toml:6: MakeThing.Name: a Map is for responses; \
         a request takes an [object]"
    );
    let response = "[enum.Color]\ndoc = \"A color.\"\nvalues = { Red = \"Red.\" }\n\
                  [struct.Part]\ndoc = \"A part.\"\n";
    let text = ACTION.replace("\"String!\"", "\"Part!\"");
    assert_eq!(
        render_of(&text, response).unwrap_err(),
        "xtask/spec/things.toml:6: MakeThing.Name: `Part` is a [struct], for responses; \
         a request takes an [object]"
    );
}

#[test]
fn effects() {
    assert_eq!(
        complaint("effect = \"once\"\n", ""),
        "xtask/spec/things.toml:1: MakeThing: `effect` is missing; \
         say whether sending it again is safe: read, idempotent or once"
    );
    assert_eq!(
        complaint("\"once\"", "\"twice\""),
        "xtask/spec/things.toml:3: MakeThing.effect: no such value `twice`; \
         use one of read, idempotent, once"
    );
}

#[test]
fn duplicates() {
    let again = "[MakeThing]\nsummary = \"Makes.\"\n[MakeThing.response]";
    assert_eq!(
        complaint("[MakeThing.response]", again),
        "xtask/spec/things.toml:8: `MakeThing` is there twice; remove or rename one of the two"
    );
    assert_eq!(
        complaint("Color = {", "Name = {"),
        "xtask/spec/things.toml:7: `Name` is there twice; remove or rename one of the two"
    );
    let families =
        source("families", &["[a]", "[b]"].map(|name| FAMILIES.replace("[things]", name)).concat());
    let twice = [source("a", ACTION), source("b", ACTION), source("types", TYPES), families];
    assert_eq!(
        rendered(&twice).unwrap_err(),
        "xtask/spec/b.toml:1: MakeThing: MakeThing (xtask/spec/a.toml:1) uses this name; rename one"
    );
}

#[test]
fn names_that_collide_in_rust() {
    assert_eq!(
        complaint("Color = {", "NAME = {"),
        "xtask/spec/things.toml:7: MakeThing.NAME: is `name` in Rust, as is Name; \
         add an exception to xtask/src/codegen/idents.rs"
    );
    assert_eq!(
        complaint("Color = {", "Zone_ = {"),
        "xtask/spec/things.toml:7: MakeThing.Zone_: is `zone` in Rust, as is Zone; \
         add an exception to xtask/src/codegen/idents.rs"
    );
    let other = "[MAKEThing]\nsummary = \"Makes.\"\neffect = \"read\"\n[MakeThing]\n";
    assert_eq!(
        complaint("[MakeThing]\n", other),
        "xtask/spec/things.toml:4: MakeThing: its file make_thing.rs is that of \
         MAKEThing (xtask/spec/things.toml:1); rename one"
    );
    let response = "[enum.MakeThingResponse]\ndoc = \"A color.\"\nvalues = { Red = \"Red.\" }\n";
    assert_eq!(
        render_of(&ACTION.replace("\"Color\"", "\"MakeThingResponse\""), response).unwrap_err(),
        "xtask/spec/things.toml:1: MakeThing: its `MakeThingResponse` has the name of \
         MakeThingResponse (xtask/spec/types.toml:1); rename that"
    );
    let kind = TYPES.replace("Color", "Kind");
    assert_eq!(
        render_of(&ACTION.replace("\"Color\"", "\"Kind\""), &kind).unwrap_err(),
        "xtask/spec/types.toml:1: Kind: the generator uses this name; rename one"
    );
}

#[test]
fn aliases_that_are_taken() {
    let fields = "ThingId = { type = \"String\", aliases = [\"Id\"], doc = \"Id.\" }\n\
                  Id = { type = \"String\", doc = \"Id.\" }\n";
    assert_eq!(
        complaint("ThingId = { type = \"String\", doc = \"Id of the thing.\" }\n", fields),
        "xtask/spec/things.toml:9: MakeThing.ThingId: alias `Id` is a field or alias already; \
         remove one"
    );
}

#[test]
fn docs() {
    assert_eq!(
        complaint("summary = \"Makes a thing.\"\n", ""),
        "xtask/spec/things.toml:1: MakeThing: `summary` is missing; \
         say in one sentence what it means"
    );
    assert_eq!(
        complaint("\"Makes a thing.\"", "\"Makes a thing\""),
        "xtask/spec/things.toml:2: MakeThing.summary: ends without a full stop; \
         write whole sentences"
    );
    assert_eq!(
        complaint("\"Name of the thing.\"", "\"\""),
        "xtask/spec/things.toml:6: MakeThing.request.Name.doc: is empty; \
         say in one sentence what it means"
    );
    assert_eq!(
        complaint(", doc = \"Name of the thing.\"", ""),
        "xtask/spec/things.toml:6: MakeThing.request.Name: `doc` is missing; \
         say in one sentence what it means"
    );
    assert_eq!(
        complaint_about_types("Red = \"Red.\"", "Red = \"Red\""),
        "xtask/spec/types.toml:4: enum.Color.values.Red: ends without a full stop; \
         write whole sentences"
    );
}

#[test]
fn pages() {
    let page = "effect = \"once\"\n\
                page = { offset = \"Offset\", limit = \"Color\", size = 9, items = \"ThingId\" }";
    assert_eq!(
        complaint("effect = \"once\"", page),
        "xtask/spec/things.toml:4: MakeThing.page: no list `ThingId` in the response; correct it\n\
         xtask/spec/things.toml:4: MakeThing.page: no optional Int parameter `Color`; correct it\n\
         xtask/spec/things.toml:4: MakeThing.page: no optional Int parameter `Offset`; correct it"
    );
}

#[test]
fn actions_to_use_instead() {
    let instead = "\navailability = \"unavailable\"\ninstead = \"Other\"";
    assert_eq!(
        complaint("effect = \"once\"", &format!("effect = \"once\"{instead}")),
        "xtask/spec/things.toml:5: MakeThing: `Other` is no action of the spec; correct `instead`"
    );
}

#[test]
fn enum_values() {
    assert_eq!(
        complaint_about_types("Red = \"Red.\"", "Unknown = \"Unknown.\""),
        "xtask/spec/types.toml:4: Color.Unknown: `Unknown` is for values that the spec does not \
         list; give this another `name`"
    );
    assert_eq!(
        complaint_about_types("Red = \"Red.\"", "4090 = \"Red.\""),
        "xtask/spec/types.toml:4: Color.4090: is not a Rust name; \
         give it one with `name = \"…\"`"
    );
    let named = "Red = { name = \"Blue\", doc = \"Red.\" }\nBlue = \"Blue.\"";
    assert_eq!(
        complaint_about_types("Red = \"Red.\"", named),
        "xtask/spec/types.toml:5: Color.Blue: is there twice; give one of the two another `name`"
    );
}

#[test]
fn facts_that_do_not_suit_the_type() {
    assert_eq!(
        complaint("\"Color\"", "\"Color\", max_items = 3, base64 = true"),
        "xtask/spec/things.toml:7: MakeThing.Color: `base64` is for String and Secret; \
         remove it or correct the type\n\
         xtask/spec/things.toml:7: MakeThing.Color: `max_items` is for lists; \
         remove it or correct the type"
    );
}

#[test]
fn what_decides_what_is_billed_lists_its_choices() {
    assert_eq!(
        complaint("\"Color\"", "\"Color\", bills = [\"Purple\"]"),
        "xtask/spec/things.toml:7: MakeThing.Color: `Purple`: `bills` lists values of the \
         parameter's enum; correct it"
    );
    let read = ACTION.replace("effect = \"once\"", "effect = \"read\"");
    let read = read.replace("\"Color\"", "\"Color\", bills = [\"Red\"]");
    assert_eq!(
        render_of(&read, TYPES).unwrap_err(),
        "xtask/spec/things.toml:7: MakeThing.Color: `Red`: `bills` is for a parameter of an \
         action whose effect is once; remove it"
    );
    let types = TYPES.replace("Color", "ChargeType");
    let unmarked = ACTION.replace("\"Color\"", "\"ChargeType\"");
    assert_eq!(
        render_of(&unmarked, &types).unwrap_err(),
        "xtask/spec/things.toml:7: MakeThing.Color: it decides what is billed; list what to \
         choose from in `bills`"
    );
    let marked = unmarked.replace("\"ChargeType\"", "\"ChargeType\", bills = [\"Red\"]");
    let files = render_of(&marked, &types).unwrap();
    let text = files.get("api/actions/things/make_thing.rs").unwrap();
    assert!(text.contains("pub color: ChargeType,"), "{text}");
    assert!(text.contains("ParameterInfo::optional(\"Color\""), "{text}");
    assert!(text.contains(".bills(&[\"Red\"])"), "{text}");
}

#[test]
fn types_that_nothing_uses() {
    assert_eq!(
        complaint("\"Color\"", "\"String\""),
        "xtask/spec/types.toml:1: Color: nothing uses it; remove it"
    );
}

#[test]
fn broken_toml() {
    let message = complaint("effect = \"once\"", "effect = ");
    assert!(message.starts_with("xtask/spec/things.toml:3: not TOML here: "), "{message}");
}
