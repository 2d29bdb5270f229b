//! Images for lightweight hosts, and DescribeULHostImage.

use crate::families::prelude::*;

/// An image.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    pub(super) os: &'static str,
    pub(super) windows: bool,
    /// Whether it is sold for business across borders.
    pub(super) cross_border: bool,
    /// Applications that it holds.
    pub(super) apps: &'static [&'static str],
}

/// Every image, the same in every region.
const IMAGES: &[Image] = &[
    base("uimage-ubuntu2204", "Ubuntu 22.04", false),
    base("uimage-ubuntu2404", "Ubuntu 24.04", false),
    base("uimage-rocky9", "Rocky Linux 9", false),
    base("uimage-windows2022", "Windows Server 2022", true),
    app("uimage-wordpress", "WordPress 6", false, &["WordPress", "Nginx", "MySQL"]),
    app("uimage-lamp", "LAMP 8", false, &["Apache", "MySQL", "PHP"]),
    app("uimage-shop", "Cross-border shop", true, &["Chrome", "Shop"]),
    Image { kind: "Custom", ..base("uimage-custom", "my-ulhost-image", false) },
];

const fn base(id: &'static str, name: &'static str, windows: bool) -> Image {
    Image { id, name, kind: "Base", os: name, windows, cross_border: false, apps: &[] }
}

const fn app(
    id: &'static str,
    name: &'static str,
    cross_border: bool,
    apps: &'static [&'static str],
) -> Image {
    Image { id, name, kind: "App", os: "Ubuntu 22.04", windows: false, cross_border, apps }
}

/// The image of that id.
pub(super) fn find(id: &str) -> Result<&'static Image, Refusal> {
    IMAGES.iter().find(|image| image.id == id).ok_or_else(|| no_such("ImageId", "image", id))
}

/// DescribeULHostImage.
pub(super) fn list(_: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let ids = sent.list("ImageIds").unwrap_or_default();
    let tag = sent.filled("Tag").unwrap_or("Default");
    let zone = sent.filled("Zone").map_or_else(
        || crate::model::ulhost::zone_of(sent.text("Region").unwrap_or_default()),
        str::to_owned,
    );
    let images: Vec<&Image> = IMAGES
        .iter()
        .filter(|image| sent.filled("ImageId").is_none_or(|id| id == image.id))
        .filter(|image| ids.is_empty() || ids.contains(&image.id))
        .filter(|image| sent.filled("ImageType").is_none_or(|kind| kind == image.kind))
        .filter(|image| sent.filled("OsType").is_none_or(|os| os == os_type(image)))
        .filter(|image| {
            let scene = sent.filled("Scene").filter(|_| image.kind == "App");
            scene.is_none_or(|scene| (scene == "CrossBorder") == image.cross_border)
        })
        .filter(|_| tag == "Default")
        .collect();
    let total = images.len();
    let rows: Vec<Value> = page(images, sent, 20).map(|image| show(image, &zone)).collect();
    Ok(json!({ "ImageSet": rows, "TotalCount": total }))
}

const fn os_type(image: &Image) -> &'static str {
    if image.windows { "Windows" } else { "Linux" }
}

fn show(image: &Image, zone: &str) -> Value {
    json!({
        "CreateTime": 1_750_000_000,
        "DisplayName": image.name,
        "Features": ["CloudInit", "IPv6", "HotPlug"],
        "ImageDescription": format!("{} on {}", image.name, image.os),
        "ImageId": image.id,
        "ImageLogoLink": format!("https://example.com/logo/{}.png", image.id),
        "ImageName": image.name,
        "ImageSize": if image.windows { 40 } else { 20 },
        "ImageType": image.kind,
        "IntegratedSoftware": image.apps.join(","),
        "MaintainEol": "2030/06/30",
        "MinimalCPU": "",
        "OsName": image.os,
        "OsType": os_type(image),
        "SceneCategories": if image.kind == "App" { json!(["Featured"]) } else { json!([]) },
        "State": "Available",
        "Tag": "Default",
        "Zone": zone,
    })
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
