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
  --SortCondition.Field PubTime. A text that begins with @ is read from that file, @- from standard
  input, and @@x is the text @x. A value that begins with - is written --Name=-x.

Exit codes:
  0  done
  1  refused by the API: a RetCode other than 0, or an HTTP status that is no success
  2  usage: a wrong flag or value, a missing parameter, no keys, a missing file; nothing was sent
  3  transport: no answer, or one that cannot be read

Environment:
  COMPSHARE_PUBLIC_KEY, COMPSHARE_PRIVATE_KEY   keys, from the console's API key page
  COMPSHARE_SECURITY_TOKEN                      token that temporary keys come with
  COMPSHARE_REGION, COMPSHARE_ZONE, COMPSHARE_PROJECT_ID, COMPSHARE_ENDPOINT
  COMPSHARE_PROFILE, COMPSHARE_CONFIG_FILE      profile, and the official CLI's file that it is in
                                                (~/.config/compshare/config.json)
  HTTPS_PROXY, NO_PROXY                         proxy, and hosts that need none
  COLUMNS                                       width of tables";

/// What an action's effect may be.
pub(crate) const EFFECT: &str = "\
What sending it again may do, which decides what is repeated after a failure:
  read        it only looks
  idempotent  it leaves the same state however often it is sent
  once        it may buy, create or destroy again
[default: that of a known action, else once]";
