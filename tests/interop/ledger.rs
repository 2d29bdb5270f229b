//! `Ledger`: one line for each call, and the account of the differences at the end.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::{
    case::Case,
    known::KNOWN,
    wire::{Difference, Kind, Wire},
};

/// Who makes a call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Who {
    /// Our `Raw`, which all others are compared with.
    Raw,
    /// Our typed action.
    Typed,
    /// The official SDK's call by name.
    SdkInvoke,
    /// The official SDK's typed call.
    SdkTyped,
    /// A JSON body with the official SDK's signature.
    SdkJson,
    /// The official CLI.
    Cli,
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Raw => "our Raw",
            Self::Typed => "our type",
            Self::SdkInvoke => "SDK invoke",
            Self::SdkTyped => "SDK typed",
            Self::SdkJson => "SDK json",
            Self::Cli => "CLI",
        })
    }
}

/// A difference of the official clients that is as it should be, for the time being.
pub(crate) struct Known {
    pub(crate) who: Who,
    /// Each action, or name of a case.
    pub(crate) at: &'static [&'static str],
    pub(crate) kind: Kind,
    /// Each parameter or RetCode.
    pub(crate) subjects: &'static [&'static str],
    pub(crate) reason: &'static str,
}

impl Known {
    /// The name by which this is known of the case, if it is.
    fn covers(&self, who: Who, case: &Case, difference: &Difference) -> Option<&'static str> {
        let subject = difference.subject.as_str();
        let is_meant = self.who == who
            && self.kind == difference.kind
            && (self.subjects.is_empty() || self.subjects.contains(&subject));
        self.at.iter().copied().find(|at| is_meant && [case.action, case.name].contains(at))
    }
}

/// One line for each call, and the account of the differences at the end.
pub(crate) struct Ledger {
    known: Vec<&'static Known>,
    calls: BTreeMap<Who, usize>,
    parameters: usize,
    /// Place in the table, name, and subject of the known differences that were found.
    met: BTreeSet<(usize, &'static str, String)>,
    mismatches: usize,
}

impl Ledger {
    pub(crate) fn new() -> Self {
        Self::of(KNOWN)
    }

