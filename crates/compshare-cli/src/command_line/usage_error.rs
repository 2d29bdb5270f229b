//! Explains command lines that cannot be parsed.

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};
use compshare_blocking::metadata::ActionInfo;

use crate::{command_line::suggest, error::CliError, input::flags::Given};

/// The requested help, or the error with a suggestion.
///
/// # Errors
///
/// All but help and version.
pub(crate) fn usage_error(error: &Error, given: Given<'_>) -> Result<String, CliError> {
    let action = given.0.iter().find_map(|word| Some(ActionInfo::find(word.to_str()?)?.name));
    let failed = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return Ok(error.to_string()),
        ErrorKind::MissingSubcommand => CliError::usage("no action was given")
            .hint("`compshare --help` lists the actions; --sim runs any of them without keys"),
        ErrorKind::InvalidSubcommand => no_action(error),
        ErrorKind::UnknownArgument => no_flag(error, action, given),
        _ => CliError::usage(first_part(&error.to_string())),
    };
    Err(action.into_iter().fold(failed, CliError::of))
}

fn no_action(error: &Error) -> CliError {
    let name = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
    let meant = meant(suggest::word(&name));
    CliError::usage(format!("unknown action {name}{meant}")).hint(
        "`compshare --help` lists the actions; `compshare call ACTION --param KEY=VALUE` sends \
         one that this version does not know",
    )
}

fn no_flag(error: &Error, action: Option<&str>, given: Given<'_>) -> CliError {
    let command = ["compshare"].into_iter().chain(action).collect::<Vec<_>>().join(" ");
    let word = context(error, ContextKind::InvalidArg).unwrap_or_default();
    if word.starts_with("--") && !given.follows_secret(&word) {
        let meant = meant(context(error, ContextKind::SuggestedArg).as_deref());
        return CliError::usage(format!("{command} does not take {word}{meant}")).hint(format!(
            "`{command} --help` lists the flags; --param KEY=VALUE sends a parameter that this \
             version does not know"
        ));
    }
    // It may be the second half of a password.
    let has_secret = given.0.iter().any(|word| {
        let word = word.to_string_lossy().to_ascii_lowercase();
        word.starts_with("--") && ["password", "param"].iter().any(|secret| word.contains(secret))
    });
    let shown = if has_secret { "a word".to_owned() } else { format!("{word:?}") };
    CliError::usage(format!("{shown} is not a flag")).hint(
        "quote a value that contains spaces, write --Name=-x for one that begins with -, and \
         repeat the flag for a list",
    )
}

/// The suggestion, as the end of a sentence.
fn meant(suggestion: Option<&str>) -> String {
    suggestion.map(|word| format!("; did you mean {word}?")).unwrap_or_default()
}

fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.last().cloned(),
        _ => None,
    }
}

/// clap's text without its name for errors, its usage line and its pointer to help.
fn first_part(text: &str) -> &str {
    let text = text.strip_prefix("error: ").unwrap_or(text);
    let ends = ["\n\nUsage:", "\n\nFor more information"];
    let end = ends.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    text.get(..end).unwrap_or(text).trim_end()
}
