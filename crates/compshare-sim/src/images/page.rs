//! Paging: `Offset` and `Limit` with their documented defaults.

use crate::parameters::Parameters;

/// Rows per page where the request does not say.
const DEFAULT: usize = 20;
/// Most rows per page.
const MAX: usize = 100;

/// The part of a list that the request asks for.
pub(super) fn page<T>(rows: Vec<T>, sent: &Parameters) -> impl Iterator<Item = T> {
    let number = |name| sent.int(name).and_then(|value| usize::try_from(value).ok());
    let offset = number("Offset").unwrap_or(0);
    let limit = number("Limit").unwrap_or(DEFAULT).min(MAX);
    rows.into_iter().skip(offset).take(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paged(pairs: &[(&str, &str)]) -> Vec<usize> {
        let pairs = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        page((0..150).collect(), &Parameters::new(pairs)).collect()
    }

    #[test]
    fn defaults_to_the_first_twenty() {
        assert_eq!(paged(&[]), (0..20).collect::<Vec<_>>());
        assert_eq!(paged(&[("Offset", "140")]), (140..150).collect::<Vec<_>>());
        assert_eq!(paged(&[("Offset", "5"), ("Limit", "2")]), [5, 6]);
        assert_eq!(paged(&[("Limit", "1000")]).len(), 100);
        assert!(paged(&[("Offset", "9223372036854775807")]).is_empty());
    }
}
