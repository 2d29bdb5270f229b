//! JSON in a text, and numbers where a text belongs.

use compshare_proto::{
    Error,
    actions::{
        DescribeCompShareGpuInventory, DescribeCompShareImageTags, DescribeCompShareInstance,
        DescribeTeamMemberOrder,
    },
    decode,
};

use super::odd::{read, warnings};
use crate::support::{As, response};

#[test]
fn an_odd_value_in_a_map_that_is_a_text_costs_its_entry() {
    for (map, left, warning) in [
        (
            r#"{\"Exclusive\":{\"9001\":{\"4090\":3,\"A100\":\"n/a\"}}}"#,
            r#"{"Exclusive": {"9001": {"4090": 3}}}"#,
            "GpuInventory.Exclusive.9001.A100 was left out: expected a whole number, or one as text",
        ),
        (
            r#" {\"Exclusive\":{\"9001\":{\"4090\":3,\"A100\":NaN}}} "#,
            r#"{"Exclusive": {"9001": {"4090": 3}}}"#,
            "GpuInventory.Exclusive.9001.A100 was left out: it is not a JSON value",
        ),
        (
            r#"{\"Spot\":7,\"Exclusive\":\"{\\\"9001\\\":{\\\"4090\\\":3,\\\"A100\\\":{}}}\"}"#,
            r#"{"Exclusive": {"9001": {"4090": 3}}}"#,
            "GpuInventory.Spot was left out: expected an object",
        ),
        (r#"{\"Exclusive\":{\"9001\":"#, "{}", "GpuInventory was left out: expected an object"),
        (r#"{} and more"#, "{}", "GpuInventory was left out: expected an object"),
        (r#"none"#, "{}", "GpuInventory was left out: expected an object"),
    ] {
        let body = format!("{{\"RetCode\":0,\"GpuInventory\":\"{map}\",\"New\":[1]}}");
        let stock = read::<DescribeCompShareGpuInventory>(body).unwrap();
        assert_eq!(format!("{:?}", stock.gpu_inventory), left, "{map}");
        assert_eq!(warnings(&stock)[0], warning, "{map}");
    }
    let body = "\u{feff}{\"RetCode\":0,\"TagsMap\":\"{\\\"a\\\":[\\\"b\\\",{}]}\"}";
    let tags = read::<DescribeCompShareImageTags>(body).unwrap();
    assert_eq!(tags.tags_map["a"], ["b"]);
    assert_eq!(warnings(&tags), ["TagsMap.a[1] was left out: expected text"]);
}

/// A map of that many entries of that value.
fn map(count: usize, value: &str) -> String {
    let entries: Vec<String> = (0..count).map(|key| format!("\"{key}\":{value}")).collect();
    format!("{{{}}}", entries.join(","))
}

/// JSON as a text within JSON.
fn text(json: &str) -> String {
    format!("\"{}\"", json.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The same with its punctuation in escapes.
fn hidden(json: &str) -> String {
    text(json).replace('{', "\\u007b").replace(',', "\\u002c")
}

/// However the punctuation is written, and in one text or many.
#[test]
fn a_map_that_is_a_text_takes_no_more_memory_than_another() {
    let many = map(400_000, r#"{"":{"":1}}"#);
    let small = map(100, r#"{"":1}"#);
    let whole = [
        text(&many),
        hidden(&many),
        map(6000, &text(&small)),
        map(6000, &hidden(&small)),
        text(&map(6000, &hidden(&small))),
    ];
    for map in whole {
        let body = format!("{{\"RetCode\":0,\"GpuInventory\":{map}}}");
        let (start, length) = (body[..80].to_owned(), body.len());
        let end = decode(&As::<DescribeCompShareGpuInventory>::new(), &response(body));
        let Err(Error::Decode(error)) = end else { panic!("{start} is taken") };
        assert!(
            error
                .to_string()
                .contains(&format!("the response's {length} bytes of JSON would take more than "))
        );
    }
    // Escapes alone are no reason.
    let name = r"\u6587\n".repeat(200_000);
    let body = format!("{{\"RetCode\":0,\"UHostSet\":[{{\"Name\":\"{name}\"}}]}}");
    let list = read::<DescribeCompShareInstance>(body).unwrap();
    assert_eq!(list.uhost_set[0].name.chars().count(), 400_000);
}

/// The id of an order is where its list goes on.
#[test]
fn a_number_in_place_of_a_text_keeps_its_digits() {
    for digits in [
        "7",
        "-9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "20260919123456789012",
        "-20260919123456789012",
        "9007199254740993.0",
        "1e+20",
    ] {
        let body = format!("{{\"RetCode\":0,\"OrderInfos\":[{{\"OrderNo\":{digits}}}]}}");
        let orders = read::<DescribeTeamMemberOrder>(body).unwrap();
        assert_eq!(orders.order_infos[0].order_no, digits);
        assert!(orders.warnings().is_empty(), "{digits}");
    }
}
