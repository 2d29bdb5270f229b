//! Words that the project does not use, since it has one word for each thing.

/// A word or phrase, and what to write in its place. A word counts wherever it stands by itself, in a name
/// too (`own_mark`), and as it is written here.
const INSTEAD: &[(&str, &str)] = &[
    ("answer", "response"),
    ("Answer", "Response"),
    ("the answers", "the responses"),
    ("answers whether", "returns whether"),
    ("born", "started_at"),
    ("goal", "condition"),
    ("goals", "conditions"),
    ("Goal", "Condition"),
    ("has the say", "decides"),
    ("hopeless", "failed"),
    ("Hopeless", "Failed"),
    ("in vain", "timed out"),
    ("Markable", "CreateOnce"),
    ("mark", "marker"),
    ("marks", "markers"),
    ("Mark", "Marker"),
    ("misread", "usage_error"),
    ("patience", "PollPolicy"),
    ("Patience", "PollPolicy"),
    ("clothes", "forms"),
    ("replies", "responses"),
    ("Replies", "Responses"),
    ("Reply", "Response"),
    ("reply", "response"),
    ("Seen", "RecordedRequest"),
    ("slot", "permit"),
    ("slots", "permits"),
    ("tame", "sanitize"),
    ("to be had", "in stock"),
    ("tolerant", "lenient"),
    ("Tolerant", "Lenient"),
    ("verdict", "state"),
    ("Verdict", "PollState"),
    ("by looks", "by polls"),
    ("a look", "a poll"),
    ("the look", "the poll"),
    ("the looks", "the polls"),
    ("each look", "each poll"),
    ("last look", "last poll"),
];

/// Phrases that have such a word in another sense.
const OTHER_SENSE: &[&str] =
    &["byte order mark", "byte-order mark", "byte_order_mark", "question mark", "quotation mark"];

/// Files that quote others, or name these words.
const EXEMPT: &[&str] =
    &["xtask/src/tidy/words.rs", "tests/golden/", "tests/vectors/", "fuzz/corpus/"];

/// Lines with such a word.
pub(super) fn unwanted(path: &str, text: &str) -> Vec<String> {
    let is_read = [".rs", ".md", ".toml"].iter().any(|ending| path.ends_with(ending));
    if !is_read || EXEMPT.iter().any(|exempt| path.starts_with(exempt)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let sense =
            OTHER_SENSE.iter().fold(line.to_owned(), |line, phrase| line.replace(phrase, ""));
        let has = |word: &&(&str, &str)| has_word(&sense, word.0);
        if let Some((word, better)) = INSTEAD.iter().find(has) {
            found.push(format!("{path}:{}: write \"{better}\" for \"{word}\"", number + 1));
        }
    }
    found
}

/// Whether the word stands in the line with no letter or digit beside it.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        ![before, after].iter().flatten().any(|c| c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_prose_and_in_names() {
        for line in
            ["/// Waits for the goal.", "fn own_mark(&self)", "impl Markable for X", "a look at it"]
        {
            assert_eq!(unwanted("a.rs", line).len(), 1, "{line}");
        }
        assert_eq!(
            unwanted("docs/a.md", "\n\nwaited in vain"),
            ["docs/a.md:3: write \"timed out\" for \"in vain\""]
        );
    }

    #[test]
    fn other_words_and_senses_are_left_alone() {
        for line in ["a marker", "remark", "a byte order mark", "it looks like a date", "answered"]
        {
            assert!(unwanted("a.rs", line).is_empty(), "{line}");
        }
        assert!(unwanted("tests/golden/x.md", "goal").is_empty());
    }
}
