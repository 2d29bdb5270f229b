//! `Mark`: the text by which a thing that was created is found again.

use std::fmt;

use crate::{InvalidRequest, retry::next_random};

/// Longest mark, in characters.
const LONGEST: usize = 64;

/// A text that tells what one call creates from everything else.
///
/// It travels in square brackets behind what the caller wrote: `driver:535.129.03 [once-8c2f…]`.
///
/// ```
/// use compshare_proto::Mark;
///
/// let mark = Mark::new("order-17")?;
/// assert!(mark.is_in("driver:535.129.03 [order-17]"));
/// assert!(!mark.is_in("[order-170]"));
/// # Ok::<(), compshare_proto::InvalidRequest>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark(String);

impl Mark {
    /// A mark of one's own: 1 to 64 ASCII letters, digits, `-`, `_`, `.` and `:`.
    ///
    /// # Errors
    ///
    /// Any other text.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidRequest> {
        let text = text.into();
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
        if (1..=LONGEST).contains(&text.len()) && text.bytes().all(fits) {
            Ok(Self(text))
        } else {
            let reason = "is not 1 to 64 ASCII letters, digits, '-', '_', '.' and ':'";
            Err(InvalidRequest::new("the mark", reason))
        }
    }

    /// A mark like no other, as far as the seed is like no other.
    pub fn random(mut seed: u64) -> Self {
        Self(format!("once-{:016x}", next_random(&mut seed)))
    }

    /// The text, without the brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text holds the mark, with its brackets.
    pub fn is_in(&self, text: &str) -> bool {
        text.contains(&self.to_string())
    }

    /// The mark behind a text, parted from it by `gap`; by itself if there is no text.
    #[must_use]
    pub fn behind(&self, text: &str, gap: &str) -> String {
        if text.is_empty() { self.to_string() } else { format!("{text}{gap}{self}") }
    }
}

/// With its brackets, as it is to be looked for.
impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_whole_or_not_there() {
        let mark = Mark::new("order-1").unwrap();
        assert_eq!(mark.behind("", " "), "[order-1]");
        assert_eq!(mark.behind("driver:535", " "), "driver:535 [order-1]");
        assert!(mark.is_in("driver:535 [order-1] moved by hand"));
        for other in ["", "order-1", "[order-17]", "[my-order-1]"] {
            assert!(!mark.is_in(other), "{other}");
        }
    }

    #[test]
    fn what_could_be_misread_is_no_mark() {
        for text in ["", "a b", "a]", "[a", "订单", &"x".repeat(65)] {
            assert!(Mark::new(text).is_err(), "{text}");
        }
        assert_eq!(
            Mark::new("a b").unwrap_err().to_string(),
            "the mark is not 1 to 64 ASCII letters, digits, '-', '_', '.' and ':'"
        );
    }

    #[test]
    fn random_marks_are_marks_and_differ() {
        let [one, other] = [1, 2].map(Mark::random);
        assert_ne!(one, other);
        assert_eq!(Mark::new(one.as_str()), Ok(one));
    }
}
