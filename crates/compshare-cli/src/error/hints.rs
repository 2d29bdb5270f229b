//! Hints on what to do after a failed call.

use compshare_blocking::{Delivery, Effect, Error, RetCode};

use crate::text::lang::Lang;

pub(super) const MAY_HAVE_ACTED: &str =
    "the action may have been carried out; check the resources before you send it again";

/// One line each on what to do.
pub(super) fn of(error: &Error, effect: Effect, endpoint: &str, lang: Lang) -> Vec<String> {
    match error {
        Error::Api(refused) => {
            let check = effect == Effect::Once && error.may_have_acted();
            // Following the advice could repeat the action.
            let explained = refused.ret_code().and_then(|code| explained(code, !check, lang));
            explained.into_iter().chain(check.then(|| MAY_HAVE_ACTED.to_owned())).collect()
        }
        Error::Incomplete(incomplete) => {
            let mut codes: Vec<RetCode> =
                incomplete.failures().iter().filter_map(|failure| failure.code()).collect();
            codes.sort_unstable();
            codes.dedup();
            let explained = codes.into_iter().filter_map(|code| {
                explained(code, true, lang).map(|meaning| format!("RetCode {code}: {meaning}"))
            });
            let rest = "items that are not listed succeeded, so do not send the whole call \
                        again; --allow-partial exits with 0";
            explained.chain([rest.to_owned()]).collect()
        }
        other => english(other, effect, endpoint).into_iter().collect(),
    }
}

/// Meaning of a code, with advice on request, in Chinese; the error has the English text.
fn explained(code: RetCode, with_advice: bool, lang: Lang) -> Option<String> {
    let meaning = code.meaning_zh().filter(|_| lang == Lang::Zh)?;
    let advice = code.advice_zh().filter(|_| with_advice).unwrap_or_default();
    Some(format!("{meaning}{advice}"))
}

fn english(error: &Error, effect: Effect, endpoint: &str) -> Option<String> {
    match error {
        Error::Invalid(invalid) => {
            let action = invalid.action();
            let (flag, example) = match invalid.parameter() {
                "Region" => ("region", "cn-wlcb"),
                "Zone" => ("zone", "cn-wlcb-01"),
                "ProjectId" => ("project-id", "org-xxxx"),
                _ => return Some(format!("`compshare {action} --help` lists the parameters")),
            };
            let variable = flag.replace('-', "_").to_ascii_uppercase();
            Some(format!("use --{flag}, such as --{flag} {example}, or set COMPSHARE_{variable}"))
        }
        // Its text has the advice.
        Error::Transport(failed) if failed.advice().is_some() => None,
        Error::Transport(_) => Some(match (error.delivery(), effect) {
            (Delivery::NotSent, _) => format!(
                "nothing was sent to {endpoint}; check the endpoint, the network and any proxy"
            ),
            (_, Effect::Once) => MAY_HAVE_ACTED.to_owned(),
            (Delivery::MaybeSent, _) => "it is safe to send this action again".to_owned(),
            (Delivery::Answered, _) => return None,
        }),
        Error::Decode(_) if effect == Effect::Once => Some(MAY_HAVE_ACTED.to_owned()),
        _ => None,
    }
}
