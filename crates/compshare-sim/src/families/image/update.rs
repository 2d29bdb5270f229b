//! UpdateCompShareImage.

use crate::families::prelude::*;

/// Changes the parameters that were sent; an empty text clears its field.
///
/// A version in the community goes offline with `Visibility` 0, and returns with 1.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let is_version = state.own_image(call)?.kind == ImageKind::Community;
    let leaves = is_version && sent.text("GroupId") == Some("");
    Refusal::when(leaves, "GroupId", "a published version belongs to a group")?;
    if let Some(id) = sent.filled("GroupId") {
        state.own_group(call, id)?;
    }
    let image = state.own_image(call)?;
    set_fields(image, sent);
    if let Some(software) = sent.text("Softwares") {
        image.softwares.applications = split(software).map(str::to_owned).collect();
    }
    image.visibility = sent.int("Visibility").unwrap_or(image.visibility);
    match (sent.int("Visibility"), image.status) {
        (Some(0), ImageStatus::Available | ImageStatus::Reviewing) if is_version => {
            image.status = ImageStatus::Offline;
            image.work = None;
        }
        (Some(1), ImageStatus::Offline) if is_version => image.status = ImageStatus::Available,
        _ => {}
    }
    image.update_time = call.seconds();
    Ok(json!({}))
}

/// Sets the fields of an image that the request has; the others stay as they are.
pub(super) fn set_fields(image: &mut Image, sent: &Parameters) {
    let texts = [
        ("Name", &mut image.name),
        ("Description", &mut image.description),
        ("Readme", &mut image.readme),
        ("VersionName", &mut image.version_name),
        ("VersionDesc", &mut image.version_desc),
        ("GroupId", &mut image.group_id),
        ("Framework", &mut image.softwares.framework),
    ];
    for (name, field) in texts {
        if let Some(value) = sent.text(name) {
            value.clone_into(field);
        }
    }
    let lists = [("Tags", &mut image.tags), ("SupportedGpuTypes", &mut image.supported_gpu_types)];
    for (name, field) in lists {
        if let Some(items) = sent.list(name) {
            *field = owned(items);
        }
    }
    match sent.text("Cover") {
        None => {}
        Some("") => image.cover.clear(),
        Some(_) => image.cover = format!("https://sim.invalid/cover/{}.png", image.id),
    }
    image.price = sent.float("Price").unwrap_or(image.price);
    image.auto_start = sent.flag("AutoStart").unwrap_or(image.auto_start);
}

