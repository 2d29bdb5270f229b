//! The fixed texts of help.

/// Description of the program.
pub(crate) const ABOUT: &str = "\
The CompShare (优云智算) GPU cloud API on the command line.

Try it without keys, on a simulator:

  compshare UpdateCompShareImage --sim \\
      --CompShareImageId compshareImage-xxxx --Name my-updated-env --Tags 深度学习 --Tags PyTorch";

/// Layout of `compshare --help`.
pub(crate) const TEMPLATE: &str = "\
{about}

{usage-heading} {usage}

{before-help}Options:
{options}{after-help}";

/// Layout of the help of an action.
pub(crate) const ACTION_TEMPLATE: &str = "\
{about}

{before-help}{usage-heading} {usage}

{all-args}{after-help}";

/// The part after the flags.
pub(crate) const AFTER: &str = "\
Values:
  RetryScope a flag to build a list: --Tags a --Tags b. Use a dot for a field of an object
  (--SortCondition.Field PubTime) and numbers for a list of objects (--Disks.0.Size 60).
  Write --Name=-x for a value that begins with -.
  @FILE reads a value from a file, @- from standard input; @@x is the literal text @x.
  The line break that ends a one-line file is not part of the value.
  Numbers with a unit:
    size      64GB, 512MB, 2TB (1 GB = 1024 MB); without a unit, the unit in the flag's help
    duration  90s, 30m, 2h, 1d
    money     12.50CNY, also where the API counts in fen
  A time is a duration from now (2h, 1h30m, 3d), a local time (2026-11-26 03:00), a time with an
  offset (2026-11-26T03:00+08:00, 2026-11-25T19:00Z), or Unix seconds. Before a request is sent,
  the time is printed to standard error in full.
  Passwords are plain text, on the command line or from @FILE or @-; they are encoded for you.

Output:
  Secrets are printed as ***; --show-secrets prints them. --json prints the response unchanged,
  secrets included. A file (DownloadTeamOrder) is printed, or saved with --output.
  A paged list prints one page; --all prints every row. If a region, zone or project from the
  environment limits a list, a note on standard error says so.
  Times are local, with their offset. Tables are cut to fit a terminal, but not in a pipe. Nested
  values need --json. Control characters, bidirectional overrides and invisible characters are
  escaped: \\u{202e}, in JSON \\u202e.

Exit codes:
  0  success
  1  refused by the API (a RetCode other than 0, or an HTTP error), or a partial failure without
     --allow-partial; with --once: nothing was created
  2  usage error: an invalid flag or value, a missing parameter, file or key; nothing was sent
  3  outcome unknown: no usable response, so the action may have been carried out; with --once:
     something may have been created

Environment:
  COMPSHARE_PUBLIC_KEY, COMPSHARE_PRIVATE_KEY   API keys from the console
  COMPSHARE_SECURITY_TOKEN                      security token of temporary keys
  COMPSHARE_REGION, COMPSHARE_ZONE, COMPSHARE_PROJECT_ID, COMPSHARE_ENDPOINT
  COMPSHARE_PROFILE, COMPSHARE_CONFIG_FILE      profile in the official CLI's configuration file
                                                (~/.config/compshare/config.json)
  HTTPS_PROXY, http_proxy, ALL_PROXY, NO_PROXY  HTTP proxies, and hosts reached without one
  TZ                                            local time zone, such as Asia/Shanghai
  COLUMNS                                       width of tables on a terminal
  LC_ALL, LC_MESSAGES, LANG                     zh: also explains each RetCode in Chinese";

/// Help of `call --effect`.
pub(crate) const EFFECT: &str = "\
Effect of the action, which decides whether it is retried after a failure:
  read        changes nothing
  idempotent  leaves the same state however often it is sent
  once        may buy, create or destroy again
[default: the effect of a known action, which cannot be relaxed; otherwise once]";

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
