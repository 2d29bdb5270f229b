//! Images for lightweight hosts, and DescribeULHostImage.

use std::sync::LazyLock;

use crate::families::prelude::*;
use crate::model::{row::data, ulhost::zone_of};

/// Every image as the response shows it, the same in every region.
static IMAGES: LazyLock<Vec<Value>> = LazyLock::new(|| data(include_str!("images.json")));

/// The image that is sold for business across borders.
const CROSS_BORDER: &str = "uimage-shop";

/// The image of that id.
pub(super) fn find(id: &str) -> Result<&'static Value, Refusal> {
    let image = IMAGES.iter().find(|image| image["ImageId"] == id);
    image.ok_or_else(|| no_such("ImageId", "image", id))
}

/// Applications that an image holds.
pub(super) fn apps(image: &Value) -> Vec<&str> {
    let joined = image["IntegratedSoftware"].as_str().unwrap_or_default();
    joined.split(',').filter(|app| !app.is_empty()).collect()
}

/// DescribeULHostImage.
pub(super) fn list(_: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let ids = sent.list("ImageIds").unwrap_or_default();
    let region_zone = zone_of(sent.text("Region").unwrap_or_default());
    let zone = sent.filled("Zone").unwrap_or(&region_zone);
    let images: Vec<&Value> = IMAGES
        .iter()
        .filter(|image| {
            let mut filters = ["ImageId", "ImageType", "OsType", "Tag"].into_iter();
            filters.all(|name| sent.filled(name).is_none_or(|wanted| image[name] == wanted))
        })
        .filter(|image| ids.is_empty() || ids.iter().any(|id| image["ImageId"] == *id))
        .filter(|image| {
            let scene = sent.filled("Scene").filter(|_| image["ImageType"] == "App");
            scene.is_none_or(|scene| (scene == "CrossBorder") == (image["ImageId"] == CROSS_BORDER))
        })
        .collect();
    let total = images.len();
    let show = |image: &Value| merged(image.clone(), json!({ "Zone": zone }));
    let rows: Vec<Value> = page(images, sent, 20).map(show).collect();
    Ok(json!({ "ImageSet": rows, "TotalCount": total }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, column};

    #[test]
    fn images_are_filtered() {
        let mut caller = Caller::new();
        let mut total = |pairs: &[(&str, &str)]| {
            let response = caller.ok("DescribeULHostImage", pairs);
            let rows = column(&response["ImageSet"], "ImageId").len();
            (rows, response["TotalCount"].as_u64().unwrap_or_default())
        };
        assert_eq!(total(&[]), (8, 8));
        assert_eq!(total(&[("Limit", "3")]), (3, 8));
        assert_eq!(total(&[("ImageType", "Base")]), (4, 4));
        assert_eq!(total(&[("ImageType", "App"), ("Scene", "CrossBorder")]), (1, 1));
        assert_eq!(total(&[("Scene", "Normal")]), (7, 7));
        assert_eq!(total(&[("OsType", "Windows")]), (1, 1));
        assert_eq!(total(&[("ImageId", "uimage-lamp")]), (1, 1));
        assert_eq!(total(&[("ImageIds.0", "uimage-lamp"), ("ImageIds.1", "x")]), (1, 1));
        assert_eq!(total(&[("Tag", "other")]), (0, 0));
        assert_eq!(caller.refused("DescribeULHostImage", &[("ImageType", "Game")]).0, 230);
    }
}