    fn of(tables: &[&'static [Known]]) -> Self {
        let known = tables.iter().flat_map(|table| table.iter()).collect();
        Self { known, calls: BTreeMap::new(), parameters: 0, met: BTreeSet::new(), mismatches: 0 }
    }

    /// Enters a call with what is different in it, and prints its line.
    pub(crate) fn enter(
        &mut self,
        who: Who,
        case: &Case,
        wire: Option<&Wire>,
        differences: &BTreeSet<Difference>,
    ) {
        let (line, mismatches) = self.line(who, case, wire, differences);
        println!("{line}");
        self.mismatches += mismatches;
    }

    fn line(
        &mut self,
        who: Who,
        case: &Case,
        wire: Option<&Wire>,
        differences: &BTreeSet<Difference>,
    ) -> (String, usize) {
        let (mut expected, mut unexpected) = (Vec::new(), Vec::new());
        for difference in differences {
            let mut rows = self.known.iter().enumerate();
            let found = rows.find_map(|(place, known)| {
                known.covers(who, case, difference).map(|at| (place, at))
            });
            match found {
                Some((place, at)) => {
                    self.met.insert((place, at, difference.subject.clone()));
                    expected.push(difference.to_string());
                }
                None => unexpected.push(difference.to_string()),
            }
        }
        *self.calls.entry(who).or_default() += 1;
        let compared = wire.map_or(0, |wire| wire.parameters.len());
        self.parameters += compared;
        let state = match (unexpected.is_empty(), expected.is_empty()) {
            (true, true) => "same".to_owned(),
            (true, false) => format!("known: {}", expected.join(", ")),
            (false, _) => format!("MISMATCH: {}", unexpected.join(", ")),
        };
        let call = format!("{} ({})", case.action, case.name);
        let state = if who == Who::Raw && state == "same" { "accepted" } else { &state };
        (format!("{who:10}  {call:68}  {compared:2}  {state}"), unexpected.len())
    }

    /// Enters something that went wrong around a call.
    pub(crate) fn wrong(&mut self, who: Who, case: &Case, what: impl Into<String>) {
        let odd = BTreeSet::from([Difference::new(Kind::Odd, what)]);
        self.enter(who, case, None, &odd);
    }

    /// Prints the summary; whether all is as it should be.
    pub(crate) fn close(&self) -> bool {
        let gone = self.gone();
        println!();
        for (place, known) in self.known.iter().enumerate() {
            if self.met.iter().any(|(met, ..)| *met == place) {
                let what = Difference::new(known.kind, known.subjects.join(", "));
                let at = known.at.join(", ");
                println!("known: {} {what} at {at}: {}", known.who, known.reason);
            }
        }
        for line in &gone {
            println!("GONE: {line}; take it out of tests/interop/known.rs");
        }
        let calls: Vec<String> =
            self.calls.iter().map(|(who, count)| format!("{who} {count}")).collect();
        println!(
            "interop: {} calls ({}), {} parameters compared, {} known differences, {} mismatches",
            self.calls.values().sum::<usize>(),
            calls.join(", "),
            self.parameters,
            self.met.len(),
            self.mismatches + gone.len(),
        );
        self.mismatches == 0 && gone.is_empty()
    }

    /// Known differences that no call showed.
    fn gone(&self) -> Vec<String> {
        let mut gone = Vec::new();
        for (place, known) in self.known.iter().enumerate() {
            let subjects = if known.subjects.is_empty() { &[""] } else { known.subjects };
            let all = known.at.iter().flat_map(|at| subjects.iter().map(move |what| (at, what)));
            for (at, subject) in all {
                if !self.met.contains(&(place, at, (*subject).to_owned())) {
                    let what = Difference::new(known.kind, *subject);
                    gone.push(format!("{} no longer {what} at {at}", known.who));
                }
            }
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TABLE: &[Known] = &[
        Known {
            who: Who::SdkTyped,
            at: &["A"],
            kind: Kind::Drops,
            subjects: &["Name", "Price"],
            reason: "its schema lacks it",
        },
        Known {
            who: Who::SdkTyped,
            at: &["second"],
            kind: Kind::Absent,
            subjects: &[],
            reason: "old",
        },
    ];

    fn drops(names: &[&str]) -> BTreeSet<Difference> {
        names.iter().map(|name| Difference::new(Kind::Drops, *name)).collect()
    }

    #[test]
    fn a_difference_is_known_or_a_mismatch() {
        let mut ledger = Ledger::of(&[TABLE]);
        let case = Case::new("first", "A", json!({}));
        let (line, mismatches) = ledger.line(Who::SdkTyped, &case, None, &drops(&["Name"]));
        assert!(line.ends_with("known: drops Name"), "{line}");
        assert_eq!(mismatches, 0);
        let (line, mismatches) = ledger.line(Who::SdkTyped, &case, None, &drops(&["Name", "Tags"]));
        assert!(line.ends_with("MISMATCH: drops Tags"), "{line}");
        assert_eq!(mismatches, 1);
        for (who, at) in [(Who::Cli, "A"), (Who::SdkTyped, "B")] {
            let case = Case::new("first", at, json!({}));
            assert_eq!(ledger.line(who, &case, None, &drops(&["Name"])).1, 1);
        }
    }

    #[test]
    fn a_known_difference_must_show() {
        let mut ledger = Ledger::of(&[TABLE]);
        let case = Case::new("first", "A", json!({}));
        ledger.enter(Who::SdkTyped, &case, None, &drops(&["Name"]));
        assert_eq!(
            ledger.gone(),
            [
                "SDK typed no longer drops Price at A",
                "SDK typed no longer has no such call at second"
            ]
        );
        assert!(!ledger.close());
        let absent = BTreeSet::from([Difference::new(Kind::Absent, "")]);
        ledger.enter(Who::SdkTyped, &Case::new("second", "B", json!({})), None, &absent);
        ledger.enter(Who::SdkTyped, &case, None, &drops(&["Price"]));
        assert!(ledger.close());
        ledger.wrong(Who::Cli, &case, "it did not end");
        assert!(!ledger.close());
    }
}
