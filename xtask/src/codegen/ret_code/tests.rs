//! What the generator says to a broken `errors.toml`, and what it makes of a good one.

use crate::codegen::{Files, Source, parse, rendered, sources};

const CODE: &str = "7 = { meaning = \"Bad.\", advice = \"Mend it.\", zh = \"坏了。\", \
                    zh_advice = \"请修理。\", class = \"not-found\", retry = \"never\" }\n";

fn render_of(text: &str) -> Result<Files, String> {
    let path = "xtask/spec/errors.toml".to_owned();
    rendered(&[Source { path, text: text.to_owned() }])
}

/// Replaces `from` in the code, and says what the generator has against that.
#[track_caller]
fn complaint(from: &str, to: &str) -> String {
    assert!(CODE.contains(from), "{from}");
    let message = render_of(&format!("\n{}", CODE.replace(from, to))).unwrap_err();
    let place = "xtask/spec/errors.toml:2: ";
    message.strip_prefix(place).unwrap_or_else(|| panic!("{message}")).to_owned()
}

#[test]
fn every_code_is_there_in_both_languages() {
    let mut errors = sources(&crate::root()).unwrap();
    errors.retain(|source| source.stem() == "errors");
    let (spec, problems) = parse::parse(&errors);
    assert!(problems.is_empty(), "{problems:?}");
    assert!(spec.ret_codes.len() >= 283, "{}", spec.ret_codes.len());
    for row in spec.ret_codes {
        let (english, chinese) = (row.english, row.chinese);
        let is_english = |text: &str| text.ends_with('.') && !text.chars().any(super::is_chinese);
        let is_chinese = |text: &str| text.ends_with('。') && text.chars().any(super::is_chinese);
        assert!(is_english(&english.meaning), "{}: {english:?}", row.code);
        assert!(is_chinese(&chinese.meaning), "{}: {chinese:?}", row.code);
        assert_eq!(english.advice.is_empty(), chinese.advice.is_empty(), "{}", row.code);
        assert!(english.advice.is_empty() || is_english(&english.advice), "{}", row.code);
        assert!(chinese.advice.is_empty() || is_chinese(&chinese.advice), "{}", row.code);
    }
}

#[test]
fn a_code_goes_into_its_table_and_onto_the_page() {
    let host = CODE.replace("7 =", "8006 =").replace("\" }", "\", product = \"uhost\" }");
    let files = render_of(&format!("{host}{CODE}")).unwrap();
    let table = |name: &str| files.get(&format!("api/ret_code/table/{name}.rs")).unwrap();
    let own = "codes! { None;\n    7 NotFound Never Unproven \"Bad.\" \"Mend it.\"\n        \"坏了。\" \"请修理。\",\n}";
    assert!(table("compshare").contains(own), "{}", table("compshare"));
    assert!(table("uhost").contains("codes! { Some(\"uhost\");\n    8006 NotFound Never Unproven"));
    assert!(table("unet").contains("codes! { Some(\"unet\");\n}"));
    let page = files.get("docs/retcodes.md").unwrap();
    let row = "| 7 | not-found | | Bad. | Mend it. | 坏了。 | 请修理。 |";
    assert!(page.contains(row), "{page}");
}

#[test]
fn tables_are_sorted_whatever_the_order_of_the_spec() {
    let codes = [30, 4, 200].map(|code| CODE.replace("7 =", &format!("{code} =")));
    let files = render_of(&codes.concat()).unwrap();
    let table = files.get("api/ret_code/table/compshare.rs").unwrap();
    let at = |code: &str| table.find(code).unwrap();
    assert!(at(" 4 Not") < at(" 30 Not") && at(" 30 Not") < at(" 200 Not"), "{table}");
}

#[test]
fn long_texts_go_on_in_the_next_line() {
    let long = "A word and another. ".repeat(12).trim_end().to_owned();
    let files = render_of(&CODE.replace("Bad.", &long)).unwrap();
    let table = files.get("api/ret_code/table/compshare.rs").unwrap();
    assert!(table.lines().all(|line| line.len() <= 100), "{table}");
}

