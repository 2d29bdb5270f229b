//! RetCodes: what `errors.toml` says of each, and what is wrong with that.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::{
    place::{Place, Problem},
    toml_file::{Entry, Table},
};

/// A code as the spec has it.
#[derive(Debug)]
pub(crate) struct RetCode {
    pub(crate) code: i64,
    /// Key of the product below CompShare that it comes from, such as `uhost`.
    pub(crate) product: Option<&'static str>,
    pub(crate) class: &'static str,
    pub(crate) retry: &'static str,
    /// Why the code proves that nothing was done; `None` where it does not.
    pub(crate) not_done: Option<NotDone>,
    pub(crate) english: Words,
    pub(crate) chinese: Words,
    place: Place,
}

/// The proof that nothing was done.
#[derive(Debug)]
pub(crate) struct NotDone {
    pub(crate) reason: String,
    /// Whether it holds only for a call that acts on one thing.
    pub(crate) for_one: bool,
}

/// What people read of a code, in one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) meaning: String,
    /// Empty where there is nothing to say.
    pub(crate) advice: String,
}

const CLASSES: &[&str] = &[
    "credentials",
    "permission",
    "quota",
    "stock",
    "arrears",
    "throttled",
    "busy",
    "not-found",
    "invalid-parameter",
    "service",
    "timeout",
    "other",
];

const RETRIES: &[&str] = &["never", "reads", "idempotent", "always"];

const PRODUCTS: &[&str] = &["uhost", "udisk", "unet"];

pub(crate) fn parse(entry: &Entry<'_, '_>) -> Option<RetCode> {
    let table = entry.table(&[
        "meaning",
        "advice",
        "zh",
        "zh_advice",
        "class",
        "retry",
        "not_done",
        "not_done_for_one",
        "product",
    ])?;
    let Ok(code) = entry.key().value.parse() else {
        entry.complain("a RetCode is a whole number; correct the key");
        return None;
    };
    let meaning = table.need("meaning", "say in one sentence what it means");
    let english = words(&table, meaning, "advice", english);
    let zh = table.need("zh", "say in one Chinese sentence what it means");
    let chinese = words(&table, zh, "zh_advice", chinese);
    for (one, other) in [("advice", "zh_advice"), ("zh_advice", "advice")] {
        if table.get(one).is_some() && table.get(other).is_none() {
            entry.complain(format!("`{one}` without `{other}`; write both or neither"));
        }
    }
    let class = table.need("class", "say what kind of failure it is, such as quota");
    let retry =
        table.need("retry", "say what may be sent again: never, reads, idempotent or always");
    let retry = named(&retry?, RETRIES)?;
    let not_done = not_done(&table);
    if retry == "always" && not_done.as_ref().is_none_or(|proof| proof.for_one) {
        entry.complain(
            "`retry = \"always\"` sends a purchase twice unless nothing was done; say why in `not_done`",
        );
    }
    Some(RetCode {
        code,
        product: table.get("product").and_then(|product| named(&product, PRODUCTS)),
        class: named(&class?, CLASSES)?,
        retry,
        not_done,
        english: english?,
        chinese: chinese?,
        place: entry.place(),
    })
}

fn not_done(table: &Table<'_, '_>) -> Option<NotDone> {
    let proof = |key| table.get(key).map(|entry| (key == "not_done_for_one", entry));
    let (for_one, entry) = match (proof("not_done"), proof("not_done_for_one")) {
        (Some(_), Some((_, entry))) => {
            entry.complain("`not_done` covers any number of things; write one of the two");
            return None;
        }
        (one, other) => one.or(other)?,
    };
    Some(NotDone { reason: english(&entry)?, for_one })
}

/// Says which codes are there more than once.
pub(crate) fn check(codes: &[RetCode]) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let again = codes.iter().filter(|row| !seen.insert(row.code));
    let problem = |row: &RetCode| Problem {
        place: row.place.clone(),
        text: format!("{}: is there twice; remove one", row.code),
    };
    again.map(problem).collect()
}

fn words(
    table: &Table<'_, '_>,
    meaning: Option<Entry<'_, '_>>,
    advice: &str,
    read: fn(&Entry<'_, '_>) -> Option<String>,
) -> Option<Words> {
    let advice = table.get(advice).and_then(|advice| read(&advice)).unwrap_or_default();
    Some(Words { meaning: read(&meaning?)?, advice })
}

fn english(entry: &Entry<'_, '_>) -> Option<String> {
    let text = entry.sentence()?.value;
    if text.chars().any(is_chinese) {
        entry.complain("has Chinese characters; Chinese goes into `zh` and `zh_advice`");
    }
    Some(text)
}

fn chinese(entry: &Entry<'_, '_>) -> Option<String> {
    let text = entry.text()?.value;
    if !text.chars().any(is_chinese) {
        entry.complain("has no Chinese characters; write it in Chinese");
    } else if !text.ends_with('。') {
        entry.complain("ends without a full stop (。); write whole sentences");
    }
    Some(text)
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The one of `names` that is written there.
fn named(entry: &Entry<'_, '_>, names: &[&'static str]) -> Option<&'static str> {
    let pairs: Vec<(&str, &'static str)> = names.iter().map(|name| (*name, *name)).collect();
    entry.one_of(&pairs)
}
