//! `Marker`: the text that finds a created thing again.

use std::fmt;

use crate::value::invalid::InvalidRequest;

/// Longest marker, in characters.
const LONGEST: usize = 64;

/// A text that identifies what one call creates.
///
/// It is appended to the caller's text as a separate word: `driver:535.129.03 once-8c2f…`.
///
/// ```
/// use compshare_proto::Marker;
///
/// let marker = Marker::new("order-17")?;
/// assert!(marker.is_in("driver:535.129.03 order-17"));
/// assert!(!marker.is_in("order-170"));
/// # Ok::<(), compshare_proto::error::InvalidRequest>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Marker {
    text: String,
    whole: bool,
}

/// Whether a marker may contain the character; the API allows all of them in names.
fn is_of_a_marker(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.:".contains(c)
}

impl Marker {
    /// A marker of your choice: 1 to 64 ASCII letters, digits, `-`, `_`, `.` and `:`.
    ///
    /// # Errors
    ///
    /// Any other text.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidRequest> {
        let text = text.into();
        if (1..=LONGEST).contains(&text.len()) && text.chars().all(is_of_a_marker) {
            Ok(Self { text, whole: false })
        } else {
            let reason = "is not 1 to 64 ASCII letters, digits, '-', '_', '.' and ':'";
            Err(InvalidRequest::new("the marker", reason))
        }
    }

    /// A marker that is a whole text, such as a unique name.
    ///
    /// ```
    /// use compshare_proto::Marker;
    ///
    /// let marker = Marker::whole("我的镜像");
    /// assert!(marker.is_in("我的镜像") && !marker.is_in("我的镜像 2"));
    /// ```
    pub fn whole(text: impl Into<String>) -> Self {
        Self { text: text.into(), whole: true }
    }

    /// A marker that is as unique as the number.
    pub(crate) fn numbered(number: u64) -> Self {
        Self { text: format!("once-{number:016x}"), whole: false }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a text contains the marker as a separate word, or is the marker.
    pub fn is_in(&self, text: &str) -> bool {
        if self.whole {
            return text == self.text;
        }
        text.split(|c| !is_of_a_marker(c)).any(|word| word == self.text)
    }

    /// Appends the marker to a text, after `gap`. Returns the marker alone if there is no text, or if the marker
    /// is a whole text.
    #[must_use]
    pub fn behind(&self, text: &str, gap: &str) -> String {
        if text.is_empty() || self.whole { self.to_string() } else { format!("{text}{gap}{self}") }
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_found_as_a_whole_word_only() {
        let marker = Marker::new("order-1").unwrap();
        assert_eq!(marker.behind("", " "), "order-1");
        assert_eq!(marker.behind("driver:535", " "), "driver:535 order-1");
        for text in ["order-1", "driver:535 order-1 moved by hand", "主机,order-1", "(order-1)"] {
            assert!(marker.is_in(text), "{text}");
        }
        for other in ["", "order-17", "my-order-1", "order-1.5", "a:order-1"] {
            assert!(!marker.is_in(other), "{other}");
        }
    }

    #[test]
    fn a_marker_has_no_separators() {
        for text in ["", "a b", "a]", "[a", "a,b", "订单", &"x".repeat(65)] {
            assert!(Marker::new(text).is_err(), "{text}");
        }
        assert_eq!(
            Marker::new("a b").unwrap_err().to_string(),
            "the marker is not 1 to 64 ASCII letters, digits, '-', '_', '.' and ':'"
        );
    }

    #[test]
    fn random_markers_are_valid_and_differ() {
        let [one, other] = [1, 2].map(Marker::numbered);
        assert_ne!(one, other);
        assert_eq!(Marker::new(one.as_str()), Ok(one));
    }
}
