//! Checking parameters against the metadata of the action.

pub(crate) mod form;
pub(crate) mod json_arrays;
pub(crate) mod request;
pub(crate) mod signature;

use base64::Engine as _;
use compshare_proto::{
    Effect,
    metadata::{ActionInfo, EnumInfo, Kind, ParameterInfo, Takes},
};

use crate::{
    call::{
        Parameters, Refusal, is_integer,
        parameters::{parse_bool, parse_float, parse_index, parse_int},
    },
    model::regions,
};

/// Refuses parameters that the action cannot take.
pub(crate) fn check(info: &ActionInfo, sent: &Parameters) -> Result<(), Refusal> {
    if let Some(name) = sent.repeated() {
        return Err(Refusal::unavailable(name, "it was sent more than once"));
    }
    check_place(info, sent)?;
    // A resource must have a name; an empty filter is no filter.
    if info.effect != Effect::Read
        && info.parameter("Name").is_some()
        && sent.text("Name") == Some("")
    {
        return Err(Refusal::unavailable("Name", "it must not be empty"));
    }
    check_all(info.parameters, "", sent)
}

/// Names that the action does not have, in the order sent; the gateway ignores them.
pub(crate) fn unknown(info: &ActionInfo, sent: &Parameters) -> Vec<String> {
    let names = sent.pairs().iter().map(|(name, _)| name);
    names.filter(|name| !is_known(info, name)).cloned().collect()
}

/// Region, zone and project.
fn check_place(info: &ActionInfo, sent: &Parameters) -> Result<(), Refusal> {
    let rows = [("Region", info.region), ("Zone", info.zone), ("ProjectId", info.project_id)];
    for (name, takes) in rows {
        let is_left_out = name == "Region" && info.region_not_enforced;
        if takes == Takes::Required && !is_left_out && sent.filled(name).is_none() {
            return Err(Refusal::missing(name));
        }
    }
    let region = sent.text("Region").filter(|_| info.region != Takes::Never);
    if region.is_some_and(|region| !regions::is_region(region)) {
        return Err(Refusal::unavailable("Region", "there is no such region"));
    }
    let zone = sent.text("Zone").filter(|_| info.zone != Takes::Never);
    if zone.is_some_and(|zone| !regions::is_zone(zone, region)) {
        return Err(Refusal::unavailable("Zone", "the region has no such zone"));
    }
    Ok(())
}

/// Every parameter of an action (`prefix` empty) or of an object in a request.
fn check_all(infos: &[ParameterInfo], prefix: &str, sent: &Parameters) -> Result<(), Refusal> {
    for info in infos {
        let name = if prefix.is_empty() {
            info.name.to_owned()
        } else {
            format!("{prefix}.{}", info.name)
        };
        check_one(info, &info.kind, &name, sent)?;
    }
    Ok(())
}

/// One parameter under its full name.
fn check_one(
    info: &ParameterInfo,
    kind: &Kind,
    name: &str,
    sent: &Parameters,
) -> Result<(), Refusal> {
    let absent = || if info.required { Err(Refusal::missing(name)) } else { Ok(()) };
    match kind {
        Kind::List(item) => check_list(info, item, name, sent),
        Kind::Object(_) if sent.filled(name).is_some() => {
            Err(Refusal::unavailable(name, "it must be an object"))
        }
        Kind::Object(_) if sent.children(name).is_empty() => absent(),
        Kind::Object(object) => check_all(object.parameters, name, sent),
        Kind::Struct(_) | Kind::Map(_) if sent.has(name) => Ok(()),
        Kind::Struct(_) | Kind::Map(_) => absent(),
        _ => match sent.text(name) {
            None => absent(),
            Some("") if info.required => absent(),
            Some(value) => {
                check_text(info, kind, value).map_err(|why| Refusal::unavailable(name, why))
            }
        },
    }
}

