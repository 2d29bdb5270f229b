//! Suggests an action or command for an unknown name.

use compshare_blocking::{actions::ACTIONS, metadata::Availability};
use strsim::{jaro_winkler, normalized_damerau_levenshtein};

use crate::command_line::help::COMMANDS;

/// Minimum similarity of a suggestion, from 0 to 1.
const LIKE: f64 = 0.8;

/// Verbs with the same meaning, in lower case.
const VERBS: [&[&str]; 8] = [
    &["describe", "list", "get", "show", "query", "find"],
    &["terminate", "delete", "destroy", "remove", "release"],
    &["create", "buy", "run", "launch", "new", "add", "rent"],
    &["stop", "poweroff", "shutdown", "halt"],
    &["start", "poweron", "boot"],
    &["reboot", "restart"],
    &["modify", "update", "set", "change", "edit"],
    &["resize", "upgrade"],
];

/// The most similar action, otherwise the most similar command. An action of ULHost, which has no
/// GPUs, is suggested only if the name says so or no other action is similar.
pub(crate) fn word(name: &str) -> Option<&'static str> {
    let name = plain(name);
    let of_host = name.contains("ulhost");
    let best = |hosts: bool| {
        ACTIONS
            .iter()
            .filter(|info| (info.family == "ulhost") == hosts)
            .filter(|info| !matches!(info.availability, Availability::Unavailable { .. }))
            .map(|info| (likeness(&name, info.name), info.name))
            .filter(|(like, _)| *like >= LIKE)
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
    };
    let action = best(of_host).or_else(|| best(!of_host)).map(|(_, name)| name);
    action.or_else(|| {
        COMMANDS.iter().map(|(word, _)| *word).find(|word| jaro_winkler(&name, word) >= LIKE)
    })
}

/// Similarity of a plain name and an action, from 0 to 1.
fn likeness(name: &str, action: &str) -> f64 {
    let mut action = plain(action);
    if !name.contains("ulhost") {
        action = action.replace("ulhost", "");
    }
    let whole = normalized_damerau_levenshtein(name, &action);
    let ((group, verb, noun), (own_group, own_verb, own_noun)) = (parts(name), parts(&action));
    let same_verb = match (group, own_group) {
        _ if verb == own_verb => 1.0,
        (Some(group), Some(own)) if group == own => 0.95,
        _ => 0.0,
    };
    whole.max(same_verb * jaro_winkler(noun, own_noun))
}

/// The name in lower case, without the product's name and what separates words.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    let name = letters.collect::<String>().to_lowercase().replace("compshare", "");
    if let Some(thing) = name.strip_prefix("rename") {
        return format!("modify{thing}name");
    }
    // UCloud's API calls an instance a UHost.
    if name.contains("ulhost") { name } else { name.replace("uhost", "") }
}

/// The group of the verb, the verb, and the noun after it in the singular.
fn parts(name: &str) -> (Option<usize>, &str, &str) {
    let verbs = VERBS.iter().enumerate().flat_map(|(group, verbs)| {
        verbs.iter().filter(|verb| name.starts_with(**verb)).map(move |verb| (Some(group), *verb))
    });
    let (group, verb) = verbs.max_by_key(|(_, verb)| verb.len()).unwrap_or((None, ""));
    let noun = name.get(verb.len()..).unwrap_or_default();
    (group, verb, noun.strip_suffix('s').unwrap_or(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_of_compshare_are_suggested_before_those_of_another_product() {
        for (name, meant) in [
            ("CreateInstance", "CreateCompShareInstance"),
            ("CreateUHostInstance", "CreateCompShareInstance"),
            ("create-instance", "CreateCompShareInstance"),
            ("createinstances", "CreateCompShareInstance"),
            ("RunInstances", "CreateCompShareInstance"),
            ("CreateCompShareInstanc", "CreateCompShareInstance"),
            ("DescribeInstance", "DescribeCompShareInstance"),
            ("DescribeInstances", "DescribeCompShareInstance"),
            ("DescribeUHostInstance", "DescribeCompShareInstance"),
            ("ListInstances", "DescribeCompShareInstance"),
            ("StopInstance", "StopCompShareInstance"),
            ("PoweroffInstance", "StopCompShareInstance"),
            ("PoweroffUHostInstance", "StopCompShareInstance"),
            ("StartInstance", "StartCompShareInstance"),
            ("RebootInstance", "RebootCompShareInstance"),
            ("RestartInstance", "RebootCompShareInstance"),
            ("TerminateInstance", "TerminateCompShareInstance"),
            ("DeleteInstance", "TerminateCompShareInstance"),
            ("ReinstallInstance", "ReinstallCompShareInstance"),
            ("ResetInstancePassword", "ResetCompShareInstancePassword"),
            ("ResizeInstance", "ResizeCompShareInstance"),
            ("RenameInstance", "ModifyCompShareInstanceName"),
            ("ListImages", "DescribeCompShareImages"),
            ("DescribeImage", "DescribeCompShareImages"),
            ("UpdateImage", "UpdateCompShareImage"),
            ("UpdateCompshareImages", "UpdateCompShareImage"),
            ("ListDisks", "DescribeCompshareDisk"),
            ("GetInstancePrice", "GetCompShareInstancePrice"),
            ("ListTeams", "ListCompShareTeam"),
            ("CreateCfs", "CreateCFS"),
        ] {
            assert_eq!(word(name), Some(meant), "{name}");
        }
    }

    #[test]
    fn another_product_is_suggested_where_it_is_named_or_nothing_else_fits() {
        for (name, meant) in [
            ("CreateUlHostInstanc", "CreateULHostInstance"),
            ("StopULHostInstances", "StopULHostInstance"),
            ("DescribeULHostBundle", "DescribeULHostBundles"),
            ("DescribeBundles", "DescribeULHostBundles"),
            ("action", "actions"),
        ] {
            assert_eq!(word(name), Some(meant), "{name}");
        }
        for name in ["", "x", "foo", "实例", "GetWeather", "instance"] {
            assert_eq!(word(name), None, "{name}");
        }
    }

    #[test]
    fn an_unavailable_action_is_never_suggested() {
        for name in ["AddFavoriteImages", "GetSoftwareUrls"] {
            assert!(!ACTIONS.iter().any(|info| {
                word(name) == Some(info.name)
                    && matches!(info.availability, Availability::Unavailable { .. })
            }));
        }
    }
}
