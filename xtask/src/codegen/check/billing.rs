//! Parameters that decide what is billed.

use super::Check;
use crate::codegen::{place::Text, spec::Parameter};

/// The enum of ways of billing.
const BILLING: &str = "ChargeType";

impl Check<'_> {
    /// What decides what is billed is marked, with the values to choose from.
    pub(super) fn billing(&mut self, owner: &str, buys: bool, parameters: &[Parameter]) {
        for Parameter { name, kind, bills, .. } in parameters {
            let values = self.spec.enums.iter().find(|item| kind.name() == Some(&item.name.value));
            if buys && kind.name() == Some(BILLING) && bills.is_empty() {
                let text = "it decides what is billed; list what to choose from in `bills`";
                self.report(&name.place, format!("{owner}.{}: {text}", name.value));
            }
            for Text { value, place } in bills {
                let known = values.is_some_and(|item| item.values.iter().any(|v| v.wire == *value));
                let text = if !buys {
                    "`bills` is for a parameter of an action whose effect is once; remove it"
                } else if !known {
                    "`bills` lists values of the parameter's enum; correct it"
                } else {
                    continue;
                };
                self.report(place, format!("{owner}.{}: `{value}`: {text}", name.value));
            }
        }
    }
}