fn check_list(
    info: &ParameterInfo,
    item: &Kind,
    name: &str,
    sent: &Parameters,
) -> Result<(), Refusal> {
    let indices = sent.children(name);
    if let Some(odd) = indices.iter().find(|index| parse_index(index).is_none()) {
        return Err(Refusal::unavailable(
            &format!("{name}.{odd}"),
            format_args!("items are numbered {name}.0, {name}.1 and so on"),
        ));
    }
    let bare = sent.text(name).filter(|value| !value.is_empty());
    let count = indices.len() + usize::from(bare.is_some());
    if count == 0 && info.required {
        return Err(Refusal::missing(name));
    }
    if let Some(max) = info.max_items.filter(|max| count > *max) {
        let message = format!("Too many values in params [{name}]: {count}, at most {max}");
        return Err(Refusal::new(240, message));
    }
    if let Some(value) = bare {
        check_text(info, item, value).map_err(|why| Refusal::unavailable(name, why))?;
    }
    for index in indices {
        let name = format!("{name}.{index}");
        Refusal::when(sent.text(&name) == Some(""), &name, "an item must not be empty")?;
        check_one(info, item, &name, sent)?;
    }
    Ok(())
}

/// One value; the reason never repeats it, for it may be a password.
fn check_text(info: &ParameterInfo, kind: &Kind, value: &str) -> Result<(), String> {
    match kind {
        Kind::String | Kind::Secret if info.base64 => {
            let content = base64::engine::general_purpose::STANDARD.decode(value);
            content.map(drop).map_err(|_| "it must be Base64".to_owned())
        }
        kind if is_integer(kind) => {
            let number = parse_int(value).ok_or("it must be an integer")?;
            check_range(info, number.cmp(&info.min.unwrap_or(i64::MIN)).is_lt(), {
                number.cmp(&info.max.unwrap_or(i64::MAX)).is_gt()
            })
        }
        Kind::Float | Kind::Cny => {
            let number =
                parse_float(value).ok_or("it must be a decimal number without an exponent")?;
            #[allow(clippy::cast_precision_loss, reason = "documented bounds are small")]
            let (low, high) = (
                info.min.is_some_and(|min| number < min as f64),
                info.max.is_some_and(|max| number > max as f64),
            );
            check_range(info, low, high)
        }
        Kind::Bool => match parse_bool(value) {
            Some(_) => Ok(()),
            None => Err("it must be true or false".to_owned()),
        },
        Kind::Enum(values) => check_enum(values, value),
        _ => Ok(()),
    }
}

fn check_range(info: &ParameterInfo, too_low: bool, too_high: bool) -> Result<(), String> {
    match (too_low, info.min, too_high, info.max) {
        (true, Some(min), ..) => Err(format!("it must be at least {min}")),
        (_, _, true, Some(max)) => Err(format!("it must be at most {max}")),
        _ => Ok(()),
    }
}

fn check_enum(info: &EnumInfo, value: &str) -> Result<(), String> {
    if info.values.iter().any(|(known, _)| *known == value) {
        return Ok(());
    }
    let known: Vec<&str> = info.values.iter().map(|(known, _)| *known).collect();
    Err(format!("it must be one of {}", known.join(", ")))
}

/// Whether the action, or every action, has a parameter of that flattened name.
fn is_known(info: &ActionInfo, name: &str) -> bool {
    match name {
        "Action" | "PublicKey" | "Signature" | "SecurityToken" => return true,
        "Region" => return info.region != Takes::Never,
        "Zone" => return info.zone != Takes::Never,
        "ProjectId" => return info.project_id != Takes::Never,
        _ => {}
    }
    let mut parts = name.split('.');
    let Some(parameter) = parts.next().and_then(|first| info.parameter(first)) else {
        return false;
    };
    let mut kind = parameter.kind;
    for part in parts {
        kind = match kind {
            Kind::List(item) if parse_index(part).is_some() => *item,
            Kind::Map(value) => *value,
            Kind::Object(object) => {
                match object.parameters.iter().find(|parameter| parameter.name == part) {
                    Some(parameter) => parameter.kind,
                    None => return false,
                }
            }
            _ => return false,
        };
    }
    true
}

#[cfg(test)]
mod tests;
