//! Packages that lightweight hosts are sold in, and DescribeULHostBundles.

use std::sync::LazyLock;

use crate::families::prelude::*;
use crate::model::row::data;

/// A package as the response shows it, and the price of a month in CNY.
type Bundle = (Value, i64);

/// Packages on sale; the id says what is in one.
static BUNDLES: LazyLock<Vec<Bundle>> = LazyLock::new(|| data(include_str!("bundles.json")));

/// The package of that id.
pub(super) fn find(id: &str) -> Result<&'static Bundle, Refusal> {
    let bundle = BUNDLES.iter().find(|(bundle, _)| bundle["BundleId"] == id);
    bundle.ok_or_else(|| no_such("BundleId", "package", id))
}

/// DescribeULHostBundles: the same in every region.
pub(super) fn list(_: &mut State, _: &Call<'_>) -> Outcome {
    let rows: Vec<&Value> = BUNDLES.iter().map(|(bundle, _)| bundle).collect();
    Ok(json!({ "Bundles": rows }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::Caller;

    #[test]
    fn a_package_is_what_its_id_says() {
        let bundles = Caller::new().ok("DescribeULHostBundles", &[])["Bundles"].clone();
        let first = json!({
            "BundleId": "ulh.c1m1s40b30t800",
            "CPU": 1,
            "Memory": 1024,
            "SysDiskSpace": 40,
            "Bandwidth": 30,
            "TrafficPacket": 800,
        });
        assert_eq!(bundles[0], first);
        for bundle in bundles.as_array().expect("packages") {
            let number = |field: &str| bundle[field].as_i64().expect("a number");
            let id = format!(
                "ulh.c{}m{}s{}b{}t{}",
                number("CPU"),
                number("Memory") / 1024,
                number("SysDiskSpace"),
                number("Bandwidth"),
                number("TrafficPacket"),
            );
            assert_eq!(bundle["BundleId"], id);
        }
    }
}
