//! Paging: the part of a list that `Offset` and `Limit` ask for.

use crate::call::Parameters;

/// Most rows per page.
const MAX: usize = 100;

/// The rows that the request asks for, `default` of them where it does not say how many.
pub(crate) fn page<T>(
    rows: impl IntoIterator<Item = T>,
    sent: &Parameters,
    default: usize,
) -> impl Iterator<Item = T> {
    let number = |name| sent.int(name).and_then(|value| usize::try_from(value).ok());
    let offset = number("Offset").unwrap_or(0);
    let limit = number("Limit").unwrap_or(default).min(MAX);
    rows.into_iter().skip(offset).take(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_actions() {
        let sent = Parameters::new(vec![("Offset".to_owned(), "3".to_owned())]);
        assert_eq!(page(0..100, &sent, 2).collect::<Vec<_>>(), [3, 4]);
        let sent = Parameters::new(vec![("Limit".to_owned(), "1000".to_owned())]);
        assert_eq!(page(0..1000, &sent, 2).count(), 100);
    }
}
