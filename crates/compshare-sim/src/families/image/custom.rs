//! Building, copying and deleting custom images.

use super::update::owned;
use crate::families::prelude::*;
use crate::model::image::WORK_TIME;

/// CreateCompShareCustomImage: one build per instance at a time, one image per name.
///
/// The instance runs, or is a virtual machine that is shut down.
pub(super) fn create(state: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let name = call.required("Name")?;
    let source = state.free_instance(call)?.clone();
    let ready = [InstanceState::Running, InstanceState::Stopped];
    source.must_be(if source.container { &ready[..1] } else { &ready })?;
    let is_own = |image: &&Image| image.kind == ImageKind::Custom && image.owner == call.company;
    let mut own = state.images.iter().filter(is_own);
    let is_taken = own.clone().any(|image| image.name == name);
    Refusal::when(is_taken, "Name", "the account already has an image of that name")?;
    let is_busy = own.any(|own| own.source == source.id && own.status == ImageStatus::Making);
    Refusal::when(is_busy, "UHostId", "an image of the instance is already being built")?;
    let image = Image {
        status: ImageStatus::Making,
        description: sent.text("Description").unwrap_or_default().to_owned(),
        softwares: softwares(sent, "Application"),
        source: source.id,
        container: source.container,
        source_gpu_type: source.gpu_type,
        ..Image::custom(state.new_id("compshareImage"), name, call.company)
    };
    Ok(json!({ "CompShareImageId": begin(state, call, image) }))
}

/// CopyCompShareCustomImage: of an own image or one that is shared with the caller.
pub(super) fn copy(state: &mut State, call: &Call<'_>) -> Outcome {
    let id = call.required("CompShareImageId")?;
    let is_usable = |image: &&Image| {
        image.id == id && image.kind == ImageKind::Custom && image.is_usable_by(call.company)
    };
    let source = state.images.iter().find(is_usable).cloned();
    let source = source.ok_or_else(|| no_such("CompShareImageId", "image", id))?;
    let is_ready = source.status == ImageStatus::Available;
    Refusal::when(!is_ready, "CompShareImageId", "only an available image can be copied")?;
    let name = call.parameters.text("TargetImageName");
    Refusal::when(name == Some(""), "TargetImageName", "it must not be empty")?;
    let image = Image {
        name: name.map_or_else(|| format!("{}-copy", source.name), str::to_owned),
        author: String::new(),
        group_id: String::new(),
        visibility: 0,
        ..made_from(state, call, &source)
    };
    Ok(json!({ "NewCompShareImageId": begin(state, call, image) }))
}

/// GetCompShareImageCreateProgress.
pub(super) fn progress(state: &mut State, call: &Call<'_>) -> Outcome {
    let image = state.own_custom_image(call)?;
    let left = image.work.map(|work| work.left(call.now)).unwrap_or_default();
    let share = 1.0 - left.as_secs_f64() / WORK_TIME.as_secs_f64();
    let remaining = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    // Not documented: the official CLI waits by it.
    let status = match image.status {
        _ if !left.is_zero() => "Making",
        ImageStatus::UnAvailable => "Failed",
        _ => "Available",
    };
    Ok(json!({
        "Status": status,
        "Process": (share * 1000.0).round() / 10.0,
        "TotalDuration": WORK_TIME.as_secs(),
        "RemainingDuration": remaining,
    }))
}

/// TerminateCompShareCustomImage: what is published must be taken offline first.
pub(super) fn terminate(state: &mut State, call: &Call<'_>) -> Outcome {
    let id = state.own_image(call)?.id.clone();
    let why = "the image is published; take it offline first (UpdateCompShareImage, Visibility 0)";
    Refusal::when(state.is_published(&id), "CompShareImageId", why)?;
    state.images.retain(|image| image.id != id);
    Ok(json!({}))
}

/// A new image of the caller with the content of another, without its history.
pub(super) fn made_from(state: &mut State, call: &Call<'_>, source: &Image) -> Image {
    Image {
        id: state.new_id("compshareImage"),
        owner: call.company,
        status: ImageStatus::Making,
        created_count: 0,
        use_hours: 0,
        shared_with: [].into(),
        source: source.id.clone(),
        ..source.clone()
    }
}

/// Adds an image that is being made or reviewed, and becomes available after that; returns its id.
pub(super) fn begin(state: &mut State, call: &Call<'_>, mut image: Image) -> String {
    image.create_time = call.seconds();
    image.update_time = call.seconds();
    image.begin(image.status, call.now);
    let id = image.id.clone();
    state.images.push(image);
    id
}