#[test]
fn both_languages() {
    assert_eq!(
        complaint("zh = \"坏了。\", ", ""),
        "7: `zh` is missing; say in one Chinese sentence what it means"
    );
    assert_eq!(
        complaint("meaning = \"Bad.\", ", ""),
        "7: `meaning` is missing; say in one sentence what it means"
    );
    assert_eq!(complaint("坏了。", "Bad."), "7.zh: has no Chinese characters; write it in Chinese");
    assert_eq!(
        complaint("坏了。", "坏了."),
        "7.zh: ends without a full stop (。); write whole sentences"
    );
    assert_eq!(
        complaint("Bad.", "坏了."),
        "7.meaning: has Chinese characters; Chinese goes into `zh` and `zh_advice`"
    );
    assert_eq!(
        complaint("Bad.", "Bad"),
        "7.meaning: ends without a full stop; write whole sentences"
    );
}

#[test]
fn advice() {
    let none =
        CODE.replace("advice = \"Mend it.\", ", "").replace("zh_advice = \"请修理。\", ", "");
    let files = render_of(&none).unwrap();
    let table = files.get("api/ret_code/table/compshare.rs").unwrap();
    assert!(table.contains("\"Bad.\" \"\"\n        \"坏了。\" \"\","), "{table}");
    let page = files.get("docs/retcodes.md").unwrap();
    assert!(page.contains("| 7 | not-found | | Bad. | | 坏了。 | |"), "{page}");

    assert_eq!(
        complaint("advice = \"Mend it.\", ", ""),
        "7: `zh_advice` without `advice`; write both or neither"
    );
    assert_eq!(
        complaint("zh_advice = \"请修理。\", ", ""),
        "7: `advice` without `zh_advice`; write both or neither"
    );
    assert_eq!(
        complaint("请修理。", "请修理"),
        "7.zh_advice: ends without a full stop (。); write whole sentences"
    );
}

#[test]
fn a_proof_that_nothing_was_done_has_a_reason() {
    let never = "retry = \"never\"";
    for (key, variant, cell) in [
        ("not_done", "Proven", "It is checked."),
        ("not_done_for_one", "OfOne", "*of one:* It is checked."),
    ] {
        let proven = CODE.replace(never, &format!("{never}, {key} = \"It is checked.\""));
        let files = render_of(&proven).unwrap();
        let table = files.get("api/ret_code/table/compshare.rs").unwrap();
        assert!(table.contains(&format!("7 NotFound Never {variant} ")), "{table}");
        let page = files.get("docs/retcodes.md").unwrap();
        assert!(page.contains(&format!("| 7 | not-found | {cell} | Bad. |")), "{page}");
    }
    assert_eq!(
        complaint(never, &format!("{never}, not_done = \"It is checked\"")),
        "7.not_done: ends without a full stop; write whole sentences"
    );
    let both = format!("{never}, not_done = \"A.\", not_done_for_one = \"B.\"");
    assert_eq!(
        complaint(never, &both),
        "7.not_done_for_one: `not_done` covers any number of things; write one of the two"
    );
    let text = "7: `retry = \"always\"` sends a purchase twice unless nothing was done; say why in \
                `not_done`";
    assert_eq!(complaint("never", "always"), text);
    let of_one = "retry = \"always\", not_done_for_one = \"It is checked.\"";
    assert_eq!(complaint(never, of_one), text);
}

#[test]
fn keys_and_values() {
    assert_eq!(complaint("7 =", "seven ="), "seven: a RetCode is a whole number; correct the key");
    assert_eq!(
        complaint("\"never\"", "\"never\", product = \"us3\""),
        "7.product: no such value `us3`; use one of uhost, udisk, unet"
    );
    assert!(
        complaint("not-found", "gone").starts_with("7.class: no such value `gone`; use one of")
    );
    assert_eq!(
        complaint("never", "often"),
        "7.retry: no such value `often`; use one of never, reads, idempotent, always"
    );
    let twice = render_of(&format!("{CODE}{}", CODE.replace("7 =", "07 =")));
    assert_eq!(twice.unwrap_err(), "xtask/spec/errors.toml:2: 7: is there twice; remove one");
}
