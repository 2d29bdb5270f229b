//! ModifyCompShareInstanceName.

use super::instance_request::check_name;
use crate::families::prelude::*;

/// ModifyCompShareInstanceName: in any state.
pub(super) fn rename(state: &mut State, call: &Call<'_>) -> Outcome {
    let name = call.required("Name")?;
    check_name(name)?;
    let why = "it may have Chinese and Latin letters, digits and _ . , : -";
    Refusal::when(!name.chars().all(|c| c.is_alphanumeric() || "_.,:-".contains(c)), "Name", why)?;
    let instance = state.own_instance(call)?;
    name.clone_into(&mut instance.name);
    Ok(json!({ "UHostId": instance.id }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, instance};

    const RENAME: &str = "ModifyCompShareInstanceName";

    #[test]
    fn a_new_name_shows() {
        let mut caller = Caller::new();
        caller.ok(RENAME, &[("UHostId", "uhost-xxxx"), ("Name", "训练-1.a:b,c_d")]);
        assert_eq!(instance(&mut caller, "uhost-xxxx")["Name"], "训练-1.a:b,c_d");
    }

    #[test]
    fn names_are_checked() {
        let mut caller = Caller::new();
        let long = "x".repeat(64);
        for name in ["with blank", "a/b", long.as_str()] {
            let (code, message) =
                caller.refused(RENAME, &[("UHostId", "uhost-xxxx"), ("Name", name)]);
            assert_eq!((code, message.contains("[Name]")), (230, true), "{name}");
        }
        caller.ok(RENAME, &[("UHostId", "uhost-xxxx"), ("Name", &long[1..])]);
        assert_eq!(caller.refused(RENAME, &[("UHostId", "uhost-no"), ("Name", "x")]).0, 230);
        assert_eq!(caller.refused(RENAME, &[("UHostId", "uhost-xxxx")]).0, 220);
    }
}
