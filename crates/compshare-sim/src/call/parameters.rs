//! `Parameters`: what a request sent, under flattened names, with typed reading.

use std::collections::{BTreeMap, BTreeSet};

/// Parameters of a request under flattened names, such as `Tags.0`.
///
/// The typed readers return `None` for both absent and invalid values; the checks refuse invalid ones
/// before a handler reads them.
#[derive(Default)]
pub(crate) struct Parameters {
    ordered: Vec<(String, String)>,
    places: BTreeMap<String, usize>,
    repeated: Option<String>,
}

impl Parameters {
    pub(crate) fn new(ordered: Vec<(String, String)>) -> Self {
        let mut places = BTreeMap::new();
        let mut repeated = None;
        for (place, (name, _)) in ordered.iter().enumerate() {
            if places.insert(name.clone(), place).is_some() {
                repeated.get_or_insert_with(|| name.clone());
            }
        }
        Self { ordered, places, repeated }
    }

    /// A name that was sent twice, if any was.
    pub(crate) fn repeated(&self) -> Option<&str> {
        self.repeated.as_deref()
    }

    /// Makes the readers, but not [`pairs`](Self::pairs), blind to a parameter.
    pub(crate) fn hide(&mut self, name: &str) {
        self.places.remove(name);
    }

    /// Every name with its value, in the order sent.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.ordered
    }

    /// Every name with its value, sorted by name.
    pub(crate) fn sorted(&self) -> impl Iterator<Item = (&str, &str)> {
        self.places.keys().filter_map(|name| Some((name.as_str(), self.text(name)?)))
    }

    /// The value as sent.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let place = *self.places.get(name)?;
        self.ordered.get(place).map(|(_, value)| value.as_str())
    }

    /// The value, unless it is absent or empty.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        self.text(name).filter(|value| !value.is_empty())
    }

    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        self.text(name).and_then(parse_int)
    }

    pub(crate) fn float(&self, name: &str) -> Option<f64> {
        self.text(name).and_then(parse_float)
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.text(name).and_then(parse_bool)
    }

    /// Whether a flag is `true`.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.flag(name) == Some(true)
    }

    /// Items of a list in order: `Name.0`, `Name.1`, or a bare `Name` as one item.
    ///
    /// An empty bare `Name` is an empty list; `None` is a list that was not sent.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<&str>> {
        let mut items: Vec<(usize, &str)> = self
            .children(name)
            .into_iter()
            .filter_map(|child| Some((parse_index(child)?, self.text(&format!("{name}.{child}"))?)))
            .collect();
        items.sort_unstable_by_key(|(index, _)| *index);
        let is_sent = self.places.contains_key(name) || !items.is_empty();
        let items = items.into_iter().map(|(_, item)| item);
        is_sent.then(|| self.filled(name).into_iter().chain(items).collect())
    }

    /// First parts of the names under `name.`, each once: of `Disks.0.Size` under `Disks` it is `0`.
    pub(crate) fn children(&self, name: &str) -> BTreeSet<&str> {
        let prefix = format!("{name}.");
        self.places
            .range(prefix.clone()..)
            .map_while(|(full, _)| full.strip_prefix(prefix.as_str()))
            .map(|rest| rest.split_once('.').map_or(rest, |(first, _)| first))
            .collect()
    }

    /// Whether the parameter, or anything under it, was sent.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name) || !self.children(name).is_empty()
    }
}

/// An index of a list, without a sign or leading zeros.
pub(crate) fn parse_index(text: &str) -> Option<usize> {
    let plain = text == "0" || !text.starts_with(['0', '+']);
    text.parse().ok().filter(|_| plain)
}

/// An integer in its documented text form: no plus sign, no spaces.
pub(crate) fn parse_int(text: &str) -> Option<i64> {
    text.parse().ok().filter(|_| !text.starts_with('+'))
}

/// A number in its documented text form: digits and a point, never an exponent, never infinite.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|value: &f64| plain && value.is_finite())
}

pub(crate) fn parse_bool(text: &str) -> Option<bool> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(pairs: &[(&str, &str)]) -> Parameters {
        Parameters::new(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn lists_are_ordered_by_index() {
        let sent: Vec<(String, String)> =
            (0..12).rev().map(|i| (format!("Tags.{i}"), format!("t{i}"))).collect();
        let sent = Parameters::new(sent);
        let tags = sent.list("Tags").unwrap_or_default();
        assert_eq!(tags.len(), 12);
        assert_eq!(tags[2], "t2");
        assert_eq!(tags[11], "t11");
    }

    #[test]
    fn a_bare_list_is_one_item_and_an_empty_one_is_none() {
        assert_eq!(parameters(&[("Tag", "x")]).list("Tag"), Some(vec!["x"]));
        assert_eq!(parameters(&[("Tag", "")]).list("Tag"), Some(vec![]));
        assert_eq!(parameters(&[("Tags", "x")]).list("Tag"), None);
    }

    #[test]
    fn children_are_the_next_parts() {
        let sent = parameters(&[
            ("A.0.X", "1"),
            ("A.0.Y", "2"),
            ("A.1.X", "3"),
            ("A-", "4"),
            ("AB.0", "5"),
        ]);
        assert_eq!(sent.children("A").into_iter().collect::<Vec<_>>(), ["0", "1"]);
        assert!(sent.has("AB"));
        assert!(!sent.has("B"));
    }

    #[test]
    fn numbers_and_switches_have_one_form() {
        assert_eq!(parse_int("-5"), Some(-5));
        for text in ["+5", "5.0", " 5", "", "99999999999999999999"] {
            assert_eq!(parse_int(text), None, "{text}");
        }
        assert_eq!(parse_float("1.5"), Some(1.5));
        assert_eq!(parse_float("-0.25"), Some(-0.25));
        for text in ["1e3", "inf", "NaN", "+1", ".5", "1.2.3", ""] {
            assert_eq!(parse_float(text), None, "{text}");
        }
        assert_eq!(parse_bool("true"), Some(true));
        assert_eq!(parse_bool("True"), None);
        assert_eq!(parse_index("0"), Some(0));
        assert_eq!(parse_index("01"), None);
        assert_eq!(parse_index("x"), None);
    }

    #[test]
    fn a_parameter_sent_twice_is_detected() {
        assert_eq!(parameters(&[("A", "1"), ("B", "2")]).repeated(), None);
        let twice = parameters(&[("A", "1"), ("A", "2")]);
        assert_eq!(twice.repeated(), Some("A"));
        assert_eq!(twice.text("A"), Some("2"));
    }
}
