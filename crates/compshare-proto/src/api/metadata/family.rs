//! `FamilyInfo`: what a family of actions is about.

use super::ActionInfo;
use crate::api::actions::{ACTIONS, FAMILIES};

/// A family of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FamilyInfo {
    /// Its name, such as `image`: the value of [`ActionInfo::family`].
    pub name: &'static str,
    /// What its actions are about, in English.
    pub title: &'static str,
    /// What its actions are about, in Chinese.
    pub title_zh: &'static str,
}

impl FamilyInfo {
    /// Returns the family of that name.
    ///
    /// ```
    /// use compshare_proto::metadata::FamilyInfo;
    ///
    /// let image = FamilyInfo::find("image").unwrap();
    /// assert!(image.actions().any(|action| action.name == "UpdateCompShareImage"));
    /// ```
    pub fn find(name: &str) -> Option<&'static Self> {
        FAMILIES.iter().find(|family| family.name == name)
    }

    /// Returns its actions, sorted by name.
    pub fn actions(self) -> impl Iterator<Item = &'static ActionInfo> {
        ACTIONS.iter().copied().filter(move |info| info.family == self.name)
    }
}
