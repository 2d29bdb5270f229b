//! What each kind of field makes of each kind of JSON value: decoded, or left out with a warning.

use compshare_proto::{
    Action, Error, Response, actions::DescribeCompShareCustomImages, types::CompShareImage,
};

use crate::support::{self, As};

mod alternatives;
mod nested;
mod secrets;
mod units;

/// Stands for the warning with which the kind leaves a value out.
const REFUSED: &str = "refused";

fn decode<A: Action>(body: String) -> Result<A::Response, Error> {
    Ok(response::<A>(body)?.into_body())
}

fn response<A: Action>(body: String) -> Result<Response<A::Response>, Error> {
    compshare_proto::decode(&As::<A>::new(), &support::response(body))
}

/// The one warning of a response, if it has any.
fn warning<T>(response: &Response<T>) -> Option<String> {
    assert!(response.warnings().len() <= 1, "{:?}", response.warnings());
    response.warnings().first().map(ToString::to_string)
}

/// Where a field stands: what comes before it and after it in the body, and its path.
struct Place {
    before: &'static str,
    path: &'static str,
    after: &'static str,
}

/// Reads a response of `A` with the field at `place` set to each JSON value; `refused` is what follows
/// the path in the warning of a value that is left out.
fn check_at<A: Action>(
    place: &Place,
    refused: &str,
    show: impl Fn(A::Response) -> String,
    cells: &[(&str, &str)],
) {
    let Place { before, path, after } = place;
    let field = path.rsplit('.').next().unwrap();
    for (json, expected) in cells {
        let inner = if *json == "missing" { String::new() } else { format!("\"{field}\":{json}") };
        let decoded = response::<A>(format!("{before}{inner}{after}")).unwrap();
        let found = warning(&decoded).unwrap_or_else(|| show(decoded.into_body()));
        let refusal = format!("{path}{refused}");
        let expected = if *expected == REFUSED { refusal.as_str() } else { expected };
        assert_eq!(found, expected, "{path}: {json}");
    }
}

/// The same for a field of an image.
fn check(field: &str, refused: &str, show: fn(CompShareImage) -> String, cells: &[(&str, &str)]) {
    let path = format!("ImageSet[0].{field}").leak();
    let place = Place { before: "{\"RetCode\":0,\"ImageSet\":[{", path, after: "}]}" };
    let show = |mut response: <DescribeCompShareCustomImages as Action>::Response| {
        show(response.image_set.remove(0))
    };
    check_at::<DescribeCompShareCustomImages>(&place, refused, show, cells);
}

