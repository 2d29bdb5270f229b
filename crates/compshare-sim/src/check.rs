//! Checking parameters against the metadata of the action.

pub(crate) mod form;
pub(crate) mod json_arrays;
pub(crate) mod request;
pub(crate) mod signature;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use compshare_proto::{
    Effect,
    metadata::{ActionInfo, Kind, ParameterInfo, Takes},
};

use crate::{
    call::{
        Parameters, Refusal, is_integer,
        parameters::{parse_bool, parse_float, parse_index, parse_int},
    },
    model::{price, regions},
};

/// Refuses parameters that the action cannot take.
pub(crate) fn check(info: &ActionInfo, sent: &Parameters) -> Result<(), Refusal> {
    if let Some(name) = sent.repeated() {
        return Err(Refusal::unavailable(name, "it was sent more than once"));
    }
    check_place(info, sent)?;
    // A resource must have a name; an empty filter is no filter.
    let has_name = info.effect != Effect::Read && info.parameter("Name").is_some();
    let is_empty = has_name && sent.text("Name") == Some("");
    Refusal::when(is_empty, "Name", "it must not be empty")?;
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
    let is_region = region.is_none_or(regions::is_region);
    Refusal::when(!is_region, "Region", "there is no such region")?;
    let zone = sent.text("Zone").filter(|_| info.zone != Takes::Never);
    let is_zone = zone.is_none_or(|zone| regions::is_zone(zone, region));
    Refusal::when(!is_zone, "Zone", "the region has no such zone")
}

/// Every parameter of an action (`prefix` empty) or of an object in a request (`prefix` ends in a point).
fn check_all(infos: &[ParameterInfo], prefix: &str, sent: &Parameters) -> Result<(), Refusal> {
    for info in infos {
        check_one(info, &info.kind, &format!("{prefix}{}", info.name), sent)?;
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
        Kind::Object(object) => check_all(object.parameters, &format!("{name}."), sent),
        Kind::Map(_) if sent.has(name) => Ok(()),
        _ => match sent.text(name).filter(|value| !(value.is_empty() && info.required)) {
            None => absent(),
            Some(value) => check_text(info, kind, name, value),
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
        let why = format!("items are numbered {name}.0, {name}.1 and so on");
        return Err(Refusal::unavailable(&format!("{name}.{odd}"), why));
    }
    let bare = sent.filled(name);
    let count = indices.len() + usize::from(bare.is_some());
    if count == 0 && info.required {
        return Err(Refusal::missing(name));
    }
    let most = info.max_items.unwrap_or(usize::MAX);
    let why = format!("Too many values in params [{name}]: {count}, at most {most}");
    Refusal::new_if(count > most, 240, why)?;
    if let Some(value) = bare {
        check_text(info, item, name, value)?;
    }
    for index in indices {
        let name = format!("{name}.{index}");
        Refusal::when(sent.text(&name) == Some(""), &name, "an item must not be empty")?;
        check_one(info, item, &name, sent)?;
    }
    Ok(())
}

/// One value; the refusal never repeats it, for it may be a password.
fn check_text(info: &ParameterInfo, kind: &Kind, name: &str, value: &str) -> Result<(), Refusal> {
    let must_be =
        |is_so: bool, what: &str| Refusal::when(!is_so, name, format_args!("it must be {what}"));
    match kind {
        Kind::String | Kind::Secret if info.base64 => {
            must_be(STANDARD.decode(value).is_ok(), "Base64")
        }
        Kind::Float | Kind::Cny => {
            let number = parse_float(value);
            must_be(number.is_some(), "a decimal number without an exponent")?;
            check_range(info, name, number, |bound| Some(price::number(bound)))
        }
        Kind::Bool => must_be(parse_bool(value).is_some(), "true or false"),
        Kind::Enum(info) => {
            let known: Vec<&str> = info.values.iter().map(|(known, _)| *known).collect();
            must_be(known.contains(&value), &format!("one of {}", known.join(", ")))
        }
        kind if is_integer(kind) => {
            let number = parse_int(value);
            must_be(number.is_some(), "an integer")?;
            check_range(info, name, number, Some)
        }
        _ => Ok(()),
    }
}

fn check_range<T: PartialOrd>(
    info: &ParameterInfo,
    name: &str,
    number: T,
    bound: fn(i64) -> T,
) -> Result<(), Refusal> {
    let too_low = info.min.filter(|min| number < bound(*min)).map(|min| format!("at least {min}"));
    let too_high = info.max.filter(|max| number > bound(*max)).map(|max| format!("at most {max}"));
    match too_low.or(too_high) {
        Some(range) => Err(Refusal::unavailable(name, format_args!("it must be {range}"))),
        None => Ok(()),
    }
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
    let parameter = parts.next().and_then(|first| info.parameter(first));
    let inner = |kind, part| match kind {
        Kind::List(item) if parse_index(part).is_some() => Some(*item),
        Kind::Map(value) => Some(*value),
        Kind::Object(object) => {
            object.parameters.iter().find(|inner| inner.name == part).map(|inner| inner.kind)
        }
        _ => None,
    };
    parameter.is_some_and(|parameter| parts.try_fold(parameter.kind, inner).is_some())
}

#[cfg(test)]
mod tests;
