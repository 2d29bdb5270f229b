//! DescribeULHostInstance.

use super::{bundle, image};
use crate::families::prelude::*;
use crate::model::ulhost::{ULHost, zone_of};

/// Seconds of a period for which traffic is counted.
const MONTH: i64 = 30 * 86_400;
/// Traffic that a host uses in a day, in GB.
const DAILY: i64 = 2;

/// Lists the caller's hosts in a region; the response has no total.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let region = call.required("Region")?;
    let ids = sent.list("ULHostIds").unwrap_or_default();
    let hosts = state
        .ulhosts
        .iter()
        .filter(|host| host.machine.owner == call.company && host.machine.region == region)
        .filter(|host| ids.is_empty() || ids.contains(&host.machine.id.as_str()));
    let rows: Result<Vec<Value>, Refusal> =
        page(hosts, sent, 20).map(|host| show(host, call.seconds())).collect();
    Ok(json!({ "ULHostInstanceSets": rows? }))
}

fn show(host: &ULHost, now: i64) -> Outcome {
    let machine = &host.machine;
    let ((bundle, _), image) = (bundle::find(&host.bundle)?, image::find(&machine.image_id)?);
    Ok(json!({
        "Zone": zone_of(&machine.region),
        "ULHostId": machine.id,
        "Name": machine.name,
        "Tag": machine.tag,
        "Remark": machine.remark,
        "ImageId": image["ImageId"],
        "ImageName": image["ImageName"],
        "Apps": image::apps(image),
        "CPU": bundle["CPU"],
        "Memory": bundle["Memory"],
        "State": machine.state.as_str(),
        "ChargeType": machine.charge_type.as_str(),
        "IPSet": addresses(machine, &bundle["Bandwidth"]),
        "DiskSet": disks(&machine.id, &bundle["SysDiskSpace"], host.data_gb),
        "EIPExclusiveUTPInfo": traffic(machine.create_time, &bundle["TrafficPacket"], now),
        "AutoRenew": "Yes",
        "IsExpire": if host.is_expired(now) { "Yes" } else { "No" },
        "ExpireTime": host.expires,
        "CreateTime": machine.create_time,
    }))
}

fn addresses(machine: &Instance, mbps: &Value) -> Value {
    let number = machine.serial % 250 + 1;
    let private = json!({
        "Default": "true",
        "Mac": format!("52:54:00:00:00:{number:02X}"),
        "Type": "Private",
        "IP": format!("10.60.0.{number}"),
        "VPCId": "uvnet-default",
        "SubnetId": "subnet-default",
    });
    let public = json!({
        "Weight": 100,
        "Type": "Bgp",
        "IPId": format!("eip-{}", machine.id),
        "IP": format!("203.0.113.{number}"),
        "Bandwidth": mbps,
    });
    json!([private, public].map(|address| merged(constant("IPSet"), address)))
}

fn disks(host: &str, boot_gb: &Value, data_gb: i64) -> Value {
    let disk = |number: i64, size: &Value, is_boot: bool| {
        json!({
            "DiskId": format!("bsm-{host}-{number}"),
            "DiskType": "CLOUD_SSD",
            "Type": if is_boot { "Boot" } else { "Data" },
            "Size": size,
            "IsBoot": if is_boot { "True" } else { "False" },
            "Drive": if is_boot { "/dev/vda" } else { "/dev/vdb" },
        })
    };
    let data = (data_gb > 0).then(|| disk(1, &data_gb.into(), false));
    std::iter::once(disk(0, boot_gb, true)).chain(data).collect()
}

/// Traffic of the current period, which begins anew every thirty days.
fn traffic(created: i64, total: &Value, now: i64) -> Value {
    let age = now.saturating_sub(created).max(0);
    let begin = created.saturating_add(age - age % MONTH);
    let total = total.as_i64().unwrap_or_default();
    let used = age % MONTH / 86_400 * DAILY;
    json!({
        "TotalSize": total,
        "AvailableSize": (total - used).max(0),
        "UsedSize": used,
        "ExcessSize": (used - total).max(0),
        "LastResetTime": begin,
        "NextResetTime": begin.saturating_add(MONTH),
        "CreateTime": created,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Caller, column};

    const LIST: &str = "DescribeULHostInstance";

    #[test]
    fn hosts_are_listed_by_region_and_id() {
        let mut caller = Caller::new();
        let mut ids = |pairs: &[(&str, &str)]| {
            column(&caller.ok(LIST, pairs)["ULHostInstanceSets"], "ULHostId")
        };
        assert_eq!(ids(&[]), ["ulhost-xxxx", "ulhost-stopped"]);
        assert_eq!(ids(&[("Limit", "1"), ("Offset", "1")]), ["ulhost-stopped"]);
        assert_eq!(ids(&[("ULHostIds.0", "ulhost-xxxx")]), ["ulhost-xxxx"]);
        assert_eq!(ids(&[("ULHostIds.0", "ulhost-sh2")]), [""; 0]);
        assert_eq!(caller.refused(LIST, &[("Limit", "101")]).0, 230);
        caller.keys = ("sim-friend-public-key", "sim-friend-private-key");
        assert_eq!(caller.ok(LIST, &[])["ULHostInstanceSets"], json!([]));
    }

    #[test]
    fn a_host_has_disks_addresses_and_traffic() {
        let mut caller = Caller::new();
        let host = caller.ok(LIST, &[])["ULHostInstanceSets"][0].clone();
        assert_eq!(column(&host["DiskSet"], "IsBoot"), ["True", "False"]);
        assert_eq!(column(&host["IPSet"], "IP"), ["10.60.0.1", "203.0.113.1"]);
        let traffic = &host["EIPExclusiveUTPInfo"];
        let number = |field: &str| traffic[field].as_i64().expect("a number");
        assert_eq!(number("TotalSize"), number("AvailableSize") + number("UsedSize"));
        assert_eq!(number("NextResetTime") - number("LastResetTime"), super::MONTH);
        assert_eq!((&host["AutoRenew"], &host["IsExpire"]), (&json!("Yes"), &json!("No")));
    }
}
