//! Renders the README's table of families and actions into the text that is there.

use std::fmt::Write as _;

use crate::codegen::spec::{Availability, Spec};

/// Path of the README, from the workspace's root.
pub(crate) const README: &str = "README.md";

const BEGIN: &str = "<!-- table of actions, written by cargo xtask codegen -->\n";
const END: &str = "<!-- end of the table of actions -->\n";

/// What each family is about, in the order of the table.
const FAMILIES: &[(&str, &str)] = &[
    ("image", "platform, custom and community images"),
    ("instance", "GPU instances: prices, stock, life cycle, monitoring"),
    ("disk", "cloud disks, shared file storage, US3"),
    ("network", "shared bandwidth, ports, network optimizer"),
    ("team", "teams, their members, quotas and orders"),
    ("ulhost", "lightweight cloud hosts"),
    ("misc", "projects and model repositories"),
];

/// The README with its table as the spec says.
pub(crate) fn render(spec: &Spec, readme: &str) -> Result<String, String> {
    let (before, rest) =
        readme.split_once(BEGIN).ok_or_else(|| format!("{README} lacks the line {BEGIN}"))?;
    let (_, after) =
        rest.split_once(END).ok_or_else(|| format!("{README} lacks the line {END}"))?;
    Ok(format!("{before}{BEGIN}\n{}\n{END}{after}", table(spec)?))
}

fn table(spec: &Spec) -> Result<String, String> {
    let known = |family: &str| FAMILIES.iter().any(|(name, _)| *name == family);
    if let Some(action) = spec.actions.iter().find(|action| !known(&action.family)) {
        return Err(format!("say what family `{}` is about, in render/readme.rs", action.family));
    }
    let mut text = "| family | actions |\n| --- | --- |\n".to_owned();
    for (family, about) in FAMILIES {
        let mut names: Vec<String> = spec
            .actions
            .iter()
            .filter(|action| action.family == *family)
            .map(|action| match action.availability {
                Availability::Unavailable { .. } => format!("~~`{}`~~", action.name.value),
                Availability::Documented | Availability::CliOnly => {
                    format!("`{}`", action.name.value)
                }
            })
            .collect();
        names.sort_unstable_by_key(|name| name.trim_matches(['~', '`']).to_owned());
        let count = names.len();
        let _ = writeln!(text, "| **{family}** ({count}): {about} | {} |", names.join(" "));
    }
    let _ = writeln!(
        text,
        "\n{} actions; those struck through are documented, but dead in production.",
        spec.actions.len()
    );
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readme_without_its_marks_is_an_error() {
        let spec = Spec::default();
        let error = render(&spec, "# compshare\n").unwrap_err();
        assert!(error.starts_with("README.md lacks the line <!-- table"), "{error}");
        let readme = format!("before\n{BEGIN}old\n{END}after\n");
        let text = render(&spec, &readme).unwrap();
        assert!(text.starts_with("before\n") && text.ends_with("after\n"), "{text}");
        assert!(!text.contains("old"), "{text}");
    }
}
