//! DescribeCompshareDisk.

use crate::families::prelude::*;

/// DescribeCompshareDisk: cloud data disks, without pages.
pub(super) fn list(state: &mut State, call: &Call<'_>) -> Outcome {
    let host = call.parameters.filled("HostId");
    let rows: Vec<Value> = state
        .disks
        .iter()
        .filter(|disk| disk.is_here(call) && !disk.boot && !disk.kind.is_local())
        .filter(|disk| host.is_none_or(|host| disk.instance == host))
        .map(show)
        .collect();
    Ok(json!({ "TotalCount": rows.len(), "DiskSet": rows }))
}

fn show(disk: &Disk) -> Value {
    json!({
        "ResourceId": disk.id,
        "Name": disk.name,
        "Configuration": format!("{}GB", disk.size_gb),
        "DiskType": disk.kind.as_str(),
        "Status": disk.status.as_str(),
        "MountInstance": disk.instance,
        "Zone": disk.zone,
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, column};

    const LIST: &str = "DescribeCompshareDisk";

    #[test]
    fn disks_are_listed_attached_or_not() {
        let mut caller = Caller::new();
        let response = caller.anywhere(LIST, &[]);
        assert_eq!(response["TotalCount"], 3);
        let ids = column(&response["DiskSet"], "ResourceId");
        assert_eq!(ids, ["udisk-xxxx", "udisk-stopped", "udisk-sh2"]);
        let response = caller.anywhere(LIST, &[("HostId", "uhost-stopped")]);
        assert_eq!(column(&response["DiskSet"], "ResourceId"), ["udisk-stopped"]);
        let response = caller.anywhere(LIST, &[("Region", "cn-sh2")]);
        assert_eq!(column(&response["DiskSet"], "ResourceId"), ["udisk-sh2"]);
        assert_eq!(caller.refused(LIST, &[("Region", "cn-none")]).0, 230);
    }
}
