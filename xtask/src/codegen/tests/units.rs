//! Types with units, secrets, limits, and files that hold types.

use super::*;

/// The action's file, with `row` in its request in place of its color.
#[track_caller]
fn with_parameter(row: &str) -> String {
    let text = ACTION.replace("Color = { type = \"Color\", doc = \"Color of the thing.\" }", row);
    rendered_action(&text, "[struct.Part]\ndoc = \"A part.\"\n")
}

#[track_caller]
fn with_field(row: &str) -> String {
    let text = ACTION.replace("\"Color\"", "\"Int\"");
    rendered_action(&format!("{text}{row}"), "")
}

#[track_caller]
fn rendered_action(action: &str, types: &str) -> String {
    let types = if action.contains("\"Part\"") { types } else { "" };
    render_of(action, types).unwrap().remove("api/actions/things/make_thing.rs").unwrap()
}

#[test]
fn parameters_have_the_type_of_their_unit() {
    let text = with_parameter(
        "Memory = { type = \"Mb\", min = 1024, multiple_of = 1024, doc = \"Memory.\" }",
    );
    assert!(text.contains("pub memory: Option<Mb>,"));
    assert!(text.contains("/// At least 1024 MB. A multiple of 1024 MB."));
    assert!(text.contains("pub fn memory(mut self, memory: impl Into<Mb>) -> Self"));
    assert!(text.contains(
        "ParameterInfo::optional(\"Memory\", Kind::Mb, \"Memory.\").min(1024).multiple_of(1024)"
    ));

    let text = with_parameter("Wait = { type = \"Hours\", doc = \"Time to wait.\" }");
    assert!(text.contains("use std::time::Duration;"));
    assert!(text.contains("pub fn wait(mut self, wait: Duration) -> Self"));
    assert!(text.contains("wait: \"Wait\" as Hours,"));

    let text = with_parameter("Until = { type = \"Timestamp\", doc = \"Moment.\" }");
    assert!(text.contains("pub fn until(mut self, until: impl Into<Timestamp>) -> Self"));
}

#[test]
fn fields_have_the_type_of_their_unit() {
    let text = with_field("Price = { type = \"Cny\", unit = \"CNY/hour\", doc = \"Price.\" }\n");
    assert!(
        text.contains("/// Price.\n    ///\n    /// Unit: CNY/hour.\n    pub price: Option<Cny>,")
    );
    assert!(text.contains("FieldInfo::new(\"Price\", Kind::Cny, \"Price.\").unit(\"CNY/hour\")"));
    let text = with_field("Left = { type = \"Seconds\", doc = \"Time left.\" }\n");
    assert!(text.contains("left: \"Left\" as Seconds,"));
    let text = with_field("More = { type = \"Any\", doc = \"Whatever else.\" }\n");
    assert!(text.contains("pub more: serde_json::Value,"));
    let text = with_field("Key = { type = \"Secret\", base64 = true, doc = \"Key.\" }\n");
    assert!(text.contains("pub key: Option<Secret>,") && text.contains("\"Key\" as Base64,"));
    assert!(text.contains("FieldInfo::new(\"Key\", Kind::Secret, \"Key.\").base64()"));
}

#[test]
fn secrets_travel_as_base64() {
    let text = with_parameter("Key = { type = \"Secret\", base64 = true, doc = \"Key.\" }");
    assert!(text.contains("pub fn key(mut self, key: impl Into<Secret>) -> Self"));
    assert!(text.contains("key: \"Key\" as Base64,"));
    assert_eq!(
        complaint("\"Color\"", "\"Secret\""),
        "xtask/spec/things.toml:7: MakeThing.Color: a Secret travels as Base64 in a request; \
         add `base64 = true`\n\
         xtask/spec/types.toml:1: Color: nothing uses it; remove it"
    );
}

