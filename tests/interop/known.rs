//! The differences of the official clients that we know of, with their reasons.
//!
//! A difference that is not here fails the comparison, and so does one that is here and no longer
//! shows: then a new version of the SDK or the CLI is better than the table says.

mod cli;
mod sdk;
mod typed;

use crate::{
    ledger::{Known, Who},
    wire::Kind,
};

/// By who makes them.
pub(crate) const KNOWN: &[&[Known]] = &[
    typed::ABSENT,
    typed::DEMANDED,
    typed::DROPPED,
    typed::CHANGED,
    typed::REFUSED,
    sdk::KNOWN,
    cli::KNOWN,
];

const EXPONENT: &str =
    "Python writes small floats with an exponent, which the simulator does not read";
const FORM: &str = "it sends a form with UHostIds.0, where the service takes a JSON array only";
const FILE: &str = "it takes a CSV for JSON that is broken";

const fn typed(
    at: &'static [&'static str],
    kind: Kind,
    subjects: &'static [&'static str],
    reason: &'static str,
) -> Known {
    known(Who::SdkTyped, at, kind, subjects, reason)
}

const fn invoke(
    at: &'static [&'static str],
    kind: Kind,
    subjects: &'static [&'static str],
    reason: &'static str,
) -> Known {
    known(Who::SdkInvoke, at, kind, subjects, reason)
}

const fn cli(
    at: &'static [&'static str],
    kind: Kind,
    subjects: &'static [&'static str],
    reason: &'static str,
) -> Known {
    known(Who::Cli, at, kind, subjects, reason)
}

const fn known(
    who: Who,
    at: &'static [&'static str],
    kind: Kind,
    subjects: &'static [&'static str],
    reason: &'static str,
) -> Known {
    Known { who, at, kind, subjects, reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases;

    #[test]
    fn no_signature_may_be_refused_and_nothing_odd_may_be_known() {
        for known in KNOWN.iter().copied().flatten() {
            let at = known.at;
            assert_ne!(known.kind, Kind::Odd, "{at:?}");
            assert!(!matches!(known.who, Who::Raw | Who::Typed), "{at:?}");
            let refused = ["170", "171", "172", "173", "174"];
            assert!(!known.subjects.iter().any(|code| refused.contains(code)), "{at:?}");
        }
    }

    #[test]
    fn every_row_is_of_an_action_or_a_case() {
        let cases = cases::all();
        for at in KNOWN.iter().copied().flatten().flat_map(|known| known.at) {
            let found = cases.iter().any(|case| [case.action, case.name].contains(at));
            assert!(found, "{at}");
        }
    }
}
