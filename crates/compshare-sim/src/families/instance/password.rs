//! Passwords: the rules, and setting a new one.

use crate::families::prelude::*;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use compshare_proto::Secret;

/// ResetCompShareInstancePassword: of an instance that runs or is shut down.
pub(super) fn reset(state: &mut State, call: &Call<'_>) -> Outcome {
    let image = state.own_instance(call)?.image_id.clone();
    let windows = state.images.iter().any(|own| own.id == image && own.is_windows());
    let password = read(call, windows)?.ok_or_else(|| Refusal::missing("Password"))?;
    let instance = state.free_instance(call)?;
    if instance.state == InstanceState::InstallFail {
        return Err(instance.wrong_state());
    }
    instance.password = password;
    Ok(json!({ "UHostId": instance.id }))
}

/// The request's password, if it has one, in the clear; the reason of a refusal never repeats it.
pub(super) fn read(call: &Call<'_>, windows: bool) -> Result<Option<Secret>, Refusal> {
    let Some(password) = call.password()? else { return Ok(None) };
    let least = if windows { 3 } else { 2 };
    let why = "it must mix lowercase letters, uppercase letters, digits and symbols: \
               two of these on Linux, three on Windows";
    Refusal::when(classes(password.expose()) < least, "Password", why)?;
    Ok(Some(password))
}

/// The password as responses show it.
pub(super) fn encode(password: &Secret) -> String {
    STANDARD.encode(password.expose())
}

/// Number of classes of characters: lowercase letters, uppercase letters, digits and symbols.
fn classes(password: &str) -> usize {
    let has = |fits: fn(char) -> bool| usize::from(password.chars().any(fits));
    has(|c| c.is_ascii_lowercase())
        + has(|c| c.is_ascii_uppercase())
        + has(|c| c.is_ascii_digit())
        + has(|c| !c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::encode;
    use crate::testing::{Caller, instance};
    use compshare_proto::Secret;

    const RESET: &str = "ResetCompShareInstancePassword";

    #[test]
    fn a_new_password_is_shown() {
        let mut caller = Caller::new();
        let password = encode(&Secret::new("Fresh-1-password"));
        caller.ok(RESET, &[("UHostId", "uhost-xxxx"), ("Password", &password)]);
        assert_eq!(instance(&mut caller, "uhost-xxxx")["Password"], password.as_str());
        caller.ok(RESET, &[("UHostId", "uhost-stopped"), ("Password", &password)]);
    }

    #[test]
    fn weak_passwords_are_refused() {
        let mut caller = Caller::new();
        for (password, why) in [
            ("Short1", "it must have 8 to 30 characters"),
            ("aaaaaaaaaa", "it must mix"),
            ("Aa1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "it must have 8 to 30 characters"),
        ] {
            let encoded = encode(&Secret::new(password));
            let sent = [("UHostId", "uhost-xxxx"), ("Password", encoded.as_str())];
            let (code, message) = caller.refused(RESET, &sent);
            assert_eq!(code, 230);
            let expected = format!("Params [Password] not available: {why}");
            assert!(message.starts_with(&expected), "{message}");
            assert!(!message.contains(password));
        }
        let plain = [("UHostId", "uhost-xxxx"), ("Password", "not base64!")];
        assert_eq!(caller.refused(RESET, &plain).0, 230);
        assert_eq!(caller.refused(RESET, &[("UHostId", "uhost-xxxx")]).0, 220);
    }

    #[test]
    fn an_instance_must_be_there_and_free() {
        let mut caller = Caller::new();
        let password = encode(&Secret::new("Fresh-1-password"));
        let sent = [("UHostId", "uhost-none"), ("Password", password.as_str())];
        assert_eq!(caller.refused(RESET, &sent).0, 230);
        caller.ok("RebootCompShareInstance", &[("UHostId", "uhost-xxxx")]);
        let sent = [("UHostId", "uhost-xxxx"), ("Password", password.as_str())];
        let (code, message) = caller.refused(RESET, &sent);
        assert_eq!((code, message.contains("InstanceOperationInProgress")), (8905, true));
    }
}
