//! GetCompShareAttachedDiskUpgradePrice.

use super::MAX_GB;
use crate::families::prelude::*;
use crate::model::price::{self, Level, cny};

/// Price of a backup service, as a share of what the disk costs.
const SNAPSHOT: f64 = 0.2;
const DATA_ARK: f64 = 0.5;

/// GetCompShareAttachedDiskUpgradePrice: for the time left of what was paid for, else for an hour.
pub(super) fn upgrade(state: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let instance = state.own_instance(call)?.id.clone();
    let size = call.number("DiskSpace")?;
    let disk = state.own_disk(call, "DiskId")?;
    Refusal::when(disk.instance != instance, "DiskId", "the instance has no such disk")?;
    super::grow(&mut disk.size_gb.clone(), size, MAX_GB, "DiskSpace")?;
    let backup = match sent.filled("BackupMode").unwrap_or("NONE") {
        "SNAPSHOT" => SNAPSHOT,
        "DATAARK" => DATA_ARK,
        _ => 0.0,
    };
    let later = price::disk(disk.boot, disk.kind, size);
    let more = later - price::disk(disk.boot, disk.kind, disk.size_gb);
    let charge = disk.charge_type;
    let periods = price::periods_left(charge, disk.expire_time, call.seconds());
    let parts = |level: Level| {
        let disk = level.of(more, charge, periods);
        let snapshot = level.of(later * backup, charge, periods);
        (cny(disk + snapshot), json!({ "UDisk": disk, "Snapshot": snapshot }))
    };
    let (paid, original, list) = (parts(Level::Paid), parts(Level::Original), parts(Level::List));
    Ok(json!({
        "Price": paid.0,
        "OriginalPrice": original.0,
        "ListPrice": list.0,
        "PriceDetail": paid.1,
        "OriginalPriceDetail": original.1,
        "ListPriceDetail": list.1,
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::Caller;

    const PRICE: &str = "GetCompShareAttachedDiskUpgradePrice";
    const DISK: [(&str, &str); 2] = [("UHostId", "uhost-stopped"), ("DiskId", "udisk-stopped")];

    #[test]
    fn growing_has_a_price() {
        let mut caller = Caller::new();
        let response = caller.ok(PRICE, &[DISK[0], DISK[1], ("DiskSpace", "1200")]);
        assert_eq!((&response["Price"], &response["ListPrice"]), (&json!(1.0), &json!(1.2)));
        assert_eq!(response["PriceDetail"], json!({ "UDisk": 1.0, "Snapshot": 0.0 }));
        let with = [DISK[0], DISK[1], ("DiskSpace", "1200"), ("BackupMode", "DATAARK")];
        let response = caller.ok(PRICE, &with);
        assert_eq!(response["PriceDetail"], json!({ "UDisk": 1.0, "Snapshot": 0.6 }));
        assert_eq!(response["Price"], 1.6);
    }

    #[test]
    fn only_growing_and_only_its_own_disk() {
        let mut caller = Caller::new();
        let (code, message) = caller.refused(PRICE, &[DISK[0], DISK[1], ("DiskSpace", "200")]);
        assert_eq!((code, message.contains("[DiskSpace]")), (230, true));
        let free = [DISK[0], ("DiskId", "udisk-xxxx"), ("DiskSpace", "500")];
        assert_eq!(caller.refused(PRICE, &free).0, 230);
        let none = [DISK[0], ("DiskId", "udisk-none"), ("DiskSpace", "500")];
        assert_eq!(caller.refused(PRICE, &none).0, 17_041);
        let host = [("UHostId", "uhost-no"), DISK[1], ("DiskSpace", "500")];
        assert_eq!(caller.refused(PRICE, &host).0, 230);
    }
}
