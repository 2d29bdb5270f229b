//! Measures, cuts, wraps and quotes text.

use unicode_width::UnicodeWidthStr as _;

/// Columns that a text takes on a terminal; East Asian characters take two.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Cuts the text to that many columns and ends it with `…` if it is longer.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept) >= columns {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}

/// Breaks a text at spaces so that no line is wider, but for a word that is.
pub(crate) fn wrap(text: &str, columns: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    let mut used = 0;
    for word in text.split(' ') {
        let needed = width(word);
        if used > 0 && used + 1 + needed > columns {
            wrapped.push('\n');
            used = 0;
        } else if used > 0 {
            wrapped.push(' ');
            used += 1;
        }
        wrapped.push_str(word);
        used += needed;
    }
    wrapped
}

/// A word as a shell takes it: quoted if it has to be.
pub(crate) fn shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:@,+=%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn east_asian_text_is_cut_by_columns() {
        assert_eq!(cut("深度学习", 8), "深度学习");
        assert_eq!(cut("深度学习", 7), "深度学…");
        assert_eq!(cut("深度学习", 6), "深度…");
        assert_eq!(cut("abc", 2), "a…");
    }

    #[test]
    fn lines_are_broken_at_spaces() {
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("incomprehensible", 7), "incomprehensible");
    }

    #[test]
    fn words_are_quoted_where_a_shell_would_split_them() {
        assert_eq!(shell("深度学习"), "深度学习");
        assert_eq!(shell("Newer CUDA"), "'Newer CUDA'");
        assert_eq!(shell("it's"), r"'it'\''s'");
        assert_eq!(shell(""), "''");
    }
}
