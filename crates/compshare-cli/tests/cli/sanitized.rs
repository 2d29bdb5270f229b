//! What a server sends is shown whole, and does not steer the terminal or hide from the reader.

use serde_json::{Value, json};

use crate::{Cli, server::responding};

const JSON: &str = "Content-Type: application/json";
/// A name that shows as another: reordered, with something that takes no room, and an escape sequence.
const NAME: &str = "seed\u{200b}-\u{202e}1\u{2066}\u{feff}\u{1b}[2J\u{9b}";
const SHOWN: &str = r"seed\u{200b}-\u{202e}1\u{2066}\u{feff}\u{1b}[2J\u{9b}";

fn list(rows: usize) -> Cli {
    let row = |number| json!({ "UHostId": format!("uhost-{number}"), "Name": NAME, NAME: NAME });
    let rows: Value = (0..rows).map(row).collect();
    responding(JSON, json!({ "RetCode": 0, "UHostSet": rows }).to_string())
        .unset("COMPSHARE_REGION")
        .unset("COMPSHARE_ZONE")
}

fn assert_visible(text: &str) {
    let hidden = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    assert_eq!(text.chars().find(hidden), None, "{text:?}");
}

#[test]
fn hidden_characters_are_escaped_in_what_is_printed() {
    for rows in [1, 2] {
        let ended = list(rows).run(&["DescribeCompShareInstance"]);
        assert_visible(&ended.stdout);
        assert_eq!(ended.stdout.matches(SHOWN).count(), if rows == 1 { 3 } else { 5 });
    }
}

#[test]
fn hidden_characters_are_escaped_in_json_and_read_back() {
    let ended = list(1).run(&["DescribeCompShareInstance", "--json"]);
    assert_visible(&ended.stdout);
    assert!(
        ended.stdout.contains(r"seed\u200b-\u202e1\u2066\ufeff\u001b[2J\u009b"),
        "{}",
        ended.stdout
    );
    assert_eq!(ended.json()["UHostSet"][0]["Name"], NAME);
}

#[test]
fn hidden_characters_are_escaped_in_errors() {
    let body = json!({ "RetCode": 230, "Message": format!("no such {NAME}\nhint: all is well") });
    let words =
        ["DescribeCompShareInstance", "--region", "cn-wlcb", "--zone", "cn-wlcb-01", "--json"];
    let ended = responding(JSON, body.to_string()).run(&words);
    assert_visible(&ended.stderr);
    assert_visible(&ended.stdout);
    assert!(ended.stderr.contains(r"seed\u{200b}-\u{202e}1\u{2066}\u{feff}"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("\nhint: all is well"), "{}", ended.stderr);
    let words = ["CreateCompShareTeamRelation", "--TeamId", "1", "--UserInfo.0.UserCompanyId", "2"];
    let failed = json!({ "RetCode": 0, "ErrorMap": { NAME: { "Message": NAME, "Code": 230 } } });
    let ended = responding(JSON, failed.to_string()).run(&words);
    assert_eq!(ended.code, Some(1));
    assert_visible(&ended.stderr);
    assert_visible(&ended.stdout);
}

#[test]
fn outside_a_terminal_nothing_is_cut() {
    let long = format!("{}seed-1", "x".repeat(300));
    let row =
        |number| json!({ "UHostId": format!("uhost-{number}"), "Name": long, "Remark": long });
    let body = json!({ "RetCode": 0, "UHostSet": [row(1), row(2)] });
    let ended =
        responding(JSON, body.to_string()).set("COLUMNS", "40").run(&["DescribeCompShareInstance"]);
    assert_eq!(ended.stdout.matches("seed-1").count(), 4, "{}", ended.stdout);
    assert!(
        !ended.stdout.contains('…') && !ended.stdout.contains("more columns"),
        "{}",
        ended.stdout
    );
    let ended = Cli::bare().run(&["call", "X", "--dry-run", "--param", &format!("Name={long}")]);
    assert!(ended.stdout.contains("seed-1\n"), "{}", ended.stdout);
}

#[test]
fn chinese_and_emoji_are_shown_as_they_are() {
    let name = "深度学习 👩‍💻 ❤️";
    let body = json!({ "RetCode": 0, "UHostSet": [{ "UHostId": "uhost-1", "Name": name }] });
    let ended = responding(JSON, body.to_string()).run(&["DescribeCompShareInstance"]);
    assert!(ended.stdout.contains(&format!("Name: {name}\n")), "{}", ended.stdout);
}
