//! `Lang`: the language that a `RetCode` is explained in.

/// A language; all but the meaning of a `RetCode` is in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl Lang {
    /// The language of the flag, else of the environment.
    pub(crate) fn of(flag: Option<&str>, variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set).unwrap_or_default();
        if flag.unwrap_or(&locale).to_ascii_lowercase().starts_with("zh") {
            Self::Zh
        } else {
            Self::En
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(flag: Option<&str>, variables: &[(&str, &str)]) -> Lang {
        let find = |name: &str| variables.iter().find(|(known, _)| *known == name);
        Lang::of(flag, |name| find(name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_flag_goes_before_the_environment() {
        assert_eq!(of(None, &[]), Lang::En);
        assert_eq!(of(None, &[("LANG", "zh_CN.UTF-8")]), Lang::Zh);
        assert_eq!(of(None, &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")]), Lang::En);
        assert_eq!(of(None, &[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_TW")]), Lang::Zh);
        assert_eq!(of(None, &[("LANG", "zh_CN"), ("LC_ALL", "")]), Lang::Zh);
        assert_eq!(of(Some("en"), &[("LANG", "zh_CN")]), Lang::En);
        assert_eq!(of(Some("zh"), &[]), Lang::Zh);
    }
}
