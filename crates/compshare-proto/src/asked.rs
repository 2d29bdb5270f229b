//! How many things a call acts on, by the parameters that the spec marks with `counts`.

use serde_json::Value;

use crate::{Action, sign::to_json};

/// How many things the call acts on: the largest of the numbers, and of the lengths of lists, in the
/// parameters that count them; 1 where there is none.
pub(crate) fn asked<A: Action + ?Sized>(action: &A) -> usize {
    let mut counting = action.info().parameters.iter().filter(|parameter| parameter.counts);
    // Most actions act on one thing, and are not serialized for that.
    let Some(first) = counting.next() else { return 1 };
    let names: Vec<&str> = [first].into_iter().chain(counting).map(|info| info.name).collect();
    let own = to_json(action).unwrap_or_default();
    let extra = action.extra().iter().filter_map(|parameter| parameter.to_json().ok());
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
        Value::String(number) => number.trim().parse().unwrap_or(1),
        value => value.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(1),
    });
    whole.max().unwrap_or(0).max(items.count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Raw, actions::DescribeCompShareInstance};

    #[test]
    fn a_call_acts_on_as_many_things_as_it_says() {
        let raw = || Raw::new("CreateCompShareInstance");
        assert_eq!(asked(&raw()), 1);
        assert_eq!(asked(&raw().param("MaxCount", 3)), 3);
        assert_eq!(asked(&raw().param("MaxCount", "3")), 3);
        assert_eq!(asked(&raw().with("MaxCount", 3)), 3);
        assert_eq!(asked(&raw().param("MaxCount", "many")), 1);
        let raw = || Raw::new("SwitchCompShareEIPShareBandwidth");
        assert_eq!(asked(&raw().param("UHostIds", ["uhost-a", "uhost-b"])), 2);
        assert_eq!(asked(&raw().param("UHostIds.0", "a").param("UHostIds.1", "b")), 2);
        assert_eq!(asked(&DescribeCompShareInstance::new().uhost_ids(["a", "b"])), 1);
    }
}
