//! SPDX expressions: `MIT OR Apache-2.0`, `(MIT OR Apache-2.0) AND Unicode-3.0`, and the old `MIT/Apache-2.0`.

/// Whether an expression holds where `may` says which licences are fine; `None` if it is none.
pub(super) fn holds(expression: &str, may: &dyn Fn(&str) -> bool) -> Option<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words: Words<'_> = spaced.split_whitespace().peekable();
    let holds = any(&mut words, may)?;
    words.next().is_none().then_some(holds)
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, may: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut holds = all(words, may)?;
    while words.next_if_eq(&"OR").is_some() {
        holds |= all(words, may)?;
    }
    Some(holds)
}

fn all(words: &mut Words<'_>, may: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut holds = one(words, may)?;
    while words.next_if_eq(&"AND").is_some() {
        holds &= one(words, may)?;
    }
    Some(holds)
}

fn one(words: &mut Words<'_>, may: &dyn Fn(&str) -> bool) -> Option<bool> {
    match words.next()? {
        "(" => {
            let holds = any(words, may)?;
            words.next_if_eq(&")").map(|_| holds)
        }
        ")" | "OR" | "AND" | "WITH" => None,
        licence if words.next_if_eq(&"WITH").is_some() => {
            Some(may(&format!("{licence} WITH {}", words.next()?)))
        }
        licence => Some(may(licence)),
    }
}
