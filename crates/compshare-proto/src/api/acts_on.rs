//! What a call acts on, as far as it decides what a refusal proves: how many things, and in which steps.

use serde_json::Value;

use crate::{
    api::{
        action::Action,
        ret_code::{NotDone, RetCode},
    },
    value::params::json::to_json,
};

/// What decides which refusals of a call prove that nothing was done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActsOn {
    /// Whether the call acts on more than one thing.
    several: bool,
    /// Products whose codes prove something, if the action has several steps.
    proving: Option<&'static [&'static str]>,
}

impl ActsOn {
    pub(crate) fn of<A: Action + ?Sized>(action: &A) -> Self {
        Self { several: requested(action) > 1, proving: action.facts().info.proving }
    }

    /// Whether the code proves that nothing was done.
    pub(crate) fn is_proven_by(self, code: RetCode) -> bool {
        let is_first_step = self.proving.is_none_or(|products| {
            code.product().is_none_or(|product| products.contains(&product))
        });
        is_first_step
            && match code.not_done() {
                NotDone::Proven => true,
                NotDone::OfOne => !self.several,
                NotDone::Unproven => false,
            }
    }
}

/// How many things the call acts on: the largest of the numbers, and of the lengths of lists, in the
/// parameters that count them; 1 where there is none.
pub(crate) fn requested<A: Action + ?Sized>(action: &A) -> usize {
    let mut counting = action.facts().info.parameters.iter().filter(|parameter| parameter.counts);
    // Most actions act on one thing, and are not serialized for that.
    let Some(first) = counting.next() else { return 1 };
    let names: Vec<&str> = [first].into_iter().chain(counting).map(|info| info.name).collect();
    let own = to_json(action).unwrap_or_default();
    let extra = action.facts().extra.iter().filter_map(|parameter| parameter.to_json().ok());
    let extra: Vec<(&str, Value)> = extra.collect();
    let given = own.iter().map(|(name, value)| (name.as_str(), value));
    let given: Vec<_> = given.chain(extra.iter().map(|(name, value)| (*name, value))).collect();
    names.iter().map(|name| count(name, &given)).max().unwrap_or(1).max(1)
}

/// What a parameter of that name counts, given as it is or as `Name.0`, `Name.1` and so on.
fn count(name: &str, given: &[(&str, &Value)]) -> usize {
    let items = given
        .iter()
        .filter(|(other, _)| other.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
    let whole = given.iter().filter(|(other, _)| *other == name).map(|(_, value)| match value {
        Value::Array(items) => items.len(),
        Value::String(number) => whole(number),
        value => whole(&value.to_string()),
    });
    whole.max().unwrap_or(0).max(items.count())
}

/// A number as text; what cannot be read may be any number.
fn whole(text: &str) -> usize {
    let number = text.trim();
    let number = number.split_once('.').map_or(number, |(whole, _)| whole);
    number.parse().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{actions::DescribeCompShareInstance, raw::Raw};

    #[test]
    fn of_several_steps_only_refusals_of_the_first_prove_anything() {
        let proven = |action: &str, codes: [i64; 4]| {
            let acts_on = ActsOn::of(&Raw::new(action));
            codes.map(|code| acts_on.is_proven_by(RetCode::new(code)))
        };
        // The gateway's, UHost's, UDisk's and UNet's.
        let codes = [171, 8104, 17_041, 4207];
        assert_eq!(proven("CreateAndAttachCompshareDisk", codes), [true, false, false, false]);
        assert_eq!(proven("CreateCompShareInstance", codes), [true, true, false, false]);
        assert_eq!(proven("DeleteCompshareDisk", codes), [true; 4]);
    }

    #[test]
    fn a_call_acts_on_as_many_things_as_it_says() {
        let raw = || Raw::new("CreateCompShareInstance");
        assert_eq!(requested(&raw()), 1);
        assert_eq!(requested(&raw().param("MaxCount", 3)), 3);
        assert_eq!(requested(&raw().param("MaxCount", "3")), 3);
        assert_eq!(requested(&raw().with("MaxCount", 3)), 3);
        assert_eq!(requested(&raw().param("MaxCount", 3.0)), 3);
        assert_eq!(requested(&raw().param("MaxCount", "many")), usize::MAX);
        let raw = || Raw::new("SwitchCompShareEIPShareBandwidth");
        assert_eq!(requested(&raw().param("UHostIds", ["uhost-a", "uhost-b"])), 2);
        assert_eq!(requested(&raw().param("UHostIds.0", "a").param("UHostIds.1", "b")), 2);
        assert_eq!(requested(&DescribeCompShareInstance::new().uhost_ids(["a", "b"])), 1);
    }
}
