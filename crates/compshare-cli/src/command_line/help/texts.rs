//! The fixed texts of help.

/// Description of the program.
pub(crate) const ABOUT: &str = include_str!("texts/about.txt").trim_ascii_end();

/// Layout of `compshare --help`.
pub(crate) const TEMPLATE: &str = include_str!("texts/template.txt").trim_ascii_end();

/// Layout of the help of an action.
pub(crate) const ACTION_TEMPLATE: &str = include_str!("texts/action_template.txt").trim_ascii_end();

/// The part after the flags.
pub(crate) const AFTER: &str = include_str!("texts/after.txt").trim_ascii_end();

/// Help of `call --effect`.
pub(crate) const EFFECT: &str = include_str!("texts/effect.txt").trim_ascii_end();

/// Help of the global flags that takes more than a line.
pub(crate) const TIMEOUT: &str = "\
Timeout of the call, retries included [default: 60; with --once 300]; with --all, of
each page. One attempt takes at most 20 seconds. With --once, a value below 270 turns off
sending again.";
pub(crate) const PARAM: &str = "\
Sends a parameter unchanged, for parameters that this version does not know. Can be
repeated. Times are read as for the flag of the same name.";
pub(crate) const SIM: &str = "\
Starts a simulator for this command and sends the request to it. Needs no keys and
changes no real resources.";
pub(crate) const OUTPUT: &str = "\
Saves the returned file (DownloadTeamOrder), completely or not at all. Without it, the
file goes to standard output.";
pub(crate) const ALL: &str = "\
Lists every row: requests all pages, starting at --Offset, with --Limit rows each.";
pub(crate) const ALLOW_PARTIAL: &str = "\
Exits with 0 on a partial failure and prints the failed items as a warning.";
pub(crate) const ONCE: &str = "\
Creates at most once: adds a marker to Remark (or Name) and, if the response is lost,
polls for it. An image is found by its Name.";
pub(crate) const MARK: &str = "\
Resumes an earlier --once with its marker: if it was created, nothing is sent.";
pub(crate) const SHOW_SECRETS: &str = "\
Prints the secrets in a response in plain text, not as ***.";
pub(crate) const LANG: &str = "\
Explains each RetCode in this language too [env: LC_ALL, LC_MESSAGES, LANG].";
