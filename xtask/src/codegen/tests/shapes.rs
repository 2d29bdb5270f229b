//! Responses that are files, responses that fail in part, and that no action is missing.

use super::*;

const FAILED: &str = "[struct.Failed]\ndoc = \"What failed.\"\n[struct.Failed.fields]\n\
    ThingId = { type = \"String\", doc = \"Id.\" }\n\
    Code = { type = \"Int\", doc = \"Code.\" }\n\
    Message = { type = \"String\", doc = \"Reason.\" }\n";

/// The action with a field `Failed` of that type, which `partial` names.
fn partial(kind: &str, types: &str) -> Result<String, String> {
    let once = "effect = \"once\"\npartial = \"Failed\"";
    with_partial(once, kind, types)
}

fn with_partial(once: &str, kind: &str, types: &str) -> Result<String, String> {
    let action = ACTION.replace("\"Color\"", "\"Int\"").replace("effect = \"once\"", once);
    let field = format!("Failed = {{ type = \"{kind}\", doc = \"What failed.\" }}\n");
    let mut files = render_of(&format!("{action}{field}"), types)?;
    Ok(files.remove("api/actions/things/make_thing.rs").unwrap())
}

/// How the text finds the failures, without spaces.
#[track_caller]
fn failures(text: &str) -> String {
    let (_, rest) = text.split_once("self.failed.iter()").unwrap();
    rest.split_once(".collect()").unwrap().0.split_whitespace().collect()
}

#[test]
fn failures_come_in_four_shapes() {
    let text = partial("Map<String,Failed>", FAILED).unwrap();
    assert_eq!(failures(&text), ".map(|(who,item)|ItemFailure::new(who,item.code,&*item.message))");
    let text = partial("Failed[]", FAILED).unwrap();
    assert_eq!(
        failures(&text),
        ".filter(|item|item.code.is_some_and(|code|code!=0))\
         .map(|item|ItemFailure::new(&item.thing_id,item.code,&*item.message))"
    );
    let flags = FAILED.replace("Code = { type = \"Int\"", "Success = { type = \"Bool\"");
    let text = partial("Failed[]", &flags).unwrap();
    assert_eq!(
        failures(&text),
        ".filter(|item|item.success!=Some(true))\
         .map(|item|ItemFailure::new(&item.thing_id,None,&*item.message))"
    );
    let once = "effect = \"once\"\npartial = { field = \"Failed\", reason = \"it is gone\" }";
    let text = with_partial(once, "Int[]", "").unwrap();
    assert_eq!(failures(&text), ".map(|who|ItemFailure::new(who,None,\"itisgone\"))");
    assert!(text.contains("partial: \"Failed\""), "{text}");
    assert!(text.contains("#[must_use"), "{text}");
}

#[test]
fn other_shapes_are_refused() {
    let place = "xtask/spec/things.toml:4: MakeThing.partial: ";
    let refusal = |kind: &str, types: &str| {
        let text = partial(kind, types).unwrap_err();
        text.strip_prefix(place).map(str::to_owned).unwrap_or(text)
    };
    assert_eq!(
        refusal("Int[]", ""),
        "`Failed` is a list of ids; say what is wrong with them: \
         { field = \"Failed\", reason = \"there is no such account\" }"
    );
    assert_eq!(refusal("Int", ""), "`Failed` is neither a list nor a map; correct it");
    assert_eq!(refusal("Bool[]", ""), "`Failed` holds no [struct]; correct its type");
    let mute = FAILED.replace("Message", "Text");
    assert_eq!(refusal("Map<String,Failed>", &mute), "`Failed` has no String `Message`");
    let unknown = FAILED.replace("Code", "Number");
    assert_eq!(
        refusal("Failed[]", &unknown),
        "`Failed` has neither a Bool `Success` nor an Int `Code`"
    );
    assert_eq!(
        complaint("effect = \"once\"", "effect = \"once\"\npartial = \"Lost\""),
        format!("{place}no field `Lost` in the response; correct it")
    );
}

#[test]
fn a_file_has_columns_and_no_response_type() {
    let csv = ACTION.replace("effect = \"once\"", "effect = \"once\"\nbody = \"csv\"");
    let files = render_of(&csv, TYPES).unwrap();
    let text = files.get("api/actions/things/make_thing.rs").unwrap();
    assert!(text.contains("type Response = CsvFile;"), "{text}");
    assert!(text.contains("body: BodyKind::Csv"), "{text}");
    assert!(text.contains("FieldInfo::new(\"ThingId\""), "{text}");
    let module = files.get("api/actions/things.rs").unwrap();
    assert!(!text.contains("MakeThingResponse") && !module.contains("MakeThingResponse"));
    let both = csv.replace("body", "partial = \"ThingId\"\nbody");
    let message = render_of(&both, TYPES).unwrap_err();
    assert!(message.contains("a file has neither `page` nor `partial`"), "{message}");
}

#[test]
fn every_action_of_the_api_is_there() {
    let root = crate::root();
    let wanted = read(&root.join("tests/data/actions.txt")).unwrap();
    let wanted: Vec<&str> = wanted.lines().collect();

    let (spec, _) = parse::parse(&sources(&root).unwrap());
    let mut found: Vec<&str> = spec.actions.iter().map(|action| &*action.name.value).collect();
    found.sort_unstable();
    // The list of the spec's actions that was made without the spec.
    if let Some(name) = found.iter().find(|name| !wanted.contains(name)) {
        let line = wanted.partition_point(|wanted| wanted < name) + 1;
        panic!("add `{name}` as line {line} of tests/data/actions.txt");
    }
    if let Some(line) = wanted.iter().position(|name| !found.contains(name)) {
        let name = wanted[line];
        panic!("the spec lacks {name}, line {} of tests/data/actions.txt", line + 1);
    }

    let metadata = read(&root.join(PROTO).join("api/actions.rs")).unwrap();
    let (_, table) = metadata.split_once("pub static ACTIONS").unwrap();
    let entries = table.lines().filter(|line| line.trim().ends_with("::INFO,")).count();
    assert_eq!(entries, wanted.len());
}