#[test]
fn bare_numbers_have_no_unit_that_a_type_stands_for() {
    for (unit, kind) in [
        ("MB", "Mb"),
        ("GiB", "Gb"),
        ("CNY", "Cny"),
        ("CNY/hour", "Cny"),
        ("fen (0.01 CNY)", "Fen"),
        ("seconds", "Seconds"),
        ("unix seconds", "Timestamp"),
    ] {
        assert_eq!(
            complaint("\"Color\"", &format!("\"Int\", unit = \"{unit}\"")),
            format!(
                "xtask/spec/things.toml:7: MakeThing.Color: has unit `{unit}`; its type is {kind}\n\
                 xtask/spec/types.toml:1: Color: nothing uses it; remove it"
            )
        );
    }
    let message = complaint("\"Color\"", "\"Mb\", unit = \"pages\"");
    assert!(message.contains("has unit `pages`, and its type says MB; correct one"), "{message}");
    let message = complaint("\"Color\"", "\"Seconds[]\"");
    assert!(message.contains("durations are no items of a list or map"), "{message}");
}

#[test]
fn limits_suit_the_type() {
    let message = complaint("\"Color\"", "\"Cny\", multiple_of = 2, max_length = 3");
    assert!(message.contains("`multiple_of` is for whole numbers"), "{message}");
    assert!(message.contains("`max_length` is for String and Secret"), "{message}");
}

#[test]
fn types_come_in_several_files() {
    let color = source("types-things", TYPES);
    let families = || source("families", FAMILIES);
    let files = rendered(&[source("things", ACTION), color, families()]).unwrap();
    let text = files.get("api/types/color.rs").unwrap();
    assert!(text.starts_with(&format!("{MARK} from xtask/spec/types-things.toml.")), "{text}");
    let [types, again] = ["types", "types-b"].map(|stem| source(stem, TYPES));
    let twice = [source("things", ACTION), types, again, families()];
    assert_eq!(
        rendered(&twice).unwrap_err(),
        "xtask/spec/types-b.toml:1: Color: Color (xtask/spec/types.toml:1) uses this name; \
         rename one"
    );
}

#[test]
fn values_may_have_other_spellings() {
    let red = "Red = { aliases = [\"red\"], doc = \"Red.\" }";
    let files = render_of(ACTION, &TYPES.replace("Red = \"Red.\"", red)).unwrap();
    assert!(files.get("api/types/color.rs").unwrap().contains("Red = \"Red\" | \"red\","));
    let again = format!("{red}\nred = {{ name = \"Rot\", doc = \"Red.\" }}");
    assert_eq!(
        complaint_about_types("Red = \"Red.\"", &again),
        "xtask/spec/types.toml:5: Color.Rot: has the value or alias of another; \
         correct one of the two"
    );
}

#[test]
fn lists_of_objects_take_objects() {
    let part = "[object.Part]\ndoc = \"A part.\"\n[object.Part.parameters]\n\
                Size = { type = \"Gb!\", doc = \"Size of it.\" }\n";
    let action = ACTION.replace("\"Color\"", "\"Part[]!\"");
    let files = render_of(&action, part).unwrap();
    let text = files.get("api/actions/things/make_thing.rs").unwrap();
    assert!(text.contains("color: impl IntoIterator<Item = Part>"), "{text}");
    assert!(text.contains("color: color.into_iter().collect(),"), "{text}");
}

#[test]
fn a_text_or_a_single_object_may_stand_in() {
    let part = |quirk: &str| {
        format!(
            "[struct.Part]\ndoc = \"A part.\"\n{quirk}\n[struct.Part.fields]\n\
             Size = {{ type = \"Gb\", doc = \"Size.\" }}\nName = {{ type = \"String\", doc = \"Name.\" }}\n"
        )
    };
    let action = ACTION.replace("\"Color\"", "\"Int\"");
    let action = format!("{action}Parts = {{ type = \"Part[]\", doc = \"Parts.\" }}\n");
    let files = render_of(&action, &part("text = \"Name\"\nalone = true")).unwrap();
    let text = files.get("api/types/part.rs").unwrap();
    assert!(
        text.contains("decode_struct!(Part (TEXT: &'static str = \"Name\") (ALONE: bool = true) {"),
        "{text}"
    );
    assert_eq!(
        render_of(&action, &part("text = \"Size\"")).unwrap_err(),
        "xtask/spec/types.toml:3: Part.text: no String field `Size`; correct it"
    );
}
