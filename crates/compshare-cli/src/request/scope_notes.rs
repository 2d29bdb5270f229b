//! Notes about lists that a default region, zone or project limits.

use compshare_blocking::{
    Action as _, Config, Effect, Raw,
    metadata::{ActionInfo, Kind, Takes},
};

use crate::input::{
    flags::{self, Scope},
    settings::Settings,
};

/// The parameters that narrow the list by a default: the caller gave neither them nor their flags.
fn defaults(settings: &Settings, action: &Raw) -> Vec<Scope> {
    let info = action.facts().info;
    if !is_list(info) {
        return Vec::new();
    }
    let given = serde_json::to_value(action).unwrap_or_default();
    let by_default =
        |scope: &Scope| given.get(scope.name).is_none() && !settings.sets(scope.global);
    flags::scope(info).filter(by_default).collect()
}

/// Whether the action lists things. Prices and capacities are lists as well, but of one thing each.
fn is_list(info: &ActionInfo) -> bool {
    let is_named = ["Describe", "List"].iter().any(|verb| info.name.starts_with(verb));
    let is_many = |kind: Kind| matches!(kind, Kind::List(_) | Kind::Map(_));
    info.effect == Effect::Read && is_named && info.response.iter().any(|field| is_many(field.kind))
}

/// Notes about the defaults from the environment that limit the list: first the optional ones, then
/// the required ones.
pub(crate) fn notes(settings: &Settings, action: &Raw, config: &Config) -> Vec<String> {
    let (mut optional, mut required) = (Vec::new(), Vec::new());
    for scope in defaults(settings, action) {
        let value = match scope.name {
            "Region" => config.settings().region.as_deref(),
            "Zone" => config.settings().zone.as_deref(),
            _ => config.settings().project_id.as_deref(),
        };
        let Some(value) = value else { continue };
        let part = format!("{} {value} ({})", scope.name, scope.variable());
        match scope.takes {
            // The simulator's own default is not the environment's.
            Takes::Required if settings.sim => {}
            Takes::Required => required.push((part, format!("--{}", scope.global))),
            _ => optional.push(part),
        }
    }
    let only = |parts: &[String]| format!("note: the list is limited to {}", parts.join(" and "));
    let mut notes = Vec::new();
    if !optional.is_empty() {
        let unset = if optional.len() == 1 { "this variable" } else { "these variables" };
        notes.push(format!("{}; unset {unset} to list all", only(&optional)));
    }
    if !required.is_empty() {
        let (parts, flags): (Vec<_>, Vec<_>) = required.into_iter().unzip();
        notes.push(format!("{}; use {} to change it", only(&parts), flags.join(" and ")));
    }
    notes
}

/// The simulator's configuration without the defaults that would narrow the list.
pub(crate) fn without_defaults(mut config: Config, settings: &Settings, action: &Raw) -> Config {
    let optional = |scope: &Scope| scope.takes == Takes::Optional;
    for scope in defaults(settings, action).into_iter().filter(optional) {
        config = match scope.name {
            "Region" => config.region(""),
            "Zone" => config.zone(""),
            _ => config,
        };
    }
    config
}
