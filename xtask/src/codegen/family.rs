//! Reads and checks what the actions of one spec file are about.

use super::{
    place::Problem,
    spec::{Action, Family},
    toml_file::Entry,
};

pub(crate) fn parse(entry: &Entry<'_, '_>) -> Option<Family> {
    let table = entry.table(&["title", "zh"])?;
    let title = table.text("title", "say what the actions of the family are about");
    let zh = table.text("zh", "say the same in Chinese");
    Some(Family { name: entry.key(), title: title?, zh: zh? })
}

/// Says which families have no actions, and which actions have no family.
pub(crate) fn check(families: &[Family], actions: &[Action]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for family in families {
        if !actions.iter().any(|action| action.family == family.name.value) {
            let text = format!("{}: has no actions; remove it", family.name.value);
            problems.push(Problem { place: family.name.place.clone(), text });
        }
    }
    let is_known = |action: &&Action| families.iter().any(|it| it.name.value == action.family);
    // One line for each file, at its first action.
    let mut unknown: Vec<&Action> = actions.iter().filter(|action| !is_known(action)).collect();
    unknown.dedup_by_key(|action| &action.family);
    problems.extend(unknown.into_iter().map(|action| Problem {
        place: action.name.place.clone(),
        text: format!("add [{}] with `title` and `zh` to families.toml", action.family),
    }));
    problems
}
