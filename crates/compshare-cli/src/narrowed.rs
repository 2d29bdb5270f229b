//! Lists that leave rows out because of a default, which the caller may have forgotten.

use compshare_blocking::{Action as _, ActionInfo, Config, Effect, Kind, Raw, Takes};

use crate::{
    flags::{self, Scope},
    settings::Settings,
};

/// The parameters that narrow the list by a default: the caller gave neither them nor their flags.
fn defaults(settings: &Settings, action: &Raw) -> Vec<Scope> {
    let info = action.info();
    if !is_list(info) {
        return Vec::new();
    }
    let given = serde_json::to_value(action).unwrap_or_default();
    let by_default = |scope: &Scope| {
        // One that is required is always given by someone who knows.
        scope.takes == Takes::Optional
            && given.get(scope.name).is_none()
            && !settings.sets(scope.global)
    };
    flags::scope(info).filter(by_default).collect()
}

/// Whether the action lists things. Prices and capacities are lists as well, but of one thing each.
fn is_list(info: &ActionInfo) -> bool {
    let is_named = ["Describe", "List"].iter().any(|verb| info.name.starts_with(verb));
    let has_rows =
        info.response.iter().any(|field| matches!(field.kind, Kind::List(Kind::Struct(_))));
    info.effect == Effect::Read && is_named && has_rows
}

/// What is said of a list that is narrowed by the environment; `None` where it is not.
pub(crate) fn note(settings: &Settings, action: &Raw, config: &Config) -> Option<String> {
    let mut parts = Vec::new();
    for scope in defaults(settings, action) {
        let value = match scope.name {
            "Region" => config.default_region(),
            "Zone" => config.default_zone(),
            _ => config.default_project_id(),
        };
        if let Some(value) = value {
            parts.push(format!("{} {value} ({})", scope.name, scope.variable()));
        }
    }
    let unset = match parts.len() {
        0 => return None,
        1 => "this variable",
        _ => "these variables",
    };
    let parts = parts.join(" and ");
    Some(format!("note: lists only what is in {parts}: unset {unset} to list all"))
}

/// The simulator's configuration without the defaults that would narrow the list.
pub(crate) fn widened(mut config: Config, settings: &Settings, action: &Raw) -> Config {
    for scope in defaults(settings, action) {
        config = match scope.name {
            "Region" => config.region(""),
            "Zone" => config.zone(""),
            _ => config,
        };
    }
    config
}
