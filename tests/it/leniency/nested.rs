//! The same for lists, objects and maps.

use compshare_proto::{
    actions::{DescribeCompShareCustomImages, DescribeCompShareImageTags},
    types::CompShareImage,
};

use super::{REFUSED, check, decode, response, warning};

#[test]
fn lists_of_text() {
    let show = |image: CompShareImage| format!("{:?}", image.tags);
    check(
        "Tags",
        " was left out: expected a list",
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
    check("Tags", "[1] was left out: expected text", show, &[(r#"["a",["b"]]"#, REFUSED)]);
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
    let refused = " was left out: expected an object (SoftwarePort)";
    check("SoftwarePorts", refused, show, &[(r#""a""#, REFUSED), ("7", REFUSED)]);
    check("SoftwarePorts", " was left out: expected a list", show, &[("{}", REFUSED)]);
    let refused = "[0] was left out: expected an object (SoftwarePort)";
    check("SoftwarePorts", refused, show, &[("[7]", REFUSED), (r#"["a"]"#, REFUSED)]);
    let refused = "[1].Port was left out: expected a whole number, or one as text";
    check("SoftwarePorts", refused, show, &[(r#"[{},{"Port":"http"}]"#, REFUSED)]);
}

#[test]
fn objects() {
    check(
        "Owner",
        " was left out: expected an object (ImageOwner)",
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
        (r#""x""#, " was left out: expected an object"),
        ("[7]", " was left out: expected an object"),
        ("7", " was left out: expected an object"),
        (r#"{"a":["x",{}]}"#, ".a[1] was left out: expected text"),
    ];
    for (json, expected) in cells {
        let body = format!("{{\"RetCode\":0,\"TagsMap\":{json}}}");
        let decoded = response::<DescribeCompShareImageTags>(body).unwrap();
        let found = warning(&decoded).unwrap_or_else(|| format!("{:?}", decoded.tags_map));
        let refused = format!("TagsMap{expected}");
        assert_eq!(
            found,
            if expected.contains("left out") { &refused } else { expected },
            "{json}"
        );
    }
}

/// Some responses say a thing twice, once without a value.
#[test]
fn a_later_null_does_not_undo_a_value() {
    let body = r#"{"RetCode":0,"RetCode":null,"ImageSet":[{"Name":"a","Name":null,"Name":""}]}"#;
    let response = decode::<DescribeCompShareCustomImages>(body.to_owned()).unwrap();
    assert_eq!(response.image_set[0].name, "a");
}