pub(super) fn owned(items: Vec<&str>) -> Vec<String> {
    items.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        model::ImageStatus,
        testing::{Caller, START, at},
    };

    const ID: (&str, &str) = ("CompShareImageId", "compshareImage-xxxx");

    #[test]
    fn a_describe_shows_every_field_of_an_update() {
        let mut caller = Caller::new();
        let before = caller.show("DescribeCompShareCustomImages", ID.1);
        caller.now = at(5);
        let response = caller.ok(
            "UpdateCompShareImage",
            &[
                ID,
                ("Name", "my-updated-env"),
                ("Description", "新描述"),
                ("Visibility", "1"),
                ("Price", "1.5"),
                ("Cover", "aGk="),
                ("Readme", "# guide"),
                ("Tags.0", "深度学习"),
                ("Tags.1", "PyTorch"),
                ("VersionName", "v2.0"),
                ("VersionDesc", "PyTorch 2.1 upgrade"),
                ("SupportedGpuTypes.0", "4090"),
                ("SupportedGpuTypes.1", "A100"),
                ("AutoStart", "true"),
                ("GroupId", "group-xxxx"),
                ("Framework", "PyTorch"),
                ("Softwares", "vim, git"),
            ],
        );
        assert_eq!(response, json!({ "Action": "UpdateCompShareImageResponse", "RetCode": 0 }));
        let after = caller.show("DescribeCompShareCustomImages", ID.1);
        let expected = json!({
            "Name": "my-updated-env",
            "Description": "新描述",
            "Visibility": 1,
            "Price": 1.5,
            "ImageCharge": true,
            "Cover": "https://sim.invalid/cover/compshareImage-xxxx.png",
            "Readme": "# guide",
            "Tags": ["深度学习", "PyTorch"],
            "VersionName": "v2.0",
            "VersionDesc": "PyTorch 2.1 upgrade",
            "SupportedGpuTypes": ["4090", "A100"],
            "AutoStart": true,
            "GroupId": "group-xxxx",
            "UpdateTime": START + 5,
            "Softwares": {
                "Framework": "PyTorch", "FrameworkVersion": "", "CUDAVersion": "",
                "Applications": ["vim", "git"],
            },
        });
        for (name, value) in after.as_object().expect("an object") {
            let unchanged = &before[name];
            assert_eq!(value, expected.get(name).unwrap_or(unchanged), "{name}");
        }
    }

    #[test]
    fn an_omitted_parameter_keeps_its_value_and_an_empty_one_clears_it() {
        let mut caller = Caller::new();
        caller.ok("UpdateCompShareImage", &[ID, ("Cover", "aGk="), ("GroupId", "group-xxxx")]);
        caller.ok("UpdateCompShareImage", &[ID, ("Name", "other")]);
        let image = caller.show("DescribeCompShareCustomImages", ID.1);
        assert_eq!(image["Tags"], json!(["base"]));
        assert_eq!(image["Readme"], "# my-env");
        assert_eq!(image["GroupId"], "group-xxxx");
        caller.ok(
            "UpdateCompShareImage",
            &[
                ID,
                ("Description", ""),
                ("Tags", ""),
                ("Readme", ""),
                ("Cover", ""),
                ("GroupId", ""),
            ],
        );
        let image = caller.show("DescribeCompShareCustomImages", ID.1);
        assert_eq!(image["Tags"], json!([]));
        for cleared in ["Description", "Readme", "Cover", "GroupId"] {
            assert_eq!(image[cleared], "", "{cleared}");
        }
    }

    #[test]
    fn refusals_change_nothing() {
        let mut caller = Caller::new();
        let before = caller.show("DescribeCompShareCustomImages", ID.1);
        let refused = |caller: &mut Caller, pairs: &[(&str, &str)]| {
            caller.refused("UpdateCompShareImage", pairs)
        };
        assert_eq!(
            refused(&mut caller, &[ID, ("Tags.0", "x"), ("Name", "")]),
            (230, "Params [Name] not available: it must not be empty".to_owned())
        );
        assert_eq!(
            refused(&mut caller, &[ID, ("Name", "x"), ("GroupId", "group-01")]),
            (230, "Params [GroupId] not available: no such group: group-01".to_owned())
        );
        for id in [
            "compshareImage-none",
            "compshareImage-shared",
            "compshareImage-system01",
            "compshareImage-c01v1",
        ] {
            let message = format!("Params [CompShareImageId] not available: no such image: {id}");
            assert_eq!(refused(&mut caller, &[("CompShareImageId", id)]), (230, message));
        }
        assert_eq!(caller.show("DescribeCompShareCustomImages", ID.1), before);
    }

    #[test]
    fn visibility_takes_a_version_offline_and_back() {
        let mut caller = Caller::new();
        let id = ("CompShareImageId", "compshareImage-published");
        let status = |caller: &Caller| caller.gateway.image(id.1).map(|image| image.status);
        caller.ok("UpdateCompShareImage", &[id, ("Visibility", "0")]);
        assert_eq!(status(&caller), Some(ImageStatus::Offline));
        assert_eq!(caller.ok("DescribeCommunityImages", &[id])["TotalCount"], 0);
        caller.ok("UpdateCompShareImage", &[id, ("Visibility", "1")]);
        assert_eq!(status(&caller), Some(ImageStatus::Available));
        let (code, _) = caller.refused("UpdateCompShareImage", &[id, ("GroupId", "")]);
        assert_eq!(code, 230);
    }
}
