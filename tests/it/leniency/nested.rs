//! The same for lists, objects and maps.

use compshare_proto::{
    actions::{DescribeCompShareCustomImages, DescribeCompShareImageTags},
    types::CompShareImage,
};

use super::{REFUSED, check, decode};

#[test]
fn lists_of_text() {
    let show = |image: CompShareImage| format!("{:?}", image.tags);
    check(
        "Tags",
        " does not fit: expected a list",
        show,
        &[
            ("missing", "[]"),
            ("null", "[]"),
            (r#""""#, "[]"),
            ("[]", "[]"),
            ("[null]", "[]"),
            (r#"["a","b"]"#, r#"["a", "b"]"#),
            (r#"["a",null,"b"]"#, r#"["a", "b"]"#),
            (r#"["a",7,true]"#, r#"["a", "7", "true"]"#),
            (r#""only""#, r#"["only"]"#),
            ("7", r#"["7"]"#),
            ("-7", r#"["-7"]"#),
            ("true", REFUSED),
            ("1.5", REFUSED),
            ("{}", REFUSED),
        ],
    );
    check("Tags", "[1] does not fit: expected text", show, &[(r#"["a",["b"]]"#, REFUSED)]);
}

#[test]
fn lists_of_objects() {
    let show = |image: CompShareImage| format!("{:?}", image.software_ports);
    let one = r#"[SoftwarePort { software: "a", port: Some(80) }]"#;
    let cells = [
        ("null", "[]"),
        (r#""""#, "[]"),
        (r#"[null,{"Software":"a","Port":"80"}]"#, one),
        ("[{}]", r#"[SoftwarePort { software: "", port: None }]"#),
    ];
    check("SoftwarePorts", "", show, &cells);
    let refused = " does not fit: expected an object (SoftwarePort)";
    check("SoftwarePorts", refused, show, &[(r#""a""#, REFUSED), ("7", REFUSED)]);
    check("SoftwarePorts", " does not fit: expected a list", show, &[("{}", REFUSED)]);
    let refused = "[0] does not fit: expected an object (SoftwarePort)";
    check("SoftwarePorts", refused, show, &[("[7]", REFUSED), (r#"["a"]"#, REFUSED)]);
    let refused = "[1].Port does not fit: expected a whole number, or one as text";
    check("SoftwarePorts", refused, show, &[(r#"[{},{"Port":"http"}]"#, REFUSED)]);
}

#[test]
fn objects() {
    check(
        "Owner",
        " does not fit: expected an object (ImageOwner)",
        |image| image.owner.map_or("none", |_| "an owner").to_owned(),
        &[
            ("missing", "none"),
            ("null", "none"),
            (r#""""#, "none"),
            ("[]", "none"),
            ("{}", "an owner"),
            (r#"{"New":[{}]}"#, "an owner"),
            (r#""x""#, REFUSED),
            ("[7]", REFUSED),
            ("7", REFUSED),
            ("true", REFUSED),
        ],
    );
}

#[test]
fn maps() {
    let cells = [
        ("null", "{}"),
        (r#""""#, "{}"),
        ("[]", "{}"),
        ("{}", "{}"),
        (r#"{"a":["x","y"],"b":"z"}"#, r#"{"a": ["x", "y"], "b": ["z"]}"#),
        (r#"{"a":null,"b":[]}"#, r#"{"b": []}"#),
        (r#""x""#, " does not fit: expected an object"),
        ("[7]", " does not fit: expected an object"),
        ("7", " does not fit: expected an object"),
        (r#"{"a":["x",{}]}"#, ".a[1] does not fit: expected text"),
    ];
    for (json, expected) in cells {
        let body = format!("{{\"RetCode\":0,\"TagsMap\":{json}}}");
        let found = match decode::<DescribeCompShareImageTags>(body) {
            Ok(answer) => format!("{:?}", answer.tags_map),
            Err(error) => error.to_string(),
        };
        let start = "DescribeCompShareImageTags was answered, but TagsMap";
        let refused = format!("{start}{expected} (request 6f1c)");
        assert_eq!(found, if expected.contains("fit") { &refused } else { expected }, "{json}");
    }
}

/// Some answers say a thing twice, once without a value.
#[test]
fn a_later_null_does_not_undo_a_value() {
    let body = r#"{"RetCode":0,"RetCode":null,"ImageSet":[{"Name":"a","Name":null,"Name":""}]}"#;
    let answer = decode::<DescribeCompShareCustomImages>(body.to_owned()).unwrap();
    assert_eq!(answer.image_set[0].name, "a");
}
