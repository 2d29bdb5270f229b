//! What a file or an environment puts around a value without meaning it.

use crate::error::ConfigError;

/// A key, region, endpoint or the like without what cannot be part of it: a byte order mark, white
/// space and line breaks around it, and a pair of quotes.
///
/// ```
/// use compshare_proto::profile::word;
///
/// assert_eq!(word("COMPSHARE_REGION", "\u{feff}\"cn-wlcb\"\r\n").as_deref(), Ok("cn-wlcb"));
/// let error = word("COMPSHARE_PRIVATE_KEY", "first\nsecond").unwrap_err();
/// assert_eq!(error.to_string(), "COMPSHARE_PRIVATE_KEY has a line break in it: give the value alone");
/// ```
///
/// # Errors
///
/// White space, quotes, control characters or anything but ASCII within it. The error says what it is
/// and where it was found (`name`), never the value.
pub fn word<'t>(name: &str, text: &'t str) -> Result<&'t str, ConfigError> {
    let text = trimmed(text);
    let unfit = |c: char| !c.is_ascii_graphic() || matches!(c, '"' | '\'' | '`');
    let Some(unfit) = text.chars().find(|&c| unfit(c)) else { return Ok(text) };
    let what = match unfit {
        '\n' | '\r' => "a line break",
        '"' | '\'' | '`' => "a quote",
        c if c.is_whitespace() => "white space",
        c if c.is_ascii() => "a control character",
        _ => "a character that is not ASCII",
    };
    Err(ConfigError::new(format!("{name} has {what} in it: give the value alone")))
}

/// A text without a byte order mark, white space and a pair of quotes around it.
pub(super) fn trimmed(text: &str) -> &str {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK);
    let unquoted = ['"', '\'']
        .into_iter()
        .find_map(|quote| bare.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)));
    unquoted.map_or(bare, trimmed)
}

/// What some editors put in front of a text, to say that it is Unicode.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';
