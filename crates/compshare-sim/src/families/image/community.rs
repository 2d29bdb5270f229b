//! Lists of community images: groups with their versions.

use super::{filter::fits, show};
use crate::families::prelude::*;
use crate::model::price::number;

/// DescribeCommunityImages: everyone's, as far as published.
pub(super) fn all(state: &mut State, call: &Call<'_>) -> Outcome {
    list(state, call, |_, image| is_published(image))
}

/// DescribeSelfCommunityImages: the caller's, in every status.
pub(super) fn own(state: &mut State, call: &Call<'_>) -> Outcome {
    list(state, call, |group, _| group.owner == call.company)
}

/// DescribeUserCommunityImages: one company's, as far as published; the caller's where none is named.
pub(super) fn of_user(state: &mut State, call: &Call<'_>) -> Outcome {
    let company = call.parameters.int("TargetTopOrganizationId").unwrap_or(call.company);
    list(state, call, |group, image| group.owner == company && is_published(image))
}

fn is_published(image: &Image) -> bool {
    image.status == ImageStatus::Available
}

/// A group and those of its versions that are shown.
struct Row<'a> {
    group: &'a ImageGroup,
    versions: Vec<&'a Image>,
    favorites: i64,
    /// Whether any version is published, shown or not.
    available: bool,
}

fn list(state: &State, call: &Call<'_>, shows: impl Fn(&ImageGroup, &Image) -> bool) -> Outcome {
    let sent = call.parameters;
    let row = |group| Row {
        group,
        versions: state
            .versions(&group.id)
            .filter(|image| shows(group, image) && fits(image, Some(group), sent))
            .collect(),
        favorites: show::favorites(state, group),
        available: state.versions(&group.id).any(is_published),
    };
    let mut rows: Vec<Row<'_>> = state.groups.iter().map(row).collect();
    rows.retain(|row| !row.versions.is_empty());
    // By default the newest come first; equals keep their order.
    let field = sent.filled("SortCondition.Field").unwrap_or("PubTime");
    let ascending = sent.is_on("SortCondition.ASC");
    rows.sort_by(|a, b| {
        let order = key(field, a).total_cmp(&key(field, b));
        if ascending { order } else { order.reverse() }
    });
    let total = rows.len();
    let available = rows.iter().filter(|row| row.available).count();
    let groups: Vec<Value> = page(rows, sent, 20).map(|row| show_row(state, &row, call)).collect();
    Ok(json!({
        "TotalCount": total,
        "AvailableTotalCount": available,
        "CompshareImageGroup": groups,
    }))
}

/// The value that a field sorts by. A group is as new as its newest version, and costs as much.
fn key(field: &str, row: &Row<'_>) -> f64 {
    let newest = row.versions.iter().max_by_key(|image| image.pub_time);
    match field {
        "Price" => newest.map_or(0.0, |image| image.price),
        "Favor" | "FavoritesCount" => number(row.favorites),
        "ImageUseTime" => number(sum(row, |image| image.use_hours)),
        "CreatedCount" => number(sum(row, |image| image.created_count)),
        _ => number(newest.map_or(0, |image| image.pub_time)),
    }
}

fn sum(row: &Row<'_>, count: impl Fn(&Image) -> i64) -> i64 {
    row.versions.iter().map(|image| count(image)).fold(0, i64::saturating_add)
}