/// The request's `Softwares`, whose list of applications has one name here and another there.
pub(super) fn softwares(sent: &Parameters, applications: &str) -> ImageSoftware {
    let text = |name: &str| sent.text(&format!("Softwares.{name}")).unwrap_or_default().to_owned();
    ImageSoftware {
        framework: text("Framework"),
        framework_version: text("FrameworkVersion"),
        cuda_version: text("CUDAVersion"),
        applications: owned(sent.list(&format!("Softwares.{applications}")).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Caller, START, at};

    const CREATE: &str = "CreateCompShareCustomImage";

    fn progress(caller: &mut Caller, id: &str) -> (Value, Value) {
        let response = caller.ok("GetCompShareImageCreateProgress", &[("CompShareImageId", id)]);
        assert_eq!(response["TotalDuration"], 60);
        (response["Process"].clone(), response["RemainingDuration"].clone())
    }

    #[test]
    fn a_build_takes_a_minute() {
        let mut caller = Caller::new();
        let response = caller.ok(
            CREATE,
            &[
                ("UHostId", "uhost-xxxx"),
                ("Name", "my-custom-env"),
                ("Description", "PyTorch"),
                ("Softwares.Framework", "PyTorch"),
                ("Softwares.CUDAVersion", "12.1"),
                ("Softwares.Application.0", "vim"),
            ],
        );
        let id = response["CompShareImageId"].as_str().expect("an id").to_owned();
        assert_eq!(progress(&mut caller, &id), (json!(0.0), json!(60)));
        caller.now = at(15);
        assert_eq!(progress(&mut caller, &id), (json!(25.0), json!(45)));
        let image = caller.show("DescribeCompShareCustomImages", &id);
        assert_eq!((&image["Status"], &image["CreateTime"]), (&json!("Making"), &json!(START)));
        assert_eq!(image["Softwares"]["Applications"], json!(["vim"]));
        assert_eq!(image["Description"], "PyTorch");
        caller.now = at(60);
        assert_eq!(progress(&mut caller, &id), (json!(100.0), json!(0)));
        assert_eq!(caller.show("DescribeCompShareCustomImages", &id)["Status"], "Available");
    }

    #[test]
    fn a_build_needs_a_free_name_and_a_free_instance() {
        let mut caller = Caller::new();
        caller.ok(CREATE, &[("UHostId", "uhost-xxxx"), ("Name", "one")]);
        for (instance, name, parameter) in [
            ("uhost-xxxx", "two", "UHostId"),
            ("uhost-stopped", "one", "Name"),
            ("uhost-none", "two", "UHostId"),
        ] {
            let (code, message) = caller.refused(CREATE, &[("UHostId", instance), ("Name", name)]);
            assert_eq!(code, 230);
            assert!(
                message.starts_with(&format!("Params [{parameter}] not available: ")),
                "{message}"
            );
        }
        let empty = caller.refused(CREATE, &[("UHostId", "uhost-stopped"), ("Name", "")]);
        let message = "Params [Name] not available: it must not be empty".to_owned();
        assert_eq!(empty, (230, message));
        caller.now = at(60);
        caller.ok(CREATE, &[("UHostId", "uhost-xxxx"), ("Name", "two")]);
    }

    #[test]
    fn an_instance_must_be_ready() {
        let mut caller = Caller::new();
        let container = caller.ok(CREATE, &[("UHostId", "uhost-container"), ("Name", "one")]);
        let id = container["CompShareImageId"].as_str().expect("an id").to_owned();
        let image = caller.show("DescribeCompShareCustomImages", &id);
        assert_eq!(
            (&image["Container"], &image["SourceGpuType"]),
            (&"True".into(), &"3090".into())
        );
        caller.ok(CREATE, &[("UHostId", "uhost-stopped"), ("Name", "two")]);
        caller.ok("StopCompShareInstance", &[("UHostId", "uhost-container")]);
        let busy = caller.refused(CREATE, &[("UHostId", "uhost-container"), ("Name", "three")]);
        assert_eq!((busy.0, busy.1.contains("InstanceOperationInProgress")), (8905, true));
        caller.now = at(60);
        let off = caller.refused(CREATE, &[("UHostId", "uhost-container"), ("Name", "three")]);
        assert_eq!((off.0, off.1.contains("it must be Running")), (8905, true));
    }

    #[test]
    fn a_copy_is_an_image_of_its_own() {
        let mut caller = Caller::new();
        let copy = |caller: &mut Caller, pairs: &[(&str, &str)]| {
            let response = caller.ok("CopyCompShareCustomImage", pairs);
            response["NewCompShareImageId"].as_str().expect("an id").to_owned()
        };
        let own = ("CompShareImageId", "compshareImage-xxxx");
        let first = copy(&mut caller, &[own, ("TargetImageName", "twin")]);
        let second = copy(&mut caller, &[own]);
        assert_ne!(first, second);
        let image = caller.show("DescribeCompShareCustomImages", &first);
        assert_eq!((&image["Name"], &image["Tags"]), (&json!("twin"), &json!(["base"])));
        let image = caller.show("DescribeCompShareCustomImages", &second);
        assert_eq!((&image["Name"], &image["Status"]), (&json!("my-env-copy"), &json!("Making")));
        let shared = copy(&mut caller, &[("CompShareImageId", "compshareImage-shared")]);
        let image = caller.show("DescribeCompShareCustomImages", &shared);
        assert_eq!(image["Owner"], json!({ "AccountName": "sim-user", "AccountId": "12345" }));
        for id in [first.as_str(), "compshareImage-failed", "compshareImage-app01"] {
            let (code, _) = caller.refused("CopyCompShareCustomImage", &[("CompShareImageId", id)]);
            assert_eq!(code, 230, "{id}");
        }
    }

    #[test]
    fn a_published_image_stays_until_it_is_offline() {
        let mut caller = Caller::new();
        const TERMINATE: &str = "TerminateCompShareCustomImage";
        let source = [("CompShareImageId", "compshareImage-training")];
        let (code, message) = caller.refused(TERMINATE, &source);
        assert_eq!(code, 230);
        assert!(message.contains("take it offline first"), "{message}");
        let version = ("CompShareImageId", "compshareImage-published");
        assert_eq!(caller.refused(TERMINATE, &[version]).0, 230);
        caller.ok("UpdateCompShareImage", &[version, ("Visibility", "0")]);
        caller.ok(TERMINATE, &source);
        caller.ok(TERMINATE, &[version]);
        assert_eq!(caller.ok("DescribeCompShareCustomImages", &source)["TotalCount"], 0);
        let again =
            "Params [CompShareImageId] not available: no such image: compshareImage-training";
        assert_eq!(caller.refused(TERMINATE, &source), (230, again.to_owned()));
    }
}
