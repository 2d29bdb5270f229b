//! DescribeCompShareSupportZone.

use crate::families::prelude::*;
use crate::model::regions::{ZONES, Zone};

/// DescribeCompShareSupportZone: every zone, whatever region the request names.
pub(super) fn list(_state: &mut State, _call: &Call<'_>) -> Outcome {
    let rows: Vec<Value> = ZONES.iter().map(show).collect();
    Ok(json!({ "ZoneInfo": rows }))
}

fn show(zone: &Zone) -> Value {
    json!({
        "Region": zone.region,
        "Zone": zone.id,
        "Describe": zone.name,
        "IsPod": zone.pod,
        "RegionId": zone.region_number,
        "ZoneId": zone.number,
        "DisableImageSync": false,
        "UnsupportedImageTypes": [],
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, column};

    #[test]
    fn every_zone_is_listed_whatever_the_region() {
        let mut caller = Caller::new();
        let zones = caller.ok("DescribeCompShareSupportZone", &[])["ZoneInfo"].clone();
        assert_eq!(column(&zones, "Zone"), ["cn-wlcb-01", "cn-sh2-01", "cn-sh2-02", "cn-bj2-03"]);
        assert_eq!(column(&zones, "IsPod"), ["false", "true", "false", "true"]);
    }
}
