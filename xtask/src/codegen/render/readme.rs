//! Renders what the READMEs say of all actions into the text that is there: their number, and a table.

use std::fmt::Write as _;

use crate::codegen::spec::{Availability, Spec};

/// Paths of the READMEs, from the workspace's root.
pub(crate) const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

const BEGIN: &str = "<!-- table of actions, written by cargo xtask codegen -->\n";
const END: &str = "<!-- end of the table of actions -->\n";

/// What stands around the number of actions.
const NUMBER: [(&str, &str); 2] = [("All ", " actions"), ("全部 ", " 个接口")];

/// The README at that path with the number of actions and its table, if it has one, as the spec says.
pub(crate) fn render(spec: &Spec, path: &str, readme: &str) -> Result<String, String> {
    let readme = numbered(spec, path, readme)?;
    let Some((before, rest)) = readme.split_once(BEGIN) else {
        return if path == READMES[0] {
            Err(format!("{path} lacks the line {BEGIN}"))
        } else {
            Ok(readme)
        };
    };
    let (_, after) = rest.split_once(END).ok_or_else(|| format!("{path} lacks the line {END}"))?;
    Ok(format!("{before}{BEGIN}\n{}\n{END}{after}", table(spec)))
}

/// The README with the number of actions where it says "All 107 actions".
fn numbered(spec: &Spec, path: &str, readme: &str) -> Result<String, String> {
    for (before, after) in NUMBER {
        for (start, _) in readme.match_indices(before) {
            let start = start + before.len();
            let digits = readme[start..].bytes().take_while(u8::is_ascii_digit).count();
            let rest = &readme[start + digits..];
            if digits > 0 && rest.starts_with(after) {
                return Ok(format!("{}{}{rest}", &readme[..start], spec.actions.len()));
            }
        }
    }
    Err(format!("{path} says nowhere how many actions there are, as in `All 107 actions`"))
}

fn table(spec: &Spec) -> String {
    let mut text = "| family | actions |\n| --- | --- |\n".to_owned();
    for family in &spec.families {
        let mut names: Vec<String> = spec
            .actions
            .iter()
            .filter(|action| action.family == family.name.value)
            .map(|action| match action.availability {
                Availability::Unavailable { .. } => format!("~~`{}`~~", action.name.value),
                Availability::Documented | Availability::CliOnly => {
                    format!("`{}`", action.name.value)
                }
            })
            .collect();
        names.sort_unstable_by_key(|name| name.trim_matches(['~', '`']).to_owned());
        let (name, title, count) = (&family.name.value, &family.title.value, names.len());
        let _ = writeln!(text, "| **{name}** ({count}): {title} | {} |", names.join(" "));
    }
    let _ = writeln!(
        text,
        "\n{} actions; those struck through are documented, but dead in production.",
        spec.actions.len()
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readme_without_its_markers_is_an_error() {
        let spec = Spec::default();
        let error = render(&spec, "README.md", "All 7 actions\n").unwrap_err();
        assert!(error.starts_with("README.md lacks the line <!-- table"), "{error}");
        let error = render(&spec, "README.md", "# compshare\n").unwrap_err();
        assert!(error.starts_with("README.md says nowhere how many actions"), "{error}");
        let readme = format!("before\nAll 7 actions\n{BEGIN}old\n{END}after\n");
        let text = render(&spec, "README.md", &readme).unwrap();
        assert!(text.starts_with("before\nAll 0 actions\n") && text.ends_with("after\n"), "{text}");
        assert!(!text.contains("old"), "{text}");
    }

    #[test]
    fn the_number_of_actions_is_that_of_the_spec_in_both_languages() {
        let text = render(&Spec::default(), "README.zh-CN.md", "全部 参数\n全部 12 个接口。\n");
        assert_eq!(text.unwrap(), "全部 参数\n全部 0 个接口。\n");
    }
}