fn show_row(state: &State, row: &Row<'_>, call: &Call<'_>) -> Value {
    let group = row.group;
    let versions = row.versions.iter().map(|image| show::image(state, image, call.parameters));
    json!({
        "GroupId": group.id,
        "ImageName": group.name,
        "ImageDesc": group.description,
        "CreatedCount": sum(row, |image| image.created_count),
        "FavoritesCount": row.favorites,
        "RecommendCount": group.recommend_count,
        "ImageUseTime": sum(row, |image| image.use_hours),
        "IsFavorite": state.favorites.contains(&(call.company, group.id.clone())),
        "Status": if row.available { "Available" } else { "UnAvailable" },
        "Data": versions.collect::<Value>(),
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{Caller, column};

    const GROUPS: &str = "CompshareImageGroup";

    fn names(caller: &mut Caller, pairs: &[(&str, &str)]) -> Vec<String> {
        column(&caller.ok("DescribeCommunityImages", pairs)[GROUPS], "ImageName")
    }

    #[test]
    fn the_newest_come_first_and_versions_together() {
        let mut caller = Caller::new();
        let response = caller.ok("DescribeCommunityImages", &[("Limit", "2")]);
        assert_eq!(
            (&response["TotalCount"], &response["AvailableTotalCount"]),
            (&13.into(), &13.into())
        );
        assert_eq!(column(&response[GROUPS], "ImageName"), ["FLUX.1-dev", "CosyVoice 2"]);
        assert_eq!(column(&response[GROUPS][0]["Data"], "VersionName"), ["v1.0", "v2.0", "v3.0"]);
        let rest = caller.ok("DescribeCommunityImages", &[("Offset", "12")]);
        assert_eq!(column(&rest[GROUPS], "GroupId"), ["group-xxxx"]);
        assert_eq!(column(&rest[GROUPS][0]["Data"], "VersionName"), ["v1.0"]);
    }

    #[test]
    fn every_field_sorts_both_ways() {
        let mut caller = Caller::new();
        let key = |caller: &mut Caller, field: &str, shown: &str, asc: &str| -> Vec<f64> {
            let sort = [("SortCondition.Field", field), ("SortCondition.ASC", asc)];
            let response = caller.ok("DescribeCommunityImages", &sort);
            let rows = response[GROUPS].as_array().cloned().unwrap_or_default();
            let value = |row: &serde_json::Value| {
                let versions = row["Data"].as_array().cloned().unwrap_or_default();
                match field {
                    "Price" | "PubTime" => versions
                        .last()
                        .and_then(|version| version[shown].as_f64())
                        .unwrap_or(f64::NAN),
                    _ => row[shown].as_f64().unwrap_or(f64::NAN),
                }
            };
            rows.iter().map(value).collect()
        };
        for (field, shown) in [
            ("Favor", "FavoritesCount"),
            ("FavoritesCount", "FavoritesCount"),
            ("PubTime", "PubTime"),
            ("ImageUseTime", "ImageUseTime"),
            ("CreatedCount", "CreatedCount"),
            ("Price", "Price"),
        ] {
            let up = key(&mut caller, field, shown, "true");
            assert_eq!(up.len(), 13);
            assert!(up.is_sorted(), "{field} {up:?}");
            assert!(up.first() < up.last(), "{field} {up:?}");
            let down = key(&mut caller, field, shown, "false");
            assert!(down.is_sorted_by(|a, b| a >= b), "{field} {down:?}");
        }
    }

    #[test]
    fn filters_apply_to_versions() {
        let mut caller = Caller::new();
        let both = [("Tag.0", "深度学习"), ("Tag.1", "PyTorch")];
        assert_eq!(names(&mut caller, &both), ["LLaMA-Factory 微调", "深度学习全家桶"]);
        assert_eq!(names(&mut caller, &[("Name", "一键")]), ["ComfyUI 一键整合包"]);
        assert_eq!(names(&mut caller, &[("FuzzySearch", "模型工坊")]).len(), 10);
        assert_eq!(names(&mut caller, &[("Author", "模型工")]).len(), 0);
        assert_eq!(names(&mut caller, &[("Author", "模型工坊")]).len(), 10);
        assert_eq!(
            names(&mut caller, &[("IsOfficial", "true")]),
            ["TensorFlow Playground", "DeepSeek-R1 本地部署"]
        );
        assert_eq!(names(&mut caller, &[("IsOfficial", "false")]).len(), 13);
        assert_eq!(names(&mut caller, &[("IfAutoStart", "true")]).len(), 6);
        assert_eq!(names(&mut caller, &[("GroupId", "group-03")]), ["Stable Diffusion XL"]);
        let free =
            caller.ok("DescribeCommunityImages", &[("IsFree", "true"), ("GroupId", "group-02")]);
        assert_eq!(column(&free[GROUPS][0]["Data"], "VersionName"), ["v1.0", "v2.0", "v3.0"]);
        let one =
            caller.ok("DescribeCommunityImages", &[("CompShareImageId", "compshareImage-c02v4")]);
        assert_eq!(column(&one[GROUPS][0]["Data"], "VersionName"), ["v4.0"]);
        assert_eq!(one[GROUPS][0]["Data"][0]["Readme"], "");
    }

    #[test]
    fn own_images_show_in_every_status() {
        let mut caller = Caller::new();
        let response = caller.ok("DescribeSelfCommunityImages", &[]);
        assert_eq!(response["Action"], "DescribeCommunityImagesResponse");
        assert_eq!(column(&response[GROUPS][0]["Data"], "Status"), ["Available", "Offline"]);
        assert_eq!(response[GROUPS][0]["Status"], "Available");
        caller.ok(
            "UpdateCompShareImage",
            &[("CompShareImageId", "compshareImage-published"), ("Visibility", "0")],
        );
        let response = caller.ok("DescribeSelfCommunityImages", &[]);
        assert_eq!(
            (&response["TotalCount"], &response["AvailableTotalCount"]),
            (&1.into(), &0.into())
        );
        assert_eq!(response[GROUPS][0]["Status"], "UnAvailable");
    }

    #[test]
    fn a_users_images_are_those_published() {
        let mut caller = Caller::new();
        let total = |caller: &mut Caller, pairs: &[(&str, &str)]| {
            caller.ok("DescribeUserCommunityImages", pairs)["TotalCount"].clone()
        };
        assert_eq!(total(&mut caller, &[("TargetTopOrganizationId", "67890")]), 10);
        assert_eq!(total(&mut caller, &[("TargetTopOrganizationId", "999")]), 0);
        assert_eq!(total(&mut caller, &[]), 1);
    }
}
