//! `Flag`: the flags of an action, from the metadata of its parameters.

use std::{collections::BTreeSet, ffi::OsString};

use compshare_blocking::metadata::{ActionInfo, Kind, ParameterInfo, Takes};

use crate::text::secrets;

/// The arguments of the command line, and which items of lists of objects they name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'a>(pub(crate) &'a [OsString]);

impl Given<'_> {
    /// Whether a word stands there by itself.
    pub(crate) fn has(self, word: &str) -> bool {
        self.0.iter().any(|given| given == word)
    }

    /// Whether a word stands where the value of a flag that may be secret belongs.
    pub(crate) fn follows_secret(self, word: &str) -> bool {
        self.0.windows(2).any(|pair| match pair {
            [flag, value] => {
                let flag = flag.to_string_lossy();
                let is_secret = flag.starts_with("--") && secrets::is_secret_name(&flag);
                is_secret && value.to_string_lossy().starts_with(word)
            }
            _ => false,
        })
    }

    /// Numbers of the items that flags such as `--Disks.0.Size` name, for `Disks`.
    pub(crate) fn indices(self, list: &str) -> BTreeSet<u16> {
        let number = |word: &OsString| {
            let rest = word.to_str()?.strip_prefix("--")?.strip_prefix(list)?.strip_prefix('.')?;
            rest.split('.').next()?.parse().ok()
        };
        self.0.iter().filter_map(number).collect()
    }
}

/// One flag, which takes the value of one parameter.
#[derive(Clone, Debug)]
pub(crate) struct Flag {
    /// Name without dashes, such as `SortCondition.Field`.
    pub(crate) path: String,
    /// The parameter.
    pub(crate) info: &'static ParameterInfo,
    /// Type of one value.
    pub(crate) kind: Kind,
    /// Whether it may be repeated.
    pub(crate) repeated: bool,
    /// Whether it is part of an item of a list of objects; the other items have the same flags.
    pub(crate) item: bool,
    /// Whether help hides it, because the flag of another item is documented.
    pub(crate) hidden: bool,
}

/// What the value of a parameter is under in what clap read: no global flag has such a name.
pub(crate) fn id(path: &str) -> String {
    format!("={path}")
}

/// The flags of every parameter of an action, in the documented order.
pub(crate) fn of_action(info: &ActionInfo, given: Given<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    add(info.parameters, "", None, given, &mut flags);
    flags
}

/// The scope parameters that an action takes: name, whether it is needed, and its global flag.
pub(crate) fn scope(info: &ActionInfo) -> impl Iterator<Item = Scope> + use<> {
    [
        Scope { name: "Region", takes: info.region, global: "region" },
        Scope { name: "Zone", takes: info.zone, global: "zone" },
        Scope { name: "ProjectId", takes: info.project_id, global: "project-id" },
    ]
    .into_iter()
    .filter(|scope| scope.takes != Takes::Never)
}

/// A parameter that a default exists for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    /// Documented name.
    pub(crate) name: &'static str,
    /// Whether the action needs it.
    pub(crate) takes: Takes,
    /// Global flag of the default.
    pub(crate) global: &'static str,
}

impl Scope {
    /// Environment variable of the default.
    pub(crate) fn variable(self) -> String {
        format!("COMPSHARE_{}", self.global.replace('-', "_").to_ascii_uppercase())
    }
}

/// Adds the flags of parameters under a prefix; `highest` is the highest index in that prefix.
fn add(
    parameters: &'static [ParameterInfo],
    prefix: &str,
    highest: Option<u16>,
    given: Given<'_>,
    flags: &mut Vec<Flag>,
) {
    let (item, hidden) = (highest.is_some(), highest > Some(0));
    for info in parameters {
        let path = join(prefix, info.name);
        match info.kind {
            Kind::Object(object) => add(object.parameters, &path, highest, given, flags),
            Kind::List(Kind::Object(object)) => {
                let mut indices = given.indices(&path);
                indices.insert(0);
                for index in indices {
                    let highest = highest.max(Some(index));
                    add(object.parameters, &join(&path, index), highest, given, flags);
                }
            }
            kind => {
                let (kind, repeated) = match kind {
                    Kind::List(kind) => (*kind, true),
                    kind => (kind, false),
                };
                flags.push(Flag { path, info, kind, repeated, item, hidden });
            }
        }
    }
}

/// The flattened name of something within something else.
pub(crate) fn join(prefix: &str, step: impl std::fmt::Display) -> String {
    if prefix.is_empty() { step.to_string() } else { format!("{prefix}.{step}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(action: &str, words: &[&str]) -> Vec<String> {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        let info = ActionInfo::find(action).unwrap();
        of_action(info, Given(&words)).into_iter().map(|flag| flag.path).collect()
    }

    #[test]
    fn objects_are_flattened_with_dots() {
        let paths = paths("CreateCompShareCustomImage", &[]);
        assert!(paths.contains(&"Softwares.CUDAVersion".to_owned()), "{paths:?}");
        assert!(paths.contains(&"Softwares.Application".to_owned()), "{paths:?}");
        assert!(!paths.contains(&"Softwares".to_owned()), "{paths:?}");
    }

    #[test]
    fn items_of_lists_of_objects_are_those_that_are_named() {
        let words = ["--Disks.2.Size", "60", "--Disks.0.Type=x", "--DisksX.7.Size", "--Disks.a.B"];
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        assert_eq!(Given(&words).indices("Disks"), BTreeSet::from([0, 2]));
    }
}
