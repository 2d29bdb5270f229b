//! The texts of help that no metadata goes into.

/// What the program is.
pub(crate) const ABOUT: &str = "\
The CompShare (优云智算) GPU cloud API on the command line.

Try it without keys, on a simulator that changes nothing real:

  compshare UpdateCompShareImage --sim \\
      --CompShareImageId compshareImage-xxxx --Name my-updated-env --Tags 深度学习 --Tags PyTorch";

/// Order of the parts of the help of the whole.
pub(crate) const TEMPLATE: &str = "\
{about}

{usage-heading} {usage}

{before-help}Options:
{options}{after-help}";

/// Order of the parts of the help of an action.
pub(crate) const ACTION_TEMPLATE: &str = "\
{about}

{before-help}{usage-heading} {usage}

{all-args}{after-help}";

/// What follows the flags.
pub(crate) const AFTER: &str = "\
Values:
  A list is its flag repeated: --Tags a --Tags b. A part of an object has a dot:
  --SortCondition.Field PubTime, and items of a list of objects are numbered: --Disks.0.Size 60.
  A value that begins with - is written --Name=-x.
  A text that begins with @ is read from that file, @- from standard input, and @@x is the text @x.
  The line break after the only line of a file is not part of the text.
  A number takes a unit behind it where it has one:
    size      64GB, 512MB, 2TB, of 1024 each; a bare number is in the unit that help names
    duration  90s, 30m, 2h, 1d
    money     12.50CNY, also where the API counts in fen
  A time is a duration from now (2h, 1h30m, 3d), a local time (2026-11-26 03:00), one with an offset
  (2026-11-26T03:00+08:00, 2026-11-25T19:00Z), or Unix seconds. How it is understood is printed to
  standard error, with its offset, before anything is sent.
  A password is given as it is, also by @FILE or @-; Base64 is done for you where the API wants it.

Answers:
  Passwords and the like are printed as *** unless --show-secrets is given; --json prints an answer
  as it came, passwords too. A file (DownloadTeamOrder) is printed, or saved by --output.
  Of a list that comes page by page, one page is printed, and --all prints every row. What a region, a
  zone or a project of the environment leaves out of a list is said on standard error.
  Times are local, with their offset. In a pipe, cells are never cut; nested values are shown by
  --json only. Characters that steer a terminal, reorder text or take no room are escaped:
  \\u{202e}, in JSON \\u202e.

Exit codes:
  0  done
  1  refused by the API: a RetCode other than 0, or an HTTP status that is no success; or done in
     part only, unless --allow-partial is given; with --once: nothing was created
  2  usage: a wrong flag or value, a missing parameter, no keys, a missing file; nothing was sent
  3  outcome unknown: no answer, or one that does not prove whether an action that must not be
     repeated was carried out; with --once: it is not known whether anything was created

Environment:
  COMPSHARE_PUBLIC_KEY, COMPSHARE_PRIVATE_KEY   keys, from the console's API key page
  COMPSHARE_SECURITY_TOKEN                      token that temporary keys come with
  COMPSHARE_REGION, COMPSHARE_ZONE, COMPSHARE_PROJECT_ID, COMPSHARE_ENDPOINT
  COMPSHARE_PROFILE, COMPSHARE_CONFIG_FILE      profile, and the official CLI's file that it is in
                                                (~/.config/compshare/config.json)
  HTTPS_PROXY, http_proxy, ALL_PROXY, NO_PROXY  HTTP proxies, and hosts that need none
  TZ                                            local time zone, such as Asia/Shanghai
  COLUMNS                                       width of tables on a terminal
  LC_ALL, LC_MESSAGES, LANG                     zh: what a RetCode means is told in Chinese too";

/// What an action's effect may be.
pub(crate) const EFFECT: &str = "\
What sending it again may do, which decides what is repeated after a failure:
  read        it only looks
  idempotent  it leaves the same state however often it is sent
  once        it may buy, create or destroy again
[default: that of a known action, which cannot be lowered, else once]";

/// Flags of more than a few words.
pub(crate) const TIMEOUT: &str = "\
Most time for the whole call, repeats included [default: 60; with --once 300]; with
--all, for each page. One attempt takes at most 20 seconds. With --once, nothing is sent
again if it is below 270.";
pub(crate) const PARAM: &str = "\
Sends a parameter as given; may be repeated. For parameters that this version does
not know. A time is read as its flag reads it.";
pub(crate) const SIM: &str = "\
Starts the simulator for this one command and sends to it: needs no keys and changes
nothing real.";
pub(crate) const OUTPUT: &str = "\
Saves the file that the action is answered with (DownloadTeamOrder), whole or not at
all; without it, the file goes to standard output.";
pub(crate) const ALL: &str = "\
Lists every row, not one page: asks for page after page, from --Offset on if it is
given, --Limit rows each.";
pub(crate) const ALLOW_PARTIAL: &str = "\
Exits with 0 where a part of the call failed; what failed is a warning then.";
pub(crate) const ONCE: &str = "\
Creates at most once: adds a marker to Remark (or Name) and, if the response is lost,
polls for it. An image is found by its Name.";
pub(crate) const MARK: &str = "\
Resumes an earlier --once with its marker: if it was created, nothing is sent.";
pub(crate) const SHOW_SECRETS: &str = "\
Prints passwords and the like of an answer in plain text, not as ***.";
pub(crate) const LANG: &str = "\
Language to explain a RetCode in, beside English [env: LC_ALL, LC_MESSAGES, LANG].";
