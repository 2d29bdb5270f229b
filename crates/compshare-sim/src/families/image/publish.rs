//! PublishCompShareImage.

use super::{
    custom::{begin, made_from, softwares},
    update::set_fields,
};
use crate::families::prelude::*;

/// Submits a version of a community image; each call makes another one.
pub(super) fn publish(state: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let source = state.own_custom_image(call)?.clone();
    let why = "only a container image can be published";
    Refusal::when(!source.container, "CompShareImageId", why)?;
    let status = source.status.as_str();
    Refusal::when(
        source.status != ImageStatus::Available,
        "CompShareImageId",
        format_args!("only an available image can be published; this one is {status}"),
    )?;
    let version_name = call.required("VersionName")?;
    Refusal::when(!is_version(version_name), "VersionName", "it must look like v1.0")?;
    let title = sent.filled("CommunityImageName").unwrap_or(&source.name);
    let group_id = match sent.filled("GroupId") {
        Some(id) => state.own_group(call, id)?.id.clone(),
        None => new_group(state, call, title),
    };

    let mut version = Image {
        name: title.to_owned(),
        author: state.company_name(call.company).unwrap_or_default().to_owned(),
        kind: ImageKind::Community,
        status: ImageStatus::Reviewing,
        visibility: 1,
        pub_time: call.seconds(),
        ..made_from(state, call, &source)
    };
    set_fields(&mut version, sent);
    version.group_id = group_id;
    let software = softwares(sent, "Applications");
    if software != ImageSoftware::default() {
        version.softwares = software;
    }
    Ok(json!({ "NewCompShareImageId": begin(state, call, version) }))
}

fn new_group(state: &mut State, call: &Call<'_>, name: &str) -> String {
    let id = state.new_id("group");
    let mut group = ImageGroup::new(&*id, name, call.company);
    group.description = call.parameters.text("Description").unwrap_or_default().to_owned();
    state.add_group(group);
    id
}

/// Whether a text looks like `v1.0`: numbers with points between them, after an optional `v`.
fn is_version(text: &str) -> bool {
    let numbers = text.strip_prefix(['v', 'V']).unwrap_or(text);
    numbers.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Caller, START, at, column};

    const ID: (&str, &str) = ("CompShareImageId", "compshareImage-xxxx");
    const VERSION: (&str, &str) = ("VersionName", "v1.0");
    const PUBLISH: &str = "PublishCompShareImage";

    #[test]
    fn a_version_is_reviewed_for_a_minute() {
        let mut caller = Caller::new();
        let response = caller.ok(
            PUBLISH,
            &[
                ID,
                VERSION,
                ("CommunityImageName", "my-ai-env-2"),
                ("VersionDesc", "First release"),
                ("Price", "0.5"),
                ("Cover", "aGk="),
                ("Tags.0", "深度学习"),
                ("Description", "PyTorch 2.1 preinstalled"),
                ("Readme", "# guide"),
                ("SupportedGpuTypes.0", "4090"),
                ("AutoStart", "true"),
                ("Softwares.Framework", "PyTorch"),
                ("Softwares.Applications.0", "vim"),
            ],
        );
        let id = response["NewCompShareImageId"].as_str().expect("an id").to_owned();
        let market = [("CompShareImageId", id.as_str())];
        assert_eq!(caller.ok("DescribeCommunityImages", &market)["TotalCount"], 0);
        assert_eq!(caller.show("DescribeSelfCommunityImages", &id)["Status"], "Reviewing");
        caller.now = at(60);
        let image = caller.show("DescribeCommunityImages", &id);
        let expected = json!({
            "Name": "my-ai-env-2",
            "Author": "sim-user",
            "Status": "Available",
            "VersionName": "v1.0",
            "VersionDesc": "First release",
            "Price": 0.5,
            "Cover": format!("https://sim.invalid/cover/{id}.png"),
            "Tags": ["深度学习"],
            "Description": "PyTorch 2.1 preinstalled",
            "Readme": "# guide",
            "SupportedGpuTypes": ["4090"],
            "AutoStart": true,
            "Visibility": 1,
            "ImageType": "Community",
            "PubTime": START,
            "Softwares": {
                "Framework": "PyTorch", "FrameworkVersion": "", "CUDAVersion": "",
                "Applications": ["vim"],
            },
        });
        for (name, value) in expected.as_object().expect("an object") {
            assert_eq!(&image[name], value, "{name}");
        }
    }

    #[test]
    fn publishing_again_makes_another_version() {
        let mut caller = Caller::new();
        let into = [ID, VERSION, ("GroupId", "group-xxxx")];
        caller.ok(PUBLISH, &into);
        caller.ok(PUBLISH, &into);
        let own = caller.ok("DescribeSelfCommunityImages", &[("GroupId", "group-xxxx")]);
        let versions = column(&own["CompshareImageGroup"][0]["Data"], "VersionName");
        assert_eq!(versions, ["v1.0", "v0.9", "v1.0", "v1.0"]);
        caller.ok(PUBLISH, &[ID, VERSION]);
        caller.ok(PUBLISH, &[ID, VERSION]);
        assert_eq!(caller.ok("DescribeSelfCommunityImages", &[])["TotalCount"], 3);
    }

    #[test]
    fn what_cannot_be_published_is_refused() {
        let mut caller = Caller::new();
        let refused = |caller: &mut Caller, pairs: &[(&str, &str)]| {
            let (code, message) = caller.refused(PUBLISH, pairs);
            assert_eq!(code, 230, "{message}");
            message
        };
        let image = |id| [("CompShareImageId", id), VERSION];
        let message = refused(&mut caller, &image("compshareImage-vm"));
        assert!(message.ends_with("only a container image can be published"), "{message}");
        let message = refused(&mut caller, &image("compshareImage-failed"));
        assert!(message.ends_with("this one is UnAvailable"), "{message}");
        let message = refused(&mut caller, &image("compshareImage-published"));
        assert!(message.contains("no such image"), "{message}");
        let message = refused(&mut caller, &[ID, ("VersionName", "latest")]);
        assert!(message.ends_with("it must look like v1.0"), "{message}");
        let message = refused(&mut caller, &[ID, VERSION, ("GroupId", "group-01")]);
        assert!(message.contains("no such group"), "{message}");
        assert_eq!(caller.ok("DescribeSelfCommunityImages", &[])["TotalCount"], 1);
    }

    #[test]
    fn a_version_looks_like_one() {
        for good in ["v1.0", "V2.10.3", "1.0", "v3"] {
            assert!(is_version(good), "{good}");
        }
        for bad in ["", "v", "v1.", "1..0", "v1.0-beta", "版本1", "latest"] {
            assert!(!is_version(bad), "{bad}");
        }
    }
}
