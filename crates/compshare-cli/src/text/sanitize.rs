//! Escapes control, bidirectional and invisible characters in text from the server and the caller.

use serde_json::Value;

/// The text on one line: line breaks and tabs as `\n` and `\t`, all else that is hidden as `\u{202e}`.
pub(crate) fn line(text: &str) -> String {
    escaped(text, |_| false)
}

/// The text with its line breaks and tabs, and all else that is hidden as `\u{202e}`.
pub(crate) fn lines(text: &str) -> String {
    escaped(&text.replace("\r\n", "\n"), |c| matches!(c, '\n' | '\t'))
}

/// The first line of output: what was done, and the request id.
pub(crate) fn heading(done: &str, request_id: Option<&str>) -> String {
    match request_id {
        Some(id) => format!("{done} (request {})", line(id)),
        None => done.to_owned(),
    }
}

/// One JSON document with a final line break. Hidden characters become JSON escapes, so every
/// parser reads back the original.
pub(crate) fn json(document: &Value) -> String {
    let text = format!("{document:#}\n");
    // Outside strings only line breaks are hidden characters.
    let mut json = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' || !is_hidden(c) {
            json.push(c);
        } else {
            json.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    json
}

fn escaped(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut line = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if keep(c) || !is_hidden(c) || joins_emoji(before, c, rest.peek().copied()) {
            line.push(c);
        } else {
            line.extend(c.escape_default());
        }
        before = Some(c);
    }
    line
}

/// Whether a character is a control character, changes the text direction, or is invisible.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            // Unicode's Default_Ignorable_Code_Point, line and paragraph separators, and annotations.
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether a hidden character is part of an emoji: a joiner between two, or what makes one of a symbol.
fn joins_emoji(before: Option<char>, c: char, after: Option<char>) -> bool {
    let is_emoji = |c: char| matches!(c, '\u{a9}' | '\u{ae}' | '\u{203c}'..='\u{2049}' | '\u{2100}'..='\u{2bff}' | '\u{3030}'..='\u{303d}' | '\u{3297}'..='\u{3299}' | '\u{1f000}'..='\u{1faff}');
    match c {
        '\u{200d}' => {
            before.is_some_and(|c| is_emoji(c) || c == '\u{fe0f}') && after.is_some_and(is_emoji)
        }
        // Behind a digit it is hidden, unless a keycap follows.
        '\u{fe0e}' | '\u{fe0f}' => before.is_some_and(is_emoji) || after == Some('\u{20e3}'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_steers_a_terminal_or_hides_text_is_escaped() {
        assert_eq!(line("a\u{1b}[31m\tb\r\n\u{9b}\u{7f}"), r"a\u{1b}[31m\tb\r\n\u{9b}\u{7f}");
        assert_eq!(lines("a\tb\n\r\u{1b}"), "a\tb\n\\r\\u{1b}");
        assert_eq!(lines("a\r\nb"), "a\nb");
        for c in ('\u{202a}'..='\u{202e}')
            .chain('\u{2066}'..='\u{2069}')
            .chain('\u{200b}'..='\u{200f}')
            .chain('\u{2060}'..='\u{2064}')
            .chain(['\u{feff}', '\u{ad}', '\u{61c}', '\u{2028}', '\u{fe0f}', '\u{fe01}'])
            .chain(['\u{e0001}', '\u{e0041}', '\u{e007f}', '\u{e0100}', '\u{0}', '\u{85}'])
        {
            let text = format!("seed{c}-1");
            assert_eq!(line(&text), format!("seed{}-1", c.escape_default()));
            assert_eq!(lines(&text), line(&text));
            assert!(!json(&json!(text)).contains(c), "{c:?}");
            assert_eq!(
                serde_json::from_str::<Value>(&json(&json!({ &text: [&text] }))).unwrap(),
                json!({ &text: [&text] })
            );
        }
    }

    #[test]
    fn chinese_and_emoji_stay_as_they_are() {
        for text in ["深度学习，环境", "café", "👩‍💻 👨‍👩‍👧‍👦", "❤️ ☎️ 1️⃣ 👍🏽", "🏳️‍🌈", "العربية", "हिन्दी"]
        {
            assert_eq!(line(text), text);
        }
        assert_eq!(line("1\u{fe0f}2 a\u{200d}b 👍\u{200d}"), r"1\u{fe0f}2 a\u{200d}b 👍\u{200d}");
    }

    #[test]
    fn json_of_what_is_not_hidden_is_as_it_was() {
        let document = json!({ "Name": "深度学习\n", "Tags": ["a"] });
        assert_eq!(json(&document), format!("{document:#}\n"));
        assert_eq!(json(&json!("\u{202e}\u{e0041}\u{9b}")), "\"\\u202e\\udb40\\udc41\\u009b\"\n");
    }
}