#[test]
fn text() {
    check(
        "Name",
        " was left out: expected text",
        |image| format!("{:?}", image.name),
        &[
            ("missing", r#""""#),
            ("null", r#""""#),
            (r#""""#, r#""""#),
            (r#"" ""#, r#"" ""#),
            (r#""文字\n\u00e9""#, r#""文字\né""#),
            (r#""12""#, r#""12""#),
            ("12", r#""12""#),
            ("-3", r#""-3""#),
            ("9007199254740993", r#""9007199254740993""#),
            ("1.5", r#""1.5""#),
            ("3.0", r#""3""#),
            ("1e+20", r#""1e+20""#),
            ("true", r#""true""#),
            ("[]", REFUSED),
            (r#"["a"]"#, REFUSED),
            ("{}", REFUSED),
        ],
    );
}

#[test]
fn whole_numbers() {
    check(
        "Size",
        " was left out: expected a whole number, or one as text",
        |image| format!("{:?}", image.size.map(|size| size.0)),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            (r#"" ""#, "None"),
            ("12", "Some(12)"),
            ("-3", "Some(-3)"),
            ("3.0", "Some(3)"),
            ("1e3", "Some(1000)"),
            (r#""12""#, "Some(12)"),
            (r#"" 12 ""#, "Some(12)"),
            (r#""3.0""#, "Some(3)"),
            ("9007199254740993", "Some(9007199254740993)"),
            (r#""9007199254740993""#, "Some(9007199254740993)"),
            ("9223372036854775807", "Some(9223372036854775807)"),
            ("9223372036854775808", REFUSED),
            ("1e20", REFUSED),
            ("1.5", REFUSED),
            (r#""1.5""#, REFUSED),
            (r#""twelve""#, REFUSED),
            (r#""NaN""#, REFUSED),
            (r#""inf""#, REFUSED),
            ("true", REFUSED),
            ("[]", REFUSED),
            ("[1]", REFUSED),
            ("{}", REFUSED),
        ],
    );
}

#[test]
fn fractions() {
    check(
        "Price",
        " was left out: expected a number, or one as text",
        |image| format!("{:?}", image.price.map(|price| price.0)),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            (r#"" ""#, "None"),
            ("1.5", "Some(1.5)"),
            ("1000000000000000.5", "Some(1000000000000000.5)"),
            ("12", "Some(12.0)"),
            ("-3", "Some(-3.0)"),
            ("1e3", "Some(1000.0)"),
            (r#""10.00""#, "Some(10.0)"),
            (r#"" 0.5 ""#, "Some(0.5)"),
            (r#""NaN""#, REFUSED),
            (r#""inf""#, REFUSED),
            (r#""free""#, REFUSED),
            ("true", REFUSED),
            ("[]", REFUSED),
            ("{}", REFUSED),
        ],
    );
}

#[test]
fn booleans() {
    check(
        "Container",
        " was left out: expected true or false, or one of them as text",
        |image| format!("{:?}", image.container),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            ("true", "Some(true)"),
            ("false", "Some(false)"),
            (r#""True""#, "Some(true)"),
            (r#""false""#, "Some(false)"),
            (r#""Yes""#, "Some(true)"),
            (r#""NO""#, "Some(false)"),
            ("1", "Some(true)"),
            ("0", "Some(false)"),
            (r#""1""#, "Some(true)"),
            (r#"" 0 ""#, "Some(false)"),
            ("2", REFUSED),
            ("-1", REFUSED),
            ("1.5", REFUSED),
            (r#""perhaps""#, REFUSED),
            ("[]", REFUSED),
            ("{}", REFUSED),
        ],
    );
}

#[test]
fn moments() {
    check(
        "CreateTime",
        " was left out: expected a whole number, or one as text",
        |image| format!("{:?}", image.create_time),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            ("1700000000", "Some(Timestamp(1700000000))"),
            (r#""1700000000""#, "Some(Timestamp(1700000000))"),
            ("1.7e9", "Some(Timestamp(1700000000))"),
            ("0", "None"),
            ("-1", "Some(Timestamp(-1))"),
            (r#""2023-11-14""#, REFUSED),
            ("true", REFUSED),
            ("{}", REFUSED),
        ],
    );
}

#[test]
fn enums_of_text() {
    check(
        "Status",
        " was left out: expected text",
        |image| format!("{:?}", image.status),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            (r#""Available""#, "Some(Available)"),
            (r#""available""#, r#"Some(Unknown("available"))"#),
            (r#""Melting""#, r#"Some(Unknown("Melting"))"#),
            ("5", r#"Some(Unknown("5"))"#),
            ("[]", REFUSED),
            ("{}", REFUSED),
        ],
    );
}

#[test]
fn enums_of_numbers() {
    check(
        "Visibility",
        " was left out: expected a whole number, or one as text",
        |image| format!("{:?}", image.visibility),
        &[
            ("missing", "None"),
            ("null", "None"),
            (r#""""#, "None"),
            ("0", "Some(Private)"),
            ("1.0", "Some(Public)"),
            (r#""1""#, "Some(Public)"),
            ("9", "Some(Unknown(9))"),
            (r#""-9""#, "Some(Unknown(-9))"),
            (r#""public""#, REFUSED),
            ("true", REFUSED),
            ("[]", REFUSED),
        ],
    );
}
