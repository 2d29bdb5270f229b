//! Doc comments and string literals, wrapped where rustfmt would not.

use crate::codegen::{
    idents::{camel, snake},
    spec::Spec,
};

/// Longest line of a generated file.
pub(super) const WIDTH: usize = 100;

/// A doc comment of some paragraphs, `indent` columns in.
pub(super) fn doc(indent: usize, paragraphs: &[String]) -> String {
    let pad = " ".repeat(indent);
    let mut text = String::new();
    for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.is_empty()) {
        if !text.is_empty() {
            text.push_str(&format!("{pad}///\n"));
        }
        for line in wrapped(paragraph, WIDTH - indent - "/// ".len()) {
            text.push_str(&format!("{pad}/// {line}\n"));
        }
    }
    text
}

/// Breaks at spaces, but not inside of code.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut word = String::new();
    let mut code = false;
    for c in text.chars().chain([' ']) {
        code ^= c == '`';
        if c != ' ' || code {
            word.push(c);
            continue;
        }
        if !line.is_empty() && columns(&line) + 1 + columns(&word) > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
        word.clear();
    }
    lines.push(line);
    lines
}

/// Spec text as rustdoc takes it: brackets escaped, and actions linked from files other than theirs.
pub(super) fn rustdoc(spec: &Spec, here: &str, text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 0 {
            for c in part.chars() {
                if matches!(c, '[' | ']' | '<' | '>' | '*' | '\\') {
                    out.push('\\');
                }
                out.push(c);
            }
        } else if part != here && spec.is_action(part) {
            out.push_str(&format!("[`{part}`](crate::actions::{part})"));
        } else {
            out.push_str(&format!("`{part}`"));
        }
    }
    out
}

/// Adds to the docs of a field what it is called on the wire, where its name in Rust does not tell.
pub(super) fn named(docs: &str, wire: &str) -> String {
    let tells = camel(&snake(wire)) == wire;
    if tells { docs.to_owned() } else { format!("{docs} Wire name: `{wire}`.") }
}

/// A string literal that starts in column `column`. What is too long for a line goes on in the next:
/// rustfmt breaks no strings, and formats nothing around one that is too long.
pub(super) fn literal(column: usize, text: &str) -> String {
    let escaped = escape(text);
    if column + columns(&escaped) + "\"\",".len() <= WIDTH {
        return format!("\"{escaped}\"");
    }
    let pad = " ".repeat(column.min(16));
    let lines = split(&escaped, WIDTH - pad.len() - "\" \\".len() - 1);
    format!("\"{}\"", lines.join(&format!(" \\\n{pad}")))
}

fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => escaped.extend(['\\', c]),
            c if c.is_control() => escaped.extend(c.escape_default()),
            c => escaped.push(c),
        }
    }
    escaped
}

fn split(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if columns(line) + 1 + columns(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Columns a text takes up, ideographs being two wide.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|c| if u32::from(c) >= 0x1100 { 2 } else { 1 }).sum()
}
