//! Requires the parameter that decides what is billed, even where the API has a default.

use compshare_blocking::metadata::{ActionInfo, Kind, ParameterInfo};

use crate::error::CliError;

/// The parameter that decides what the action bills, if any.
pub(crate) fn parameter(info: &ActionInfo) -> Option<&'static ParameterInfo> {
    info.parameters.iter().find(|parameter| !parameter.bills.is_empty())
}

/// What it may be set to, and what each bills.
pub(crate) fn choices(
    parameter: &'static ParameterInfo,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let values = match parameter.kind {
        Kind::Enum(info) => info.values,
        _ => &[],
    };
    parameter.bills.iter().map(|choice| {
        let meaning = values.iter().find(|(value, _)| value == choice);
        (*choice, meaning.map_or("", |(_, meaning)| meaning))
    })
}

/// Refuses an action without its billing parameter; `flag` formats the name of that parameter.
///
/// # Errors
///
/// It is not given; the error has the choices.
pub(crate) fn check(
    info: &ActionInfo,
    flag: impl Fn(&str) -> String,
    is_given: impl Fn(&str) -> bool,
) -> Result<(), CliError> {
    let Some(parameter) = parameter(info).filter(|parameter| !is_given(parameter.name)) else {
        return Ok(());
    };
    let flag = flag(parameter.name);
    let without = match parameter.default {
        "" => String::new(),
        default => format!("; the API default is {default}"),
    };
    let failed = CliError::usage(format!(
        "{} is missing; it decides what is billed{without}; use one of {}",
        flag.trim_end_matches([' ', '=']),
        parameter.bills.join(", ")
    ));
    Err(choices(parameter).fold(failed, |failed, (choice, meaning)| {
        failed.hint(format!("{flag}{choice}: {meaning}"))
    }))
}
