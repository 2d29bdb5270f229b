//! CreateAndAttachCompshareDisk.

use super::MAX_GB;
use crate::families::prelude::*;

/// How a disk can be billed.
const CHARGES: [ChargeType; 4] =
    [ChargeType::Month, ChargeType::Day, ChargeType::Dynamic, ChargeType::Postpay];

/// CreateAndAttachCompshareDisk: billed from now on, attached in a few seconds.
pub(super) fn create(state: &mut State, call: &Call<'_>) -> Outcome {
    let name = call.required("Name")?;
    let kind = DiskKind::parse_data(call.required("DiskType")?)
        .ok_or_else(|| Refusal::unavailable("DiskType", "no such disk type"))?;
    let size = call.number("Size")?;
    Refusal::when(size > MAX_GB, "Size", format_args!("it must be at most {MAX_GB}"))?;
    let charge = ChargeType::sent(call, "ChargeType", &CHARGES)?.unwrap_or(ChargeType::Month);
    state.check_paid(call)?;
    let instance = state.own_instance(call)?.clone();
    super::check(kind, &instance, "DiskType")?;
    let now = call.seconds();
    let device = state.free_device(&instance.id);
    let mut disk = Disk::new(state.new_id("udisk"), name, call.company, size);
    disk.region.clone_from(&instance.region);
    disk.zone.clone_from(&instance.zone);
    disk.kind = kind;
    disk.charge_type = charge;
    disk.expire_time = charge.expiry(now, call.quantity());
    disk.attach(now, &instance.id, device);
    let response = json!({ "UDiskId": disk.id });
    state.disks.push(disk);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, at, disk, instance};

    const CREATE: &str = "CreateAndAttachCompshareDisk";

    fn wanted<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut sent = vec![
            ("UHostId", "uhost-xxxx"),
            ("Size", "100"),
            ("DiskType", "SSDDataDisk"),
            ("Name", "my-data-disk"),
        ];
        sent.extend_from_slice(changes);
        sent
    }

    #[test]
    fn a_new_disk_is_attached_and_billed() {
        let mut caller = Caller::new();
        let before = instance(&mut caller, "uhost-xxxx")["DiskPrice"].as_f64();
        let response = caller.ok(CREATE, &wanted(&[("ChargeType", "Postpay")]));
        let id = response["UDiskId"].as_str().expect("an id").to_owned();
        caller.now = at(5);
        let row = disk(&mut caller, &id);
        assert_eq!(
            (&row["Configuration"], &row["DiskType"]),
            (&"100GB".into(), &"CLOUD_SSD".into())
        );
        assert_eq!((&row["Status"], &row["Name"]), (&"InUse".into(), &"my-data-disk".into()));
        let after = instance(&mut caller, "uhost-xxxx")["DiskPrice"].as_f64();
        assert_eq!(
            before.zip(after).map(|(before, after)| ((after - before) * 100.0).round()),
            Some(10.0)
        );
    }

    #[test]
    fn invalid_disks_are_refused() {
        let mut caller = Caller::new();
        for (change, parameter) in [
            (("DiskType", "CLOUD_SSD"), "DiskType"),
            (("DiskType", "RSSDDataDisk"), "DiskType"),
            (("Size", "9000"), "Size"),
            (("Size", "0"), "Size"),
            (("ChargeType", "Spot"), "ChargeType"),
            (("UHostId", "uhost-none"), "UHostId"),
        ] {
            let (code, message) = caller.refused(CREATE, &wanted(&[change]));
            assert!(code == 230 && message.contains(&format!("[{parameter}]")), "{message}");
        }
        caller.gateway.company_mut(crate::model::COMPANY_ID).arrears = true;
        assert_eq!(caller.refused(CREATE, &wanted(&[])).0, 226_601);
        caller.gateway.company_mut(crate::model::COMPANY_ID).arrears = false;
        caller.ok("StopCompShareInstance", &[("UHostId", "uhost-xxxx")]);
        assert_eq!(caller.refused(CREATE, &wanted(&[])).0, 8905);
    }
}
