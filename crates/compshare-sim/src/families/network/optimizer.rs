//! CheckCompShareNetOptimizer.

use crate::families::prelude::*;
use crate::model::regions::ZONES;

/// Regions in which downloads from abroad are accelerated.
const OPTIMIZED: &[&str] = &["cn-wlcb"];

/// Covers one region, or all if the request names none.
pub(super) fn check(_: &mut State, call: &Call<'_>) -> Outcome {
    let wanted = call.parameters.filled("Region");
    let mut regions: Vec<&str> = ZONES.iter().map(|zone| zone.region.as_str()).collect();
    regions.dedup();
    let regions = regions.into_iter().filter(|region| wanted.is_none_or(|name| name == *region));
    let rows: Vec<Value> = regions
        .map(|region| json!({ "Region": region, "Optimized": OPTIMIZED.contains(&region) }))
        .collect();
    let any = rows.iter().any(|row| row.get("Optimized") == Some(&Value::Bool(true)));
    Ok(json!({ "Optimized": any, "Info": rows }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Caller, column};

    #[test]
    fn every_region_is_told_unless_one_is_named() {
        let mut caller = Caller::new();
        let all = caller.anywhere("CheckCompShareNetOptimizer", &[]);
        assert_eq!(column(&all["Info"], "Region"), ["cn-wlcb", "cn-sh2", "cn-bj2"]);
        assert_eq!(all["Optimized"], true);
        let one = caller.anywhere("CheckCompShareNetOptimizer", &[("Region", "cn-sh2")]);
        assert_eq!(one["Info"], json!([{ "Region": "cn-sh2", "Optimized": false }]));
        assert_eq!(one["Optimized"], false);
    }
}
