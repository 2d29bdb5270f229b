//! Buying lightweight hosts.

use super::{bundle, image, price::CHARGES};
use crate::families::prelude::*;
use crate::model::ulhost::ULHost;

/// Hosts that a region has room for.
const ROOM: usize = 10;

/// CheckULHostResourceCapacity.
pub(super) fn check(state: &mut State, call: &Call<'_>) -> Outcome {
    wanted(call)?;
    Ok(json!({ "ResourceEnough": has_room(state, call.required("Region")?) }))
}

/// CreateULHostInstance: the host is running after 30 seconds; the installation fails if its name has "fail" in it.
pub(super) fn create(state: &mut State, call: &Call<'_>) -> Outcome {
    let (bundle, image, charge) = wanted(call)?;
    let password = call.password()?.ok_or_else(|| Refusal::missing("Password"))?;
    let region = call.required("Region")?;
    let why = format!("not enough resources in Region {region}");
    Refusal::new_if(!has_room(state, region), 226_604, why)?;
    let now = call.seconds();
    let id = state.new_id("ulhost");
    let name = call.parameters.filled("Name").unwrap_or(bundle);
    let mut machine = Instance::new(&id, name, call.company);
    machine.region = region.to_owned();
    machine.image_id = image.to_owned();
    (machine.charge_type, machine.password) = (charge, password);
    machine.create_time = now;
    machine.serial = u32::try_from(state.ulhosts.len()).unwrap_or_default();
    machine.create(now, name.contains("fail"));
    let expires = charge.expiry(now, call.quantity());
    let bundle = bundle.to_owned();
    state.ulhosts.push(ULHost { machine, bundle, expires, data_gb: 0 });
    Ok(json!({ "ULHostId": id }))
}

/// Package, image and billing of the request.
fn wanted<'a>(call: &'a Call<'_>) -> Result<(&'a str, &'a str, ChargeType), Refusal> {
    let (bundle, image) = (call.required("BundleId")?, call.required("ImageId")?);
    bundle::find(bundle)?;
    image::find(image)?;
    let charge = ChargeType::sent(call, "ChargeType", &CHARGES)?.unwrap_or(ChargeType::Month);
    Ok((bundle, image, charge))
}

fn has_room(state: &State, region: &str) -> bool {
    state.ulhosts.iter().filter(|host| host.machine.region == region).count() < ROOM
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Caller, START, at};

    const PASSWORD: (&str, &str) = ("Password", "UGFzc3dvcmQx");
    const BUNDLE: (&str, &str) = ("BundleId", "ulh.c2m4s80b30t1600");
    const IMAGE: (&str, &str) = ("ImageId", "uimage-wordpress");
    const CREATE: &str = "CreateULHostInstance";

    #[test]
    fn a_host_runs_after_half_a_minute() {
        let mut caller = Caller::new();
        let year = [PASSWORD, BUNDLE, IMAGE, ("ChargeType", "Year"), ("Quantity", "2")];
        let id = caller.ok(CREATE, &year)["ULHostId"].as_str().expect("an id").to_owned();
        let one = [("ULHostIds.0", id.as_str())];
        let mut states = Vec::new();
        for seconds in [0, 10, 29, 30] {
            caller.now = at(seconds);
            let host = caller.ok("DescribeULHostInstance", &one)["ULHostInstanceSets"][0].clone();
            states.push(host["State"].clone());
            assert_eq!(host["Name"], "ulh.c2m4s80b30t1600");
            assert_eq!((&host["CPU"], &host["Memory"]), (&json!(2), &json!(4096)));
            assert_eq!(host["Apps"], json!(["WordPress", "Nginx", "MySQL"]));
            assert_eq!(host["CreateTime"], START);
            assert_eq!(host["ExpireTime"], START + 2 * 365 * 86_400);
        }
        assert_eq!(states, ["Initializing", "Starting", "Starting", "Running"]);
    }

    #[test]
    fn an_installation_may_fail() {
        let mut caller = Caller::new();
        let response = caller.ok(CREATE, &[PASSWORD, BUNDLE, IMAGE, ("Name", "will-fail")]);
        caller.now = at(30);
        let one = [("ULHostIds.0", response["ULHostId"].as_str().expect("an id"))];
        let host = caller.ok("DescribeULHostInstance", &one)["ULHostInstanceSets"][0].clone();
        assert_eq!(host["State"], "Install Fail");
        assert_eq!(caller.refused("StartULHostInstance", &[("ULHostId", one[0].1)]).0, 230);
    }

    #[test]
    fn a_region_has_room_for_ten() {
        let mut caller = Caller::new();
        let check = "CheckULHostResourceCapacity";
        for _ in 0..8 {
            assert_eq!(caller.ok(check, &[BUNDLE, IMAGE])["ResourceEnough"], true);
            caller.ok(CREATE, &[PASSWORD, BUNDLE, IMAGE]);
        }
        assert_eq!(caller.ok(check, &[BUNDLE, IMAGE])["ResourceEnough"], false);
        assert_eq!(caller.refused(CREATE, &[PASSWORD, BUNDLE, IMAGE]).0, 226_604);
        caller.ok("TerminateULHostInstance", &[("ULHostId", "ulhost-xxxx")]);
        caller.ok(CREATE, &[PASSWORD, BUNDLE, IMAGE]);
    }

    #[test]
    fn unknown_products_are_refused() {
        let mut caller = Caller::new();
        for (name, value) in [
            ("BundleId", "ulh.c9"),
            ("ImageId", "uimage-none"),
            ("ChargeType", "Postpay"),
            ("Password", "c2hvcnQ="),
            ("Password", "no Base64"),
            ("Quantity", "0"),
        ] {
            let rest = [PASSWORD, BUNDLE, IMAGE].into_iter().filter(|pair| pair.0 != name);
            let pairs: Vec<_> = rest.chain([(name, value)]).collect();
            let (code, message) = caller.refused(CREATE, &pairs);
            assert_eq!(code, 230, "{name}");
            assert!(message.contains(&format!("[{name}]")), "{message}");
        }
        for missing in 0..3 {
            let mut pairs = vec![PASSWORD, BUNDLE, IMAGE];
            pairs.remove(missing);
            assert_eq!(caller.refused(CREATE, &pairs).0, 220);
        }
    }
}
